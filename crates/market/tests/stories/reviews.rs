//! Only whoever bought something says what they think of it; the seller answers, and what hurts is judged.

use testkit::Client;

use crate::counter::Counter;
use crate::kit::part;
use crate::payouts::{clerks, sold, waiting};

const TEMPE: &str = "Tempe Bu Rekaan";

/// An order that was received well: its buyer, and the address of the buyer's review.
async fn bought(counter: &Counter) -> (Client, String) {
    let (guest, at) = sold(counter).await;
    let (id, _) = part(&counter.track(&guest, &at).await, TEMPE);
    (guest, format!("{at}/{id}/review"))
}

#[tokio::test]
async fn a_buyer_writes_a_review_that_everybody_reads_and_the_seller_answers() {
    let counter = Counter::open().await;
    let (guest, review) = bought(&counter).await;
    let chips = counter.town.chips.as_str();
    guest.get(&review).await.expect(200).sees("Keripik tempe 250 g").sees("nama Rini");
    let none = [("product", chips), ("stars", ""), ("words", "Renyah")];
    guest.post(&review, &none).await.expect(422).sees("Pilih nilai").sees("Renyah");
    let good = [("product", chips), ("stars", "4"), ("words", "Renyah, agak asin")];
    guest.post(&review, &good).await.expect(303);

    let page = format!("/market/reviews/{chips}");
    let visitor = counter.town.city.visitor();
    visitor.get(&page).await.expect(200).sees("Rini").sees("Renyah, agak asin").sees("4 dari 5");
    let shown = visitor.get(&format!("/catalog/products/{chips}")).await.expect(200);
    shown.sees("4,0 dari 5 menurut 1 pembeli");
    let json = visitor.get(&format!("/api/v1{page}")).await.expect(200).json();
    let id = json["reviews"][0]["id"].as_str().expect("there is a review").to_owned();

    // Saying it again replaces it: one order, one review.
    let better = [("product", chips), ("stars", "5"), ("words", "Ternyata enak sekali")];
    guest.post(&review, &better).await.expect(303);
    visitor.get(&page).await.sees("5,0 dari 5 menurut 1 pembeli").sees("Ternyata enak sekali");

    let answer = format!("{page}/{id}/answer");
    let (tempe, kopi) = (&counter.town.tempe.owner.client, &counter.town.kopi.owner.client);
    tempe.get("/messages").await.sees("menulis ulasan");
    kopi.post(&answer, &[("answer", "Bukan barang saya")]).await.expect(404);
    tempe.post(&answer, &[("answer", "!")]).await.expect(422).sees("Tulis jawaban");
    tempe.post(&answer, &[("answer", "Terima kasih, garamnya kami kurangi")]).await.expect(303);
    visitor.get(&page).await.sees("garamnya kami kurangi");
    counter.verify().await;
}

#[tokio::test]
async fn nobody_reviews_what_they_have_not_received_or_not_bought() {
    let counter = Counter::open().await;
    let (guest, at) = counter.paid().await;
    let (id, _) = part(&counter.track(&guest, &at).await, TEMPE);
    let (chips, coffee) = (counter.town.chips.as_str(), counter.town.coffee.as_str());
    let review = format!("{at}/{id}/review");
    let form = [("product", chips), ("stars", "5"), ("words", "Belum datang")];
    let early = guest.post(&review, &form).await.expect(303);
    assert!(early.location.expect("led back").contains("refused=market-not-now"));

    let (guest, review) = bought(&counter).await;
    let other = [("product", coffee), ("stars", "5"), ("words", "Kopi orang lain")];
    guest.post(&review, &other).await.expect(404);
    guest.post(&review, &[("product", chips), ("stars", "6")]).await.expect(422);
    let page = guest.get(&format!("/market/reviews/{chips}")).await.expect(200);
    page.sees("Belum ada ulasan.");
}

#[tokio::test]
async fn a_review_that_hurts_is_reported_and_a_clerk_judges_it() {
    let counter = Counter::open().await;
    let (guest, review) = bought(&counter).await;
    let chips = counter.town.chips.as_str();
    let rude = [("product", chips), ("stars", "1"), ("words", "Telepon saja 0812 0000 9999")];
    guest.post(&review, &rude).await.expect(303);
    let page = format!("/market/reviews/{chips}");
    let visitor = counter.town.city.visitor();
    let json = visitor.get(&format!("/api/v1{page}")).await.expect(200).json();
    let id = json["reviews"][0]["id"].as_str().expect("there is a review").to_owned();
    let report = format!("{page}/{id}/report");
    visitor.post(&report, &[("report", "")]).await.expect(422).sees("Tulis alasannya");
    visitor.post(&report, &[("report", "Menyebut nomor orang")]).await.expect(303);
    visitor.post(&report, &[("report", "Sekali lagi dilaporkan")]).await.expect(303);

    assert_eq!(waiting(&counter).await, [("market-complaints", 0), ("market-moderation", 1)]);
    let (clerk, _) = clerks(&counter).await;
    let clerk = clerk.client;
    clerk.get("/market/moderation").await.expect(200).sees("Menyebut nomor orang");
    let judge = format!("/market/moderation/{id}");
    visitor
        .post(&judge, &[("outcome", "hide"), ("judgement", "Bukan urusan saya")])
        .await
        .expect(303);
    visitor.get(&page).await.sees("0812 0000 9999");
    clerk.post(&judge, &[("outcome", "hide"), ("judgement", "")]).await.expect(422);
    let hide = [("outcome", "hide"), ("judgement", "Menyebut data orang")];
    clerk.post(&judge, &hide).await.expect(303);
    clerk.get("/market/moderation").await.sees("Tidak ada laporan.");
    visitor.get(&page).await.sees("Belum ada ulasan.");
    let shown = visitor.get(&format!("/catalog/products/{chips}")).await.expect(200);
    assert!(!shown.body.contains("dari 5 menurut"), "what is hidden does not count");
    let again = guest.post(&review, &rude).await.expect(303);
    assert!(again.location.expect("led back").contains("refused=market-review-hidden"));
    counter.verify().await;
}
