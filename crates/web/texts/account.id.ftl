### Akun, pintu masuk, dan meja bantuan

## Peran dan instansi
role-owner = Pemilik usaha
role-registry-officer = Petugas pendataan
role-requester = PPTK
role-approver = Pejabat pengadaan
role-receiver = Penerima barang
role-treasurer = Bendahara
role-agency-head = Kepala dinas
role-inspector = Inspektorat
role-policy-editor = Penyusun aturan
role-policy-approver = Pengesah aturan
role-market-clerk = Petugas pasar
role-city-admin = Pengelola akun kota
organisation-kind-agency = Dinas
    .hint = Membeli untuk kota: PPTK, pejabat pengadaan, penerima barang, bendahara, kepala dinas.
organisation-kind-registry-office = Kantor pendataan usaha
    .hint = Mendata dan memeriksa usaha: petugas pendataan. Biasanya dinas koperasi dan UMKM.
organisation-kind-inspectorate = Inspektorat
    .hint = Memeriksa semua kantor lain dan tidak menjadi bagian dari satu pun.
organisation-kind-business = Usaha
organisation-kind-cooperative = Koperasi
organisation-kind-bank = Bank
organisation-kind-city-office = Kantor pengelola Gerai
    .hint = Mengurus akun dan aturan: pengelola akun, penyusun dan pengesah aturan. Misalnya Diskominfo dan Bagian Hukum.
organisation-kind-market = Pasar
organisation-kind-gallery = Galeri
personal-nik = NIK
personal-npwp = NPWP
personal-nib = NIB
personal-phone = Nomor ponsel

## Menu
account-nav-people = Orang
account-nav-organisations = Instansi
account-nav-agency = Orang dinas

## Masuk
account-unsent-title = Masa masuk Anda sudah habis
account-unsent = Yang Anda kirim tadi belum diterima. Setelah masuk, Anda kembali ke formulirnya: periksa isinya, lalu kirim lagi.
account-sign-in-title = Masuk
account-sign-in-about = Satu akun untuk usaha, belanja, dan tugas dinas.
account-sign-in = Masuk
account-identifier = Nomor ponsel atau surel
    .hint = Nomor boleh diawali 08, 62, atau +62.
account-password = Kata sandi
account-stay = Ini ponsel saya sendiri, tetap masuk
    .hint = Jangan dicentang di ponsel atau komputer orang lain.
account-forgot = Lupa kata sandi
account-no-account = Belum punya akun
account-warning-title = Kata sandi dan kode hanya untuk Anda
account-warning = Petugas kota tidak pernah meminta keduanya lewat telepon atau pesan.
account-demo-title = Pilih tokoh
account-demo-about = Kota contoh. Semua tokoh rekaan; masuk sebagai siapa saja tanpa mengetik.
account-demo-be = Jadi tokoh ini
account-signed-out = Anda sudah keluar.
account-wrong-password = Nomor atau kata sandi tidak cocok. Periksa keduanya, atau buat kata sandi baru lewat "Lupa kata sandi".
account-password-missing = Isi kata sandi Anda.
account-identifier-missing = Isi nomor ponsel atau surel yang Anda daftarkan.
account-too-many-attempts = Terlalu banyak percobaan. Tunggu { $a } menit, lalu coba lagi.

## Kode kedua
account-code-title = Kode dari ponsel Anda
account-code-about = Buka aplikasi autentikator, lalu ketik enam angka untuk akun ini.
account-code = Kode
    .hint = Enam angka dari aplikasi, atau satu kode cadangan dari kertas Anda.
account-demo-code = Kode tokoh ini: { $a }
account-demo-code-about = Di kota sungguhan kode ini hanya ada di ponsel petugas.
account-wrong-code = { $a ->
    [0] Kode tidak cocok. Percobaan habis; tunggu sepuluh menit.
   *[other] Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi; sisa { $a } percobaan.
  }
account-code-expired = Sepuluh menit sudah lewat. Masuk sekali lagi.
account-lost-phone = Ponsel hilang atau ganti
account-lost-phone-about = Ketik satu kode cadangan dari kertas Anda. Kertas juga hilang: datangi pengelola akun kota dengan KTP.

