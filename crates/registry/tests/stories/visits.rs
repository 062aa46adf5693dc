//! Field checks: what an officer writes down on the spot, and who reads it.

use crate::kit::{self, NIK, city, office};

const PHOTO: &[u8] = include_bytes!("../../../procurement/tests/kit/boxes.png");

#[tokio::test]
async fn a_visit_is_noted_with_day_place_photo_and_finding() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let record = at.replace("registrations", "records");
    let officer = office(&city).await;
    let page = officer.client.get(&format!("{record}/visits/new")).await.expect(200);
    assert!(page.body.contains("value=\"2026-03-12\""), "today stands there already");
    let page = page.sees("Kunjungan ke Dapur Bu Siti");
    assert!(page.body.contains("Jl. Menoreh Raya 41, Sampangan, Gajahmungkur"));

    let visits = format!("{record}/visits");
    let no_file: &[u8] = b"";
    let wrong = [("on", ""), ("latitude", "1"), ("longitude", "1")];
    let page = officer.client.upload(&visits, &wrong, ("photo", "", no_file)).await.expect(422);
    page.sees("Isi tanggal").sees("Pilih apa yang ditemukan").sees("di luar kota").sees("Ambil");
    let mut form = vec![("on", "2026-03-13"), ("place", ""), ("finding", "differs"), ("note", "")];
    let page = officer.client.upload(&visits, &form, ("photo", "p", PHOTO)).await.expect(422);
    page.sees("sesudah dilakukan").sees("Tulis tempat").sees("Tulis apa yang Anda temukan");
    form = vec![
        ("on", "2026-03-10"),
        ("place", "Jl. Menoreh Raya 43"),
        ("latitude", "-7.0095"),
        ("longitude", "110.3924"),
        ("finding", "differs"),
        ("note", "Pindah dua rumah ke timur."),
    ];
    officer.client.upload(&visits, &form, ("photo", "p", PHOTO)).await.expect(303);

    let page = officer.client.get(&record).await.expect(200);
    let page = page.sees("10 Maret 2026").sees("Ada, tetapi berbeda dari data");
    let page = page.sees("Pindah dua rumah ke timur.").sees("Ratna Widyastuti").sees("-7.0095");
    let photo = page.body.split("/registry/visits/").nth(1).unwrap().split('"').next().unwrap();
    let photo = format!("/registry/visits/{photo}");
    for who in [&officer, &owner] {
        let shown = who.client.get(&photo).await.expect(200);
        assert!(shown.bytes.starts_with(b"\xff\xd8"));
    }
    let stranger = city.citizen("Orang Lain").await;
    stranger.client.get(&photo).await.expect(404);
    stranger.client.get(&format!("{record}/visits/new")).await.expect(403);
    let told = owner.client.get(&at).await.expect(200);
    told.sees("Dikunjungi 10 Maret 2026: berbeda dari data");
    let hashes = city.db.read(registry::area().files.unwrap()).await.unwrap();
    assert_eq!(hashes.len(), 1, "verify looks for the photo too");
}
