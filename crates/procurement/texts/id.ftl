
## Navigation

procurement-nav-desk = Meja saya
procurement-nav-agencies = Semua dinas
procurement-nav-orders = Pesanan
procurement-nav-budget = Anggaran
procurement-nav-outside = Belanja di luar
procurement-nav-sales = Pesanan dinas
procurement-nav-spending = Belanja kota

## Words used everywhere

procurement-order = Pesanan
procurement-agency = Dinas
procurement-seller = Penjual
procurement-total = Jumlah
procurement-total-with-tax = Jumlah, termasuk pajak dan ongkos antar
procurement-state = Status
procurement-waits-until = Batas waktu
procurement-late-since = Lewat batas { $a }
procurement-nobody-waits = Tidak ada yang ditunggu
procurement-goods = Barang atau jasa
procurement-price = Harga
procurement-sum = Jumlah
procurement-stock = Stok
procurement-unit = Satuan
procurement-how-many = Banyaknya
procurement-how-many-of = Banyaknya { $a }
procurement-ordered-count = Dipesan
procurement-received-count = Diterima
procurement-received-value = Nilai yang diterima
procurement-choose = Pilih
procurement-reason = Alasan
    .hint = Tulis dalam satu atau dua kalimat. Pihak lain akan membacanya.
procurement-days = { $a } hari

## States

procurement-state-requested = Menunggu persetujuan
procurement-state-rejected = Tidak disetujui
procurement-state-ordered = Menunggu jawaban penjual
procurement-state-declined = Ditolak penjual
procurement-state-lapsed = Gugur
procurement-state-accepted = Disiapkan penjual
procurement-state-delivered = Menunggu serah terima
procurement-state-handed-over = Menunggu tagihan
procurement-state-invoiced = Menunggu pembayaran
procurement-state-paid = Lunas
procurement-state-cancelled = Dibatalkan

## Whose turn

procurement-turn = Giliran { $a }: paling lambat { $b }
procurement-turn-late = Giliran { $a }: sudah lewat batas { $b }
procurement-turn-approver = pejabat pengadaan
procurement-turn-seller = penjual
procurement-turn-receiver = penerima barang
procurement-turn-treasurer = bendahara
procurement-turn-nobody = tidak ada
procurement-then-requested = Bila lewat, kepala dinas diberi tahu.
procurement-then-ordered = Bila lewat tanpa jawaban, pesanan gugur dan anggaran dilepas.
procurement-then-accepted = Bila lewat, dinas diberi tahu dan keterlambatan tercatat.
procurement-then-delivered = Bila lewat, kepala dinas diberi tahu. Penjual sudah mengantar.
procurement-then-handed-over = Penjual mengirim tagihan setelah barang diserahterimakan.
procurement-then-invoiced = Bila lewat, kepala dinas diberi tahu dan harinya tampil di papan belanja kota.
procurement-escalated-note = Kepala dinas sudah diberi tahu.
procurement-over-paid = Lunas. Tidak ada yang perlu dilakukan lagi.
procurement-over-rejected = Permintaan ini tidak disetujui. Anggarannya sudah dilepas.
procurement-over-declined = Penjual menolak pesanan ini. Anggarannya sudah dilepas.
procurement-over-lapsed = Penjual tidak menjawab tepat waktu. Anggarannya sudah dilepas; ajukan ke penjual lain.
procurement-over-cancelled = Pesanan ini dibatalkan. Anggarannya sudah dilepas.
procurement-paid-in-days = Dibayar { $a } hari setelah serah terima.
procurement-other-person = Langkah ini untuk rekan Anda
procurement-other-person-why = Anda sudah mengambil langkah lain dalam pesanan ini. Yang meminta, menyetujui, menerima, dan membayar harus empat orang berbeda.

## Desk and lists

procurement-desk-title = Meja saya
procurement-desk-about = { $a ->
     [0] Tidak ada pesanan yang menunggu Anda.
    *[other] { $a } pesanan menunggu Anda.
    }