## Mendaftar
account-joined = Akun Anda sudah jadi, dan Anda sudah masuk. Punya usaha? Lanjutkan dengan mendaftarkannya.
account-join-title = Buat akun
account-join-about = Cukup nama, nomor ponsel atau surel, dan kata sandi. Setelah itu Anda dapat mendaftarkan usaha.
account-join = Buat akun
account-join-privacy = Nomor Anda dipakai untuk masuk dan mengabari Anda, tidak ditampilkan kepada umum.
account-has-account = Sudah punya akun
account-name = Nama lengkap
    .hint = Seperti di KTP. Satu kata pun boleh.
account-phone = Nomor ponsel
    .hint = Boleh diawali 08, 62, atau +62. Nomor atau surel, salah satu cukup.
account-email = Surel
    .hint = Untuk surat kata sandi baru bila Anda lupa.
account-new-password = Kata sandi baru
    .hint = Paling sedikit 10 huruf. Beberapa kata yang Anda ingat lebih aman daripada satu kata dengan angka.
account-name-length = Tulis nama 2 sampai { $a } huruf.
account-name-signs = Nama tidak boleh memuat tanda < atau >.
account-name-letters = Nama ditulis dengan huruf, misalnya Siti Aminah.
account-too-many-new = Dari jaringan ini sudah banyak akun dibuat dalam satu jam. Coba lagi { $a } menit lagi, atau minta petugas di kantor kota membuatkannya. Untuk hari pendaftaran di balai, minta pengelola kota menaikkan batasnya.
account-phone-signs = Tulis nomor dengan angka saja, misalnya 0812 3456 7890.
account-phone-start = Nomor ponsel Indonesia dimulai dengan 08, 62, atau +62, misalnya 0812 3456 7890.
account-phone-length = Nomor ini { $a } angka. Nomor ponsel biasanya 10–13 angka, misalnya 0812 3456 7890.
account-phone-taken = Nomor ini sudah punya akun. Masuk dengan nomor ini, atau buat kata sandi baru.
account-email-format = Tulis surel lengkap, misalnya siti@contoh.id.
account-email-taken = Surel ini sudah punya akun. Masuk dengan surel ini, atau buat kata sandi baru.
account-contact-missing = Isi nomor ponsel atau surel, agar Anda dapat masuk dan dikabari.
account-password-short = Kata sandi paling sedikit { $a } huruf. Gabungkan beberapa kata.
account-password-long = Kata sandi paling panjang { $a } huruf.
account-password-blank = Kata sandi ini hanya berisi spasi. Ketik beberapa kata.
account-password-figures = Angka saja mudah ditebak. Gabungkan beberapa kata.
account-password-same = Kata sandi baru sama dengan yang lama. Pilih yang lain.
account-password-common = Kata sandi ini dipakai banyak orang. Gabungkan beberapa kata yang tidak biasa.
account-password-own = Jangan memakai nama, nomor, atau surel sendiri sebagai kata sandi.
account-language-unknown = Pilih Bahasa Indonesia atau English.
account-theme-unknown = Pilih terang, gelap, atau ikut perangkat.

## Lupa kata sandi
account-help-title = Lupa kata sandi
account-help-about = Kami kirim surat berisi tautan ke surel Anda. Tautan berlaku 30 menit.
account-send-letter = Kirim surat
account-letter-sent = Surat dikirim bila akunnya ada
account-letter-sent-about = Buka surel Anda, juga kotak spam. Tautan berlaku 30 menit dan sekali pakai. Akun tanpa surel: datangi meja bantuan.
account-back-to-door = Kembali ke halaman masuk
account-desk-title = Tidak punya surel
account-desk-about = Datangi pengelola akun di kantor kota dengan KTP. Petugas membuat tautan kata sandi baru untuk Anda.
account-letter-title = Kata sandi baru untuk Gerai { $a }
account-letter-body =
    Halo { $a },

    Seseorang meminta kata sandi baru untuk akun Anda. Bila itu Anda, buka tautan ini dalam 30 menit:

    { $b }

    Bila bukan Anda, abaikan surat ini; kata sandi lama tetap berlaku.
