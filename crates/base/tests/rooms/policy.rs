//! Rules: two people, dates, and the law's own boundary cases.

use base::policy::{
    self, Draft, KINDS, LegalBasis, LocalPurchaseObligation, Mark, PolicyBody, Procured, Shipped,
    SizeClasses, State, ValueBands, Wording, WorkingDays,
};
use base::{Date, Db, Error, Rupiah, Say};
use serde_json::{Value, json};

use crate::kit::{DAY_MS, acting, houses, pass_ms, read, write};

pub(crate) fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(crate) fn obligation(wording: &str, valid_from: &str) -> Draft {
    Draft {
        kind: "base.local_purchase_obligation".into(),
        body: json!({ "wording": wording, "agencies": [], "categories": [], "up_to": null,
                      "exemptions": [{ "code": "emergency", "reason": "Keadaan darurat." }] }),
        valid_from: date(valid_from),
        valid_to: None,
        basis: LegalBasis {
            instrument: "Peraturan Wali Kota".into(),
            number: "7".into(),
            year: Some(2026),
            dated: Some(date("2026-03-01")),
            ..LegalBasis::default()
        },
        mark: Mark::LawRead,
        origin: None,
        based_on: Some(1),
    }
}

#[test]
fn a_rule_comes_into_force_by_two_people_and_takes_over_from_its_day() {
    for house in houses("two_people") {
        let writer = acting(&house.db, "ani", &["policy.draft", "policy.approve"]);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let draft = obligation("must", "2026-04-01");
        let drafted = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap();
        assert_eq!((drafted.version, drafted.state), (2, State::Draft), "{}", house.engine);
        let id = drafted.id.clone();
        let own = write(&writer, move |tx| policy::approve(tx, KINDS, &id)).unwrap_err();
        assert_eq!(own.code(), "policy-same-person");
        let id = drafted.id.clone();
        let approved = write(&second, move |tx| policy::approve(tx, KINDS, &id)).unwrap();
        assert_eq!(approved.approver.as_deref(), Some("budi"));
        assert_eq!(
            approved.basis.say(base::Language::PAPERS),
            "Peraturan Wali Kota Nomor 7 Tahun 2026, 1 Maret 2026"
        );
        let id = drafted.id.clone();
        let again = write(&second, move |tx| policy::approve(tx, KINDS, &id)).unwrap_err();
        assert_eq!(again.code(), "policy-not-a-draft");
        for (day, wording) in [("2026-03-31", Wording::Priority), ("2026-04-01", Wording::Must)] {
            let rule =
                read(&house.db, move |read| policy::at::<LocalPurchaseObligation>(read, date(day)));
            assert_eq!(rule.unwrap().body.wording, wording, "{day}");
        }
        let versions =
            read(&house.db, |read| policy::history(read, "base.local_purchase_obligation"))
                .unwrap();
        assert_eq!(versions[1].last_day(&versions), Some(date("2026-03-31")));
        assert_eq!(versions[0].last_day(&versions), None);
        let shape = LocalPurchaseObligation::SHAPE;
        let changes = policy::difference(shape, &versions[1].body, &versions[0].body);
        assert_eq!(changes[0].old, Some(json!("priority")));
        let story = read(&house.db, move |read| base::of_subject(read, drafted.id.as_str()));
        let mut kinds: Vec<String> = story.unwrap().into_iter().map(|event| event.kind).collect();
        kinds.sort();
        assert_eq!(kinds, ["policy.approved", "policy.drafted"]);
    }
}

