//! Two records that may be one: deciding asks once more, the decision stays readable with its
//! reason, and is taken back while nothing was built on it.

use registry::{BusinessId, State, business};
use testkit::{City, Client};

use crate::desk::{bring, number};
use crate::kit::{city, decide, office};

const HEAD: &str = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;NIB;Omzet\n";

/// Brings two rows that may be one business; gives the older record, the newer one and their pair.
async fn twins(city: &City, officer: &Client) -> (BusinessId, BusinessId, String) {
    let rows = "Soto Rekaan;Budi Rekaan;Jl. Menoreh 4;Sampangan;Gajahmungkur;9120000000921;90.000.000\n\
        Soto Rekaan Baru;Budi Rekaan;Jl. Menoreh 6;Sampangan;Gajahmungkur;9120000000921;120.000.000\n";
    assert_eq!(bring(city, format!("{HEAD}{rows}")).await, 2);
    let (older, newer) = (number(city, 1).await, number(city, 2).await);
    let list = officer.get("/registry/pairs").await.expect(200);
    let id = list.body.split("href=\"/registry/pairs/").nth(1).unwrap().split('"').next().unwrap();
    (older, newer, format!("/registry/pairs/{id}"))
}

async fn found(city: &City, id: &BusinessId) -> business::Business {
    let id = id.clone();
    city.write(move |tx| business::find(tx, &id)).await.unwrap()
}

#[tokio::test]
async fn a_merger_asks_once_more_lets_choose_and_stays_readable() {
    let city = city().await;
    let officer = office(&city).await.client;
    let (older, newer, pair) = twins(&city, &officer).await;
    let page = officer.get(&format!("{pair}/decision?same=1")).await.expect(200);
    page.sees("Gabungkan kedua data?")
        .sees("UMKM-33.74-000001")
        .sees("Nama usaha: Soto Rekaan Baru");
    assert_eq!(found(&city, &newer).await.state, State::Held, "looking decides nothing");
    let decision = format!("{pair}/decision");
    officer.post(&decision, &[("same", "1")]).await.expect(422).sees("Pilih alasannya");
    let form =
        [("same", "1"), ("take", "name"), ("why", "asked-owner"), ("note", "Lewat telepon.")];
    officer.post(&decision, &form).await.expect(303);
    let kept = found(&city, &older).await;
    assert_eq!(
        (kept.name.as_str(), kept.place.street.as_str()),
        ("Soto Rekaan Baru", "Jl. Menoreh 4")
    );
    let page = officer.get(&pair).await.expect(200).sees("Diputuskan: usaha yang sama");
    page.sees("Sudah ditanyakan kepada pemilik").sees("Lewat telepon.").sees("Ratna Widyastuti");
    officer.get("/registry/pairs?view=decided").await.expect(200).sees("Soto Rekaan");
    let late = officer.post(&decision, &form).await.expect(303).location.unwrap();
    assert_eq!(late, pair, "whoever comes late reads what was decided");
    officer.get(&late).await.expect(200).sees("Lewat telepon.");
    assert_eq!(
        officer.get(&format!("{decision}?same=1")).await.expect(303).location.unwrap(),
        pair
    );
}

#[tokio::test]
async fn a_merger_is_taken_back_until_something_rests_on_it() {
    let city = city().await;
    let officer = office(&city).await.client;
    let (older, newer, pair) = twins(&city, &officer).await;
    let merge = [("same", "1"), ("take", "name"), ("take", "annual-sales"), ("why", "visited")];
    let before = (found(&city, &older).await, found(&city, &newer).await);
    officer.post(&format!("{pair}/decision"), &merge).await.expect(303);
    assert_eq!(found(&city, &newer).await.state, State::Closed);
    let undo = format!("{pair}/reopening");
    officer.get(&undo).await.expect(200).sees("kembali seperti sebelum digabung");
    officer.post(&undo, &[("note", "")]).await.expect(422).sees("Tulis mengapa");
    officer.post(&undo, &[("note", "Keliru, dua gerai.")]).await.expect(303);
    let after = (found(&city, &older).await, found(&city, &newer).await);
    assert_eq!((&after.0.name, after.0.annual_sales), (&before.0.name, before.0.annual_sales));
    assert_eq!((after.1.state, after.1.merged_into), (State::Held, None));
    let page = officer.get(&pair).await.expect(200);
    page.sees("Keputusan ditarik").sees("Keliru, dua gerai.").sees("Usaha yang sama");
    officer.get(&format!("/registry/records/{newer}")).await.sees("Penggabungan ditarik");
    officer.post(&undo, &[("note", "lagi")]).await.expect(409);

    officer.post(&format!("{pair}/decision"), &merge).await.expect(303);
    decide(&officer, &format!("/registry/records/{older}"), "verify", "").await.expect(303);
    officer.get(&undo).await.expect(200).sees("sudah diverifikasi sesudah digabung");
    officer.post(&undo, &[("note", "Keliru.")]).await.expect(409);
    let findings = city.write(|tx| (registry::area().verify.unwrap())(tx)).await.unwrap();
    assert_eq!(findings, []);
}