account-choose-title = Kata sandi baru
account-choose-about = Untuk akun { $a }. Setelah disimpan, semua perangkat lain keluar.
account-save-password = Simpan kata sandi
account-password-set = Kata sandi baru tersimpan. Silakan masuk.
account-link-expired = Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru di halaman "Lupa kata sandi".

## Akun saya
account-title = Akun saya
account-me = Tentang saya
account-change = Ubah
account-since = Akun sejak
account-safety = Keamanan
account-set = Ada
account-not-set = Belum ada
account-on = Aktif
account-off = Belum aktif
account-second-factor = Kode kedua dari ponsel
    .hint = Wajib untuk petugas, dianjurkan untuk semua.
account-sessions-count = { $a } perangkat
account-looks-count = { $a ->
    [0] Belum pernah
   *[other] { $a } kali
  }
account-seats = Bertindak sebagai
account-seats-none = Anda belum bertindak untuk usaha atau dinas mana pun.
account-register-business = Daftarkan usaha
account-seat-current = Sekarang
account-seat-take = Pilih
account-switched = Anda sekarang bertindak untuk usaha atau instansi yang Anda pilih.
account-back = Kembali ke akun saya
account-details-title = Ubah data saya
account-details-saved = Data Anda tersimpan.
account-save-details = Simpan data
account-password-again = Kata sandi sekarang
    .hint = Agar kami yakin ini Anda.
account-password-title = Ganti kata sandi
account-password-about = Setelah diganti, semua perangkat lain keluar.
account-old-password = Kata sandi sekarang
account-old-password-wrong = Kata sandi sekarang tidak cocok. Ketik ulang; perhatikan huruf besar dan kecil.
account-password-saved = Kata sandi Anda sudah diganti.

## Menyiapkan kode kedua
account-second-factor-about = Selain kata sandi, Anda mengetik enam angka dari ponsel. Orang yang mencuri kata sandi Anda tetap tidak bisa masuk.
account-pending-title = Petugas wajib memasang kode kedua
account-pending-about = Sebelum dipasang, tugas dinas belum bisa dibuka.
account-way-app = Pasang aplikasi autentikator di ponsel, misalnya Google Authenticator, Aegis, atau 2FAS.
account-way-scan = Pindai kode gambar yang kami tampilkan.
account-way-paper = Simpan delapan kode cadangan di kertas.
account-second-factor-start = Pasang kode kedua
account-scan-title = Pindai dengan aplikasi
account-scan-about = Buka aplikasi autentikator, pilih tambah akun, lalu pindai gambar ini.
account-scan-label = Kode gambar untuk aplikasi autentikator
account-open-app = Buka di aplikasi ponsel ini
account-secret = Atau ketik
account-first-code-title = Ketik kode pertama
account-first-code = Enam angka di aplikasi
account-first-code-wrong = Kode tidak cocok. Periksa jam ponsel diatur otomatis, lalu ketik kode yang sedang tampil.
account-second-factor-on = Aktifkan kode kedua
account-second-factor-since = Kode kedua aktif sejak { $a }
account-second-factor-not-begun = Pemasangan belum dimulai. Buka Akun saya, lalu pilih Kode kedua.
account-second-factor-missing = Orang ini belum memasang kode kedua.
account-codes-left = { $a ->
    [0] Kode cadangan habis. Buat yang baru.
   *[other] Sisa { $a } kode cadangan.
  }
account-renew-title = Kertas habis atau ponsel baru
account-renew-about = Kode cadangan baru membatalkan yang lama. Ponsel baru dipindai dari awal; yang lama tetap berlaku sampai kode pertama cocok.
account-renew-codes = Buat kode cadangan baru
account-new-phone = Pindah ke ponsel baru
account-codes-title = Kode cadangan
account-codes-on = Kode kedua aktif
account-codes-about = Tulis atau cetak delapan kode ini sekarang; setelah halaman ditutup tidak tampil lagi. Satu kode hanya sekali pakai, saat ponsel tidak ada.
account-codes-kept = Sudah saya simpan

