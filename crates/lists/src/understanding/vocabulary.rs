//! The words that stand above columns, and what they mean. A word either is the whole title or
//! may stand inside a longer one; the longest that fits wins.

use crate::field::Field;

/// What a title means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    /// Says something about one business.
    Field(Field),
    /// A bare `nama`: of the business, or of the owner beside another name column.
    BareName,
    /// How many: the table counts.
    Count,
    /// Money coming or going: the table is a cash book.
    Cash,
    /// Known and not used.
    Other,
}

use Field as F;
use Meaning as M;
use particulars::spelling;

/// Titles that mean this only when nothing else stands beside them.
const WHOLE: &[(Meaning, &[&str])] = &[
    (M::BareName, &["nama", "name", "nama lengkap usaha"]),
    (M::Field(F::Name), &["usaha", "umkm", "brand", "merk", "merek", "toko", "business name"]),
    (M::Field(F::Owner), &["owner", "ketua", "direktur", "pimpinan", "nama ktp"]),
    (M::Field(F::Street), &["address", "street", "lokasi usaha", "raw address"]),
    (M::Field(F::Rt), &["rt"]),
    (M::Field(F::Rw), &["rw"]),
    (M::Field(F::Village), &["kel", "desa", "village", "keldesa"]),
    (M::Field(F::District), &["kec", "district", "distrik"]),
    (M::Field(F::RegionCode), &["wilayah", "kode", "village code"]),
    (M::Field(F::Category), &["jenis", "bidang", "sektor", "category", "kategori", "klaster"]),
    (
        M::Field(F::Activity),
        &[
            "produk",
            "deskripsi",
            "uraian",
            "dagangan",
            "variasi",
            "komoditas",
            "komoditi",
            "usaha pokok",
        ],
    ),
    (M::Field(F::Phone), &["hp", "wa", "phone", "contact", "no telp hp", "telp", "tlp"]),
    (M::Field(F::Assets), &["modal", "assets"]),
    (M::Field(F::Workers), &["tk", "tenaga", "workers", "naker", "jml tk"]),
    (M::Field(F::Latitude), &["lat", "y", "lintang"]),
    (M::Field(F::Longitude), &["lng", "lon", "long", "x", "bujur"]),
    (M::Field(F::Point), &["geometry", "gps", "map", "maps", "titik", "lokasi gps"]),
    (M::Field(F::SubmittedAt), &["timestamp", "cap waktu", "submitted at", "waktu kirim"]),
    (
        M::Field(F::Reference),
        &[
            "no",
            "nomor",
            "id",
            "kode",
            "no urut",
            "nomor urut",
            "fid",
            "slug",
            "source ref",
            "id data",
            "id umkm",
            "no reg",
            "nomor registrasi",
            "kode usaha",
            "no id",
        ],
    ),
    (
        M::Count,
        &[
            "jumlah",
            "total",
            "mikro",
            "kecil",
            "menengah",
            "unit",
            "kios",
            "los",
            "banyaknya",
            "jml",
            "jumlah unit",
            "usaha mikro",
            "usaha kecil",
        ],
    ),
    (
        M::Cash,
        &[
            "masuk",
            "keluar",
            "saldo",
            "debet",
            "debit",
            "kredit",
            "masuk rp",
            "keluar rp",
            "saldo rp",
        ],
    ),
    (M::Other, &["status", "ket", "keterangan", "satuan", "tahun", "foto", "type", "description"]),
];

