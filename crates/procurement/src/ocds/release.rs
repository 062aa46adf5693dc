//! From an order to its release: the mapping, nothing else.

use base::Timestamp;

use super::wire::{
    Award, Budget, Classification, Contract, Details, Document, Identifier, Implementation, Item,
    Milestone, Party, Planning, Reference, Release, Tag, Tender, Transaction, Unit, Value, When,
};
use super::{ReleaseId, ocid};
use crate::budget::BudgetLine;
use crate::handover::Handover;
use crate::line::OrderLine;
use crate::order::Order;
use crate::state::State;

/// What a release is made of.
pub(crate) struct Facts<'a> {
    pub(crate) order: &'a Order,
    pub(crate) lines: &'a [OrderLine],
    pub(crate) budget: &'a BudgetLine,
    pub(crate) handovers: &'a [Handover],
}

/// Everything known of an order after a step.
pub(crate) fn of(facts: &Facts<'_>, id: &ReleaseId, at: Timestamp, tag: Tag) -> Release {
    let order = facts.order;
    Release {
        ocid: ocid(order),
        id: format!("{}-{id}", ocid(order)),
        date: When(at),
        tag: tag.codes(),
        initiation_type: "tender",
        language: "id",
        parties: vec![agency_party(order), seller_party(order)],
        buyer: agency(order),
        planning: planning(facts),
        tender: tender(facts),
        awards: award(facts).into_iter().collect(),
        contracts: contract(facts).into_iter().collect(),
    }
}

fn agency(order: &Order) -> Reference {
    Reference { id: format!("agency-{}", order.agency), name: order.agency_name.clone() }
}

fn seller(order: &Order) -> Reference {
    Reference { id: order.seller.number.clone(), name: order.seller.name.clone() }
}

fn agency_party(order: &Order) -> Party {
    let Reference { id, name } = agency(order);
    let roles = &["buyer", "procuringEntity", "payer"];
    Party { id, name, roles, identifier: None, details: None }
}

fn seller_party(order: &Order) -> Party {
    let Reference { id, name } = seller(order);
    let then = &order.seller;
    // ID-NIB is not registered with org-id.guide; the publication policy says so.
    let identifier = then.nib.as_ref().map(|nib| Identifier {
        scheme: "ID-NIB",
        id: nib.clone(),
        legal_name: name.clone(),
    });
    let details = Details { scale: then.size_class.clone(), region: then.region.clone() };
    let roles = if order.state.is_order() { &["supplier", "payee"][..] } else { &["tenderer"] };
    Party { id, name, roles, identifier, details: Some(details) }
}

fn planning(facts: &Facts<'_>) -> Planning {
    let line = facts.budget;
    Planning {
        rationale: facts.order.need.title.clone(),
        budget: Budget {
            id: format!("{}/{}/{}", line.year, line.sub_activity, line.account),
            description: format!("{} {}", line.account, line.name),
            amount: Value::of(facts.order.money.total),
            project: line.sub_activity.clone(),
            project_id: line.sub_activity.clone(),
        },
    }
}

fn tender(facts: &Facts<'_>) -> Tender {
    let order = facts.order;
    Tender {
        id: order.request_number.clone(),
        title: order.need.title.clone(),
        status: "complete",
        procuring_entity: agency(order),
        items: items(facts.lines),
        value: Value::of(order.money.total),
        procurement_method: "direct",
        procurement_method_details: "Pengadaan Langsung melalui toko daring kota",
        main_procurement_category: match order.need.kind.as_str() {
            "works" => "works",
            "consulting" => "services",
            _ => "goods",
        },
    }
}

fn award(facts: &Facts<'_>) -> Option<Award> {
    let order = facts.order;
    let (number, date) = (order.number.as_ref()?, order.times.ordered?);
    Some(Award {
        id: number.clone(),
        title: format!("Surat pesanan {number}"),
        status: "active",
        date: When(date),
        value: Value::of(order.money.total),
        suppliers: vec![seller(order)],
        items: items(facts.lines),
    })
}

fn contract(facts: &Facts<'_>) -> Option<Contract> {
    let order = facts.order;
    let (number, accepted) = (order.number.as_ref()?, order.times.accepted?);
    let implementation = implementation(facts);
    Some(Contract {
        id: number.clone(),
        award_id: number.clone(),
        title: format!("Surat pesanan {number}"),
        status: match order.state {
            State::Paid | State::Cancelled => "terminated",
            _ => "active",
        },
        value: Value::of(order.money.total),
        items: items(facts.lines),
        date_signed: Some(When(accepted)),
        implementation: (!facts.handovers.is_empty()).then_some(implementation),
    })
}

fn implementation(facts: &Facts<'_>) -> Implementation {
    let order = facts.order;
    let milestone = |handover: &Handover| Milestone {
        id: handover.number.clone(),
        title: format!("Serah terima {}", handover.number),
        kind: "delivery",
        status: if handover.complete { "met" } else { "partiallyMet" },
        date_met: When(handover.at),
    };
    let document = |handover: &Handover| Document {
        id: handover.number.clone(),
        document_type: "completionCertificate",
        title: format!("Berita acara serah terima {}", handover.number),
        date_published: When(handover.at),
    };
    let paid = order.payment.as_ref().map(|proof| Transaction {
        id: format!("{} {}", proof.method.to_uppercase(), proof.reference),
        date: When(proof.paid_on.start()),
        value: Value::of(order.money.paid),
        payer: agency(order),
        payee: seller(order),
    });
    Implementation {
        transactions: paid.into_iter().collect(),
        milestones: facts.handovers.iter().map(milestone).collect(),
        documents: facts.handovers.iter().map(document).collect(),
    }
}

fn items(lines: &[OrderLine]) -> Vec<Item> {
    let item = |line: &OrderLine| Item {
        id: line.position.to_string(),
        description: line.name.clone(),
        classification: (!line.category.is_empty()).then(|| Classification {
            scheme: "gerai-category",
            id: line.category.clone(),
            description: line.category.clone(),
        }),
        quantity: line.count,
        unit: Unit { name: line.unit.clone(), value: Value::of(line.price) },
    };
    lines.iter().map(item).collect()
}
