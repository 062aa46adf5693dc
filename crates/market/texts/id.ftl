## Tempat
market-nav-cart = Keranjang
market-nav-sales = Pesanan warga
    .short = Pesanan
market-nav-shop = Toko untuk warga
    .short = Toko
market-waits-orders = Pesanan warga

## Keranjang
market-cart = Keranjang
market-cart-empty = Keranjang masih kosong.
market-cart-empty-why = Pilih barang lalu tekan “Masukkan keranjang”. Belanja tidak perlu akun.
market-browse = Cari barang
market-more-of = Barang lainnya
market-count-of = Jumlah { $a }
market-subtotal = Jumlah di penjual ini
market-goods-total = Harga barang
market-fee-later = Ongkos kirim dihitung setelah Anda memilih cara menerima barang.
market-to-order = Lanjut memesan
market-update = Simpan jumlah
market-not-orderable = Ada barang yang belum bisa dipesan. Ubah atau keluarkan dulu: isi jumlah 0 untuk mengeluarkan.
market-line-gone = Sedang tidak dijual. Isi jumlah 0 untuk mengeluarkannya.
market-line-few = Stok tinggal { $a }. Kurangi jumlahnya.
market-line-variant = Pilihan ini sudah tidak ada. Keluarkan, lalu pilih lagi di halaman barangnya.
market-said-added = Barang masuk keranjang.
market-said-full = Keranjang penuh: paling banyak 30 macam barang. Pesan dulu, lalu lanjutkan.
market-said-choose = Pilih dulu salah satu pilihannya, lalu masukkan keranjang.

## Memesan
market-checkout = Pemesanan
market-how = Cara menerima barang
market-village = Anda tinggal di { $a } mana?
market-village-choose = Pilih { $a }
market-pickup-at = Ambil di { $a }.
market-courier-from = Kurir berangkat dari { $a }.
market-way-pickup = Ambil sendiri, tanpa ongkos
market-way-courier = Diantar kurir, { $a }
market-reckon = Hitung ongkos
market-who = Pemesan
market-name = Nama
    .hint = Nama panggilan boleh.
market-phone = Nomor ponsel
    .hint = Penjual menghubungi Anda di nomor ini bila perlu.
market-address = Alamat lengkap
    .hint = Jalan, nomor rumah, RT dan RW, patokan.
market-privacy = Nama, nomor, dan alamat Anda disimpan tersandi. Hanya penjual pesanan ini yang dapat membukanya, dan setiap kali dibuka tercatat.
market-pay-cash = Bayar tunai saat barang diterima
market-pay-cash-about = Tidak ada yang dibayar sekarang. Bayar kepada penjual atau kurir setelah barang Anda lihat.
market-order = Pesan sekarang
market-sum = Ringkasan
market-fees = Ongkos kirim
market-fee = Ongkos kirim
market-total = Jumlah
market-back-to-cart = Ubah keranjang
market-cash-max = Satu pesanan tunai di satu penjual paling banyak { $a }. Kurangi jumlahnya, atau pesan dalam dua kali.
market-not-placed = Belum dipesan
market-said-placed = Pesanan terkirim ke penjual.

## Mengikuti pesanan
market-track = Pesanan Anda
market-keep-link = Simpan tautan halaman ini
market-keep-link-about = Tautan ini pengganti akun. Siapa yang memegangnya dapat melihat dan membatalkan pesanan Anda, jadi kirimlah hanya ke diri sendiri.
market-send-link = Kirim ke WhatsApp saya
market-send-link-words = Pesanan saya di pasar kota: { $a }
market-code-yours = Kode serah terima Anda
market-code-about = Sebutkan kode ini saat barang sudah di tangan Anda dan { $a } sudah dibayar.
market-pickup-place = Tempat mengambil
market-delivery = Cara menerima
market-by-pickup = Ambil sendiri
market-by-courier = Diantar kurir
market-payment = Pembayaran
market-payment-cash = Tunai saat diterima
market-confirm = Barang diterima dengan baik
market-cancel = Batalkan pesanan
market-ask-seller = Tanya penjual
market-said-confirmed = Terima kasih. Pesanan ini selesai.
market-said-cancelled = Pesanan dibatalkan. Barang kembali ke rak penjual.
market-not-taken = Tidak dijalankan
market-buyer-processing = Penjual menyiapkan paling lambat { $a }. Lewat dari itu pesanan batal sendiri.
market-buyer-ready-for-pickup = Ambil paling lambat { $a }. Lewat dari itu pesanan batal sendiri.
market-buyer-shipped = Kurir tiba paling lambat { $a }.
market-buyer-handed-over = Periksa barangnya. Bila Anda diam, pesanan dianggap baik setelah { $a }.