procurement-desk-yours = Giliran Anda
procurement-desk-late = Lewat batas waktu
procurement-desk-none-late = Tidak ada pesanan yang lewat batas waktu.
procurement-desk-mine = Permintaan Anda yang berjalan
procurement-desk-empty = Semua sudah beres
procurement-desk-empty-why = Pesanan yang menunggu langkah Anda akan muncul di sini.
procurement-orders-title = Pesanan
procurement-orders-search = Cari pesanan
    .placeholder = Nama, penjual, atau nomor
procurement-orders-views = Pilihan daftar
procurement-orders-running = Berjalan
procurement-orders-late = Terlambat
procurement-orders-late-why = Tidak ada yang melewati hari terakhirnya.
procurement-orders-empty-inspector = Pesanan muncul di sini begitu dinas mengajukan kebutuhan.
procurement-orders-over = Selesai
procurement-orders-all = Lihat semua pesanan
procurement-orders-empty = Belum ada pesanan di sini
procurement-orders-empty-why = Ajukan kebutuhan; anggaran langsung dicadangkan dan pejabat pengadaan diberi tahu.
procurement-orders-not-found = Tidak ada pesanan dengan "{ $a }"
procurement-orders-not-found-why = Coba kata lain, atau lihat semua.
procurement-orders-count = Pesanan
procurement-sales-title = Pesanan dinas
procurement-sales-about = Setiap pesanan di sini sudah punya anggaran yang disisihkan untuk Anda.
procurement-sales-empty = Belum ada pesanan dari dinas
procurement-sales-empty-why = Pesanan dari dinas akan muncul di sini dan dikabarkan lewat pesan. Lengkapi daftar barang supaya mudah ditemukan.
procurement-sales-goods = Lihat barang saya

## The case

procurement-history = Perjalanan pesanan
procurement-steps-done = { $a } langkah selesai
procurement-what-is-ordered = Yang dipesan
procurement-photos = Foto serah terima
procurement-photo-of = Foto { $a }
procurement-money = Uang
procurement-money-total = Dipesan
procurement-money-received = Diterima
procurement-money-invoiced = Ditagih
procurement-money-paid = Dibayar
procurement-funds-held = { $a } sudah disisihkan untuk pesanan ini
procurement-sub-activity = Sub-kegiatan
procurement-account = Rekening
procurement-budget-left = Sisa pagu
procurement-need = Kebutuhan
procurement-form = Bentuk bukti
procurement-contract-purchase-proof = Bukti pembelian
procurement-contract-payment-receipt = Kuitansi
procurement-contract-work-order = Surat perintah kerja (SPK)
procurement-contract-contract = Surat perjanjian
procurement-contract-order-letter = Surat pesanan
procurement-class = Ukuran usaha
procurement-class-micro = Usaha mikro
procurement-class-small = Usaha kecil
procurement-class-medium = Usaha menengah
procurement-class-large = Usaha besar
procurement-papers = Surat
procurement-papers-none = Surat pesanan terbit setelah disetujui.
procurement-paper-sp = Surat pesanan
procurement-paper-bast = Berita acara serah terima
procurement-paper-pdf = PDF
procurement-paper-void = Tidak berlaku
procurement-seller-paid = { $a ->
     [0] belum pernah dibayar lewat sini
    *[other] { $a } pesanan sudah lunas
    }
procurement-public-page = Lihat halaman publik pesanan ini
procurement-warning-split = Bersama pembelian lain pada rekening ini dalam 30 hari, jumlahnya { $a }. Periksa apakah paketnya dipecah.
procurement-warning-portions = Dipesan { $a } porsi, lebih banyak daripada pesertanya.

## Events

