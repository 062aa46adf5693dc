//! What the registry keeps sealed moves to a new key: NIKs, lists as they were brought, their reports,
//! evidence.

use base::job::work_once;
use base::keyring::Keyring;
use base::safe::Locksmith;

use crate::kit;

const LIST: &[u8] = b"No,Nama Usaha,Nama Pemilik,Alamat,Kelurahan,Bidang Usaha\n\
    1,Warung Soto Rekaan,Budi Rekaan,Jl. Menoreh Raya 1,Sampangan,Kuliner\n\
    2,Kedai Kopi Rekaan,Tuti Rekaan,Jl. Menoreh Raya 2,Sampangan,Kuliner\n\
    3,Jahit Rekaan,Rini Rekaan,Jl. Menoreh Raya 3,Sampangan,Fesyen\n";

const PAPER: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

#[tokio::test(flavor = "multi_thread")]
async fn niks_and_lists_move_to_a_new_key() {
    let city = kit::city().await;
    let siti = city.citizen("Siti Rahayu").await;
    let at = kit::register(&siti.client, "Dapur Siti").await;
    kit::answers(&siti.client, &at).await;
    let (form, paper) = ([("what", "place")], ("file", "bukti.pdf", PAPER));
    siti.client.upload(&format!("{at}/evidence"), &form, paper).await.expect(303);
    let officer = kit::office(&city).await.client;
    let brought = officer.upload("/registry/lists", &[], ("list", "daftar.csv", LIST)).await;
    let list = brought.expect(303).location.unwrap();
    officer.post(&format!("{list}/entry"), &[]).await.expect(303);
    let workshop = city.workshop();
    let (db, files, path) = (city.db.clone(), city.files.clone(), city.folder().join("keys.toml"));
    let turn = move || {
        let jobs = registry::area().jobs;
        while work_once(&workshop, jobs).unwrap() {}
        let keys = Keyring::rotate(&path).unwrap();
        let smith = Locksmith::new(&db, &files).unwrap();
        for safe in registry::area().safes {
            assert_eq!(smith.census(safe).unwrap(), [(Some(1), 1)].into(), "{}", safe.name);
            assert_eq!(smith.reseal(&keys, safe).unwrap(), 1, "{}", safe.name);
            assert_eq!(smith.census(safe).unwrap(), [(Some(2), 1)].into(), "{}", safe.name);
        }
    };
    tokio::task::spawn_blocking(turn).await.unwrap();
    // The city, which goes on, opens list and report with the key it has not started with.
    officer.get(&list).await.expect(200).sees("daftar.csv");
    let report = officer.get(&format!("{list}/report.json")).await.expect(200);
    assert!(report.body.contains("Warung Soto Rekaan"), "{}", report.body);
}
