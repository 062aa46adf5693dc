//! Photos of goods: every size, what is refused, and how one that nobody shows any more goes.

mod kit;

use catalog::product;
use kit::{Town, plain, png};

const GAJAHMUNGKUR: &str = "33.74.09.1006";

#[tokio::test]
async fn photos_are_shown_in_every_size_and_can_be_taken_away() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    let address = format!("/catalog/products/{id}/photos");
    ngatmi
        .owner
        .client
        .upload(&address, &[], ("photo", "nasi.png", b"bukan foto"))
        .await
        .expect(422);
    for red in 0..6 {
        let sent =
            ngatmi.owner.client.upload(&address, &[], ("photo", "nasi.png", &png(red))).await;
        sent.expect(303);
        let again =
            ngatmi.owner.client.upload(&address, &[], ("photo", "nasi.png", &png(red))).await;
        again.expect(422);
    }
    ngatmi.owner.client.upload(&address, &[], ("photo", "nasi.png", &png(7))).await.expect(422);
    let (seen, of) = (id.clone(), format!("/catalog/products/{id}"));
    let photos = town.city.read(move |read| product::find(read, &seen)).await.photos;
    assert_eq!(photos.len(), 6);
    assert_eq!(town.city.read(catalog::area().files.unwrap()).await, photos);
    let page = town.city.visitor().get(&of).await.expect(200);
    assert!(page.body.contains(&format!("/files/{}/share\"", photos[0])), "a preview has a photo");
    for size in ["thumb", "card", "full", "share"] {
        let photo =
            town.city.visitor().get(&format!("/files/{}/{size}", photos[0])).await.expect(200);
        assert_eq!(photo.headers["content-type"], "image/jpeg");
    }
    ngatmi.owner.client.post(&format!("{address}/{}/removal", photos[0]), &[]).await.expect(303);
    let page = town.city.visitor().get(&of).await.expect(200);
    assert!(!page.body.contains(&photos[0]) && page.body.contains(&photos[1]));
}

#[tokio::test]
async fn a_photo_nobody_shows_any_more_is_gone_a_day_later() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let owner = &ngatmi.owner.client;
    let rice = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    let feast = town.city.offer(&ngatmi, "Nasi kotak pesta", 40_000, 10).await;
    // The second photo is the first in little: in small sizes they are the same.
    let photos = [plain(400), plain(700), png(3)];
    for photo in &photos {
        let at = format!("/catalog/products/{rice}/photos");
        owner.upload(&at, &[], ("photo", "nasi.png", photo)).await.expect(303);
    }
    let at = format!("/catalog/products/{feast}/photos");
    owner.upload(&at, &[], ("photo", "nasi.png", &photos[2])).await.expect(303);
    let id = rice.clone();
    let [small, large, both] =
        town.city.read(move |read| product::find(read, &id)).await.photos.try_into().unwrap();
    let (thumb, full) = (format!("/files/{small}/thumb"), format!("/files/{small}/full"));
    for photo in [&small, &both] {
        let at = format!("/catalog/products/{rice}/photos/{photo}/removal");
        owner.post(&at, &[]).await.expect(303);
    }
    let jobs = web::house().jobs;
    town.city.work(jobs).await;
    town.city.visitor().get(&full).await.expect(200);
    town.city.pass_days(1);
    town.city.work(jobs).await;
    for size in [&thumb, &full] {
        town.city.visitor().get(size).await.expect(404);
    }
    for size in ["thumb", "card", "full", "share"] {
        for photo in [&large, &both] {
            town.city.visitor().get(&format!("/files/{photo}/{size}")).await.expect(200);
        }
    }
    // Whoever shows it again keeps it again.
    let wagini = town.city.seller("Dapur Bu Wagini", "Wagini", GAJAHMUNGKUR).await;
    let at = town.city.offer(&wagini, "Nasi kotak", 25_000, 10).await;
    let at = format!("/catalog/products/{at}/photos");
    wagini.owner.client.upload(&at, &[], ("photo", "nasi.png", &photos[0])).await.expect(303);
    town.city.visitor().get(&full).await.expect(200);
}

#[tokio::test]
async fn the_same_photo_again_a_cut_one_and_a_tiny_one_are_said_on_the_page() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    let address = format!("/catalog/products/{id}/photos");
    let (whole, mut tiny) = (png(1), Vec::new());
    let small = image::RgbImage::new(10, 10);
    small.write_to(&mut std::io::Cursor::new(&mut tiny), image::ImageFormat::Png).unwrap();
    let mut jpeg = Vec::new();
    let large = image::load_from_memory(&whole).unwrap();
    large.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let cut = &jpeg[..jpeg.len() / 3];
    let send = |bytes: Vec<u8>| {
        let (owner, address) = (&ngatmi.owner.client, &address);
        async move { owner.upload(address, &[], ("photo", "nasi.jpg", &bytes)).await }
    };
    send(whole.clone()).await.expect(303);
    send(whole).await.expect(422).sees("Foto ini sudah ada").sees("10 kotak");
    send(tiny).await.expect(422).sees("Foto ini terlalu kecil");
    send(cut.to_vec()).await.expect(422).sees("tidak terkirim utuh");
    send(Vec::new()).await.expect(422).sees("Berkas foto kosong");
}