procurement-event-requested = Kebutuhan diajukan, { $a } dicadangkan
procurement-event-withdrawn = Permintaan ditarik
procurement-event-rejected = Tidak disetujui
procurement-event-ordered = Disetujui, surat pesanan { $a } terbit
procurement-event-accepted = Diterima penjual
procurement-event-declined = Ditolak penjual
procurement-event-lapsed = Gugur karena penjual tidak menjawab
procurement-event-cancelled = Dibatalkan
procurement-event-delivered = Diantar penjual
procurement-event-returned = Dikembalikan kepada penjual
procurement-event-handed-over = Diserahterimakan, { $a }
procurement-event-deemed = Dianggap diterima karena batas waktu lewat, { $a }
procurement-event-escalated = Kepala dinas diberi tahu
procurement-event-invoiced = Ditagih { $a }
procurement-event-paid = Dibayar { $a }
procurement-now-approval = Persetujuan, paling lambat { $a }
procurement-next-approval = Persetujuan
procurement-now-acceptance = Jawaban penjual, paling lambat { $a }
procurement-next-acceptance = Jawaban penjual
procurement-now-delivery = Pengantaran, paling lambat { $a }
procurement-next-delivery = Pengantaran
procurement-now-handover = Serah terima, paling lambat { $a }
procurement-next-handover = Serah terima
procurement-now-invoice = Tagihan, paling lambat { $a }
procurement-next-invoice = Tagihan
procurement-now-payment = Pembayaran, paling lambat { $a }
procurement-next-payment = Pembayaran

## Steps

procurement-decide = Keputusan Anda
procurement-decide-about = Menyetujui menerbitkan surat pesanan { $a } kepada { $b } dan mengikat anggarannya.
procurement-approve = Setujui dan terbitkan surat pesanan
procurement-reject = Tidak setujui
procurement-reject-title = Tidak menyetujui permintaan ini
procurement-reject-about = Anggaran { $a } dilepas kembali.
procurement-withdraw = Tarik permintaan
procurement-withdraw-title = Menarik permintaan ini
procurement-withdraw-about = Anggaran { $a } dilepas kembali.
procurement-cancel = Batalkan pesanan
procurement-cancel-title = Membatalkan pesanan ini
procurement-cancel-about = Surat pesanan dinyatakan tidak berlaku dan anggaran { $a } dilepas. Penjual diberi tahu.
procurement-answer = Jawaban Anda
procurement-answer-about = Dinas sudah menyisihkan { $a }. Terima bila Anda sanggup mengantar sesuai pesanan.
procurement-accept = Terima pesanan
procurement-decline = Tolak pesanan
procurement-decline-title = Menolak pesanan ini
procurement-decline-about = Dinas akan mencari penjual lain; { $a } tidak jadi disisihkan. Penolakan tidak mengurangi nilai usaha Anda.
procurement-deliver-title = Sudah diantar?
procurement-deliver-note = Keterangan untuk penerima
    .hint = Siapa yang mengantar, ditaruh di mana.
procurement-deliver = Nyatakan sudah diantar
procurement-count-title = Hitung dan terima barang
procurement-count-about = Hitung yang baik di tempat, lalu terbitkan berita acara.
procurement-count-open = Mulai menghitung
procurement-count-ordered = Dipesan { $a } { $b }.
procurement-count-already = Sudah diterima { $a }.
procurement-count-good = Yang baik sekarang
procurement-count-short = Bila ada yang kurang
procurement-count-rest = Sisanya
procurement-count-closed = Tidak dikirim lagi
procurement-count-closed-note = Pesanan ditutup dengan yang diterima; sisa anggaran dilepas.
procurement-count-comes = Menyusul
procurement-count-comes-note = Penjual mengantar sisanya, lalu dihitung lagi.
procurement-count-reason = Apa yang kurang dan mengapa
    .hint = Wajib diisi bila yang diterima kurang dari yang dipesan.
procurement-count-photos = Foto barang
    .hint = Paling banyak 4 foto. Hindari wajah orang.
procurement-hand-over = Terima dan terbitkan berita acara
procurement-invoice-title = Tagihan
procurement-invoice-about = Yang diterima dinas bernilai { $a }. Tagihan tidak boleh lebih dari itu.
procurement-invoice-open = Buat tagihan
procurement-invoice-number-field = Nomor tagihan
    .hint = Nomor kuitansi atau faktur Anda sendiri.