/// Titles that mean this wherever they stand in a longer one.
const INSIDE: &[(Meaning, &[&str])] = &[
    (
        M::Field(F::Name),
        &[
            "nama usaha",
            "nama umkm",
            "nama ukm",
            "nama ikm",
            "nama perusahaan",
            "nama toko",
            "nama badan usaha",
            "nama warung",
            "merek dagang",
            "nama merek",
            "nama brand",
            "nama koperasi",
            "nama dagang",
            "nama unit usaha",
            "nama industri",
            "nama kelompok usaha",
        ],
    ),
    (
        M::Field(F::Owner),
        &[
            "nama pemilik",
            "pemilik",
            "pengusaha",
            "pelaku usaha",
            "nama pelaku usaha",
            "penanggung jawab",
            "nama lengkap",
            "pedagang",
            "nama pedagang",
            "nama pimpinan",
            "sesuai ktp",
        ],
    ),
    (M::Field(F::Street), &["alamat", "alamat usaha", "alamat lengkap", "jalan", "tempat usaha"]),
    (M::Field(F::RtRw), &["rt rw", "rtrw"]),
    (
        M::Field(F::Village),
        &["kelurahan", "gampong", "desa kelurahan", "kelurahan desa", "kel desa"],
    ),
    (M::Field(F::District), &["kecamatan"]),
    (M::Field(F::RegionCode), &["kode wilayah", "kode kelurahan", "kode desa", "kode kemendagri"]),
    (
        M::Field(F::Category),
        &[
            "kategori",
            "bidang usaha",
            "jenis usaha",
            "sektor usaha",
            "jenis umkm",
            "jenis ukm",
            "kelompok usaha",
        ],
    ),
    (
        M::Field(F::Activity),
        &["kegiatan", "kegiatan usaha", "jenis produk", "nama produk", "produk yang dijual"],
    ),
    (M::Field(F::Nib), &["nib", "nomor induk berusaha"]),
    (M::Field(F::Kbli), &["kbli"]),
    (
        M::Field(F::Phone),
        &[
            "telepon",
            "telp",
            "no hp",
            "nomor hp",
            "whatsapp",
            "no wa",
            "nomor wa",
            "telefon",
            "telpon",
            "handphone",
            "kontak",
            "no tlp",
        ],
    ),
    (
        M::Field(F::AnnualSales),
        &["omzet", "omset", "hasil penjualan", "penjualan tahunan", "annual sales"],
    ),
    (M::Field(F::MonthlySales), &["pendapatan per bulan", "penjualan per bulan", "omzet bulanan"]),
    (M::Field(F::Assets), &["aset", "asset", "modal usaha", "nilai aset", "kekayaan"]),
    (
        M::Field(F::Workers),
        &["tenaga kerja", "jumlah tenaga kerja", "karyawan", "jumlah karyawan", "pekerja"],
    ),
    (M::Field(F::Latitude), &["latitude", "koordinat lintang", "titik lintang"]),
    (M::Field(F::Longitude), &["longitude", "koordinat bujur", "titik bujur"]),
    (
        M::Field(F::Point),
        &["koordinat", "titik lokasi", "google maps", "share lokasi", "link maps"],
    ),
    (M::Field(F::Nik), &["nik", "no ktp", "nomor ktp"]),
    (M::Field(F::Npwp), &["npwp"]),
    (M::Field(F::Email), &["email", "e mail", "surel"]),
    (
        M::Field(F::StartedOn),
        &[
            "tgl mulai",
            "tanggal mulai",
            "tanggal berdiri",
            "tgl berdiri",
            "mulai usaha",
            "berdiri",
            "sejak",
        ],
    ),
    (
        M::Field(F::IssuedOn),
        &["tgl terbit", "tanggal terbit", "tgl iumk", "tanggal izin", "tgl izin"],
    ),
    (M::Field(F::SubmittedAt), &["tanggal pengisian", "waktu pengisian"]),
    (M::Field(F::Consent), &["setuju", "persetujuan", "bersedia"]),
    (M::Field(F::PriceRange), &["range harg", "range harga", "kisaran harga", "rentang harga"]),
    (M::Field(F::Reference), &["id iumk", "no iumk", "nomor iumk", "kode lapak", "nomor izin"]),
    (
        M::Count,
        &["jumlah umkm", "jumlah usaha", "jumlah pelaku", "jumlah industri", "jumlah koperasi"],
    ),
    (M::Cash, &["jenis transaksi", "pemasukan", "pengeluaran", "penerimaan", "saldo"]),
    (
        M::Other,
        &[
            "nama pasar",
            "pasar",
            "ukuran",
            "retribusi",
            "berlaku",
            "nama sentra",
            "nama kategori",
            "nama provinsi",
            "nama kabupaten",
            "kode provinsi",
            "kode kabupaten",
            "jenis izin",
            "kode izin",
            "id kategori",
            "table name",
            "field name",
            "tgl akhir",
            "created at",
            "dominan",
            "centroid",
            "nik koperasi",
        ],
    ),
];

/// How well a title fits its meaning.
pub(super) const EXACT: u8 = 100;
const PART: u8 = 80;
const BARE: u8 = 60;