## Keadaan
market-state = Keadaan
market-state-all = Semua
market-state-processing = Diproses
market-state-ready-for-pickup = Siap diambil
market-state-shipped = Dikirim
market-state-handed-over = Diserahkan
market-state-completed = Selesai
market-state-cancelled = Batal
market-until = sampai { $a }

## Riwayat
market-history = Riwayat
market-event-placed = Dipesan
market-event-packed-pickup = Dikemas, siap diambil
market-event-packed-courier = Dikemas, dibawa kurir
market-event-handed-over = Diserahkan kepada pembeli
market-event-completed = Selesai
market-event-cancelled = Batal
market-now-processing = Penjual menyiapkan, sampai { $a }
market-now-ready-for-pickup = Pembeli mengambil, sampai { $a }
market-now-shipped = Kurir mengantar, sampai { $a }
market-now-handed-over = Pembeli memeriksa, sampai { $a }

## Penjual: pesanan
market-sales = Pesanan warga
market-sales-closed = Toko Anda belum menerima pesanan warga.
market-sales-open = Buka toko untuk warga
market-sales-empty = Belum ada pesanan di sini.
market-sales-empty-why = Pesanan warga muncul di sini begitu dikirim, bersama batas waktunya.
market-sales-goods = Lengkapi daftar barang
market-order-number = Pesanan
market-buyer = Pembeli
market-where = Tinggal di
market-goods = Barang
market-pack-title = Siapkan pesanan
market-pack-pickup = Kemas barangnya, lalu tekan tombol ini. Pembeli membaca di tautannya bahwa barang siap diambil.
market-pack-courier = Kemas barangnya dan serahkan ke kurir, lalu tekan tombol ini. Pembeli membaca di tautannya bahwa barang dalam perjalanan.
market-pack = Sudah dikemas
market-hand-over-title = Serahkan barang
market-hand-over-about = Terima { $a } tunai, serahkan barangnya, lalu minta kode empat angka dari pembeli.
market-code = Kode dari pembeli
market-hand-over = Barang diserahkan
market-code-wrong = Kodenya bukan ini. Minta pembeli membacakan lagi dari halaman pesanannya. Tersisa { $a } kali mencoba.
market-code-wait = Terlalu sering salah. Tunggu sebentar, lalu coba lagi.
market-look = Lihat nama, nomor, dan alamat
market-look-about = Setiap kali dilihat, namanya tercatat.
market-write = Kirim pesan WhatsApp
market-write-words = Halo { $a }, ini tentang pesanan { $b }.
market-decline-title = Tidak bisa memenuhi pesanan ini
market-decline-about = Pesanan dibatalkan dan barang kembali ke rak. Pembeli membaca alasan Anda.
market-reason = Alasan untuk pembeli
market-decline = Batalkan pesanan ini
market-said-packed = Pesanan dikemas. Pembeli dapat membacanya di tautannya.
market-said-handed-over = Barang diserahkan.
market-said-declined = Pesanan dibatalkan. Pembeli membaca alasannya.
market-seller-processing = Kemas paling lambat { $a }. Lewat dari itu pesanan batal sendiri.
market-seller-ready-for-pickup = Pembeli mengambil paling lambat { $a }. Lewat dari itu pesanan batal sendiri.
market-seller-shipped = Kurir tiba paling lambat { $a }.
market-seller-handed-over = Pembeli memeriksa sampai { $a }. Bila diam, pesanan selesai.

## Penjual: toko
market-shop = Toko untuk warga
market-shop-of = Toko { $a }
market-shop-about = Barang yang Anda tawarkan kepada dinas dapat juga dibeli warga, dari stok yang sama. Identitas usaha tidak diperiksa lagi: itu sudah ada di data usaha.
market-shop-is-open = Buka
market-shop-is-closed = Belum buka
market-checklist = Sebelum buka
market-check-verified = Usaha sudah dicek petugas
market-check-goods = Ada barang yang ditawarkan
market-check-done = Sudah
market-check-missing = Belum
market-ways = Cara pembeli menerima barang
market-shop-pickup = Diambil di tempat saya
market-shop-courier = Diantar kurir
market-shop-courier-about = Ongkosnya ditetapkan kota menurut jarak dan dibayar pembeli.
market-shop-place = Tempat mengambil
    .when = wajib bila barang bisa diambil
    .hint = Alamat dan patokan yang mudah ditemukan.
