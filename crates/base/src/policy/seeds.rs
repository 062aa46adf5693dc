//! The rules a new city starts with, each with its legal basis and how sure its values are.
//!
//! They come into force with the program so that the first order has a rule to follow. A city
//! replaces them with versions of its own, drafted by one person and approved by another; a newer
//! program's reach it as proposals (`ship.rs`).

use db::Tx;

use super::{
    ApprovalBand, Buyer, Combination, CombinedRoles, ContractForm, Deadlines, DirectCeiling, Draft,
    Exemption, FormBand, Holiday, HolidayYear, KINDS, LegalBasis, LocalPurchaseObligation, Mark,
    PolicyBody, Procured, SizeBound, SizeClass, SizeClasses, Term, TermOutcome, ValueBands,
    Wording, WorkingDays, ship,
};
use crate::{Date, Error, Result, Role, Rupiah};

/// Days off, each a line: day, kind, expected or decreed, name.
const HOLIDAYS: &str = include_str!("../../data/hari-libur.csv");

/// Puts the house's own rules before the city: in force where it has none of the kind, as a proposal
/// where it has and these are others. May run again.
pub fn seed_defaults(tx: &mut Tx<'_>) -> Result<()> {
    seed(
        tx,
        &size_classes(),
        "2021-02-02",
        Mark::LawRead,
        Basis { article: "Pasal 35–36", ..numbered("Peraturan Pemerintah", "7", 2021) },
    )?;
    seed(
        tx,
        &value_bands(),
        "2025-04-30",
        Mark::Secondary,
        Basis {
            article: "Pasal 28",
            note: "sebagaimana terakhir diubah dengan Peraturan Presiden Nomor 46 Tahun 2025",
            ..numbered("Peraturan Presiden", "16", 2018)
        },
    )?;
    seed(
        tx,
        &obligation(),
        "2021-08-01",
        Mark::Unverified,
        Basis {
            instrument: "Surat Edaran Wali Kota",
            note: "tentang prioritas belanja makan dan minum; nomornya belum diketahui",
            ..Basis::default()
        },
    )?;
    seed(
        tx,
        &working_days(),
        "2024-01-01",
        Mark::Secondary,
        Basis {
            instrument: "Keputusan Bersama Tiga Menteri",
            note: "tentang Hari Libur Nasional dan Cuti Bersama 2024–2027; 2028 perkiraan",
            ..Basis::default()
        },
    )?;
    seed(
        tx,
        &deadlines(),
        "2024-01-01",
        Mark::CityChoice,
        Basis {
            instrument: "Pilihan kota",
            note: "sumber tiap tenggat ada di barisnya",
            ..Basis::default()
        },
    )?;
    seed_combined_roles(tx)
}

/// The one pair the law itself lets one person hold.
fn seed_combined_roles(tx: &mut Tx<'_>) -> Result<()> {
    seed(
        tx,
        &combined_roles(),
        "2021-02-02",
        Mark::GeneralKnowledge,
        Basis {
            article: "Pasal 10",
            note: "sebagaimana diubah dengan Peraturan Presiden Nomor 12 Tahun 2021",
            ..numbered("Peraturan Presiden", "16", 2018)
        },
    )
}

/// The paper a default rests on.
#[derive(Clone, Copy, Default)]
struct Basis {
    instrument: &'static str,
    number: &'static str,
    year: Option<i64>,
    article: &'static str,
    note: &'static str,
}

fn numbered(instrument: &'static str, number: &'static str, year: i64) -> Basis {
    Basis { instrument, number, year: Some(year), ..Basis::default() }
}

fn seed<T: PolicyBody>(
    tx: &mut Tx<'_>,
    body: &T,
    valid_from: &str,
    mark: Mark,
    basis: Basis,
) -> Result<()> {
    let valid_from = day(valid_from);
    let draft = Draft {
        kind: T::KIND.to_owned(),
        body: serde_json::to_value(body).map_err(Error::broken)?,
        valid_from,
        valid_to: None,
        basis: LegalBasis {
            instrument: basis.instrument.to_owned(),
            number: basis.number.to_owned(),
            year: basis.year,
            article: basis.article.to_owned(),
            note: basis.note.to_owned(),
            dated: None,
        },
        mark,
        origin: None,
        based_on: None,
    };
    ship(tx, KINDS, &draft).map(drop)
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("the days in this file exist")
}

fn million(count: i64) -> Rupiah {
    Rupiah::parse(count * 1_000_000).expect("the amounts in this file are amounts")
}