## Perangkat
account-sessions-title = Perangkat yang masuk
account-sessions-about = Ada yang tidak Anda kenal: keluarkan, lalu ganti kata sandi.
account-session-since = Masuk { $a }
account-session-seen = Terakhir dipakai { $a }
account-session-here = Perangkat ini
account-session-end = Keluarkan
account-sessions-end = Keluar dari semua perangkat lain
account-sessions-only-here = Anda hanya masuk di perangkat ini.
account-session-ended = Perangkat itu sudah keluar.
account-sessions-ended = Semua perangkat lain sudah keluar.

## Siapa melihat
account-looks-title = Siapa melihat nomor saya
account-looks-about = Setiap kali NIK atau NPWP Anda dibuka petugas, namanya tercatat di sini.
account-looks-none = Belum ada yang melihat
account-looks-none-about = Nomor Anda tersimpan tersandi. Bila petugas membukanya, catatannya muncul di sini.
account-look-what = Yang dilihat
account-look-who = Oleh
account-look-why = Untuk apa
account-purpose-wanted = Pilih keperluannya.
account-purpose-words = Jelaskan keperluan lain itu: sedikitnya dua kata, sepuluh huruf. Pemilik nomor membacanya.

## Kunci untuk program
account-tokens-title = Kunci program
account-tokens-kind = API
account-tokens-hint = Untuk kasir atau aplikasi yang tersambung ke Gerai
account-tokens-about = Program memakai kunci ini untuk bertindak atas nama usaha atau dinas Anda, sebatas yang Anda izinkan.
account-tokens-none = Belum ada yang dapat diizinkan
account-tokens-none-about = Kunci hanya dapat dibuat saat Anda bertindak untuk usaha atau dinas.
account-token-new = Kunci baru untuk { $a }
account-token-name = Nama program
    .hint = Misalnya: Kasir toko.
account-token-lives = Berlaku
account-days = { $a } hari
account-token-permissions = Yang diizinkan
account-token-make = Buat kunci
account-token-title = Kunci baru
account-token-once = Salin sekarang
account-token-once-about = Kunci tidak tampil lagi. Simpan di tempat yang hanya dibaca program itu.
account-token-kept = Sudah saya salin
account-token-until = Berlaku sampai { $a }
account-token-used = Terakhir dipakai { $a }
account-token-revoke = Cabut
account-token-revoked = Kunci dicabut.
account-token-name-length = Beri nama 1 sampai { $a } huruf.
account-token-days = Pilih masa berlaku 1 sampai { $a } hari.
account-token-permissions-missing = Pilih paling sedikit satu izin.
account-token-permissions-beyond = Salah satu izin tidak Anda miliki. Pilih lagi dari daftar.
account-token-no-organisation = Pilih dulu untuk usaha atau dinas mana Anda bertindak.
account-too-many-tokens = Sudah 20 kunci. Cabut yang tidak dipakai, lalu buat yang baru.
account-copy = Salin
account-copied = Tersalin

## Meja bantuan
account-people-title = Orang
account-people-search = Cari orang
    .placeholder = Nama atau nomor ponsel