#[tokio::test]
async fn the_number_that_is_not_taken_stays_with_the_closed_record_and_comes_back() {
    let city = city().await;
    let officer = office(&city).await.client;
    let head = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;NIB;No HP\n";
    let row = |name: &str, phone: &str| {
        format!("{name};Budi Rekaan;Jl. Menoreh 4;Sampangan;Gajahmungkur;9120000000921;{phone}\n")
    };
    let rows = [row("Soto Rekaan", "081234560001"), row("Soto Rekaan", "081234560002")].concat();
    assert_eq!(bring(&city, format!("{head}{rows}")).await, 2);
    let (older, newer) = (number(&city, 1).await, number(&city, 2).await);
    let list = officer.get("/registry/pairs").await.expect(200);
    let id = list.body.split("href=\"/registry/pairs/").nth(1).unwrap().split('"').next().unwrap();
    let pair = format!("/registry/pairs/{id}");
    let ask = officer.get(&format!("{pair}/decision?same=1")).await.expect(200);
    ask.sees("Nomor ponsel: 0812").sees("0002");
    let masks = async || {
        let [one, two] = [found(&city, &older).await, found(&city, &newer).await];
        [one, two].map(|it| it.phone.unwrap().mask)
    };
    let [first, second] = masks().await;
    let merge = [("same", "1"), ("take", "phone"), ("why", "asked-owner")];
    officer.post(&format!("{pair}/decision"), &merge).await.expect(303);
    assert_eq!(masks().await, [second.clone(), first.clone()]);
    officer
        .post(&format!("{pair}/reopening"), &[("note", "x")])
        .await
        .expect(422)
        .sees("Tulis mengapa");
    officer.post(&format!("{pair}/reopening"), &[("note", "Keliru.")]).await.expect(303);
    assert_eq!(masks().await, [first, second]);
}

#[tokio::test]
async fn two_businesses_with_one_nib_are_a_doubt_that_names_the_other_and_bars_verifying() {
    let city = city().await;
    let officer = office(&city).await.client;
    let (older, newer, pair) = twins(&city, &officer).await;
    let apart = [("same", "0"), ("note", "Beda pemilik.")];
    officer.post(&format!("{pair}/decision"), &apart).await.expect(303);
    let record = format!("/registry/records/{newer}");
    let page = officer.get(&record).await.expect(200).sees("NIB ini juga dipakai data lain");
    assert!(page.body.contains(&format!("/registry/records/{older}")), "it links to the other");
    let queue = officer.get("/registry/queue?q=Soto+Rekaan+Baru").await.expect(200);
    queue.sees("1 keraguan");
    let ticked = format!("{newer}~{}", found(&city, &newer).await.version);
    officer.post("/registry/queue/verification", &[("business", &ticked)]).await.expect(303);
    assert_eq!(found(&city, &newer).await.state, State::Submitted);
    let refused = decide(&officer, &record, "verify", "").await.expect(422);
    refused.sees("NIB ini juga tertulis pada Soto Rekaan (UMKM-33.74-000001)");
    officer.post(&format!("{pair}/reopening"), &[("note", "Diperiksa lagi.")]).await.expect(303);
    decide(&officer, &record, "verify", "").await.expect(422);
    officer.get("/registry/pairs").await.expect(200).sees("1 pasang menunggu keputusan");
}

#[tokio::test]
async fn both_halves_of_an_undecided_pair_stand_in_the_queue_with_their_doubt() {
    let city = city().await;
    let officer = office(&city).await.client;
    let (older, _, _) = twins(&city, &officer).await;
    let queue = officer.get("/registry/queue").await.expect(200).sees("Soto Rekaan");
    queue.sees("1 keraguan");
    let page = officer.get("/registry/queue").await.expect(200);
    assert!(!page.body.contains(&format!("value=\"{older}~")), "it is not offered for ticking");
    let without = officer.get("/registry/queue?doubts=without").await.expect(200);
    assert!(!without.text().contains("Soto Rekaan"));
    let ticked = format!("{older}~{}", found(&city, &older).await.version);
    officer.post("/registry/queue/verification", &[("business", &ticked)]).await.expect(303);
    assert_eq!(found(&city, &older).await.state, State::Submitted);
    officer.get("/registry/pairs").await.expect(200).sees("NIB sama");
}

#[tokio::test]
async fn a_pair_of_a_list_says_what_is_alike() {
    let city = city().await;
    let officer = office(&city).await.client;
    let head = "Nama Usaha;Nama Pemilik;HP;Alamat;Kelurahan;Kecamatan;NIB\n";
    let place = "Sampangan;Gajahmungkur";
    for (rows, alike) in [
        (["Soto Satu;Ani Rekaan;;Jl. A 1", "Soto Dua;Budi Rekaan;;Jl. B 2"], "NIB sama"),
        (
            [
                "Jamu Segar Rekaan;Ani Rekaan;081200000021;Jl. C 3",
                "Jamu Segar Rekaan;Ita Rekaan;081200000021;Jl. D 4",
            ],
            "Nama dan ponsel sama",
        ),
        (
            ["Toko Lestari;Umi Rekaan;;Jl. E 5", "Toko Lestari;Umi Rekaan;;Jl. E 5"],
            "Nama, pemilik, dan alamat sama",
        ),
        (
            [
                "Batik Srikandi Rekaan;Eka Rekaan;;Jl. F 6",
                "Batik Srikandi Rekaan;Eka Rekaan;;Jl. G 7",
            ],
            "Nama dan pemilik sama",
        ),
    ] {
        let nib = if alike == "NIB sama" { "9120000000921" } else { "" };
        // The second row says something more, or it would be the same row twice.
        let rows = format!("{};{place};{nib};1\n{};{place};{nib};2\n", rows[0], rows[1]);
        let head = head.replace(";NIB", ";NIB;Tenaga Kerja");
        assert_eq!(bring(&city, format!("{head}{rows}")).await, 2, "{alike}");
        let page = officer.get("/registry/pairs").await.expect(200).sees(alike);
        assert!(!page.text().contains("Baris yang sama"), "{alike}");
    }
}
