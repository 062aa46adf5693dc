//! A city with a search index, for the stories of this folder.
#![expect(dead_code, reason = "each story uses some of it")]
#![expect(clippy::unwrap_used, reason = "a story that cannot be set up has failed")]

use std::io::Cursor;
use std::sync::Arc;

use catalog::search::{self, Index};
use particulars::region::CityRegions;
use testkit::City;

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) index: Arc<Index>,
}

impl Town {
    pub(crate) async fn open() -> Town {
        let index = Arc::new(Index::in_memory().unwrap());
        let regions = CityRegions::of_code("33.74").unwrap();
        let resource = Arc::clone(&index);
        let areas = vec![web::house(), registry::area(), catalog::area()];
        let more = |opening: web::Opening| opening.with(resource).with(Arc::new(regions));
        Town { city: City::open_with(areas, more).await, index }
    }

    /// Gives events their numbers and lets the index follow, as the background does.
    pub(crate) async fn follow(&self) {
        let (db, index) = (self.city.db.clone(), Arc::clone(&self.index));
        let followed = tokio::task::spawn_blocking(move || {
            while base::consumer::number_events(&db).unwrap() > 0 {}
            while search::feed(&db, &index).unwrap() > 0 {}
        });
        followed.await.unwrap();
    }

    /// What `gerai verify` finds.
    pub(crate) async fn findings(&self) -> Vec<base::Finding> {
        self.city.read(catalog::area().verify.unwrap()).await
    }
}

/// One colour, so many pixels wide and high.
pub(crate) fn plain(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([180, 120, 40]));
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// A photo as a phone might send it.
pub(crate) fn png(red: u8) -> Vec<u8> {
    let draw = |x: u32, y: u32| {
        image::Rgb([red, u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap()])
    };
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(640, 480, draw);
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}