account-people-office = Yang berperan di
account-people-all = Semua orang
account-people-none = Tidak ada orang dengan nama atau nomor itu
account-people-none-about = Periksa ejaannya, tulis nomornya lengkap, atau buat akun baru.
account-contact = Kontak
account-person-new = Akun baru
account-person-new-about = Untuk orang yang datang dengan KTP. Kata sandi ia pilih sendiri lewat tautan yang Anda buat sesudah ini.
account-person-name = Nama lengkap
account-person-add = Buat akun
account-person-added = Akun dibuat. Beri peran, lalu buat tautan kata sandi.
account-phone-of = Nomor ini dipakai akun { $a }.
account-email-of = Surel ini dipakai akun { $a }.
account-person-known = { $a } sudah punya akun
account-person-open = Buka akunnya
account-person-unknown = Belum ada akun dengan nomor atau surel ini. Minta orangnya membuat akun dulu.
account-roles = Peran
account-roles-none = Belum punya peran.
account-no-role = Tanpa peran
account-roles-look = Lihat peran di sana
account-role = Peran
account-role-since = Sejak { $a }
account-role-until = sampai { $a }
account-role-give = Beri peran
account-role-give-about = Orangnya harus sudah punya akun.
account-role-end = Akhiri
account-role-given = Peran diberikan.
account-role-taken = Peran diakhiri.
account-role-missing = Pilih peran.
account-role-held = Orang ini sudah memegang peran itu di instansi itu.
account-role-ended = Peran ini sudah berakhir.
account-belongs-agency = Peran ini untuk orang yang berbelanja, jadi hanya ada di dinas. Pilih dinasnya.
account-belongs-registry-office = Petugas pendataan bekerja di kantor pendataan usaha, bukan di dinas yang membeli atau kantor lain. Pilih kantor pendataan usaha.
account-belongs-inspectorate = Pemeriksa tidak duduk di kantor yang ia periksa. Pilih Inspektorat; bila belum ada, tambahkan di menu Instansi.
account-belongs-city-office = Akun dan aturan diurus di kantor pengelola Gerai, misalnya Diskominfo atau Bagian Hukum. Pilih kantor itu.
account-belongs-business = Pemilik usaha tidak diberi peran di sini. Perannya ada sejak petugas memverifikasi usahanya.
account-conflict-owner = Orang ini pemilik usaha { $a }. Kedua peran itu tidak boleh dipegang satu orang.
account-conflict-registry-officer = Orang ini petugas pendataan di { $a }. Yang memeriksa penjual tidak ikut membeli atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-requester = Orang ini PPTK di { $a }. Yang mengajukan tidak menyetujui, menerima, membayar, mendata penjual, atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-approver = Orang ini pejabat pengadaan di { $a }. Yang menyetujui tidak mengajukan, menerima, membayar, mendata penjual, atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-receiver = Orang ini penerima barang di { $a }. Yang menerima tidak mengajukan, menyetujui, membayar, mendata penjual, atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-treasurer = Orang ini bendahara di { $a }. Yang membayar tidak mengajukan, menyetujui, menerima, memegang anggaran, mendata penjual, atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-agency-head = Orang ini kepala dinas di { $a }. Pemegang anggaran tidak mengajukan, membayar, mendata penjual, mengelola akun, atau mengawasi. Beri peran ini kepada orang lain.
account-conflict-inspector = Orang ini pemeriksa di { $a }. Pemeriksa tidak memegang peran lain di kantor mana pun. Akhiri dulu peran itu, atau pilih orang lain.
account-conflict-policy-editor = Orang ini penyusun aturan di { $a }. Aturan disahkan orang lain, dan pengawas tidak menyusun aturan. Pilih orang lain.
account-conflict-policy-approver = Orang ini pengesah aturan di { $a }. Aturan disusun orang lain, dan pengawas tidak mengesahkan aturan. Pilih orang lain.
account-conflict-market-clerk = Orang ini petugas pasar di { $a }. Petugas pasar memutus uang pembeli dan penjual, jadi tidak berjualan, tidak membagikan peran, dan tidak mengawasi. Pilih orang lain.
account-conflict-city-admin = Orang ini pengelola akun di { $a }. Yang membagi peran tidak ikut berbelanja atau mengawasi. Pilih orang lain.
account-last-admin = Ini pengelola akun terakhir. Beri peran itu dulu kepada orang lain; tanpa pengelola tidak ada yang dapat memberi peran.
account-end-title = Akhiri peran
account-end-whom = Untuk
account-end-since = Sejak
account-end-leaves = Pekerjaan yang menunggu peran ini: { $a }. Tidak ada orang lain yang memegangnya.
account-end-leaves-about = Beri dulu peran ini kepada penggantinya, agar pekerjaan itu tidak terhenti.
account-end-others = Pekerjaan yang menunggu peran ini: { $a }
account-end-others-about = Dilanjutkan orang lain yang memegang peran yang sama di sini: { $a } orang.
account-end-nothing = Tidak ada pekerjaan yang menunggu peran ini.
account-end-heaps = Yang menunggu
account-end-reason = Sebab
    .hint = Misalnya: pindah tugas. Tercatat di Jejak.
