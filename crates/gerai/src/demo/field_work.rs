//! What owners of the demo handed in and asked for, and what officers found on the spot. The photo is
//! a drawing of a stall that is nowhere.

use base::paper::{self, Fact, Issuer, Paper};
use base::{Error, Result, Tx};
use registry::evidence::{self, Kept, What};
use registry::registration::{self, Fill, Trade};
use registry::visit::{self, Finding, Visit};
use registry::{BusinessId, business};

use super::people::{Registrar, Who};
use super::traders::{Market, Trader};

const PHOTO: &[u8] = include_bytes!("../../data/demo-place.png");
/// Registrations that wait with their evidence.
const APPLICANTS: usize = 2;
/// Their serials, far from those of the traders.
const APPLICANTS_FROM: usize = 700;

/// Visits: so many days ago, what was found, and what the officer wrote.
const VISITS: [(i64, Finding, &str); 4] = [
    (41, Finding::NotFound, "Tutup saat didatangi pukul 10; tetangga bilang buka sore."),
    (33, Finding::AsRecorded, "Didatangi kedua kali, bertemu pemiliknya."),
    (12, Finding::AsRecorded, ""),
    (5, Finding::Differs, "Pindah dua rumah ke timur, masih di gang yang sama."),
];

/// Fills the desk with evidence, visits and a wish. `shown` is the business people can act for.
pub(super) fn lay_out(
    market: &Market<'_>,
    registrar: &mut Registrar<'_>,
    traders: &[Trader],
    shown: &Trader,
) -> Result<()> {
    for i in 0..APPLICANTS {
        let (owner, business) = market.applicant(registrar, APPLICANTS_FROM + i)?;
        hand_in(market, &owner, &business, (What::Place, PHOTO.to_vec()))?;
        hand_in(market, &owner, &business, (What::Letter, letter(market, &owner)?))?;
    }
    hand_in(market, &shown.owner, &shown.business, (What::Place, PHOTO.to_vec()))?;
    wish(market, shown)?;
    let visited = [&traders[2], &traders[2], shown, &traders[1]];
    for ((days, finding, note), trader) in VISITS.into_iter().zip(visited) {
        pay_visit(market, &trader.business, (days, finding, note))?;
    }
    Ok(())
}

fn kept(market: &Market<'_>, bytes: Vec<u8>) -> Result<Kept> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::broken)?;
    let house = market.house;
    runtime.block_on(evidence::bring(&house.files, &house.keyring, "file", bytes))
}

fn hand_in(
    market: &Market<'_>,
    owner: &Who,
    business: &BusinessId,
    (what, bytes): (What, Vec<u8>),
) -> Result<()> {
    let (kept, id) = (kept(market, bytes)?, business.clone());
    let write = move |tx: &mut Tx<'_>| evidence::hand_in(tx, &id, what, &kept);
    owner.writes(&market.house.db).write("demo.evidence", write).wait()
}

/// What the heads of RT and RW wrote for somebody, all of it invented.
fn letter(market: &Market<'_>, owner: &Who) -> Result<Vec<u8>> {
    let city = &market.house.config.city;
    let issuer = Issuer {
        city: city.name.clone(),
        agency: "Ketua RT dan RW (rekaan)".to_owned(),
        address: Vec::new(),
        slug: city.slug.clone(),
    };
    let today = market.today();
    let mut paper = Paper::new(issuer, "Surat keterangan usaha", "07/RT/REKAAN", today);
    paper.intro = vec!["Yang bernama di bawah ini benar berusaha di wilayah kami.".to_owned()];
    paper.facts = vec![Fact::new("Nama", owner.name.clone())];
    paper::pdf(&paper).map_err(|error| Error::broken(error.to_string()))
}

/// An owner wants a checked name changed.
fn wish(market: &Market<'_>, shown: &Trader) -> Result<()> {
    let id = shown.business.clone();
    let ask = move |tx: &mut Tx<'_>| {
        let now = business::find(tx, &id)?;
        let trade = Trade {
            name: format!("{} dan Keluarga", now.name),
            category: now.category,
            activity: now.activity,
            kbli: now.kbli,
            story: now.story,
        };
        let fill = Fill { trade: Some(trade), ..Fill::default() };
        registration::fill(tx, &id, now.version, &fill).map(drop)
    };
    shown.owner.writes(&market.house.db).write("demo.wish", ask).wait()
}

fn pay_visit(
    market: &Market<'_>,
    business: &BusinessId,
    (days, finding, note): (i64, Finding, &str),
) -> Result<()> {
    let (photo, id) = (kept(market, PHOTO.to_vec())?.file, business.clone());
    let (on, note) = (market.today().plus_days(-days), note.to_owned());
    let write = move |tx: &mut Tx<'_>| {
        let place = business::find(tx, &id)?.place;
        let visit = Visit {
            business: id.clone(),
            on,
            place: place.street.clone(),
            point: place.latitude.zip(place.longitude),
            finding,
            note: note.clone(),
            photo: photo.clone(),
        };
        visit::note(tx, &visit)
    };
    market.officer.writes(&market.house.db).write("demo.visit", write).wait()
}