/// PP 7/2021 art. 35 (capital, new registrations) and 36 (yearly sales).
fn size_classes() -> SizeClasses {
    let bounds = |amounts: [i64; 3]| {
        let classes = SizeClass::ALL.iter().zip(amounts);
        classes.map(|(&class, top)| SizeBound { class, up_to: million(top) }).collect()
    };
    SizeClasses { capital: bounds([1_000, 5_000, 10_000]), sales: bounds([2_000, 15_000, 50_000]) }
}

/// Perpres 16/2018 art. 28 as changed in 2021 and 2025. The ceiling of a work order for works is
/// left where it was read; only direct procurement of works was raised.
fn value_bands() -> ValueBands {
    let form = |what, up_to: Option<i64>, form| FormBand { what, up_to: up_to.map(million), form };
    let direct = |what, top| DirectCeiling { what, up_to: million(top) };
    let approvals = Procured::ALL.iter().zip([200, 400, 100]).flat_map(|(&what, top)| {
        [
            ApprovalBand { what, up_to: Some(million(top)), buyer: Buyer::ProcurementOfficer },
            ApprovalBand { what, up_to: None, buyer: Buyer::CommitmentOfficer },
        ]
    });
    ValueBands {
        forms: vec![
            form(Procured::Goods, Some(10), ContractForm::PurchaseProof),
            form(Procured::Goods, Some(50), ContractForm::PaymentReceipt),
            form(Procured::Goods, Some(200), ContractForm::WorkOrder),
            form(Procured::Goods, None, ContractForm::Contract),
            form(Procured::Works, Some(200), ContractForm::WorkOrder),
            form(Procured::Works, None, ContractForm::Contract),
            form(Procured::Consulting, Some(100), ContractForm::WorkOrder),
            form(Procured::Consulting, None, ContractForm::Contract),
        ],
        shop_form: ContractForm::OrderLetter,
        direct: vec![
            direct(Procured::Goods, 200),
            direct(Procured::Works, 400),
            direct(Procured::Consulting, 100),
        ],
        approvals: approvals.collect(),
    }
}

/// The circular as its open-government commitment tells it: priority, food and drink.
fn obligation() -> LocalPurchaseObligation {
    let reasons = [
        ("not_offered", "Barang atau jasa ini tidak ditawarkan usaha di kota ini."),
        ("capacity", "Penjual yang ada tidak sanggup memenuhi jumlah atau waktunya."),
        ("specification", "Spesifikasi yang diperlukan tidak dipenuhi barang setempat."),
        ("emergency", "Keadaan darurat yang tidak dapat menunggu."),
    ];
    let exemption = |(code, reason): (&str, &str)| Exemption {
        code: code.to_owned(),
        reason: reason.to_owned(),
    };
    LocalPurchaseObligation {
        wording: Wording::Priority,
        agencies: Vec::new(),
        categories: vec!["makanan".to_owned(), "minuman".to_owned()],
        up_to: None,
        exemptions: reasons.into_iter().map(exemption).collect(),
    }
}

/// Monday to Friday, and the decreed holidays.
fn working_days() -> WorkingDays {
    let mut years: Vec<HolidayYear> = Vec::new();
    for line in HOLIDAYS.lines().skip(1) {
        let [date, kind, expected, name] =
            line.splitn(4, ',').collect::<Vec<_>>().try_into().expect("a line has four fields");
        let holiday = Holiday {
            date: day(date),
            name: name.to_owned(),
            joint_leave: kind == "cuti_bersama",
            expected: expected == "ya",
        };
        let year = holiday.date.year();
        match years.last_mut() {
            Some(last) if last.year == year => last.holidays.push(holiday),
            _ => years.push(HolidayYear { year, holidays: vec![holiday] }),
        }
    }
    WorkingDays { weekdays: (0..5).collect(), years }
}

