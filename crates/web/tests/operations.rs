//! The administrator finds what stands still, why, and gives it another try or lets it be.
#![expect(clippy::unwrap_used, reason = "tests say what cannot fail")]

use std::sync::atomic::{AtomicBool, Ordering};

use base::account::OrganisationKind;
use base::consumer::{self, Consumer, Kinds};
use base::job::{self, JobKind, Workshop};
use base::{Error, Event, Result, Role, StoredEvent, Tx};
use serde::Serialize;
use serde_json::json;
use testkit::{City, Client};
use web::{Area, Routes};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a test tells the city.
#[derive(Debug, Serialize)]
struct Noted {
    word: String,
}

impl Event for Noted {
    const KIND: &'static str = "test.noted";
    fn subject(&self) -> String {
        "case".to_owned()
    }
}

static MENDED: AtomicBool = AtomicBool::new(false);

fn follow(_: &mut Tx<'_>, _: &StoredEvent) -> Result<()> {
    if MENDED.load(Ordering::SeqCst) { Ok(()) } else { Err(Error::broken("cannot swallow")) }
}

const FOLLOWER: Consumer =
    Consumer { name: "test.follower", kinds: Kinds::Only(&["test.noted"]), handle: follow };

fn fail(_: &Workshop, _: &serde_json::Value) -> Result<()> {
    Err(Error::broken("SMTP: nobody listens"))
}

const FAILING: JobKind = JobKind { kind: "message.mail", run: fail };

async fn city() -> City {
    let test = Area { consumers: &[FOLLOWER], ..Area::new("test", Routes::default()) };
    City::open(vec![web::house(), test]).await
}

/// Two jobs die and two events are parked.
async fn let_it_fail(city: &City) {
    let noted = |word: &str| Noted { word: word.to_owned() };
    city.write(move |tx| {
        for who in ["sri@contoh.id", "budi@contoh.id"] {
            job::enqueue(tx, FAILING.kind, &json!({ "to": who }), None)?;
        }
        tx.record(&noted("satu"))?;
        Ok(tx.record(&noted("dua"))?)
    })
    .await
    .unwrap();
    let (db, workshop) = (city.db.clone(), city.workshop());
    let clock = city.db.clock().clone();
    let work = move || {
        for _ in 0..2 * job::ATTEMPTS_MAX {
            clock.hold(clock.now_ms() + DAY_MS);
            while job::work_once(&workshop, &[FAILING]).unwrap() {}
            while consumer::number_events(&db).unwrap() > 0 {}
            while consumer::run_once(&db, &FOLLOWER).unwrap() > 0 {}
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap();
}

async fn admin(city: &City) -> Client {
    let office = city.organisation(OrganisationKind::CityOffice, "Diskominfo").await;
    city.person("Rini Astuti", Role::CityAdmin, &office).await.client
}

/// The address of the first row of a list.
async fn first(client: &Client, list: &str) -> String {
    let page = client.get(list).await.expect(200);
    let at = page.body.find(&format!("href=\"{list}/")).unwrap() + "href=\"".len();
    page.body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_still_is_tried_again_or_let_be_with_a_reason() {
    let city = city().await;
    let early = admin(&city).await;
    early.get("/operations").await.expect(200).sees("Semua berjalan baik");
    let home = early.get("/desk").await.expect(303);
    assert_eq!(home.location.as_deref(), Some("/operations"), "the administrator begins here");
    let_it_fail(&city).await;
    let admin = admin(&city).await;
    admin.get("/operations").await.expect(200).sees("hal perlu Anda lihat");
    let data = admin.get("/api/v1/operations").await.expect(200).json();
    assert_eq!((&data["jobs_dead"], &data["parked"]), (&json!(2), &json!(2)));
    assert_eq!(data["followers"][0]["name"], "test.follower");

    let list = "/operations/jobs";
    admin.get(list).await.expect(200).sees("Mengirim surel").sees("budi@contoh.id");
    let one = first(&admin, list).await;
    admin.get(&one).await.expect(200).sees("Server surel tidak menerima").sees("nobody listens");
    admin.post(&format!("{one}/discarding"), &[]).await.expect(422).sees("Tulis alasannya");
    let why = [("reason", "Penerimanya sudah pindah")];
    admin.post(&format!("{one}/discarding"), &why).await.expect(303);
    admin.get(&one).await.expect(404);
    let other = first(&admin, list).await;
    admin.post(&format!("{other}/revival"), &[]).await.expect(303);
    admin.get(list).await.expect(200).sees("Tidak ada tugas yang gagal");

    let list = "/operations/parked";
    let one = first(&admin, list).await;
    admin.get(&one).await.expect(200).sees("cannot swallow").sees("satu");
    let still = admin.post(&format!("{one}/revival"), &[]).await.expect(409);
    still.sees("Masih gagal diolah");
    admin.get(&one).await.expect(200);
    MENDED.store(true, Ordering::SeqCst);
    admin.post(&format!("{one}/revival"), &[]).await.expect(303);
    let other = first(&admin, list).await;
    admin.post(&format!("{other}/skipping"), &[("reason", " ")]).await.expect(422);
    admin.post(&format!("{other}/skipping"), &[("reason", "Sudah usang")]).await.expect(303);
    admin.get(list).await.expect(200).sees("Tidak ada kejadian yang dikesampingkan");

    let trail = admin.get("/audit?kind=job.").await.expect(200);
    trail.sees("Tugas mesin dihapus").sees("Penerimanya sudah pindah").sees("Rini Astuti");
    admin.get("/audit?kind=consumer.").await.expect(200).sees("Kejadian dilewati");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_administrator_sees_the_machinery() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    let inspector = city.person("Joko Susanto", Role::Inspector, &office).await.client;
    for path in ["/operations", "/operations/jobs", "/operations/parked"] {
        inspector.get(path).await.expect(403);
        city.visitor().get(path).await.expect(303);
        city.visitor().get(&format!("/api/v1{path}")).await.expect(401);
    }
}