#[test]
fn a_withdrawn_rule_leaves_the_one_before_it_and_keeps_its_past() {
    for house in houses("withdrawn") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let draft = obligation("must", "2026-03-12");
        let id = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap().id;
        let approved = id.clone();
        write(&second, move |tx| policy::approve(tx, KINDS, &approved)).unwrap();
        pass_ms(&house.db, 5 * DAY_MS);
        let (forbidden, silent) = (id.clone(), id.clone());
        let no = write(&writer, move |tx| policy::withdraw(tx, &forbidden, "Dicabut")).unwrap_err();
        assert_eq!(no.code(), "forbidden");
        let no = write(&second, move |tx| policy::withdraw(tx, &silent, " ")).unwrap_err();
        assert_eq!(no.code(), "invalid");
        let gone = write(&second, move |tx| policy::withdraw(tx, &id, "Dibatalkan pengadilan"));
        assert_eq!(gone.unwrap().valid_to, Some(date("2026-03-16")), "{}", house.engine);
        for (day, wording) in [
            ("2026-03-11", Wording::Priority),
            ("2026-03-12", Wording::Must),
            ("2026-03-16", Wording::Must),
            ("2026-03-17", Wording::Priority),
        ] {
            let rule =
                read(&house.db, move |read| policy::at::<LocalPurchaseObligation>(read, date(day)));
            assert_eq!(rule.unwrap().body.wording, wording, "{day}");
        }
    }
}

#[test]
fn a_draft_that_was_turned_down_never_holds() {
    for house in houses("never_began") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let draft = obligation("must", "2026-03-12");
        let id = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap().id;
        let withdrawn = write(&second, move |tx| policy::withdraw(tx, &id, "Salah ketik")).unwrap();
        assert_eq!(withdrawn.state, State::Withdrawn);
        let rule =
            read(&house.db, |read| policy::at::<LocalPurchaseObligation>(read, date("2026-06-01")));
        assert_eq!(rule.unwrap().body.wording, Wording::Priority, "{}", house.engine);
    }
}

#[test]
fn a_draft_says_everything_that_is_wrong_with_it() {
    for house in houses("wrong_draft") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let mut draft = obligation("perhaps", "2026-04-01");
        draft.valid_to = Some(date("2026-03-01"));
        draft.basis.instrument = " ".into();
        let Err(Error::Invalid(problems)) =
            write(&writer, move |tx| policy::draft(tx, KINDS, &draft))
        else {
            panic!("a wrong draft was taken");
        };
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(
            codes,
            ["policy-field-choice", "policy-basis-missing", "policy-ends-before-it-begins"]
        );
        let mut draft = obligation("must", "2026-04-01");
        draft.kind = "base.nothing".into();
        let unknown = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap_err();
        assert_eq!(unknown.code(), "invalid");
        let stranger = acting(&house.db, "caca", &[]);
        let draft = obligation("must", "2026-04-01");
        let no = write(&stranger, move |tx| policy::draft(tx, KINDS, &draft)).unwrap_err();
        assert_eq!(no.code(), "forbidden");
        let draft = obligation("must", "2026-04-01");
        let no = write(&stranger, move |tx| policy::install(tx, KINDS, &draft)).unwrap_err();
        assert_eq!(no.code(), "forbidden", "only the program installs");
    }
}

#[test]
fn defaults_are_installed_once_and_carry_their_basis_and_mark() {
    for house in houses("defaults") {
        write(&house.db, policy::seed_defaults).unwrap();
        let versions = read(&house.db, policy::list).unwrap();
        assert_eq!(versions.len(), KINDS.len(), "{}", house.engine);
        for version in &versions {
            assert_eq!(version.state, State::InForce, "{}", version.kind);
            assert!(!version.basis.instrument.is_empty());
            assert!(version.is_backdated());
        }
        assert_eq!(read(&house.db, |read| policy::verify(read, KINDS)).unwrap(), []);
        let before =
            read(&house.db, |read| policy::maybe_at::<SizeClasses>(read, date("2020-01-01")));
        assert!(before.unwrap().is_none());
        let missing = read(&house.db, |read| policy::at::<SizeClasses>(read, date("2020-01-01")));
        assert_eq!(missing.unwrap_err().code(), "policy-none-in-force");
    }
}

