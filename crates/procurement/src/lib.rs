//! Buying from the city's businesses: an agency needs something, finds it at a registered business,
//! orders within its budget, receives it, pays within days, and the public record shows it.

mod acceptance;
mod act;
mod agencies;
mod announcement;
mod approval;
mod beside;
mod budget;
mod budget_file;
mod budget_import;
mod cancellation;
mod case;
mod delivery;
mod duties;
mod events;
mod goals;
mod handover;
mod invoice;
mod line;
mod named;
mod ocds;
mod order;
mod orders;
mod outside;
mod paper;
mod payment;
mod postings;
mod purchases;
mod refusal;
mod request;
mod spending;
mod state;
mod tell;
mod timeline;
mod totals;
mod verify;
mod waiting;
mod want;
mod warning;
mod web;

use ::web::Area;
use base::{Grant, Permission, Role};

pub use act::{Act, act};
pub use budget::{BudgetLine, BudgetLineId, Use, of_agency as budget_lines, used as budget_use};
pub use budget_import::{Applied, Bring, BudgetImportId, apply, bring};
pub use handover::{Count, Rest, hand_over};
pub use invoice::{Invoice, invoice};
pub use ocds::{PackageHead, export as export_ocds};
pub use order::{Order, OrderId, find};
pub use outside::{OutsidePurchase, Record, reasons as outside_reasons, record as record_outside};
pub use payment::{Payment, pay};
pub use request::{Request, request};
pub use state::State;
pub use totals::{Totals, totals};
pub use want::Want;

/// States needs of the own agency and records what it bought elsewhere.
pub(crate) const REQUEST: Permission = Permission("procurement.request");
/// Approves, rejects and cancels.
pub(crate) const APPROVE: Permission = Permission("procurement.approve");
/// Counts and takes over.
pub(crate) const RECEIVE: Permission = Permission("procurement.receive");
/// Records payments.
pub(crate) const PAY: Permission = Permission("procurement.pay");
/// Answers, delivers and invoices for the own business.
pub(crate) const SELL: Permission = Permission("procurement.sell");
/// Brings in the budget of the own agency.
pub(crate) const BUDGET: Permission = Permission("procurement.budget");
/// Brings in the budget of any agency.
pub(crate) const BUDGET_ANY: Permission = Permission("procurement.budgets");
/// Sees how budgets are used: the own agency's, or all with `BUDGET_ANY` or `INSPECT`.
pub(crate) const SEE_BUDGET: Permission = Permission("procurement.see_budget");
/// Takes steps of the own agency's orders: has a desk there.
pub(crate) const WORK: Permission = Permission("procurement.work");
/// Sees all agencies side by side.
pub(crate) const OVERSEE: Permission = Permission("procurement.oversee");
/// Sees the orders of the own agency.
pub(crate) const WATCH: Permission = Permission("procurement.watch");
/// Sees every order.
pub(crate) const INSPECT: Permission = Permission("procurement.inspect");

const GRANTS: &[Grant] = &[
    Grant { role: Role::Requester, permissions: &[REQUEST, WORK, WATCH, SEE_BUDGET] },
    Grant { role: Role::Approver, permissions: &[APPROVE, WORK, WATCH, SEE_BUDGET] },
    Grant { role: Role::Receiver, permissions: &[RECEIVE, WORK, WATCH, SEE_BUDGET] },
    Grant { role: Role::Treasurer, permissions: &[PAY, WORK, WATCH, SEE_BUDGET] },
    Grant { role: Role::AgencyHead, permissions: &[BUDGET, WORK, WATCH, SEE_BUDGET] },
    Grant { role: Role::Owner, permissions: &[SELL] },
    Grant { role: Role::Inspector, permissions: &[INSPECT, OVERSEE, WATCH, SEE_BUDGET] },
    Grant { role: Role::CityAdmin, permissions: &[BUDGET, BUDGET_ANY, OVERSEE, SEE_BUDGET] },
];

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[
            ("0001_budget_and_orders", include_str!("../migrations/0001_budget_and_orders.sql")),
            ("0002_outside_obligation", include_str!("../migrations/0002_outside_obligation.sql")),
            ("0003_words_and_faults", include_str!("../migrations/0003_words_and_faults.sql")),
        ],
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        grants: GRANTS,
        outcomes: waiting::OUTCOMES,
        policies: goals::KINDS,
        ships: &[goals::shipped],
        decided: Some(orders::requested_between),
        files: Some(handover::photo_hashes),
        verify: Some(verify::verify),
        named: Some(named::named),
        waits: Some(named::waits),
        nav: web::NAV,
        desks: web::DESKS,
        consumers: &[announcement::TELLER],
        topics: announcement::TOPICS,
        ..Area::new("procurement", web::routes())
    }
}
