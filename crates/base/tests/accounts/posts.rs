//! Where roles are held, which never go together, and how they end.

use base::account::membership::{self, End, Membership};
use base::account::{self, Organisation, OrganisationKind, Person, PersonId};
use base::policy::{self, Combination, CombinedRoles, Draft, LegalBasis, Mark};
use base::{Actor, Date, Error, Result, Role};

use crate::kit::{City, as_person, cities};

fn admin(person: &PersonId) -> Actor {
    Actor::person(person.as_str(), None, [account::MANAGE.0.to_owned()])
}

fn give(city: &City, to: &Person, at: &Organisation, role: Role) -> Result<Membership> {
    let (person, organisation) = (to.id.clone(), at.id.clone());
    let cmd = membership::Add { person, organisation, role, until: None };
    city.write(move |tx| membership::add(tx, &cmd))
}

/// The one thing wrong, and where: `account-conflict-requester Instansi A`.
fn told<T>(result: Result<T>) -> String {
    match result.err() {
        Some(Error::Invalid(problems)) => {
            format!("{} {}", problems[0].code, problems[0].detail).trim().to_owned()
        }
        Some(other) => other.code().to_owned(),
        None => "given".to_owned(),
    }
}

#[test]
fn a_role_is_held_only_where_its_work_is_and_the_refusal_says_where() {
    use OrganisationKind::{Agency, Business, CityOffice, Inspectorate, RegistryOffice};
    for city in cities("held") {
        let siti = city.person("Siti Aminah", "081234567890");
        let at = |kind: OrganisationKind| city.organisation(kind, kind.code());
        let (agency, registry, audit) = (at(Agency), at(RegistryOffice), at(Inspectorate));
        let (office, kitchen) = (at(CityOffice), at(Business));
        for (place, role, wanted) in [
            (&agency, Role::RegistryOfficer, "account-belongs-registry-office"),
            (&office, Role::RegistryOfficer, "account-belongs-registry-office"),
            (&registry, Role::Inspector, "account-belongs-inspectorate"),
            (&agency, Role::PolicyEditor, "account-belongs-city-office"),
            (&registry, Role::CityAdmin, "account-belongs-city-office"),
            (&audit, Role::Requester, "account-belongs-agency"),
            (&agency, Role::Owner, "account-belongs-business"),
            (&kitchen, Role::Treasurer, "account-belongs-agency"),
            (&audit, Role::Inspector, "given"),
        ] {
            assert_eq!(told(give(&city, &siti, place, role)), wanted, "{role:?}");
        }
    }
}

#[test]
fn who_checks_anothers_work_does_not_do_it() {
    for city in cities("apart") {
        let health = city.organisation(OrganisationKind::Agency, "DINKES");
        let schools = city.organisation(OrganisationKind::Agency, "DISDIK");
        let registry = city.organisation(OrganisationKind::RegistryOffice, "DINKOP");
        let audit = city.organisation(OrganisationKind::Inspectorate, "ITKO");
        let office = city.organisation(OrganisationKind::CityOffice, "HUKUM");
        let siti = city.person("Siti Aminah", "081234567890");
        give(&city, &siti, &health, Role::Requester).unwrap();
        for (place, role, wanted) in [
            (&health, Role::Approver, "account-conflict-requester Instansi DINKES"),
            (&health, Role::Receiver, "account-conflict-requester Instansi DINKES"),
            (&health, Role::Treasurer, "account-conflict-requester Instansi DINKES"),
            (&health, Role::AgencyHead, "account-conflict-requester Instansi DINKES"),
            (&registry, Role::RegistryOfficer, "account-conflict-requester Instansi DINKES"),
            (&audit, Role::Inspector, "account-conflict-requester Instansi DINKES"),
            (&office, Role::CityAdmin, "account-conflict-requester Instansi DINKES"),
            (&schools, Role::Approver, "given"),
            (&office, Role::PolicyEditor, "given"),
            (&office, Role::PolicyApprover, "account-conflict-policy-editor Instansi HUKUM"),
        ] {
            assert_eq!(told(give(&city, &siti, place, role)), wanted, "{role:?}");
        }
        let budi = city.person("Budi Awas", "081234567891");
        give(&city, &budi, &audit, Role::Inspector).unwrap();
        let refused = told(give(&city, &budi, &schools, Role::Requester));
        assert_eq!(refused, "account-conflict-inspector Instansi ITKO");
        assert_eq!(city.read(membership::verify).unwrap(), []);
    }
}

