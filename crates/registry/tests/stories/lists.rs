//! Officers bring lists: what was found in one is kept, shown, corrected, let in once and reported
//! the same in both forms. Everybody in these lists is invented (tokoh rekaan).

use base::Role;
use testkit::{City, Client};

use crate::desk::number;
use crate::kit::{city, decide, dinas, register};

const LIST: &str = "DAFTAR UMKM (rekaan);;;;;\n;;;;;\n\
    No;Nama Usaha;Nama Pemilik;Kelurahan;Kecamatan;NIB\n\
    1;Kriya Bambu Rekaan;Sinta Rekaan;Sampangan;Gajahmungkur;9120000000921\n\
    2;Soto Rekaan;Budi Rekaan;KEL. SAMPANGN;Gajah Mungkur;9120000000922\n\
    ;JUMLAH;2;;;\n\
    3;Kriya Bambu;Sinta R.;Sampangan;Gajahmungkur;9120000000921\n";

async fn importer(city: &City) -> Client {
    let dinas = dinas(city).await;
    city.person("Ratna Widyastuti", Role::RegistryOfficer, &dinas).await.client
}

async fn brought(officer: &Client, name: &str, list: &str) -> String {
    let sent = officer.upload("/registry/lists", &[], ("list", name, list.as_bytes())).await;
    sent.expect(303).location.unwrap()
}

/// Does every job that waits.
async fn run_jobs(city: &City) {
    city.work(registry::area().jobs).await;
}

#[tokio::test]
async fn a_list_is_looked_at_once_then_let_in_and_reported_the_same_in_both_forms() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "daftar.csv", LIST).await;
    let page = officer.get(&at).await.expect(200).sees("3 baris siap").sees("Soto Rekaan");
    let page = page.sees("Mungkin ganda: baris 4");
    assert!(page.text().contains("1 bukan usaha"), "the sum is counted: {}", page.text());
    let before = officer.get(&format!("{at}/report.json")).await.expect(200).json();
    assert_eq!(before["dry_run"], true);
    assert_eq!(before["summary"]["not_a_business"], 1);
    officer.post(&format!("{at}/entry"), &[]).await.expect(303);
    officer.get(&at).await.expect(200).sees("0 dari 3 baris sudah masuk");
    run_jobs(&city).await;
    officer.get(&at).await.expect(200).sees("Semua baris selesai diproses");
    let report = officer.get(&format!("{at}/report.json")).await.expect(200).json();
    assert_eq!(report["dry_run"], false);
    assert_eq!(report["rows"], before["rows"], "what was shown is what entered");
    let book = officer.get(&format!("{at}/report.xlsx")).await.expect(200);
    assert!(book.bytes.starts_with(b"PK"));
    officer.post(&format!("{at}/entry"), &[]).await.expect(409);
}

#[tokio::test]
async fn a_list_that_has_entered_shows_its_records_and_brings_nothing_the_second_time() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "daftar.csv", LIST).await;
    officer.post(&format!("{at}/entry"), &[]).await.expect(303);
    run_jobs(&city).await;
    let page = officer.get(&at).await.expect(200).sees("2 usaha baru masuk dari daftar ini");
    let page = page.sees("Saat masuk, 1 lagi ditahan");
    let page = page.sees("Baris yang perlu dilihat").sees("Kriya Bambu");
    let records = page.body.split("href=\"/registry/queue?list=").nth(1).unwrap();
    let records = format!("/registry/queue?list={}", records.split('"').next().unwrap());
    let queue = officer.get(&records).await.expect(200).sees("Soto Rekaan").sees("Kriya Bambu");
    let queue = queue.sees("Dari satu daftar");
    let record = queue.body.split("href=\"/registry/records/").nth(1).unwrap();
    let record = format!("/registry/records/{}", record.split(['?', '"']).next().unwrap());
    let record = officer.get(&record).await.expect(200).sees("daftar.csv");
    assert!(record.text().contains("baris"), "the record names its row");
    assert!(page.body.contains("href=\"/registry/records/"), "odd rows lead to their records");

    let again = brought(&officer, "lagi.csv", LIST).await;
    let page = officer.get(&again).await.expect(200).sees("Berkas yang sama sudah pernah masuk");
    let page = page.sees("3 sudah pernah masuk").sees("Tidak ada yang baru");
    assert!(!page.body.contains(&format!("{again}/entry")), "nothing is offered to enter");
    officer.post(&format!("{again}/entry"), &[]).await.expect(409);
}

