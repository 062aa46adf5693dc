//! Seeds one city of the demo, the same every time but for the date: a year ends yesterday.

use base::account::{OrganisationKind, organisation};
use base::policy::{Draft, LegalBasis, Mark};
use base::{Date, Error, Result, Role, Tx};
use particulars::region::CityRegions;
use serde_json::json;
use web::DemoLogin;

use super::agency::Agency;
use super::album::Album;
use super::field_work;
use super::kept;
use super::names::Names;
use super::people::{Registrar, Who};
use super::purchases::Year;
use super::registry_desk;
use super::traders::Market;
use crate::areas;
use crate::background;
use crate::house::House;

/// The days that the city has behind it: within the year after which a registration must be
/// confirmed again.
pub(super) const DAYS: i64 = 358;
/// Businesses whose owners can act.
const TRADERS: usize = 42;
/// Lines of the list that was let in, and of the one that waits to be looked at.
const LISTED: usize = 130;
const WAITING: usize = 48;
/// So many working days ago: the list came in, applicants handed in what they have, and a rule
/// was drafted.
const LIST_AGO: usize = 8;
const FIELD_AGO: usize = 6;
const DRAFT_AGO: usize = 3;
/// Every so many working days an agency bought elsewhere.
const OUTSIDE_EVERY: usize = 16;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The owner of the first business is who one can be in the demo.
const SHOWN: usize = 0;

const AGENCIES: [(&str, &str, i64); 5] = [
    ("Dinas Kesehatan", "DINKES", 110),
    ("Dinas Pendidikan", "DISDIK", 130),
    ("Dinas Perhubungan", "DISHUB", 70),
    ("Dinas Sosial", "DINSOS", 85),
    ("Sekretariat Daerah", "SETDA", 95),
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

/// Who looks after the money of the public market: what one prepares another lets go.
const MARKET_OFFICE: (OrganisationKind, &str, &str, &[Role]) = (
    OrganisationKind::CityOffice,
    "Dinas Perdagangan",
    "DISDAG",
    &[Role::MarketClerk, Role::MarketClerk],
);

/// When the story of a city begins that is opened now.
pub(super) fn begins_ms(now_ms: i64) -> i64 {
    let first = base::Timestamp::from_ms(now_ms - DAYS * DAY_MS).date();
    first.start().plus_ms(7 * 60 * 60 * 1000).as_ms()
}

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
    clock.release();
    let now_ms = clock.now_ms();
    clock.hold(begins_ms(now_ms));
    let seeded = fill(house, now_ms);
    clock.release();
    chance.release();
    let people = seeded?;
    background::settle(house)?;
    while background::seal_next(&house.db, &house.keyring)? {}
    let logins: Vec<DemoLogin> = people.iter().filter_map(Who::login).collect();
    kept::write(&house.config.data, &logins)?;
    Ok(logins)
}

fn fill(house: &House, now_ms: i64) -> Result<Vec<Who>> {
    let chance = house.db.chance().clone();
    let names = Names::of(&house.config.city.slug);
    let mut registrar = Registrar::new(house)?;
    let mut people = Vec::new();
    for office in OFFICES {
        people.extend(staff(&mut registrar, names, office, &chance)?);
    }
    let of_role = |role: Role| people.iter().find(|who: &&Who| who.role == Some(role)).cloned();
    let officer = of_role(Role::RegistryOfficer).expect("an office has one");
    let editor = of_role(Role::PolicyEditor).expect("an office has one");
    let mut agencies = Vec::new();
    for (name, code, percent) in AGENCIES {
        agencies.push(agency(&mut registrar, names, (name, code, percent), &chance)?);
    }
    people.extend(staff(&mut registrar, names, MARKET_OFFICE, &chance)?);
    let regions = CityRegions::of_code(&house.config.city.region_code);
    let regions = regions.expect("the demo's cities are on the map");
    let market = Market { house, regions, names, officer: officer.clone(), chance };
    let first = market.today();
    let last = base::Timestamp::from_ms(now_ms).date().plus_days(-1);
    for agency in &mut agencies {
        for year in first.year()..=last.year() {
            stage("budgets", agency.grant(&market, year))?;
        }
    }
    let (registrar, traders) = (&mut registrar, Vec::new());
    let mut year = Year {
        market: &market,
        registrar,
        agencies: &agencies,
        traders,
        traders_max: TRADERS,
        photos: Album::of(house)?.delivered()?,
        sales: Vec::new(),
    };
    let aside = |year: &mut Year<'_, '_>, left: usize| aside(year, left, &editor);
    stage("year", year.run((first, last), &aside))?;
    let owner = year.traders[SHOWN].owner.clone();
    let first = agencies.into_iter().next().expect("there are agencies");
    people.extend([first.requester, first.approver, first.receiver, first.treasurer, first.head]);
    people.insert(0, owner);
    Ok(people)
}

