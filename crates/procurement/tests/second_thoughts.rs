//! What people may take back before it counts, what is asked twice, and what is never guessed for them.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::{Error, document};
use kit::{Town, day, rupiah};
use procurement::{Act, Count, Invoice, Order, OrderId, Payment, Rest, State};

fn counted(order: &OrderId, counts: [i64; 2], broken: [i64; 2], rest: Option<Rest>) -> Count {
    let reason = "Sebagian pecah di jalan.".to_owned();
    let (counts, broken) = (counts.to_vec(), broken.to_vec());
    Count { order: order.clone(), counts, broken, rest, reason, photos: Vec::new() }
}

async fn handed_over(town: &Town) -> OrderId {
    let id = town.delivered().await;
    let count = counted(&id, [200, 11], [0, 0], None);
    town.act(&town.receiver, move |tx| procurement::hand_over(tx, &count)).await.unwrap();
    id
}

async fn bill(town: &Town, id: &OrderId, number: &str, amount: i64) -> base::Result<Order> {
    let (order, number) = (id.clone(), number.to_owned());
    let bill = Invoice { order, number, amount: rupiah(amount), gives_up_rest: false };
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await
}

async fn step(
    town: &Town,
    who: &testkit::Actor,
    id: &OrderId,
    act: Act<'static>,
) -> base::Result<Order> {
    let id = id.clone();
    town.act(who, move |tx| procurement::act(tx, &id, act)).await
}

async fn pay(town: &Town, id: &OrderId, reference: &str) -> base::Result<Order> {
    let (order, method, reference) = (id.clone(), "ls".to_owned(), reference.to_owned());
    let pay = Payment { order, method, reference, paid_on: day("2026-03-12") };
    town.act(&town.treasurer, move |tx| procurement::pay(tx, &pay)).await
}

fn codes<T>(result: base::Result<T>) -> Vec<(String, &'static str)> {
    match result {
        Err(Error::Invalid(problems)) => {
            problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
        }
        Err(Error::Refused(code)) => vec![(String::new(), code)],
        _ => panic!("it was taken"),
    }
}

