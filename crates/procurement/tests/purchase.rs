//! The main job as commands: from need to payment, by the right people, in the right order.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use kit::{Town, day, rupiah};
use procurement::{Count, Invoice, Payment, Rest, State, Want};
use registry::verification::Decision;
use testkit::VILLAGE;

fn count(order: &procurement::OrderId, counts: &[i64], rest_comes: bool, reason: &str) -> Count {
    Count {
        order: order.clone(),
        counts: counts.to_vec(),
        broken: Vec::new(),
        rest: Some(if rest_comes { Rest::Comes } else { Rest::Closed }),
        reason: reason.to_owned(),
        photos: Vec::new(),
    }
}

fn bill(order: &procurement::OrderId, number: &str, amount: i64) -> Invoice {
    let (number, gives_up_rest) = (number.to_owned(), false);
    Invoice { order: order.clone(), number, amount: rupiah(amount), gives_up_rest }
}

fn payment(order: &procurement::OrderId) -> Payment {
    Payment {
        order: order.clone(),
        method: "ls".to_owned(),
        reference: "SP2D 00417/LS/2026".to_owned(),
        paid_on: day("2026-03-13"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_buys_receives_and_pays_within_its_budget() {
    let town = Town::open().await;
    let order = town.requested().await;
    assert_eq!(order.money.total, rupiah(6_995_000));
    assert_eq!(order.request_number, "PB-2026-000001");
    assert_eq!(order.seller.size_class.as_deref(), Some("micro"));
    let held = town.budget().await;
    assert_eq!((held.free, held.reserved), (rupiah(41_255_000), rupiah(6_995_000)));

    let id = order.id.clone();
    let order = town
        .act(&town.approver, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await
        .unwrap();
    assert_eq!(order.state, State::Ordered);
    assert!(order.number.as_deref().unwrap().starts_with("027/0001/SP/"), "{:?}", order.number);
    assert_eq!(order.waits_until, Some(day("2026-03-17")));
    assert_eq!(town.budget().await.committed, rupiah(6_995_000));
    assert_eq!(town.stock(&town.boxes).await, 300);

    let id = order.id.clone();
    let take = count(&order.id, &[198, 11], false, "Dua kotak tumpah di jalan.");
    town.act(&town.seller.owner, move |tx| {
        procurement::act(tx, &id, procurement::Act::Accept)?;
        procurement::act(tx, &id, procurement::Act::Deliver(""))
    })
    .await
    .unwrap();
    let order =
        town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await.unwrap();
    assert_eq!((order.state, order.money.received), (State::HandedOver, rupiah(6_930_000)));
    assert_eq!(town.budget().await.committed, rupiah(6_930_000));
    assert_eq!(town.stock(&town.boxes).await, 302);

    let bill = bill(&order.id, "INV-07", 6_930_000);
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await.unwrap();
    town.city.pass_days(1);
    let pay = payment(&order.id);
    let order = town.act(&town.treasurer, move |tx| procurement::pay(tx, &pay)).await.unwrap();
    assert_eq!((order.state, order.days_to_pay()), (State::Paid, Some(1)));
    let used = town.budget().await;
    assert_eq!((used.spent, used.free), (rupiah(6_930_000), rupiah(41_320_000)));
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_takes_two_steps_of_one_purchase() {
    let town = Town::open().await;
    // One person who holds every role at the agency.
    let mut every = town.city.person("Budi Rangkap", base::Role::Requester, &town.agency).await;
    let need = town.lunch();
    let order = town.act(&every, move |tx| procurement::request(tx, &need)).await.unwrap();
    every.role = Some(base::Role::Approver);
    let id = order.id.clone();
    let refused = town
        .act(&every, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "procurement-requester-approves");

    let id = order.id.clone();
    town.act(&town.approver, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await
        .unwrap();
    let id = order.id.clone();
    town.act(&town.seller.owner, move |tx| {
        procurement::act(tx, &id, procurement::Act::Accept)?;
        procurement::act(tx, &id, procurement::Act::Deliver(""))
    })
    .await
    .unwrap();
    every.role = Some(base::Role::Receiver);
    let take = count(&order.id, &[200, 11], false, "");
    let refused = town.act(&every, move |tx| procurement::hand_over(tx, &take)).await.unwrap_err();
    assert_eq!(refused.code(), "procurement-buyer-receives");

    let take = count(&order.id, &[200, 11], false, "");
    town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await.unwrap();
    let bill = bill(&order.id, "1", 6_995_000);
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await.unwrap();
    town.city.pass_days(1);
    every.role = Some(base::Role::Treasurer);
    let pay = payment(&order.id);
    let refused = town.act(&every, move |tx| procurement::pay(tx, &pay)).await.unwrap_err();
    assert_eq!(refused.code(), "procurement-buyer-pays");
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn steps_in_the_wrong_order_are_refused_with_their_reason() {
    let town = Town::open().await;
    let id = town.requested().await.id;
    let order = id.clone();
    let refused = town
        .act(&town.seller.owner, move |tx| procurement::act(tx, &order, procurement::Act::Accept))
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-ordered");
    let order = id.clone();
    let refused = town
        .act(&town.seller.owner, move |tx| {
            procurement::act(tx, &order, procurement::Act::Deliver(""))
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-accepted");
    let take = count(&id, &[200, 11], false, "");
    let refused = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-delivered");
    let bill = bill(&id, "1", 1);
    let refused = town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-handed-over");
    let pay = payment(&id);
    let refused = town.act(&town.treasurer, move |tx| procurement::pay(tx, &pay)).await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-invoiced");
    let order = id.clone();
    let refused = town
        .act(&town.approver, move |tx| {
            procurement::act(tx, &order, procurement::Act::Cancel("Tidak jadi."))
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-too-late-to-cancel");
    let order = id.clone();
    town.act(&town.approver, move |tx| procurement::act(tx, &order, procurement::Act::Approve))
        .await
        .unwrap();
    let refused = town
        .act(&town.approver, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-requested");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_without_money_and_no_money_is_held_for_orders_that_ended() {
    let town = Town::open().await;
    let large = town.need(vec![Want::Words {
        name: "Tenda".to_owned(),
        unit: "unit".to_owned(),
        price: rupiah(48_250_001),
        count: 1,
    }]);
    let refused = town.act(&town.requester, move |tx| procurement::request(tx, &large)).await;
    assert_eq!(refused.unwrap_err().code(), "procurement-not-enough-budget");
    for end in ["withdraw", "reject", "decline", "cancel", "lapse"] {
        let id = match end {
            "withdraw" | "reject" => town.requested().await.id,
            _ => town.ordered().await,
        };
        let reason = "Tidak jadi, acara batal.";
        let order = id.clone();
        match end {
            "withdraw" => {
                town.act(&town.requester, move |tx| {
                    procurement::act(tx, &order, procurement::Act::Withdraw(reason))
                })
                .await
            }
            "reject" => {
                town.act(&town.approver, move |tx| {
                    procurement::act(tx, &order, procurement::Act::Reject(reason))
                })
                .await
            }
            "decline" => {
                town.act(&town.seller.owner, move |tx| {
                    procurement::act(tx, &order, procurement::Act::Decline(reason))
                })
                .await
            }
            "cancel" => {
                town.act(&town.approver, move |tx| {
                    procurement::act(tx, &order, procurement::Act::Cancel(reason))
                })
                .await
            }
            _ => {
                town.city.pass_days(7);
                town.sweep().await;
                Ok(town.find(&order).await)
            }
        }
        .unwrap();
        assert!(town.find(&id).await.state.is_over(), "{end}");
        assert_eq!(town.budget().await.free, rupiah(48_250_000), "{end}");
        assert_eq!(town.stock(&town.boxes).await, 500, "{end}");
        town.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goods_may_come_in_parts_and_be_sent_back() {
    let town = Town::open().await;
    let id = town.delivered().await;
    let too_many = count(&id, &[201, 11], true, "");
    let wrong = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &too_many)).await;
    let base::Error::Invalid(problems) = wrong.unwrap_err() else { panic!("counts are checked") };
    assert_eq!((problems[0].field.as_str(), problems[0].detail.as_str()), ("count_1", "200"));

    let back = count(&id, &[0, 0], true, "Nasi basi, semua dikembalikan.");
    let order =
        town.act(&town.receiver, move |tx| procurement::hand_over(tx, &back)).await.unwrap();
    assert_eq!((order.state, order.money.received), (State::Accepted, rupiah(0)));
    for (counts, rest, state) in
        [([120, 11], true, State::Accepted), ([80, 0], false, State::HandedOver)]
    {
        let order = id.clone();
        town.act(&town.seller.owner, move |tx| {
            procurement::act(tx, &order, procurement::Act::Deliver(""))
        })
        .await
        .unwrap();
        let take = count(&id, &counts, rest, "Sisanya menyusul siang.");
        let order = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await;
        assert_eq!(order.unwrap().state, state);
    }
    let order = town.find(&id).await;
    assert_eq!(order.money.received, order.money.total);
    let more = bill(&id, "1", 6_995_001);
    let wrong =
        town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &more)).await.unwrap_err();
    assert_eq!(wrong.code(), "invalid");
    let whole = bill(&id, "1", 6_995_000);
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &whole)).await.unwrap();
    assert_eq!(town.budget().await.committed, rupiah(6_995_000));
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_buyer_is_made_known_to_the_head_of_the_agency() {
    let town = Town::open().await;
    let id = town.delivered().await;
    town.city.pass_days(30);
    town.sweep().await;
    let order = town.find(&id).await;
    assert_eq!((order.state, order.escalated), (State::Delivered, true));
    let subject = id.to_string();
    let events = town.city.db.read(move |read| base::of_subject(read, &subject)).await.unwrap();
    assert!(events.iter().any(|event| event.kind == "procurement.escalated"));
    let take = count(&id, &[200, 11], false, "");
    let order =
        town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await.unwrap();
    assert!(!order.escalated);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_do_not_know_that_an_order_exists() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let other = town.city.organisation(base::account::OrganisationKind::Agency, "Dinas Lain").await;
    let stranger = town.city.person("Orang Lain", base::Role::Approver, &other).await;
    let order = id.clone();
    let refused = town
        .act(&stranger, move |tx| {
            procurement::act(tx, &order, procurement::Act::Cancel("Bukan urusan saya."))
        })
        .await;
    assert_eq!(refused.unwrap_err().code(), "not-found");
    let rival = town.city.seller("Warung Sebelah", "Tukiyem", VILLAGE).await.owner;
    let order = id.clone();
    let refused =
        town.act(&rival, move |tx| procurement::act(tx, &order, procurement::Act::Accept)).await;
    assert_eq!(refused.unwrap_err().code(), "not-found");
    let refused = town
        .act(&town.seller.owner, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_budget_never_goes_below_what_is_held() {
    let town = Town::open().await;
    town.requested().await;
    let refused = town.grant("6.994.999").await.unwrap_err();
    assert_eq!(refused.code(), "procurement-ceiling-too-low");
    town.grant("6.995.000").await.unwrap();
    assert_eq!(town.budget().await.free, rupiah(0));
    town.grant("10.000.000").await.unwrap();
    assert_eq!(town.budget().await.free, rupiah(3_005_000));
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_rule_says_so_silence_of_the_buyer_is_consent() {
    let town = Town::open().await;
    town.city
        .write(|tx| {
            let day = base::Date::today(tx);
            let rule = base::policy::at::<base::policy::Deadlines>(tx, day)?;
            let mut body = rule.body;
            let term = body.terms.get_mut("procurement.delivery_handover").unwrap();
            term.outcome = base::policy::TermOutcome::DeemAccepted;
            let draft = base::policy::Draft {
                kind: "base.deadlines".to_owned(),
                body: serde_json::to_value(&body).unwrap(),
                valid_from: day,
                valid_to: None,
                basis: rule.basis,
                mark: rule.mark,
                origin: None,
                based_on: None,
            };
            base::policy::install(tx, base::policy::KINDS, &draft)
        })
        .await
        .unwrap();
    let id = town.delivered().await;
    town.city.pass_days(30);
    town.sweep().await;
    let order = town.find(&id).await;
    assert_eq!((order.state, order.money.received), (State::HandedOver, order.money.total));
    let bill = bill(&id, "1", 6_995_000);
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await.unwrap();
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_after_the_last_day_is_too_late_even_before_the_order_lapsed() {
    let town = Town::open().await;
    let id = town.ordered().await;
    town.city.pass_days(7);
    let refused = town
        .act(&town.seller.owner, move |tx| procurement::act(tx, &id, procurement::Act::Accept))
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-answer-too-late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seller_who_was_set_aside_meanwhile_gets_no_order() {
    let town = Town::open().await;
    let id = town.requested().await.id;
    town.city.decide(&town.seller.business, Decision::Suspend).await;
    let order = id.clone();
    let refused = town
        .act(&town.approver, move |tx| procurement::act(tx, &order, procurement::Act::Approve))
        .await;
    assert_eq!(refused.unwrap_err().code(), "procurement-seller-not-ready");
    town.city.decide(&town.seller.business, Decision::Verify).await;
    town.act(&town.approver, move |tx| procurement::act(tx, &id, procurement::Act::Approve))
        .await
        .unwrap();
}
