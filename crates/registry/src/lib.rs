//! The registry: who trades in this city. Owners, their businesses, where they stand, how far the
//! city has checked them; and the import of lists as they really are.

pub mod business;
pub mod directory;
pub mod doubt;
mod events;
pub mod import;
mod owner;
pub mod pair;
pub mod queue;
mod refusal;
pub mod registration;
pub mod verification;

pub use business::{Business, BusinessId, Place, State};
pub use refusal::Refusal;
