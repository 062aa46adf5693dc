//! What a guest holds instead of an account: a secret address for their order, and a code for each
//! handover. Both follow from the city's key and an id, so that they need no row and can be given again.

use base::keyring::{Keyring, hash_token};

use crate::order::OrderId;
use crate::order_group::GroupId;

const LINK_PURPOSE: &str = "market.link";
const CODE_PURPOSE: &str = "market.handover_code";
/// Four digits are said over a counter; whoever guesses gets few tries.
const CODES: u32 = 10_000;

/// The second part of the address of a group of orders: 32 hex digits.
pub(crate) fn secret(keyring: &Keyring, group: &GroupId) -> String {
    keyring.blind(LINK_PURPOSE, group.as_str())
}

/// Whether somebody holds the link of this group.
pub(crate) fn opens(keyring: &Keyring, group: &GroupId, said: &str) -> bool {
    // Hashes are compared, so that the time it takes tells nothing of the secret.
    hash_token(&secret(keyring, group)) == hash_token(said)
}

/// What the buyer says when the goods change hands: `0417`.
pub fn code(keyring: &Keyring, order: &OrderId) -> String {
    let blind = keyring.blind(CODE_PURPOSE, order.as_str());
    let number = u32::from_str_radix(&blind[..8], 16).expect("a blind index is hex digits");
    format!("{:04}", number % CODES)
}
