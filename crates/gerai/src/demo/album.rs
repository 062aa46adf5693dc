//! The pictures of one city's goods, on their way into its files through the same sizes as photos.

use base::picture::{self, Pictures};
use base::{Error, Result};
use tokio::runtime::Runtime;

use super::drawing;
use crate::house::House;

/// Of so many goods one gets a picture. Scaling and writing them takes a program built for development
/// a minute, so there only a few do.
const EVERY: u64 = if cfg!(debug_assertions) { 12 } else { 1 };

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
        let sizes: Pictures = picture::drawn(drawn.side, drawn.rgb).map_err(Error::broken)?;
        let kept = web::photo::keep_sizes(&self.house.files, sizes);
        Ok(vec![self.runtime.block_on(kept)?])
    }
}
