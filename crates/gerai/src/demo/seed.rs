//! Seeds one city of the demo, the same every time but for the date: a year ends today.

use base::account::{OrganisationKind, organisation};
use base::{Error, Result, Role};
use particulars::region::CityRegions;
use web::DemoLogin;

use super::field_work;
use super::kept;
use super::names::Names;
use super::people::{Registrar, Who};
use super::purchases::{self, Agency};
use super::registry_desk;
use super::traders::Market;
use crate::background;
use crate::house::House;

/// Days of purchases.
const DAYS: i64 = 350;
/// Days in which businesses register before the first purchase. All within the year after which
/// a registration must be confirmed again.
const LEAD_DAYS: i64 = 10;
/// Businesses whose owners can act.
const TRADERS: usize = 42;
/// Lines of the list at the desk.
const LISTED: usize = 160;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

const AGENCIES: [(&str, &str); 5] = [
    ("Dinas Kesehatan", "DINKES"),
    ("Dinas Pendidikan", "DISDIK"),
    ("Dinas Perhubungan", "DISHUB"),
    ("Dinas Sosial", "DINSOS"),
    ("Sekretariat Daerah", "SETDA"),
];

/// The city's own offices and who works there. An auditor is not inside an office he audits.
const OFFICES: [(OrganisationKind, &str, &str, &[Role]); 4] = [
    (
        OrganisationKind::RegistryOffice,
        "Dinas Koperasi dan Usaha Mikro",
        "DINKOP",
        &[Role::RegistryOfficer],
    ),
    (OrganisationKind::Inspectorate, "Inspektorat Kota", "ITKO", &[Role::Inspector]),
    (
        OrganisationKind::CityOffice,
        "Bagian Hukum",
        "HUKUM",
        &[Role::PolicyEditor, Role::PolicyApprover],
    ),
    (
        OrganisationKind::CityOffice,
        "Dinas Komunikasi dan Informatika",
        "DISKOMINFO",
        &[Role::CityAdmin],
    ),
];

/// Seeds a city that is empty; one that was seeded before goes on where it stopped. Gives the
/// logins.
pub(super) fn seed(house: &House) -> Result<Vec<DemoLogin>> {
    if let Some(logins) = kept::read(&house.config.data)? {
        return Ok(logins);
    }
    let city =
        |read: &mut base::Read<'_>| organisation::of_kind(read, OrganisationKind::RegistryOffice);
    if !house.db.read(city).wait()?.is_empty() {
        return Err(Error::broken(format!(
            "its seeding was interrupted, or its keys are in another folder: start again with an \
             empty database and without {}",
            house.config.data.display()
        )));
    }
    let (clock, chance) = (house.db.clock().clone(), house.db.chance().clone());
    chance.seed(house.config.city.slug.bytes().map(u64::from).sum());
    clock.hold(clock.now_ms() - (DAYS + LEAD_DAYS) * DAY_MS);
    let seeded = fill(house);
    clock.release();
    chance.release();
    let people = seeded?;
    background::settle(house)?;
    while background::seal_next(&house.db, &house.keyring)? {}
    let logins: Vec<DemoLogin> = people.iter().filter_map(Who::login).collect();
    kept::write(&house.config.data, &logins)?;
    Ok(logins)
}

fn fill(house: &House) -> Result<Vec<Who>> {
    let chance = house.db.chance().clone();
    let names = Names::of(&house.config.city.slug);
    let mut registrar = Registrar::new(house)?;
    let mut people = Vec::new();
    for (kind, name, code, roles) in OFFICES {
        let office = registrar.place(kind, name, code)?;
        for &role in roles {
            people.push(registrar.person(&names.person(&chance), Some((role, &office)))?);
        }
    }
    let officer = people[0].clone();
    let mut agencies = Vec::new();
    for (name, code) in AGENCIES {
        agencies.push(agency(&mut registrar, names, name, code, &chance)?);
    }
    let regions = CityRegions::of_code(&house.config.city.region_code);
    let regions = regions.expect("the demo's cities are on the map");
    let market = Market { house, regions, names, officer: officer.clone(), chance: chance.clone() };
    let traders = stage("businesses", market.open(&mut registrar, TRADERS))?;
    let now_ms = house.db.clock().now_ms() + LEAD_DAYS * DAY_MS;
    let until = base::Timestamp::from_ms(now_ms + DAYS * DAY_MS).date();
    let first = base::Timestamp::from_ms(now_ms).date();
    for agency in &mut agencies {
        for year in first.year()..=until.year() {
            stage("budgets", agency.grant(&market, year))?;
        }
    }
    house.db.clock().hold(now_ms + DAYS * DAY_MS);
    stage("purchases", purchases::buy(&market, &agencies, &traders, DAYS))?;
    let shown = usize::try_from(chance.next() % traders.len() as u64).expect("few traders");
    let desks = purchases::fill_desks(&market, &agencies, &traders[shown..=shown]);
    stage("desks", desks)?;
    stage("outside purchases", purchases::buy_outside(&market, &agencies))?;
    let field = field_work::lay_out(&market, &mut registrar, &traders, &traders[shown]);
    stage("evidence and visits", field)?;
    stage("list", registry_desk::bring_list(house, &officer, LISTED, &chance))?;
    let first = agencies.into_iter().next().expect("there are agencies");
    people.extend([first.requester, first.approver, first.receiver, first.treasurer, first.head]);
    people.insert(0, traders[shown].owner.clone());
    Ok(people)
}

/// Says which part of the seeding an error belongs to.
fn stage<T>(name: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| Error::broken(format!("seeding {name}: {error}")))
}

fn agency(
    registrar: &mut Registrar<'_>,
    names: &Names,
    name: &str,
    code: &str,
    chance: &db::Chance,
) -> Result<Agency> {
    let place = registrar.place(OrganisationKind::Agency, name, code)?;
    let mut person = |role: Role| registrar.person(&names.person(chance), Some((role, &place)));
    Ok(Agency {
        requester: person(Role::Requester)?,
        approver: person(Role::Approver)?,
        receiver: person(Role::Receiver)?,
        treasurer: person(Role::Treasurer)?,
        head: person(Role::AgencyHead)?,
        lines: Vec::new(),
    })
}