#[tokio::test]
async fn a_long_list_is_looked_at_in_the_background() {
    let city = city().await;
    let officer = importer(&city).await;
    let mut list = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan\n".to_owned();
    for n in 0..5_000 {
        list.push_str(&format!(
            "Warung Rekaan {n};Budi Rekaan {n};Jl. Rekaan {n};Sampangan;Gajahmungkur\n"
        ));
    }
    let at = brought(&officer, "panjang.csv", &list).await;
    let page = officer.get(&at).await.expect(200).sees("Daftar sedang diperiksa");
    assert!(page.body.contains("data-refresh") && page.text().contains("Lihat lagi"));
    officer.post(&format!("{at}/entry"), &[]).await.expect(409);
    officer.get(&format!("{at}/report.json")).await.expect(404);
    run_jobs(&city).await;
    let page = officer.get(&at).await.expect(200).sees("5.000 baris siap");
    assert!(!page.text().contains("Daftar sedang diperiksa"));
    let told = [("key", "nama pemilik"), ("field", "")];
    officer.post(&format!("{at}/columns"), &told).await.expect(303);
    officer.get(&at).await.expect(200).sees("Daftar sedang diperiksa");
    run_jobs(&city).await;
    let report = officer.get(&format!("{at}/report.json")).await.expect(200).json();
    assert_eq!(report["rows"].as_array().unwrap().len(), 5_000);
    assert!(report["rows"][0]["business"]["owner"].is_null(), "what was said is remembered");
}

#[tokio::test]
async fn what_is_odd_is_said_in_the_language_of_whoever_reads() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "daftar.csv", LIST).await;
    officer.get(&at).await.expect(200).sees("NIB sama dengan");
    let report = officer.get(&format!("{at}/report.json")).await.expect(200).json();
    let problem = &report["rows"][3]["problems"][0];
    assert_eq!(problem["code"], "same-nib");
    assert!(problem["message"].as_str().unwrap().contains("NIB sama"), "{problem}");
    assert!(problem["message_en"].as_str().unwrap().contains("Same NIB"), "{problem}");
    officer.post("/preferences", &[("language", "en"), ("back", "/account")]).await.expect(303);
    let page = officer.get(&at).await.expect(200).sees("Same NIB as row 4.").sees("row 4");
    assert!(!page.text().contains("baris"), "{}", page.text());
    let book = officer.get(&format!("{at}/report.xlsx")).await.expect(200);
    assert!(book.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn a_report_that_was_replaced_is_cleared_away_a_day_later() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "daftar.csv", LIST).await;
    let files = registry::area().files.unwrap();
    let before = city.db.read(files).await.unwrap();
    officer.post(&format!("{at}/entry"), &[]).await.expect(303);
    run_jobs(&city).await;
    let after = city.db.read(files).await.unwrap();
    let replaced = before.iter().find(|hash| !after.contains(hash)).unwrap();
    assert!(city.files.exists(replaced).await.unwrap(), "whoever reads it may finish");
    city.pass_days(2);
    run_jobs(&city).await;
    assert!(!city.files.exists(replaced).await.unwrap());
    for hash in &after {
        assert!(city.files.exists(hash).await.unwrap(), "what is spoken of stays");
    }
}

#[tokio::test]
async fn an_empty_file_and_one_that_is_too_large_are_told_so_at_the_form() {
    let city = city().await;
    let officer = importer(&city).await;
    let empty = officer.upload("/registry/lists", &[], ("list", "kosong.csv", b"")).await;
    empty.expect(422).sees("File ini kosong");
    let large = vec![b'a'; 19 * 1024 * 1024 + 1];
    let sent = officer.upload("/registry/lists", &[], ("list", "besar.csv", &large)).await;
    sent.expect(422).sees("lebih dari 19 MB").sees("Pilih berkas");
}