fn at(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_smaller_invoice_is_never_a_typing_error() {
    let town = Town::open().await;
    let id = handed_over(&town).await;
    let typo = bill(&town, &id, "KW-1", 699_500).await;
    assert_eq!(codes(typo), at("gives_up_rest", "procurement-invoice-less"));
    let zero = bill(&town, &id, "KW-1", 0).await;
    assert_eq!(codes(zero), at("amount", "procurement-invoice-zero"));
    let more = bill(&town, &id, "KW-1", 6_995_001).await;
    assert_eq!(codes(more), at("amount", "procurement-invoice-amount"));

    let (order, number) = (id.clone(), "KW-1".to_owned());
    let less = Invoice { order, number, amount: rupiah(6_000_000), gives_up_rest: true };
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &less)).await.unwrap();
    assert_eq!(town.budget().await.committed, rupiah(6_995_000), "nothing is given up yet");
    town.verify().await;
    let again = bill(&town, &id, "KW-2", 6_995_000).await;
    assert_eq!(codes(again), at("", "procurement-already-invoiced"));

    let withdrawn = Act::WithdrawInvoice("Salah tulis jumlahnya.");
    let order = step(&town, &town.seller.owner, &id, withdrawn).await.unwrap();
    assert_eq!(order.state, State::HandedOver);
    bill(&town, &id, "KW-1", 6_995_000).await.unwrap();
    let returned = Act::ReturnInvoice("Nomor kuitansinya belum ditandatangani.");
    step(&town, &town.treasurer, &id, returned).await.unwrap();
    town.verify().await;
    let (order, number) = (id.clone(), "KW-2".to_owned());
    let less = Invoice { order, number, amount: rupiah(6_990_000), gives_up_rest: true };
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &less)).await.unwrap();
    pay(&town, &id, "SP2D 1/LS/2026").await.unwrap();
    let used = town.budget().await;
    assert_eq!((used.spent, used.committed), (rupiah(6_990_000), rupiah(0)));
    let late =
        step(&town, &town.seller.owner, &id, Act::WithdrawInvoice("Terlambat ditarik.")).await;
    assert_eq!(codes(late), at("", "procurement-already-paid"));
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_stands_for_one_invoice_and_one_payment() {
    let town = Town::open().await;
    let first = handed_over(&town).await;
    bill(&town, &first, "KW-1", 6_995_000).await.unwrap();
    pay(&town, &first, "SP2D 1/LS/2026").await.unwrap();
    let second = handed_over(&town).await;
    let twice = bill(&town, &second, "kw-1", 6_995_000).await;
    assert_eq!(codes(twice), at("number", "procurement-invoice-number-used"));
    bill(&town, &second, "KW-2", 6_995_000).await.unwrap();
    let (order, method) = (second.clone(), "up".to_owned());
    let (reference, paid_on) = ("sp2d 1/ls/2026".to_owned(), day("2026-03-12"));
    let other_way = Payment { order, method, reference, paid_on };
    let twice = town.act(&town.treasurer, move |tx| procurement::pay(tx, &other_way)).await;
    assert_eq!(codes(twice), at("reference", "procurement-reference-used"));
    pay(&town, &second, "SP2D 1/LS/2026").await.expect("one SP2D pays one seller twice");
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_counted_goes_back_and_only_the_approver_cancels() {
    let town = Town::open().await;
    let id = town.delivered().await;
    let silent = Count { reason: String::new(), ..counted(&id, [0, 0], [200, 0], None) };
    let silent = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &silent)).await;
    assert_eq!(codes(silent), at("reason", "procurement-reason-wanted"));
    let none = counted(&id, [0, 0], [200, 0], Some(Rest::Closed));
    let order = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &none)).await;
    assert_eq!(order.unwrap().state, State::Accepted, "it is sent back, not cancelled");
    assert_eq!(town.stock(&town.boxes).await, 300);
    let cancel = Act::Cancel("Penjual tidak sanggup mengganti.");
    step(&town, &town.approver, &id, cancel).await.unwrap();
    assert_eq!(town.stock(&town.boxes).await, 300, "what was broken is not for sale again");
    assert_eq!(town.stock(&town.water).await, 40, "what did not come is");
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rest_is_asked_for_and_counted_apart() {
    let town = Town::open().await;
    let id = town.delivered().await;
    let unsaid = counted(&id, [198, 11], [1, 0], None);
    let unsaid = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &unsaid)).await;
    assert_eq!(codes(unsaid), at("rest", "procurement-rest-wanted"));
    let many = counted(&id, [198, 11], [3, 0], Some(Rest::Comes));
    let many = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &many)).await;
    assert_eq!(codes(many), at("broken_1", "procurement-broken-too-many"));
    let part = counted(&id, [198, 11], [1, 0], Some(Rest::Comes));
    town.act(&town.receiver, move |tx| procurement::hand_over(tx, &part)).await.unwrap();
    let page = town.seller.owner.client.get(&format!("/procurement/orders/{id}")).await.expect(200);
    page.sees("Masih ditunggu: 2 kotak Nasi kotak ayam goreng").sees("Sebagian diterima");
    let early = Act::BackOut("Tidak sanggup lagi.");
    let early = step(&town, &town.seller.owner, &id, early).await;
    assert_eq!(codes(early), at("", "procurement-too-late-to-cancel"));
    step(&town, &town.seller.owner, &id, Act::Deliver("")).await.unwrap();
    let form = format!("/procurement/orders/{id}/handovers/new");
    let form = town.receiver.client.get(&form).await.expect(200);
    assert!(!form.text().contains("Air minum"), "what came whole is not asked again");
    let closed = counted(&id, [1, 0], [1, 0], Some(Rest::Closed));
    let order = town.act(&town.receiver, move |tx| procurement::hand_over(tx, &closed)).await;
    assert_eq!(order.unwrap().state, State::HandedOver);
    assert_eq!(town.stock(&town.boxes).await, 300, "the broken one is lost");
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_checks_as_void_however_the_order_ended() {
    let town = Town::open().await;
    for end in ["decline", "back out", "cancel", "lapse"] {
        let id = town.ordered().await;
        let reason = "Dapur kebanjiran.";
        match end {
            "decline" => step(&town, &town.seller.owner, &id, Act::Decline(reason)).await.map(drop),
            "cancel" => step(&town, &town.approver, &id, Act::Cancel(reason)).await.map(drop),
            "back out" => {
                step(&town, &town.seller.owner, &id, Act::Accept).await.unwrap();
                let order =
                    step(&town, &town.seller.owner, &id, Act::BackOut(reason)).await.unwrap();
                assert_eq!(order.state, State::Declined);
                Ok(())
            }
            _ => {
                town.city.pass_days(7);
                town.sweep().await;
                Ok(())
            }
        }
        .unwrap();
        let subject = id.to_string();
        let papers = town.city.db.read(move |read| document::of_subject(read, &subject)).await;
        let papers = papers.unwrap();
        assert!(papers[0].revoked_at.is_some(), "{end}");
        let check = format!("/documents/check/{}", papers[0].check_code);
        let page = town.city.visitor().get(&check).await.expect(200);
        assert!(!page.text().contains("masih berlaku"), "{end}: {}", page.text());
        assert_eq!(town.budget().await.free, rupiah(48_250_000), "{end}");
        assert_eq!(town.stock(&town.boxes).await, 500, "{end}");
    }
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delivered_too_early_can_be_taken_back_until_somebody_counts() {
    let town = Town::open().await;
    let id = town.delivered().await;
    let back = Act::TakeBackDelivery("Salah tekan.");
    let order = step(&town, &town.seller.owner, &id, back).await.unwrap();
    assert_eq!(order.state, State::Accepted);
    let none = step(&town, &town.seller.owner, &id, back).await;
    assert_eq!(codes(none), at("", "procurement-nothing-delivered"));
    step(&town, &town.seller.owner, &id, Act::Deliver("")).await.unwrap();
    let twice = step(&town, &town.seller.owner, &id, Act::Deliver("")).await;
    assert_eq!(codes(twice), at("", "procurement-already-delivered"));
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_opened_at_the_wrong_time_says_whose_turn_it_is() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let at = format!("/procurement/orders/{id}");
    let early = town.seller.owner.client.get(&format!("{at}/invoice")).await.expect(200);
    early.sees("belum dihitung").sees("Buka pesanan");
    let early = town.treasurer.client.get(&format!("{at}/payment")).await.expect(200);
    early.sees("belum mengirim tagihan");
    let early = town.receiver.client.get(&format!("{at}/handovers/new")).await.expect(200);
    early.sees("belum menyatakan sudah diantar");
    let page = town.seller.owner.client.get(&at).await.expect(200);
    page.sees("Giliran Anda").sees("Menunggu jawaban Anda").sees("Hendra, 0812 3456 7890");
    let other = town.ordered().await;
    let approver = town.approver.client.get(&format!("/procurement/orders/{other}")).await;
    approver.expect(200).sees("1 pesanan lain").sees("Periksa apakah paketnya dipecah");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clicks_withdraw_and_return_an_invoice() {
    let town = Town::open().await;
    let id = handed_over(&town).await;
    let at = format!("/procurement/orders/{id}");
    let typo = [("number", "KW-1"), ("amount", "1")];
    let page = town.seller.owner.client.post(&format!("{at}/invoice"), &typo).await.expect(422);
    page.sees("Selisih Rp6.994.999 tidak dapat ditagih lagi");
    let right = [("number", "KW-1"), ("amount", "6.995.000")];
    town.seller.owner.client.post(&format!("{at}/invoice"), &right).await.expect(303);
    town.seller.owner.client.get(&at).await.expect(200).sees("Menarik tagihan ini");
    let reason = [("reason", "Nomornya keliru."), ("step", "invoice/withdrawal")];
    town.seller.owner.client.post(&format!("{at}/invoice/withdrawal"), &reason).await.expect(303);
    town.seller.owner.client.post(&format!("{at}/invoice"), &right).await.expect(303);
    town.treasurer.client.get(&at).await.expect(200).sees("Mengembalikan tagihan ini");
    town.treasurer.client.post(&format!("{at}/invoice/return"), &reason).await.expect(303);
    town.seller
        .owner
        .client
        .get(&at)
        .await
        .expect(200)
        .sees("Nomornya keliru")
        .sees("dikembalikan");
}
