//! Opening accounts, roles that begin and end, looks at personal numbers.

use base::account::look::Purpose;
use base::account::membership::End;
use base::account::person::Wanted;
use base::account::{
    self, Email, Identifier, OrganisationId, OrganisationKind, PersonId, PersonName, look,
    membership, organisation, person,
};
use base::{Actor, Error, Read, Role, Timestamp};

use crate::kit::{MINUTE_MS, NOW_MS, as_person, cities, phone};

const MANAGER: &str = "00000000000000000000000001";

fn manager() -> Actor {
    Actor::person(MANAGER, None, [account::MANAGE.0.to_owned()])
}

fn codes(error: Error) -> Vec<&'static str> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|problem| problem.code).collect(),
        other => vec![other.code()],
    }
}

#[test]
fn a_visitor_opens_an_account_and_is_found_by_number() {
    for city in cities("open") {
        let siti = city.person("Siti Aminah", "0812-3456-7890");
        let typed = Identifier::parse("identifier", "+6281234567890", &city.keys).unwrap();
        let found = city.read(move |read| person::by_identifier(read, &typed));
        assert_eq!(found.unwrap().unwrap().id, siti.id);
        assert_eq!(siti.contact_mask(), "0812-••••-••90");
        assert_eq!(city.told(siti.id.as_str()), ["account.person_registered"]);
    }
}

#[test]
fn a_number_lies_sealed_and_only_its_holder_reads_it_whole() {
    for city in cities("sealed") {
        let siti = city.person("Siti Aminah", "081234567890");
        let id = siti.id.clone();
        let columns = city.read(move |read| {
            let row: Option<(Vec<u8>, String, String)> = read.first(
                "SELECT phone, phone_blind, phone_mask FROM base_people WHERE id = $1",
                &[&id],
            )?;
            Ok(row.unwrap())
        });
        let (sealed, blind, mask) = columns.unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"812345"));
        assert!(!blind.contains("812345") && mask == "0812-••••-••90");
        let own = siti.own_phone(&city.keys).unwrap().unwrap();
        assert_eq!(own.as_str(), "+6281234567890");
        let stranger = base::keyring::Keyring::generate();
        assert!(siti.own_phone(&stranger).is_err(), "not without the city's keys");
        assert!(!serde_json::to_string(&siti).unwrap().contains("812"));
    }
}

#[test]
fn a_number_opens_one_account() {
    for city in cities("taken") {
        city.person("Siti Aminah", "081234567890");
        let cmd = person::Add {
            name: PersonName::parse("name", "Budi").unwrap(),
            email: None,
            phone: Some(phone("6281234567890").seal(&city.keys)),
            language: "id".to_owned(),
        };
        let again = city.write_as(manager(), move |tx| person::add(tx, &cmd)).unwrap_err();
        assert_eq!(codes(again), ["account-phone-taken"]);
        let cmd = person::Add {
            name: PersonName::parse("name", "Budi").unwrap(),
            email: None,
            phone: None,
            language: "jv".to_owned(),
        };
        let wrong = city.write_as(manager(), move |tx| person::add(tx, &cmd)).unwrap_err();
        assert_eq!(codes(wrong), ["account-language-unknown"]);
    }
}

#[test]
fn people_change_what_is_known_of_them_and_nobody_elses() {
    for city in cities("change") {
        let siti = city.person("Siti Aminah", "081234567890");
        let budi = city.person("Budi Santoso", "081234567891");
        let cmd = person::Change {
            person: siti.id.clone(),
            name: PersonName::parse("name", "Siti Aminah binti Umar").unwrap(),
            email: Some(Email::parse("email", "siti@contoh.id").unwrap()),
            phone: Some(phone("081234567890").seal(&city.keys)),
        };
        let stranger = cmd.clone();
        let refused = city.write_as(as_person(&budi), move |tx| person::change(tx, &stranger));
        assert_eq!(refused.unwrap_err().code(), "forbidden");
        city.pass(1);
        let changed = city.write_as(as_person(&siti), move |tx| person::change(tx, &cmd)).unwrap();
        assert_eq!(changed.email.as_deref(), Some("siti@contoh.id"));
        let id = siti.id.clone();
        city.write_as(as_person(&siti), move |tx| person::prefer(tx, &id, "en", "dark")).unwrap();
        let id = siti.id.clone();
        let now = city.read(move |read| person::find(read, &id)).unwrap();
        assert_eq!((now.language.as_str(), now.theme.as_str()), ("en", "dark"));
        let events = city.told(siti.id.as_str());
        assert_eq!(events, ["account.person_registered", "account.person_changed"]);
    }
}

