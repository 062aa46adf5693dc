//! Search over what is offered: one index for both engines, derived from the catalogue and fed
//! from its events. The index can always be thrown away and made again.

mod feed;
mod find;
mod index;
mod words;

pub use feed::{feed, rebuild};
pub use find::{Found, Order, Question, SKIP_MAX};
pub use index::{Index, SearchError};