#[test]
fn a_small_office_merges_what_the_citys_rule_of_the_day_lets_it() {
    for city in cities("merge") {
        let small = city.organisation(OrganisationKind::Agency, "KEC-TUGU");
        let large = city.organisation(OrganisationKind::Agency, "DINKES");
        city.write(policy::seed_defaults).unwrap();
        let head = city.person("Kepala Rekaan", "081234567890");
        give(&city, &head, &large, Role::AgencyHead).unwrap();
        assert_eq!(told(give(&city, &head, &large, Role::Approver)), "given", "KPA may be PPK");
        let siti = city.person("Siti Aminah", "081234567891");
        give(&city, &siti, &small, Role::Approver).unwrap();
        let apart = "account-conflict-approver Instansi KEC-TUGU";
        assert_eq!(told(give(&city, &siti, &small, Role::Receiver)), apart);
        let rule = CombinedRoles {
            combinations: vec![Combination {
                roles: [Role::Receiver, Role::Approver],
                agencies: vec!["KEC-TUGU".to_owned()],
                source: "Surat keputusan rekaan".to_owned(),
            }],
        };
        let tomorrow = city.read(|read| Ok(Date::today(read).plus_days(1))).unwrap();
        let draft = Draft {
            kind: "base.combined_roles".to_owned(),
            body: serde_json::to_value(rule).unwrap(),
            valid_from: tomorrow,
            valid_to: None,
            basis: LegalBasis {
                instrument: "Keputusan Wali Kota".to_owned(),
                ..LegalBasis::default()
            },
            mark: Mark::Unverified,
            origin: None,
            based_on: None,
        };
        city.write(move |tx| policy::install(tx, policy::KINDS, &draft)).unwrap();
        assert_eq!(told(give(&city, &siti, &small, Role::Receiver)), apart, "not yet in force");
        city.pass(24 * 60 * 60_000);
        assert_eq!(told(give(&city, &siti, &small, Role::Receiver)), "given");
        let budi = city.person("Budi Santoso", "081234567892");
        give(&city, &budi, &large, Role::Approver).unwrap();
        let elsewhere = told(give(&city, &budi, &large, Role::Receiver));
        assert_eq!(elsewhere, "account-conflict-approver Instansi DINKES");
        let found = city.read(membership::verify).unwrap();
        assert_eq!(found.len(), 1, "the head's two roles are not in the new rule: {found:?}");
    }
}

#[test]
fn the_last_administrator_stays_even_when_two_end_each_other() {
    for city in cities("last") {
        let office = city.organisation(OrganisationKind::CityOffice, "KOMINFO");
        let rini = city.person("Rini Astuti", "081234567890");
        let teguh = city.person("Teguh Santoso", "081234567891");
        let of_rini = give(&city, &rini, &office, Role::CityAdmin).unwrap();
        let of_teguh = give(&city, &teguh, &office, Role::CityAdmin).unwrap();
        let end = |by: &Person, id: &Membership, reason: &str| {
            let cmd = End { membership: id.id.clone(), reason: reason.to_owned() };
            city.write_as(admin(&by.id), move |tx| membership::end(tx, &cmd))
        };
        assert_eq!(told(end(&rini, &of_rini, "")), "account-not-for-yourself");
        let long = "a".repeat(201);
        assert_eq!(told(end(&rini, &of_teguh, &long)), "account-end-reason-long");
        city.pass(1);
        end(&rini, &of_teguh, "Pindah tugas").unwrap();
        // He was let in before it ended.
        assert_eq!(told(end(&teguh, &of_rini, "")), "account-last-admin");
        let events = city.read(move |read| base::of_subject(read, office.id.as_str())).unwrap();
        assert_eq!(events.last().unwrap().json()["reason"], "Pindah tugas");
    }
}

#[test]
fn before_a_role_ends_it_is_said_who_would_go_on() {
    for city in cities("farewell") {
        city.write(policy::seed_defaults).unwrap();
        let agency = city.organisation(OrganisationKind::Agency, "DINKES");
        let siti = city.person("Siti Aminah", "081234567890");
        let held = give(&city, &siti, &agency, Role::Treasurer).unwrap();
        let look = || {
            let (id, person) = (held.id.clone(), admin(&Person::clone(&siti).id));
            let stranger = city.db.acting(as_person(&siti));
            let own = city.db.acting(person);
            let mine = id.clone();
            assert!(stranger.read(move |read| membership::farewell(read, &mine)).wait().is_err());
            let mine = id.clone();
            assert!(own.read(move |read| membership::farewell(read, &mine)).wait().is_err());
            city.read(move |read| membership::farewell(read, &id)).unwrap()
        };
        let alone = look();
        assert_eq!(alone.others, 0);
        assert_eq!(alone.held.person_name, "Siti Aminah");
        let budi = city.person("Budi Santoso", "081234567891");
        give(&city, &budi, &agency, Role::Treasurer).unwrap();
        assert_eq!(look().others, 1);
    }
}
