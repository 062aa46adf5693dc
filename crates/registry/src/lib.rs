//! The registry: who trades in this city. Owners, their businesses, where they stand, how far the
//! city has checked them; and the import of lists as they really are.

pub mod business;
pub mod contact;
pub mod directory;
pub mod doubt;
mod events;
pub mod identity;
pub mod import;
pub mod kbli;
mod owner;
pub mod pair;
pub mod point;
pub mod queue;
mod refusal;
pub mod region;
pub mod registration;
mod spelling;
pub mod verification;

pub use business::{Business, BusinessId, Place, State};
pub use refusal::Refusal;
