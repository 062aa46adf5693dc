//! SNAP BI, the national standard for payment interfaces, as both sides of it need it: what is signed and
//! how, and how sums, moments, numbers and answers are written. No network and no clock in here.
#![deny(missing_docs)]

mod account;
mod address;
mod answer;
pub mod keys;
mod minify;
pub mod moment;
mod money;
pub mod text;
pub mod va;
pub mod wire;

pub use account::{CUSTOMER_CHARS_MAX, VirtualAccount};
pub use address::Service;
pub use answer::{Answer, Case};
pub use minify::{BODY_BYTES_MAX, Spaces, minify};
pub use money::Money;

/// The longest number that a request is known by on its day.
pub const EXTERNAL_ID_CHARS_MAX: usize = 36;

/// Whether a text may be the number of a request: letters, digits and simple signs, unique for a day.
pub fn is_external_id(text: &str) -> bool {
    let fits = (1..=EXTERNAL_ID_CHARS_MAX).contains(&text.len());
    fits && text.bytes().all(|sign| sign.is_ascii_graphic())
}