#[test]
fn lebaran_2026_is_a_week_and_a_half_without_a_working_day() {
    for house in houses("lebaran") {
        let calendar =
            read(&house.db, |read| base::calendar::at(read, date("2026-03-12"))).unwrap();
        let after = calendar.plus_working_days(date("2026-03-17"), 1);
        assert_eq!(after, date("2026-03-25"), "{}", house.engine);
        assert_eq!(calendar.working_days_between(date("2026-03-12"), date("2026-03-27")), 6);
        for (holiday, name) in [("2026-03-19", "Nyepi"), ("2026-03-21", "Idulfitri hari pertama")] {
            assert_eq!(calendar.day(date(holiday)), base::calendar::Day::Holiday(name));
        }
        let rule = read(&house.db, |read| policy::at::<WorkingDays>(read, date("2026-03-12")));
        let years = rule.unwrap().body.years;
        assert_eq!(
            years.iter().map(|year| year.year).collect::<Vec<_>>(),
            [2024, 2025, 2026, 2027, 2028]
        );
        assert!(years[4].holidays.iter().any(|day| day.expected), "2028 is not decreed yet");
    }
}

/// The cases that came with the rules, where they are at hand.
#[test]
fn the_boundary_cases_of_the_law_come_out_as_written() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/procurement_thresholds.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: {path} is not here");
        return;
    };
    let cases: Value = serde_json::from_str(&text).unwrap();
    for house in houses("boundaries") {
        let today = date("2026-03-12");
        let bands =
            read(&house.db, move |read| policy::at::<ValueBands>(read, today)).unwrap().body;
        for case in cases["examples"].as_array().unwrap() {
            let value = Rupiah::parse(case["value"].as_i64().unwrap()).unwrap();
            let what = match case["kind"].as_str().unwrap() {
                "goods" => Procured::Goods,
                "consulting" => Procured::Consulting,
                other => panic!("{other}"),
            };
            let expected = case["form"].as_str().unwrap();
            let form = match bands.form(what, value).code() {
                "purchase_proof" => "bukti_pembelian",
                "payment_receipt" => "kuitansi",
                "work_order" => "spk",
                "contract" => "surat_perjanjian",
                other => other,
            };
            assert!(expected.starts_with(form), "{case}: {form}");
            assert_eq!(bands.direct_allowed(what, value), !expected.contains(','), "{case}");
        }
        for (field, what) in [
            ("goods_other_services", Procured::Goods),
            ("works", Procured::Works),
            ("consulting", Procured::Consulting),
        ] {
            let ceiling = cases["direct_procurement"][field].as_i64();
            assert_eq!(bands.direct_ceiling(what).map(Rupiah::amount), ceiling, "{field}");
        }
        let classes =
            read(&house.db, move |read| policy::at::<SizeClasses>(read, today)).unwrap().body;
        for case in cases["umkm_class_pp7_2021"]["examples"].as_array().unwrap() {
            let amount = |field: &str| case[field].as_i64().and_then(Rupiah::parse);
            let class = match (amount("sales"), amount("capital")) {
                (Some(sales), _) => classes.class_by_sales(sales),
                (_, Some(capital)) => classes.class_by_capital(capital),
                _ => panic!("{case}"),
            };
            let name = match class.code() {
                "micro" => "mikro",
                "small" => "kecil",
                "medium" => "menengah",
                _ => "besar",
            };
            assert_eq!(case["cls"], name, "{case}");
        }
    }
}

#[test]
fn a_body_that_its_kind_no_longer_accepts_is_found() {
    for house in houses("unaccepted") {
        write(&house.db, |tx| {
            tx.housekeep::<(String,)>(
                "UPDATE base_policies SET body = $2 WHERE kind = $1",
                &[&"base.deadlines", &"{\"x\":1}"],
            )?;
            Ok(())
        })
        .unwrap();
        let found = read(&house.db, |read| policy::verify(read, &KINDS[1..])).unwrap();
        let places: Vec<_> = found.iter().map(|finding| finding.where_.as_str()).collect();
        let expected = ["base.deadlines version 1", "base.size_classes version 1"];
        assert_eq!(places, expected, "{}: {found:?}", house.engine);
    }
}