procurement-invoice-amount-field = Jumlah tagihan
procurement-invoice-send = Kirim tagihan
procurement-payment-title = Pembayaran
procurement-payment-about = Bayar { $a } kepada { $b }, lalu catat buktinya.
procurement-payment-open = Catat pembayaran
procurement-payment-to = Dibayarkan kepada { $a }
procurement-payment-invoice = Tagihan { $a }
procurement-method = Cara bayar
procurement-method-ls = LS (langsung)
procurement-method-ls-note = Dari kas daerah ke rekening penjual; bukti: nomor SP2D.
procurement-method-up = UP (uang persediaan)
procurement-method-up-note = Dari uang persediaan bendahara; bukti: nomor kuitansi.
procurement-method-kkpd = KKPD (kartu kredit pemerintah)
procurement-method-kkpd-note = Bukti: nomor slip kartu.
procurement-reference = Nomor bukti
    .hint = Misalnya SP2D 00417/LS/2026.
procurement-paid-on = Tanggal dibayar
procurement-payment-record = Catat sudah dibayar

## What was said

procurement-said-requested = Diajukan. Anggarannya sudah dicadangkan.
procurement-said-approved = Disetujui. Surat pesanan sudah dikirim kepada penjual.
procurement-said-rejected = Tidak disetujui. Anggarannya sudah dilepas.
procurement-said-withdrawn = Permintaan ditarik. Anggarannya sudah dilepas.
procurement-said-cancelled = Dibatalkan. Penjual sudah diberi tahu.
procurement-said-accepted = Diterima. Antarkan sebelum batas waktunya.
procurement-said-declined = Ditolak. Dinas sudah diberi tahu.
procurement-said-delivered = Tercatat sudah diantar. Dinas sudah diberi tahu untuk menghitung.
procurement-said-handed-over = Hitungan tersimpan. Penjual sudah diberi tahu.
procurement-said-invoiced = Tagihan terkirim kepada bendahara.
procurement-said-paid = Pembayaran tercatat. Pesanan ini lunas.
procurement-said-budget-applied = Anggaran sudah berlaku.
procurement-said-outside-recorded = Belanja tercatat.

## Request

procurement-request-new = Ajukan kebutuhan
procurement-request-title = Ajukan kebutuhan
procurement-request-find = Cari barang atau jasa
    .placeholder = Nasi kotak, seragam, servis AC
procurement-request-find-about = Pilih barangnya dulu; penjualnya ikut terpilih.
procurement-request-newest = Baru ditawarkan
procurement-request-no-goods = Belum ada barang yang ditawarkan
procurement-request-no-goods-why = Pilih usaha dari direktori, atau minta usaha setempat mendaftarkan barangnya.
procurement-request-directory = Buka direktori usaha
procurement-request-about = Penjual: { $a }.
procurement-request-other-seller = Pilih penjual lain
procurement-request-goods = Barang dan jasa
procurement-request-shelf-empty = Penjual ini belum mendaftarkan barang. Tulis kebutuhan Anda di bawah.
procurement-request-words = Tidak ada di daftar? Tulis sendiri
procurement-request-words-about = Pakai harga yang sudah disepakati dengan penjual, termasuk pajak dan ongkos antar.
procurement-request-words-row = Baris { $a }
procurement-request-for = Untuk apa
procurement-request-budget = Anggaran
procurement-request-no-budget = Dinas Anda belum punya baris anggaran tahun ini
procurement-request-no-budget-why = Minta kepala dinas membawa berkas DPA lebih dulu.
procurement-request-send = Ajukan dan cadangkan anggaran
procurement-line-name = Nama barang atau jasa
procurement-title = Keperluan
    .hint = Misalnya 200 nasi kotak untuk pelatihan kader posyandu.
procurement-kind = Jenis
procurement-kind-goods = Barang atau jasa lainnya
procurement-kind-works = Pekerjaan konstruksi
procurement-kind-consulting = Jasa konsultansi
procurement-place = Tempat diantar
procurement-wanted-on = Tanggal dibutuhkan
procurement-participants = Jumlah peserta
    .hint = Isi bila membeli makanan atau minuman untuk acara.
procurement-budget-line = Baris anggaran
procurement-budget-choice = { $a }, { $b }, sisa { $c }
procurement-comparison = Perbandingan harga
    .hint = Siapa saja yang ditanya dan mengapa penjual ini dipilih. Tidak wajib bila cukup dengan bukti pembelian.

