//! The catalogue: what the city's businesses offer, for how much, and how many are left. The
//! three shops share it.

mod events;
pub mod product;
mod refusal;
pub mod search;
pub mod stock;

pub use product::{Product, ProductId};
pub use refusal::Refusal;