/// What a title means and how sure that is.
pub(super) fn meaning(title: &str) -> Option<(Meaning, u8)> {
    let (key, plain) = (title_key(title), spelling::key(title));
    if key.is_empty() {
        return None;
    }
    if key.starts_with("apakah ") {
        return Some((M::Other, EXACT));
    }
    // `WhatsApp` is one word, `namaUsaha` is two.
    let is = |word: &str| key == word || plain == word;
    let has = |word: &str| contains(&key, word) || contains(&plain, word);
    let fits = WHOLE
        .iter()
        .map(|(meaning, words)| (meaning, words, true))
        .chain(INSIDE.iter().map(|(meaning, words)| (meaning, words, false)))
        .flat_map(|(meaning, words, whole)| words.iter().map(move |word| (*meaning, *word, whole)))
        .filter(|(_, word, whole)| if *whole { is(word) } else { has(word) })
        .max_by_key(|(_, word, whole)| (is(word), word.len(), *whole));
    let (meaning, word, _) = fits?;
    let sure = match meaning {
        M::BareName => BARE,
        _ if is(word) => EXACT,
        _ => PART,
    };
    Some((by_the_month(meaning, &key), sure))
}

/// Sales of a month have a month in their title.
fn by_the_month(meaning: Meaning, key: &str) -> Meaning {
    let monthly = ["bulan", "bulanan", "bln", "perbulan"].iter().any(|word| contains(key, word));
    match meaning {
        M::Field(F::AnnualSales) if monthly => M::Field(F::MonthlySales),
        other => other,
    }
}

/// The key of a title: `namaUsaha` and `NAMA_USAHA` are `nama usaha`.
pub(super) fn title_key(title: &str) -> String {
    let mut spaced = String::with_capacity(title.len() + 8);
    let mut before = ' ';
    for c in title.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    spelling::key(&spaced)
}

fn contains(key: &str, word: &str) -> bool {
    key.match_indices(word).any(|(place, _)| {
        let begins = place == 0 || key.as_bytes()[place - 1] == b' ';
        let end = place + word.len();
        begins && (end == key.len() || key.as_bytes()[end] == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_mean_what_clerks_mean_by_them() {
        for (title, field) in [
            ("NAMA USAHA", F::Name),
            ("Nama Usaha / Merek Dagang *", F::Name),
            ("nama_perusahaan", F::Name),
            ("Nama Lengkap (sesuai KTP)", F::Owner),
            ("NAMA_PEMILIK", F::Owner),
            ("Alamat lengkap tempat usaha (tulis kelurahan & kecamatan)", F::Street),
            ("RT/RW", F::RtRw),
            ("KEL", F::Village),
            ("Jenis usaha (boleh lebih dari satu)", F::Category),
            ("Jika sudah, tuliskan NIB", F::Nib),
            ("Nomor WhatsApp aktif", F::Phone),
            ("NO. TELP/HP", F::Phone),
            ("OMZET / TAHUN (Rp)", F::AnnualSales),
            ("Berapa omzet rata-rata per bulan?", F::MonthlySales),
            ("JML TENAGA KERJA", F::Workers),
            ("NIK (16 digit)", F::Nik),
            ("Saya setuju data saya digunakan (UU PDP)", F::Consent),
            ("No_Telp", F::Phone),
            ("Range_Harg", F::PriceRange),
            ("kode_wilayah", F::RegionCode),
            ("sosialMedia.whatsapp", F::Phone),
            ("TGL TERBIT", F::IssuedOn),
        ] {
            assert_eq!(meaning(title).map(|found| found.0), Some(M::Field(field)), "{title}");
        }
        assert_eq!(meaning("Nama").map(|found| found.0), Some(M::BareName));
        assert_eq!(meaning("Apakah sudah memiliki NIB?").map(|found| found.0), Some(M::Other));
        assert_eq!(meaning("jumlah_umkm").map(|found| found.0), Some(M::Count));
        assert_eq!(meaning("Saldo ( Rp )").map(|found| found.0), Some(M::Cash));
        assert_eq!(meaning("Nama Pasar").map(|found| found.0), Some(M::Other));
        assert_eq!(meaning("Jl. Melati No. 39"), None);
    }
}