## Budget

procurement-budget-title = Anggaran { $a }
procurement-budget-whole = Seluruh anggaran
procurement-budget-spent = Terpakai
procurement-budget-reserved = Dicadangkan
procurement-budget-committed = Terikat pesanan
procurement-budget-free = Sisa
procurement-budget-ceiling = Pagu
procurement-budget-name = Uraian
procurement-budget-bring = Bawa berkas DPA
procurement-budget-empty = Belum ada baris anggaran { $a }
procurement-budget-empty-why = Kepala dinas membawa berkas DPA dalam bentuk csv; isinya diperiksa dulu sebelum berlaku.
procurement-budget-bring-title = Bawa berkas DPA
procurement-budget-bring-about = Berkas csv dengan kolom kode_sub_kegiatan, kode_rekening, uraian, dan pagu. Anda melihat akibatnya dulu sebelum berlaku.
procurement-budget-year = Tahun anggaran
procurement-dpa = Nama versi
    .hint = Misalnya DPA 2026 atau DPPA 1.
procurement-budget-file = Berkas csv
procurement-budget-files = Berkas DPA
procurement-budget-file-applied = Berlaku
procurement-budget-file-was-applied = Anggaran { $a }, berlaku sejak { $b }
procurement-budget-file-waits = Belum berlaku
procurement-budget-file-was-brought = Anggaran { $a }, dibawa { $b }
procurement-budget-look = Periksa berkas
procurement-budget-preview-title = Pemeriksaan { $a }
procurement-budget-preview-about = { $a }, tahun { $b }, berkas { $c }.
procurement-budget-was-applied = Berkas ini berlaku sejak { $a }.
procurement-budget-apply = Berlakukan
procurement-budget-apply-about = { $a } baris, pagu seluruhnya { $b }.
procurement-budget-not-ready = Berkas ini belum bisa berlaku
procurement-budget-not-ready-why = Perbaiki baris yang disebut di bawah, lalu bawa berkasnya lagi.
procurement-budget-line-number = Baris berkas
procurement-budget-line-n = Baris { $a }
procurement-budget-read = Terbaca
procurement-budget-mend = Cara memperbaiki
procurement-budget-before = Pagu lama
procurement-budget-held = Sudah dipakai
procurement-budget-effect = Akibat
procurement-budget-none = Belum ada
procurement-budget-effect-new = Baru
procurement-budget-effect-raised = Naik
procurement-budget-effect-lowered = Turun
procurement-budget-effect-same = Tetap
procurement-budget-effect-too-low = Terlalu rendah

## All agencies

procurement-agencies-title = Semua dinas { $a }
procurement-agencies-about = Anggaran tiap dinas, seberapa terpakai, pesanan yang berjalan, dan belanja di luar toko kota.
procurement-agencies-search = Cari dinas
    .placeholder = Nama dinas
procurement-agencies-none = Tidak ada dinas yang cocok
procurement-agencies-none-why = Periksa ejaannya, atau lihat semua dinas.
procurement-agencies-all = Lihat semua dinas
procurement-agencies-every = Semua dinas
procurement-agency-show = Tampilkan
procurement-agencies-without = { $a ->
     [0] Semua dinas punya anggaran
    *[other] { $a } dinas belum punya anggaran
    }
procurement-agencies-held = { $a } dicadangkan atau terikat pesanan
procurement-agencies-late = pesanan lewat batas waktu
procurement-agencies-running = Pesanan berjalan
procurement-agencies-late-head = Terlambat
procurement-agencies-no-budget = Belum ada

## Outside purchases

procurement-outside = Di luar
procurement-outside-title = Belanja di luar
procurement-outside-inspector = Yang dicatat dinas sebagai dibeli di luar toko kota, beserta alasannya.
procurement-outside-about = Catat yang dibeli dinas di luar toko kota, beserta alasannya. Tanpa catatan ini, angka belanja setempat tidak benar.
procurement-outside-record = Catat belanja di luar
procurement-outside-empty = Belum ada belanja di luar yang dicatat
procurement-outside-empty-why = Catat setiap belanja yang tidak lewat toko kota.
procurement-outside-what = Yang dibeli
procurement-outside-vendor = Penjual
procurement-outside-local = setempat
procurement-outside-local-vendor = Penjualnya usaha di kota ini
procurement-outside-day = Tanggal
procurement-outside-reason = Alasan
procurement-outside-other = Alasan lain
procurement-outside-amount = Jumlah
procurement-outside-save = Simpan catatan