#[test]
fn a_rule_the_city_ended_does_not_come_back_with_the_next_start() {
    for house in houses("ended") {
        let kind = "base.local_purchase_obligation";
        let first = read(&house.db, move |read| policy::history(read, kind)).unwrap();
        let id = first[0].id.clone();
        write(&house.db, move |tx| policy::withdraw(tx, &id, "Edaran dicabut")).unwrap();
        write(&house.db, policy::seed_defaults).unwrap();
        let today = date("2026-03-12");
        let rule =
            read(&house.db, move |read| policy::maybe_at::<LocalPurchaseObligation>(read, today));
        assert!(rule.unwrap().is_none(), "{}", house.engine);
    }
}

#[test]
fn what_a_newer_program_brings_waits_for_approval_and_is_offered_once() {
    for house in houses("shipped") {
        let today = date("2026-03-12");
        let ship = |wording: &str| {
            let rule = obligation(wording, "2021-08-01");
            write(&house.db, move |tx| policy::ship(tx, KINDS, &rule))
        };
        assert_eq!(ship("must").unwrap(), Shipped::Proposed, "{}", house.engine);
        assert_eq!(ship("must").unwrap(), Shipped::Known, "every start ships again");
        let wording = move |db: &Db| {
            let rule =
                move |read: &mut base::Read<'_>| policy::at::<LocalPurchaseObligation>(read, today);
            read(db, rule).unwrap().body.wording
        };
        assert_eq!(wording(&house.db), Wording::Priority, "nothing changes silently");
        let kind = "base.local_purchase_obligation";
        let versions = read(&house.db, move |read| policy::history(read, kind)).unwrap();
        assert_eq!((versions[0].state, versions[0].author.as_str()), (State::Draft, "system"));
        assert_eq!(versions[0].valid_from, date("2026-03-13"), "not before tomorrow");
        pass_ms(&house.db, 10 * DAY_MS);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let id = versions[0].id.clone();
        let approved = write(&second, move |tx| policy::approve(tx, KINDS, &id)).unwrap();
        assert_eq!(approved.valid_from, date("2026-03-22"), "not before somebody agreed");
        assert_eq!(ship("must").unwrap(), Shipped::Known);
        assert_eq!(wording(&house.db), Wording::Priority, "what held on that day still did");
        let now =
            read(&house.db, |read| policy::at::<LocalPurchaseObligation>(read, date("2026-03-22")));
        assert_eq!(now.unwrap().body.wording, Wording::Must);
    }
}

#[test]
fn a_proposal_that_was_turned_down_does_not_come_back() {
    for house in houses("turned_down") {
        let rule = obligation("must", "2021-08-01");
        let shipped = rule.clone();
        write(&house.db, move |tx| policy::ship(tx, KINDS, &shipped)).unwrap();
        let kind = "base.local_purchase_obligation";
        let versions = read(&house.db, move |read| policy::history(read, kind)).unwrap();
        let (id, editor) = (versions[0].id.clone(), acting(&house.db, "ani", &["policy.draft"]));
        write(&editor, move |tx| policy::withdraw(tx, &id, "Tidak untuk kota kami")).unwrap();
        let shipped = rule.clone();
        let again = write(&house.db, move |tx| policy::ship(tx, KINDS, &shipped)).unwrap();
        assert_eq!(again, Shipped::Known, "{}", house.engine);
        let person = write(&editor, move |tx| policy::ship(tx, KINDS, &rule)).unwrap_err();
        assert_eq!(person.code(), "forbidden", "only the program ships");
    }
}