/// Only the term of acceptance has a model outside the city; the others are its own choice.
fn deadlines() -> Deadlines {
    let term = |working_days, remind_before: &[i64], outcome, mark, source: &str| {
        let (remind_before, source) = (remind_before.to_vec(), source.to_owned());
        Term { working_days, remind_before, outcome, mark, source }
    };
    let own = |working_days, remind_before: &[i64]| {
        let source = "Pilihan kota, belum ada dasar tertulis";
        term(working_days, remind_before, TermOutcome::Escalate, Mark::CityChoice, source)
    };
    let catalogue = "Katalog Elektronik versi 6: pesanan gugur bila 3 hari kerja tanpa tindakan";
    let acceptance = term(3, &[1], TermOutcome::Lapse, Mark::Secondary, catalogue);
    let confirmation = "Pilihan kota: data usaha ditegaskan pemiliknya setahun sekali";
    let confirmation = term(250, &[20, 5], TermOutcome::Lapse, Mark::CityChoice, confirmation);
    let market = |working_days, outcome| {
        let source = "Pilihan kota: pembeli dan penjual sama-sama terlindung bila yang lain diam";
        term(working_days, &[1], outcome, Mark::CityChoice, source)
    };
    let terms = [
        ("market.packing", market(2, TermOutcome::Lapse)),
        ("market.fetching", market(5, TermOutcome::Lapse)),
        ("market.arrival", market(3, TermOutcome::DeemAccepted)),
        ("market.confirmation", market(2, TermOutcome::DeemAccepted)),
        ("market.complaint_answer", market(2, TermOutcome::DeemAccepted)),
        ("market.complaint_reply", market(3, TermOutcome::DeemAccepted)),
        ("market.complaint_decision", market(5, TermOutcome::Escalate)),
        ("procurement.request_approval", own(3, &[1])),
        ("procurement.order_acceptance", acceptance),
        ("procurement.delivery", own(5, &[1])),
        ("procurement.delivery_handover", own(5, &[3, 1])),
        ("procurement.invoice", own(5, &[1])),
        ("procurement.payment", own(5, &[3, 1])),
        ("procurement.complaint_answer", own(5, &[2])),
        ("registry.verification", own(5, &[1])),
        ("registry.confirmation", confirmation),
    ];
    Deadlines { terms: terms.into_iter().map(|(kind, term)| (kind.to_owned(), term)).collect() }
}

/// The delegate of the budget holder may be the commitment officer. Whether a small office may let
/// who asks or approves also count the goods is for the city to decide, with a paper.
fn combined_roles() -> CombinedRoles {
    let source = "KPA dapat merangkap PPK: Perpres 16/2018 Pasal 10";
    CombinedRoles {
        combinations: vec![Combination {
            roles: [Role::AgencyHead, Role::Approver],
            agencies: Vec::new(),
            source: source.to_owned(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::PolicyKind;

    #[test]
    fn every_default_passes_its_own_check() {
        let check = |kind: PolicyKind, body: serde_json::Value| (kind.check)(&body);
        let json = |body: serde_json::Result<serde_json::Value>| body.unwrap();
        let bodies = [
            json(serde_json::to_value(size_classes())),
            json(serde_json::to_value(value_bands())),
            json(serde_json::to_value(obligation())),
            json(serde_json::to_value(working_days())),
            json(serde_json::to_value(deadlines())),
            json(serde_json::to_value(combined_roles())),
        ];
        for (kind, body) in KINDS.iter().zip(bodies) {
            assert_eq!(check(*kind, body), Ok(()), "{}", kind.kind);
        }
    }

    #[test]
    fn a_purchase_takes_the_form_of_its_value() {
        let bands = value_bands();
        for (what, value, form) in [
            (Procured::Goods, 10_000_000, ContractForm::PurchaseProof),
            (Procured::Goods, 10_000_001, ContractForm::PaymentReceipt),
            (Procured::Goods, 50_000_000, ContractForm::PaymentReceipt),
            (Procured::Goods, 50_000_001, ContractForm::WorkOrder),
            (Procured::Goods, 200_000_000, ContractForm::WorkOrder),
            (Procured::Goods, 200_000_001, ContractForm::Contract),
            (Procured::Consulting, 100_000_000, ContractForm::WorkOrder),
            (Procured::Consulting, 100_000_001, ContractForm::Contract),
            (Procured::Works, 200_000_001, ContractForm::Contract),
        ] {
            assert_eq!(bands.form(what, Rupiah::parse(value).unwrap()), form, "{value}");
        }
        assert!(bands.direct_allowed(Procured::Goods, million(200)));
        assert!(!bands.direct_allowed(Procured::Consulting, million(101)));
        assert_eq!(bands.buyer(Procured::Goods, million(200)), Buyer::ProcurementOfficer);
        assert_eq!(bands.buyer(Procured::Goods, million(201)), Buyer::CommitmentOfficer);
    }

    #[test]
    fn a_broken_body_says_what_is_wrong() {
        let mut bands = value_bands();
        bands.forms.pop();
        assert_eq!(bands.problems()[0].code, "policy-bands-ladder");
        let mut classes = size_classes();
        classes.sales.swap(0, 1);
        assert_eq!(classes.problems()[0].code, "policy-size-bounds");
        let mut days = working_days();
        days.years[0].holidays.swap(0, 1);
        assert_eq!(days.problems()[0].code, "policy-holiday-order");
        days.weekdays.push(9);
        let body = serde_json::to_value(days).unwrap();
        assert_eq!(WorkingDays::SHAPE.problems(&body)[0].code, "policy-weekdays");
        let mut terms = deadlines();
        terms.terms.get_mut("procurement.payment").unwrap().remind_before = vec![5];
        assert_eq!(terms.problems()[0].code, "policy-term-reminders");
    }
}