## The public board

procurement-spending-title = Belanja kota { $a }
procurement-spending-about = Apa yang dibeli dinas-dinas dari usaha setempat, dan berapa hari sampai dibayar.
procurement-spending-description = { $a } belanja tercatat mengalir ke usaha mikro dan kecil setempat: { $b } untuk { $c } usaha.
procurement-spending-reached = Porsi usaha kecil tercapai
procurement-spending-missed = Porsi usaha kecil belum tercapai
procurement-spending-goal = wajib { $a }
procurement-spending-of = { $a } dari { $b } belanja tercatat dibeli dari usaha mikro dan kecil di kota ini.
procurement-spending-below = { $a } dinas masih di bawahnya.
procurement-spending-shares = Porsi usaha mikro dan kecil per dinas
procurement-spending-months = Belanja per bulan
procurement-spending-days = Hari sampai dibayar
procurement-spending-days-line = Rata-rata hari
procurement-spending-promise = janji kota: { $a } hari
procurement-spending-payers = Tercepat dan terlambat membayar
procurement-spending-agencies = Semua dinas
procurement-spending-sellers = Usaha penerima belanja terbesar
procurement-spending-empty = Belum ada belanja { $a }
procurement-spending-empty-why = Pesanan muncul di sini begitu surat pesanannya terbit.
procurement-spending-years = Pilihan tahun
procurement-spending-directory = Lihat usaha setempat
procurement-stat-bought = dibeli lewat toko kota
procurement-stat-orders = { $a } pesanan
procurement-stat-days = dari serah terima sampai dibayar
procurement-stat-days-head = Hari sampai dibayar
procurement-stat-sellers = usaha mendapat pesanan
procurement-stat-top = { $a } ke sepuluh terbesar
procurement-stat-outside = dibelanjakan di luar
procurement-share = Porsi
procurement-bought = Dibeli
procurement-below-goal = di bawah kewajiban
procurement-waiting-invoices = Tagihan menunggu
procurement-open-data = Data terbuka
procurement-open-data-about = Boleh dipakai siapa saja dengan menyebut sumber (CC BY 4.0). Tidak memuat data pribadi.
procurement-open-csv = Pembelian { $a } sebagai CSV
procurement-open-json = Papan ini sebagai JSON
procurement-open-ocds = Rilis OCDS 1.1.5
procurement-open-policy = Kebijakan publikasi: penjual dikenali dengan NIB (skema ID-NIB belum terdaftar di org-id.guide) dan nomor registri; NIK dan NPWP orang pribadi tidak pernah diterbitkan. Awalan ocid belum didaftarkan.
procurement-purchases-list = Semua pembelian { $a }
procurement-purchases-title = Pembelian { $a }
procurement-purchases-empty = Belum ada pembelian { $a }
procurement-purchase-description = { $a } membeli dari { $b }: { $c }.
procurement-in-short = Ringkasnya
procurement-ordered-on = Tanggal pesanan
procurement-handed-over-on = Tanggal serah terima

## Messages and reminders