/// What happens beside the purchases, so many working days before the last.
fn aside(year: &mut Year<'_, '_>, left: usize, editor: &Who) -> Result<()> {
    let market = year.market;
    if left.is_multiple_of(OUTSIDE_EVERY) || left == 2 {
        // The large one of the last days waits for a second person.
        let which = if left == 2 { 5 } else { left / OUTSIDE_EVERY % 5 };
        let agency = &year.agencies[which % year.agencies.len()];
        stage("outside purchases", agency.buys_outside(market, which))?;
    }
    stage("the public", year.public(left))?;
    let (house, officer) = (market.house, &market.officer);
    match left {
        LIST_AGO => {
            let list = registry_desk::bring_list(house, officer, LISTED, &market.chance);
            stage("list", list)
        }
        FIELD_AGO => {
            let (traders, shown) = (&year.traders, &year.traders[SHOWN]);
            let field = field_work::lay_out(market, year.registrar, traders, shown);
            stage("evidence and visits", field)
        }
        DRAFT_AGO => stage("draft of a rule", draft_rule(market, editor)),
        1 => {
            let list = registry_desk::leave_list(house, officer, WAITING, &market.chance);
            stage("waiting list", list)
        }
        _ => Ok(()),
    }
}

/// The city wants to pay faster; the approver has not looked yet.
fn draft_rule(market: &Market<'_>, editor: &Who) -> Result<()> {
    let rule = Draft {
        kind: "procurement.spending_goals".to_owned(),
        body: json!({ "small_share": 4_500, "days_to_pay": 7 }),
        valid_from: Date::of(market.today().year() + 1, 1, 1).expect("every year has a first day"),
        valid_to: None,
        basis: LegalBasis {
            instrument: "Pilihan kota".to_owned(),
            note: "porsi sekurangnya 40% menurut Peraturan Presiden Nomor 12 Tahun 2021 Pasal 65"
                .to_owned(),
            ..LegalBasis::default()
        },
        mark: Mark::CityChoice,
        origin: None,
        based_on: Some(1),
    };
    let kinds = areas::policy_kinds();
    let write = move |tx: &mut Tx<'_>| base::policy::draft(tx, &kinds, &rule);
    editor.writes(&market.house.db).write("demo.rule", write).wait().map(drop)
}

/// Says which part of the seeding an error belongs to.
fn stage<T>(name: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| Error::broken(format!("seeding {name}: {error}")))
}

/// An office of the city and who works there.
fn staff(
    registrar: &mut Registrar<'_>,
    names: &Names,
    (kind, name, code, roles): (OrganisationKind, &str, &str, &[Role]),
    chance: &db::Chance,
) -> Result<Vec<Who>> {
    let office = registrar.place(kind, name, code)?;
    let mut person = |role: &Role| registrar.person(&names.person(chance), Some((*role, &office)));
    roles.iter().map(&mut person).collect()
}

fn agency(
    registrar: &mut Registrar<'_>,
    names: &Names,
    (name, code, percent): (&str, &str, i64),
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
        percent,
    })
}