market-shop-hours = Waktu mengambil
    .hint = Misalnya: setiap hari 08.00–17.00.
market-shop-open = Buka toko
market-shop-save = Simpan
market-shop-close = Tutup toko
market-shop-close-title = Tutup toko { $a }?
market-shop-close-about = Warga tidak dapat memesan lagi. Pesanan yang sudah masuk tetap harus diselesaikan. Toko dapat dibuka lagi kapan saja.
market-said-shop-open = Toko buka. Warga dapat memesan barang Anda.
market-said-shop-closed = Toko ditutup. Pesanan yang sudah masuk tetap berjalan.

## Penolakan
market-not-verified = Hanya usaha yang sudah dicek petugas dapat membuka toko.
market-nothing-for-sale = Belum ada barang yang ditawarkan. Tambahkan barang dulu, lalu buka toko.
market-shop-closed = Toko ini sedang tidak menerima pesanan.
market-not-delivered-so = Toko ini tidak menerima cara itu lagi. Pilih cara lain untuk menerima barangnya.
market-no-such-variant = Pilihan barang ini sudah berubah. Keluarkan dari keranjang, lalu pilih lagi di halaman barangnya.
market-nothing-wanted = Belum ada barang yang dipesan. Isi keranjang dulu.
market-sum-changed = Harga atau ongkos baru saja berubah. Periksa jumlah yang baru, lalu pesan lagi.
market-too-much-for-cash = Jumlahnya melewati batas bayar tunai.
market-too-often = Terlalu banyak pesanan dari nomor ini dalam satu jam. Coba lagi nanti.
market-not-now = Langkah ini sudah lewat atau belum waktunya. Lihat keadaan pesanan di bawah.
market-already-prepared = Barang sudah dikemas. Hubungi penjual bila Anda ingin membatalkan.

## Isian
market-name-wanted = Tulis nama Anda, 2 sampai 80 huruf.
market-phone-wanted = Nomor ini tidak terbaca. Nomor ponsel biasanya 10–13 angka, misalnya 0812 3456 7890.
market-address-wanted = Tulis alamat tujuan: jalan, nomor rumah, RT dan RW.
market-village-wanted = Pilih tempat tinggal Anda dari daftar.
market-count-wanted = Tulis jumlah dari 1 sampai 9.999.
market-total-wanted = Jumlah harga tidak terbaca. Buka lagi halaman pemesanan.
market-payment-wanted = Cara bayar ini belum ada. Untuk saat ini: cash (tunai saat diterima).
market-sum-too-large = Jumlahnya terlalu besar untuk satu pesanan.
market-place-wanted = Tulis tempat mengambil barang.
market-way-wanted = Pilih sedikitnya satu cara.
market-reason-wanted = Tulis alasannya dengan kata-kata, agar pembeli mengerti.

## Kabar
market-tell-placed = Pesanan warga { $a } dari { $b }. Kemas paling lambat { $c }.
market-tell-completed = Pesanan { $a } selesai: barang diterima baik.
market-tell-cancelled = Pesanan { $a } dibatalkan pembeli. Barang kembali ke rak.
market-tell-lapsed = Pesanan { $a } batal karena waktunya habis. Barang kembali ke rak.
market-packing-wait = Pesanan warga menunggu dikemas
market-packing-reminder = Kemas pesanan warga paling lambat { $due }.
market-fetching-wait = Pesanan menunggu diambil pembeli
market-fetching-reminder = Pembeli belum mengambil pesanannya; batasnya { $due }. Hubungi bila perlu.
market-arrival-wait = Pesanan dalam perjalanan
market-arrival-reminder = Serahkan pesanan dan catat kodenya paling lambat { $due }.
market-confirmation-wait = Pembeli memeriksa barang
market-confirmation-reminder = Pembeli masih dapat menyampaikan keberatan sampai { $due }.