procurement-tell-requested = Permintaan { $a } menunggu persetujuan: { $b }. Paling lambat { $c }.
procurement-tell-rejected = Permintaan { $a } tidak disetujui: { $b }.
procurement-tell-ordered = Ada pesanan { $a }: { $b }. Jawab paling lambat { $c }.
procurement-tell-accepted = Penjual menerima pesanan { $a }: { $b }.
procurement-tell-declined = Penjual menolak pesanan { $a }: { $b }. Pilih penjual lain.
procurement-tell-lapsed = Pesanan { $a } gugur karena tidak dijawab: { $b }.
procurement-tell-cancelled = Pesanan { $a } dibatalkan: { $b }.
procurement-tell-delivered = Pesanan { $a } sudah diantar: { $b }. Hitung paling lambat { $c }.
procurement-tell-returned = Pesanan { $a } dikembalikan: { $b }. Antarkan lagi paling lambat { $c }.
procurement-tell-handed-over = Pesanan { $a } sudah dihitung: { $b }.
procurement-tell-deemed = Pesanan { $a } dianggap diterima karena tidak dihitung tepat waktu: { $b }.
procurement-tell-invoiced = Tagihan pesanan { $a } masuk: { $b }. Bayar paling lambat { $c }.
procurement-tell-paid = Pesanan { $a } sudah dibayar: { $b }.
procurement-tell-escalated = Pesanan { $a } lewat batas waktu { $c }: { $b }.
procurement-tell-seller-late = Penjual terlambat pada pesanan { $a }: { $b }.
procurement-request-approval-wait = Permintaan menunggu persetujuan
procurement-request-approval-reminder = Permintaan menunggu persetujuan Anda sampai { $due }.
procurement-order-acceptance-wait = Pesanan menunggu jawaban penjual
procurement-order-acceptance-reminder = Pesanan dinas menunggu jawaban Anda sampai { $due }. Lewat itu pesanan gugur.
procurement-delivery-wait = Pesanan menunggu diantar
procurement-delivery-reminder = Pesanan dinas harus diantar paling lambat { $due }.
procurement-delivery-handover-wait = Barang menunggu dihitung
procurement-delivery-handover-reminder = Barang sudah diantar dan menunggu dihitung sampai { $due }.
procurement-invoice-wait = Pesanan menunggu tagihan
procurement-invoice-reminder = Kirim tagihan pesanan dinas paling lambat { $due }.
procurement-payment-wait = Tagihan menunggu dibayar
procurement-payment-reminder = Tagihan penjual harus dibayar paling lambat { $due }.

## Refusals

procurement-not-enough-budget = Sisa pagu baris anggaran ini tidak cukup. Kurangi pesanan atau pilih baris lain.
procurement-wrong-year = Baris anggaran ini untuk tahun lain. Pilih baris tahun saat barang dibutuhkan.
procurement-seller-not-ready = Usaha ini belum diverifikasi atau sedang tidak aktif. Pilih penjual lain.
procurement-seller-not-reachable = Usaha ini belum punya akun untuk menjawab pesanan. Minta pemiliknya masuk lebih dulu.
procurement-not-offered = Salah satu barang sudah tidak ditawarkan. Muat ulang halaman dan pilih lagi.
procurement-other-seller = Satu pesanan hanya untuk satu penjual. Buat permintaan terpisah.
procurement-above-direct = Nilainya di atas batas pengadaan langsung. Pakai tender atau seleksi, bukan toko ini.
procurement-lines = Isi 1 sampai 50 barang.
procurement-requester-approves = Yang mengajukan tidak boleh menyetujui. Minta rekan yang lain.
procurement-buyer-receives = Yang mengajukan atau menyetujui tidak boleh menerima barang. Minta rekan yang lain.
procurement-buyer-pays = Yang sudah mengajukan, menyetujui, atau menerima tidak boleh membayar. Minta rekan yang lain.
procurement-not-requested = Permintaan ini sudah diputuskan. Muat ulang halamannya.
procurement-not-ordered = Pesanan ini tidak sedang menunggu jawaban penjual. Muat ulang halamannya.
procurement-not-accepted = Penjual harus menerima pesanan lebih dulu.
procurement-not-delivered = Penjual harus menyatakan sudah diantar lebih dulu.
procurement-not-handed-over = Barang harus diserahterimakan lebih dulu.
procurement-not-invoiced = Penjual harus mengirim tagihan lebih dulu.
procurement-too-late-to-cancel = Pesanan ini tidak bisa dibatalkan lagi: barangnya sudah diantar atau diterima, atau belum ada surat pesanannya.
procurement-answer-too-late = Batas waktu menjawab sudah lewat; pesanan ini gugur.
procurement-ceiling-too-low = Ada pagu yang lebih rendah daripada yang sudah dicadangkan, diikat, dan dipakai. Perbaiki baris yang ditandai.
procurement-already-applied = Berkas ini sudah berlaku.

