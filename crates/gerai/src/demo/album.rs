//! The pictures of one city's goods, and of goods handed over, on their way into its files through the
//! same sizes as photos.

use base::photo::Sizes;
use base::picture::{self, Pictures};
use base::{Error, Result};
use tokio::runtime::Runtime;

use super::drawing::{self, Pixels};
use crate::house::House;

/// Of so many goods one gets a picture. Scaling and writing them takes a program built for development
/// a minute, so there only a few do.
const EVERY: u64 = if cfg!(debug_assertions) { 12 } else { 1 };
/// Different pictures of goods handed over.
const DELIVERED: u64 = if cfg!(debug_assertions) { 1 } else { 4 };

/// Where pictures are put.
pub(super) struct Album<'h> {
    house: &'h House,
    runtime: Runtime,
}

impl<'h> Album<'h> {
    pub(super) fn of(house: &'h House) -> Result<Album<'h>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Ok(Album { house, runtime: runtime.map_err(Error::broken)? })
    }

    /// The photos of goods with this name: one drawing, or none.
    pub(super) fn photos(&self, name: &str, seed: u64) -> Result<Vec<String>> {
        let drawn = seed.is_multiple_of(EVERY).then(|| drawing::draw(name, seed)).flatten();
        let Some(drawn) = drawn else { return Ok(Vec::new()) };
        Ok(vec![self.keep(drawn, false)?])
    }

    /// What receivers photograph; only the parties of an order see it.
    pub(super) fn delivered(&self) -> Result<Vec<String>> {
        let drawn = (1..=DELIVERED).filter_map(drawing::draw_delivered);
        drawn.map(|drawn| self.keep(drawn, true)).collect()
    }

    fn keep(&self, drawn: Pixels, private: bool) -> Result<String> {
        let sizes: Pictures = picture::drawn(drawn.side, drawn.rgb).map_err(Error::broken)?;
        self.runtime.block_on(Sizes::keep(&self.house.files, sizes, private))
    }
}