#[tokio::test]
async fn an_owner_without_an_account_is_reached_another_way() {
    let city = city().await;
    let officer = importer(&city).await;
    let list = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;HP\n\
        Jamu Rekaan;Sri Rekaan;Jl. Menoreh 4;Sampangan;Gajahmungkur;081200000001\n\
        Soto Rekaan;Budi Rekaan;Jl. Menoreh 9;Sampangan;Gajahmungkur;081200000002\n";
    let at = brought(&officer, "daftar.csv", list).await;
    officer.post(&format!("{at}/entry"), &[]).await.expect(303);
    run_jobs(&city).await;
    let (jamu, soto) = (number(&city, 1).await, number(&city, 2).await);
    let record = format!("/registry/records/{jamu}");
    let page = officer.get(&record).await.expect(200);
    let page = page.sees("baru bisa berjualan setelah pemiliknya punya akun");
    assert!(!page.text().contains("boleh berjualan"));
    decide(&officer, &record, "return", "Nomor rumah belum ada.").await.expect(303);
    let why = [("what", "phone"), ("purpose", "contact")];
    officer.post(&format!("{record}/look"), &why).await.expect(303);
    let page = officer.get(&record).await.expect(200);
    let page = page.sees("Kirim lewat WhatsApp");
    assert!(page.body.contains("Nomor%20rumah%20belum%20ada"), "the words are ready");
    let letter = officer.get(&format!("{record}/letter")).await.expect(200);
    letter.sees("Sri Rekaan").sees("Nomor rumah belum ada.");
    let calls = officer.get("/registry/queue?asks=contact").await.expect(200).sees("Jamu Rekaan");
    assert!(!calls.text().contains("Soto Rekaan"));
    officer.get(&format!("/registry/records/{soto}/letter")).await.expect(404);
    decide(&officer, &format!("/registry/records/{soto}"), "verify", "").await.expect(303);
    let shown = city.visitor().get("/registry/businesses/UMKM-33.74-000002").await.expect(200);
    assert!(!shown.text().contains("Lihat barangnya"), "there is nobody who offers");
}

#[tokio::test]
async fn both_forms_of_a_report_know_what_the_registry_knows() {
    let city = city().await;
    let officer = importer(&city).await;
    let first = brought(&officer, "daftar.csv", LIST).await;
    officer.post(&format!("{first}/entry"), &[]).await.expect(303);
    run_jobs(&city).await;
    let again = brought(&officer, "lagi.csv", LIST).await;
    let report = officer.get(&format!("{again}/report.json")).await.expect(200).json();
    assert_eq!(report["summary"]["duplicate"], 3, "all three are registered");
    let number = report["rows"][0]["duplicate_of"]["number"].as_str().unwrap();
    assert!(number.starts_with("UMKM-33.74-"));
    let book = officer.get(&format!("{again}/report.xlsx")).await.expect(200);
    let city_map = particulars::region::CityRegions::of_code("33.74").unwrap();
    let known = lists::KnownBusinesses::default();
    let options = lists::Options {
        city: &city_map,
        as_of: base::Date::of(2026, 3, 12).unwrap(),
        mapping: None,
        known: &known,
        begins: None,
        message: None,
    };
    let read = lists::report("laporan.xlsx", book.bytes, &options, true);
    assert_eq!(read.summary.rows, 4, "every row of the report, the sum too");
    let json = serde_json::to_string(&read).unwrap();
    assert!(json.contains("Kriya Bambu Rekaan"));
}

#[tokio::test]
async fn the_guess_about_a_list_without_a_header_is_shown_and_corrected() {
    let city = city().await;
    let officer = importer(&city).await;
    let rows: Vec<&str> = LIST.lines().skip(3).filter(|line| !line.contains("JUMLAH")).collect();
    let headless = rows.join("\n");
    let at = brought(&officer, "tanpa-judul.csv", &headless).await;
    let page = officer.get(&at).await.expect(200).sees("Daftar ini tidak punya baris judul");
    let page = page.sees("Kriya Bambu Rekaan; Soto Rekaan").sees("9120•••••••••");
    assert!(!page.text().contains("9120000000921"), "numbers are hidden");
    let told = [("key", "b"), ("field", "owner"), ("key", "c"), ("field", "name")];
    officer.post(&format!("{at}/columns"), &told).await.expect(303);
    let report = officer.get(&format!("{at}/report.json")).await.expect(200).json();
    assert_eq!(report["rows"][0]["business"]["name"], "Sinta Rekaan");
    let next = brought(&officer, "berikutnya.csv", &headless).await;
    let report = officer.get(&format!("{next}/report.json")).await.expect(200).json();
    assert_eq!(report["rows"][0]["business"]["owner"], "Kriya Bambu Rekaan", "remembered");
}

