//! Search over what is offered: one index for both engines, derived from the catalogue and fed
//! from its events. The index can always be thrown away and made again.

mod ask;
mod bits;
mod browsing;
mod feed;
mod gather;
mod guess;
mod index;
mod matching;
mod question;
mod shelves;
mod spelling;
mod stem;
#[cfg(test)]
mod tests;
mod words;

pub use feed::{feed, rebuild};
pub use index::{Card, Index, Listing, SearchError};
pub use question::{Found, Order, Question, SKIP_MAX};