account-end-reason-long = Tulis sebabnya paling panjang 200 huruf.
account-end-now = Akhiri peran sekarang
account-too-many-roles = Orang ini sudah memegang 50 peran. Akhiri yang lama dulu.
account-not-for-yourself = Tidak untuk diri sendiri. Minta pengelola lain.
account-until-past = Pilih hari yang belum lewat.
account-member = Nomor ponsel atau surel
    .hint = Yang dipakai orang itu untuk masuk.
account-you = Anda
account-choose = Pilih
account-organisation = Instansi
account-organisation-missing = Pilih instansi.
account-offices-none = Belum ada instansi.
account-desk-help = Bantuan di meja
account-desk-help-about = Cocokkan dulu wajah dengan KTP. Setiap bantuan tercatat atas nama Anda.
account-link-make = Buat tautan kata sandi
account-link-title = Tautan kata sandi
account-link-once = Berikan sekarang
account-link-once-about = Tautan untuk { $a } berlaku 24 jam, sekali pakai, dan tidak tampil lagi.
account-link-given = Sudah saya berikan
account-link-shown = Tautan hanya tampil sekali
account-link-shown-about = Belum sempat diberikan: buat yang baru. Tautan yang lama langsung tidak berlaku.
account-link-back = Kembali ke orangnya
account-second-factor-remove = Cabut kode kedua
account-second-factor-remove-title = Cabut kode kedua { $a }?
account-second-factor-remove-about = Semua perangkatnya keluar. Petugas harus memasang kode kedua lagi saat masuk.
account-second-factor-removed = Kode kedua dicabut.
account-organisations-title = Dinas dan kantor
account-organisations-search = Cari dinas
    .placeholder = Nama dinas
account-organisations-none = Tidak ada dinas dengan nama itu
account-organisations-none-about = Periksa ejaannya, atau tambahkan.
account-organisation-new = Tambah dinas
account-organisation-add = Tambahkan
account-organisation-added = Dinas ditambahkan. Beri peran kepada orangnya lewat menu Orang.
account-organisation-kind = Jenis
account-organisation-kind-missing = Pilih jenisnya.
account-organisation-name = Nama resmi
account-organisation-code = Kode
    .hint = Seperti di dokumen anggaran, misalnya 1.02.01.
account-organisation-code-format = Kode memuat huruf, angka, titik, atau garis; paling panjang { $a }.
account-organisation-name-taken = Instansi sejenis dengan nama ini sudah ada. Pakai yang ada, atau bedakan namanya.
account-organisation-rename = Ganti nama
account-organisation-rename-about = Pesanan dan surat yang sudah terbit tetap memakai nama lama. Kodenya tidak berubah.
account-organisation-rename-now = Simpan nama baru
account-organisation-renamed = Namanya sudah diganti.
account-organisation-code-taken = Kode ini sudah dipakai instansi lain.
account-agency-title = Orang dinas
account-agency-about = Siapa berperan apa di { $a }. Setiap perubahan berlaku saat itu juga.

## Izin kunci program
permission-account-manage = Mengelola akun dan peran
permission-agency-people = Mengatur orang di dinas
permission-catalog-offer = Menawarkan barang dan mengubah stok
permission-house-inspect = Membaca catatan kota
permission-house-operate = Menjalankan sistem
permission-policy-approve = Mengesahkan aturan
permission-policy-draft = Menyusun aturan
permission-procurement-approve = Menyetujui permintaan dan mengirim pesanan
permission-procurement-budget = Mengelola anggaran dinas
permission-procurement-budgets = Memasukkan anggaran semua dinas
permission-procurement-inspect = Membaca semua pesanan
permission-procurement-pay = Membayar
permission-procurement-receive = Menerima barang
permission-procurement-request = Mengajukan kebutuhan
permission-procurement-see-budget = Melihat anggaran
permission-procurement-sell = Menerima dan mengirim pesanan
permission-procurement-watch = Melihat pesanan dinas
permission-registry-import = Mengimpor data usaha
permission-registry-office = Membuka meja pendataan
permission-registry-verify = Memverifikasi usaha