#[tokio::test]
async fn a_form_sent_again_is_held_beside_its_last_sending() {
    let city = city().await;
    let officer = importer(&city).await;
    let form = "Timestamp,Nama Lengkap,Nama Usaha,Nomor WhatsApp\n\
        2026-03-01 08:00:00,Sri Rekaan,Jamu Rekaan,081200000001\n\
        2026-03-05 08:00:00,Sri Rekaan,Jamu Rekaan,081200000001\n";
    let at = brought(&officer, "formulir.csv", form).await;
    officer.get(&at).await.expect(200).sees("Mungkin ganda: baris 3");
    officer.post(&format!("{at}/entry"), &[]).await.expect(303);
    run_jobs(&city).await;
    officer.get("/registry/pairs").await.expect(200).sees("Jamu Rekaan");
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_with_its_reason() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "gambar.csv", "\u{1}\u{2}\u{3}").await;
    officer.get(&at).await.expect(200).sees("Bukan daftar usaha");
    officer.post(&format!("{at}/entry"), &[]).await.expect(409);
    let owner = city.citizen("Siti Rahayu").await;
    register(&owner.client, "Dapur Rekaan").await;
    owner.client.get("/registry/lists").await.expect(403);
}

#[tokio::test]
async fn whoever_takes_a_report_away_is_written_down() {
    let city = city().await;
    let officer = importer(&city).await;
    let at = brought(&officer, "daftar.csv", LIST).await;
    officer.get(&at).await.expect(200).sees("Setiap unduhan tercatat");
    officer.get(&format!("{at}/report.json")).await.expect(200);
    officer.get(&format!("{at}/report.xlsx")).await.expect(200);
    let told: Vec<(String, String)> = city
        .write(|tx| {
            Ok(tx.all(
                "SELECT actor, data FROM events WHERE kind = 'registry.report_taken' ORDER BY id",
                &[],
            )?)
        })
        .await
        .unwrap();
    assert_eq!(told.len(), 2);
    assert!(told[0].1.contains("json") && told[1].1.contains("xlsx"), "{told:?}");
    let inspector = crate::kit::inspector(&city).await;
    inspector.client.get("/audit").await.expect(200).sees("Laporan daftar usaha diunduh");
}

#[tokio::test]
async fn numbers_of_people_are_hidden_however_they_are_written_and_amounts_stay_readable() {
    let city = city().await;
    let officer = importer(&city).await;
    let list = "Nama Usaha;Nama Pemilik;HP/WA;NIK;Omzet setahun;Tanggal\n\
        Soto Rekaan;Budi Rekaan;0812 3333 4444;3374 0157 0385 0001;1.250.000;12-03-2026\n\
        Jamu Rekaan;Sri Rekaan;+62 812-5555.6666;337401.570385.0002;2.500.000.000;2026-03-12\n";
    let at = brought(&officer, "nomor.csv", list).await;
    let page = officer.get(&at).await.expect(200);
    for number in ["3333", "4444", "5555", "6666", "0157", "0001", "0002", "570385"] {
        assert!(!page.text().contains(number), "{number}: {}", page.text());
    }
    page.sees("1.250.000").sees("2.500.000.000").sees("12-03-2026").sees("2026-03-12");
}

#[tokio::test]
async fn what_was_not_understood_of_a_list_is_said_before_anything_enters() {
    let city = city().await;
    let officer = importer(&city).await;
    let list = "Nama Ush;Nama Pemilik;Alamat;Kelurahan;Kecamatan;Omzet setahun;Rupa Warna\n\
        Soto Rekaan;Budi Rekaan;Jl. Menoreh 9;Sampangan;Gajahmungkur;-5;merah\n\
        Jamu Rekaan;Sri Rekaan;Jl. Menoreh 4;Sampangan;Gajahmungkur;2.500.000;biru\n";
    let at = brought(&officer, "kolom.csv", list).await;
    let page = officer.get(&at).await.expect(200).sees("Kolom nama usaha tidak ditemukan");
    let page = page.sees("Nama pemilik dipakai").sees("Belum dimengerti, tidak dibaca");
    let page = page.sees("tidak dibaca: Nama Ush, Rupa Warna");
    page.sees("Omzet setahun: Jumlah rupiah tidak boleh negatif: -5");
    let twice =
        [("key", "nama ush"), ("field", "owner"), ("key", "nama pemilik"), ("field", "owner")];
    let refused = officer.post(&format!("{at}/columns"), &twice).await.expect(422);
    refused.sees("Dua kolom tidak boleh berarti sama: Nama Ush, Nama Pemilik");
    let told = [("key", "nama ush"), ("field", "name"), ("key", "rupa warna"), ("field", "")];
    officer.post(&format!("{at}/columns"), &told).await.expect(303);
    let page = officer.get(&at).await.expect(200);
    assert!(!page.text().contains("Belum dimengerti"), "a person said what each is");
    let book = officer.get(&format!("{at}/report.xlsx")).await.expect(200);
    assert!(book.bytes.starts_with(b"PK"));
}