## What is wrong with a field

procurement-reason-wanted = Tulis alasannya, paling sedikit { $a } huruf.
procurement-title-wanted = Tulis keperluannya, 5 sampai 160 huruf.
procurement-place-wanted = Tulis tempatnya, 3 sampai 200 huruf.
procurement-wanted-on-wanted = Isi tanggal barang dibutuhkan.
procurement-wanted-on-past = Tanggalnya sudah lewat. Pesanan tidak boleh bertanggal setelah acaranya.
procurement-participants-wanted = Isi jumlah peserta dengan angka, misalnya 200.
procurement-comparison-wanted = Tulis perbandingan harganya; pada nilai ini wajib.
procurement-comparison-too-long = Terlalu panjang. Paling banyak 2.000 huruf.
procurement-total-too-large = Jumlahnya terlalu besar.
procurement-business-wanted = Pilih penjualnya.
procurement-budget-line-wanted = Pilih baris anggaran dinas Anda.
procurement-kind-wanted = Pilih jenisnya.
procurement-nothing-chosen = Isi banyaknya untuk paling sedikit satu barang.
procurement-count-wanted = Isi banyaknya dengan angka, misalnya 20.
procurement-price-wanted = Isi harganya, misalnya 32.500.
procurement-stock-is = Stok penjual tinggal { $a }.
procurement-line-name-wanted = Tulis nama barangnya, 2 sampai 200 huruf.
procurement-line-unit-wanted = Tulis satuannya, misalnya kotak.
procurement-note-too-long = Terlalu panjang. Paling banyak { $a } huruf.
procurement-counted-too-many = Tidak boleh lebih dari { $a }, yaitu yang belum diterima.
procurement-too-many-photos = Paling banyak { $a } foto.
procurement-invoice-number = Isi nomor tagihan, paling banyak { $a } huruf.
procurement-invoice-amount = Jumlah tagihan paling banyak { $a }, sesuai yang diterima.
procurement-amount-wanted = Isi jumlahnya dalam rupiah, misalnya 1.250.000.
procurement-method-wanted = Pilih cara bayarnya.
procurement-reference-wanted = Isi nomor buktinya, 3 sampai 80 huruf.
procurement-paid-on-wanted = Tanggalnya tidak boleh sebelum serah terima ({ $a }) atau setelah hari ini.
procurement-day-wanted = Isi tanggalnya.
procurement-vendor-wanted = Tulis nama penjualnya, 2 sampai 160 huruf.
procurement-what-wanted = Tulis yang dibeli, 3 sampai 300 huruf.
procurement-outside-reason-wanted = Pilih alasannya.
procurement-bought-on-wanted = Isi tanggal dalam setahun terakhir.
procurement-agency-wanted = Pilih dinasnya.
procurement-dpa-wanted = Isi nama versinya, paling banyak { $a } huruf.
procurement-year-wanted = Isi tahunnya, misalnya 2026.
procurement-file-wanted = Pilih berkasnya.
procurement-budget-file-too-large = Berkasnya lebih dari { $a } MB. Bawa satu tahun satu dinas saja.
procurement-budget-file-not-text = Berkas ini bukan csv. Simpan lembar kerja sebagai CSV UTF-8, lalu bawa lagi.
procurement-budget-file-too-long = Paling banyak { $a } baris.
procurement-budget-file-no-header = Kolomnya tidak ditemukan. Beri judul kolom: kode_sub_kegiatan, kode_rekening, uraian, pagu.
procurement-budget-sub-activity = Kode sub-kegiatan berbentuk 1.02.01.2.01.0001.
procurement-budget-account = Kode rekening berbentuk 5.1.02.01.01.0024.
procurement-budget-name-wanted = Isi uraiannya, paling banyak 300 huruf.
procurement-budget-amount = Pagu ditulis sebagai angka, misalnya 12.500.000.
procurement-budget-twice = Rekening ini sudah ada di baris { $a }. Jumlahkan menjadi satu baris.
procurement-goal-days = Isi 1 sampai { $a } hari.