#[test]
fn the_desk_lists_people_by_name_page_by_page() {
    for city in cities("list") {
        for number in 0..35 {
            city.person(&format!("Warga {number:02}"), &format!("08120000{number:04}"));
        }
        city.person("Siti 100%", "081234567890");
        let reader = city.db.acting(manager());
        let look = |search: &str, office: Option<OrganisationId>, after: Option<PersonId>| {
            let identifier = Identifier::parse("q", search, &city.keys).ok();
            let wanted = Wanted { search: search.to_owned(), identifier, office, after };
            reader.read(move |read| person::list(read, &wanted)).wait().unwrap()
        };
        let (first, next) = look("warga", None, None);
        assert_eq!(first.len(), 30);
        let after = next.unwrap(); // the last one shown
        let (rest, next) = look("warga", None, Some(after));
        assert_eq!(rest.len(), 5);
        assert!(next.is_none());
        assert_eq!(rest[4].name, "Warga 34");
        assert_eq!(look("0%", None, None).0.len(), 1, "a sign is not a pattern");
        let by_number = look("0812 0000-0007", None, None).0;
        assert_eq!(by_number[0].name, "Warga 07", "the whole number, however it is written");
        assert!(look("081200000", None, None).0.is_empty(), "a part of a number finds nobody");
        let agency = city.organisation(OrganisationKind::Agency, "1.02.01");
        assert!(look("", Some(agency.id.clone()), None).0.is_empty());
        city.role(&by_number[0], &agency, Role::Receiver);
        let there = look("", Some(agency.id), None).0;
        assert_eq!(there.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Warga 07"]);
        let visitor = city.db.acting(Actor::visitor());
        let refused = visitor.read(|read| person::list(read, &Wanted::default())).wait();
        assert_eq!(refused.err().unwrap().code(), "unauthenticated");
    }
}

#[test]
fn roles_begin_and_end_and_are_never_given_to_oneself() {
    for city in cities("roles") {
        let siti = city.person("Siti Aminah", "081234567890");
        let dinas = city.organisation(OrganisationKind::Agency, "1.02.01");
        let cmd = membership::Add {
            person: siti.id.clone(),
            organisation: dinas.id.clone(),
            role: Role::Treasurer,
            until: None,
        };
        let own = Actor::person(siti.id.as_str(), None, [account::MANAGE.0.to_owned()]);
        let selfish = cmd.clone();
        let refused = city.write_as(own.clone(), move |tx| membership::add(tx, &selfish));
        assert_eq!(refused.unwrap_err().code(), "account-not-for-yourself");
        let first = cmd.clone();
        city.pass(1);
        let held = city.write_as(manager(), move |tx| membership::add(tx, &first)).unwrap();
        let twice = cmd.clone();
        let refused = city.write_as(manager(), move |tx| membership::add(tx, &twice));
        assert_eq!(refused.unwrap_err().code(), "account-role-held");
        let owner = membership::Add { role: Role::Owner, ..cmd.clone() };
        let refused = city.write_as(manager(), move |tx| membership::add(tx, &owner));
        assert_eq!(codes(refused.unwrap_err()), ["account-belongs-business"]);
        let late = membership::Add {
            role: Role::Receiver,
            until: Some(Timestamp::from_ms(NOW_MS)),
            ..cmd.clone()
        };
        let refused = city.write_as(manager(), move |tx| membership::add(tx, &late));
        assert_eq!(codes(refused.unwrap_err()), ["account-until-past"]);

        city.pass(MINUTE_MS);
        let (end, person) = (End { membership: held.id, reason: String::new() }, siti.id.clone());
        let again = end.clone();
        city.write_as(manager(), move |tx| membership::end(tx, &end)).unwrap();
        let refused = city.write_as(manager(), move |tx| membership::end(tx, &again));
        assert_eq!(refused.unwrap_err().code(), "account-role-ended");
        assert!(city.read(move |read| membership::of_person(read, &person)).unwrap().is_empty());
        city.pass(1);
        city.write_as(manager(), move |tx| membership::add(tx, &cmd)).unwrap();
        assert_eq!(
            city.told(dinas.id.as_str()),
            [
                "account.organisation_added",
                "account.membership_added",
                "account.membership_ended",
                "account.membership_added"
            ]
        );
    }
}

#[test]
fn the_head_of_an_agency_arranges_that_agency_only() {
    for city in cities("head") {
        let siti = city.person("Siti Aminah", "081234567890");
        let own = city.organisation(OrganisationKind::Agency, "1.02.01");
        let other = city.organisation(OrganisationKind::Agency, "1.03.01");
        let head =
            Actor::person(MANAGER, Some(own.id.to_string()), [account::AGENCY_PEOPLE.0.to_owned()]);
        for (organisation, role, wanted) in [
            (&own, Role::Receiver, None),
            (&own, Role::Inspector, Some("forbidden")),
            (&other, Role::Receiver, Some("forbidden")),
        ] {
            let (person, organisation) = (siti.id.clone(), organisation.id.clone());
            let cmd = membership::Add { person, organisation, role, until: None };
            let result = city.write_as(head.clone(), move |tx| membership::add(tx, &cmd));
            assert_eq!(result.err().map(|error| error.code()), wanted);
        }
        let reader = city.db.acting(head);
        let (mine, theirs) = (own.id.clone(), other.id.clone());
        let listed = reader.read(move |read| membership::listed_of_organisation(read, &mine));
        assert_eq!(listed.wait().unwrap()[0].person_name, "Siti Aminah");
        let listed = reader.read(move |read| membership::listed_of_organisation(read, &theirs));
        assert_eq!(listed.wait().err().unwrap().code(), "forbidden");
        let own = own.id.clone();
        let holders = city.read(move |read| membership::holders(read, &own, Role::Receiver));
        assert_eq!(holders.unwrap(), [siti.id]);
    }
}

#[test]
fn organisations_are_found_by_code_and_by_what_they_stand_for() {
    for city in cities("orgs") {
        let cmd = organisation::Add {
            kind: OrganisationKind::Business,
            name: "  Dapur   Bu Siti ".to_owned(),
            code: "UMK-000001".to_owned(),
            reference: Some("row-1".to_owned()),
        };
        let again = cmd.clone();
        let made = city.write(move |tx| organisation::establish(tx, &cmd)).unwrap();
        assert_eq!(made.name, "Dapur Bu Siti");
        let refused = city.write(move |tx| organisation::establish(tx, &again));
        assert_eq!(codes(refused.unwrap_err()), ["account-organisation-code-taken"]);
        let found = city.read(|read| organisation::by_reference(read, "row-1")).unwrap();
        assert_eq!(found, Some(made.clone()));
        let kind = OrganisationKind::Business;
        let found = city.read(move |read| organisation::by_code(read, kind, "UMK-000001"));
        assert_eq!(found.unwrap(), Some(made));
        city.organisation(OrganisationKind::Agency, "1.02.01");
        let offices = city.read(|read| organisation::offices(read, "instansi")).unwrap();
        assert_eq!(offices.len(), 1);
        let all = city.read(|read| organisation::of_kind(read, OrganisationKind::Agency));
        assert_eq!(all.unwrap()[0].code, "1.02.01");
        let bad = organisation::Add {
            kind: OrganisationKind::Agency,
            name: "x".to_owned(),
            code: "a b".to_owned(),
            reference: None,
        };
        let refused = city.write(move |tx| organisation::add(tx, &bad)).unwrap_err();
        assert_eq!(codes(refused), ["account-name-length", "account-organisation-code-format"]);
    }
}

#[test]
fn an_owner_reads_who_looked_at_the_numbers_of_person_and_business() {
    for city in cities("looks") {
        let siti = city.person("Siti Aminah", "081234567890");
        let officer = city.person("Petugas Rini", "081234567891");
        let office = city.organisation(OrganisationKind::Agency, "1.02.01");
        let cmd = organisation::Add {
            kind: OrganisationKind::Business,
            name: "Dapur Bu Siti".to_owned(),
            code: "UMK-1".to_owned(),
            reference: Some("business-1".to_owned()),
        };
        let business = city.write(move |tx| organisation::establish(tx, &cmd)).unwrap();
        city.role(&siti, &business, Role::Owner);
        let rini = Actor::person(officer.id.as_str(), Some(office.id.to_string()), []);
        let id = siti.id.to_string();
        let looked = city.write_as(rini.clone(), move |tx| {
            look::record(tx, &id, "personal-nik", &Purpose::parse("verify", "Dengan KTP")?)
        });
        looked.unwrap();
        city.pass(MINUTE_MS);
        let looked = city.write_as(rini.clone(), |tx| {
            let purpose = Purpose::parse("other", "Membuat surat pesanan")?;
            look::record(tx, "business-1", "personal-npwp", &purpose)
        });
        looked.unwrap();
        for (what, shown) in [("personal-npwp", true), ("personal-nik", false)] {
            let until = city.db.acting(rini.clone());
            let until = until.read(move |read| look::until(read, "business-1", what)).wait();
            assert_eq!(until.unwrap().is_some(), shown, "{what}");
        }
        let reads = |who: Actor| {
            let read = move |read: &mut Read<'_>| look::until(read, "business-1", "personal-npwp");
            city.db.acting(who).read(read).wait().unwrap()
        };
        assert_eq!(reads(as_person(&siti)), None, "another person's look opens nothing");
        city.pass(10 * MINUTE_MS);
        assert_eq!(reads(rini), None, "after ten minutes it wants another look");

        let (mine, hers) = (siti.id.clone(), siti.id.clone());
        let reader = city.db.acting(as_person(&siti));
        let looks = reader.read(move |read| look::of_person(read, &mine)).wait().unwrap();
        let seen: Vec<_> = looks.iter().map(|look| look.what.as_str()).collect();
        assert_eq!(seen, ["personal-npwp", "personal-nik"]);
        assert_eq!(looks[0].by, "Petugas Rini");
        assert_eq!(looks[0].organisation.as_deref(), Some("Instansi 1.02.01"));
        assert_eq!((&*looks[1].purpose, &*looks[1].words), ("verify", "Dengan KTP"));
        let nosy = city.db.acting(as_person(&officer));
        let refused = nosy.read(move |read| look::of_person(read, &hers)).wait();
        assert_eq!(refused.err().unwrap().code(), "forbidden");
    }
}
