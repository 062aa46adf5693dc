//! Who ordered: a name, a telephone number and, where goods are brought, an address. It lies sealed;
//! what a seller's list shows is the first name.

use std::fmt;

use base::keyring::Keyring;
use base::{Error, Problem, Result, words};
use particulars::contact::Phone;
use serde::{Deserialize, Serialize};

/// What buyers are sealed for.
pub(crate) const PURPOSE: &str = "market.buyer";
const PHONE_PURPOSE: &str = "market.buyer_phone";

const NAME_CHARS_MAX: usize = 80;
const ADDRESS_CHARS_MAX: usize = 300;

/// A guest, as they say it of themselves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    pub(crate) name: String,
    /// `+62…`
    pub(crate) phone: String,
    /// Where goods are brought; empty when all are fetched.
    pub(crate) address: String,
}

impl fmt::Debug for Buyer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Buyer(hidden)")
    }
}

/// A buyer as they are stored.
#[derive(Clone)]
pub struct SealedBuyer {
    pub(crate) sealed: Vec<u8>,
    /// Finds their other orders, and brakes those who order too often.
    pub(crate) phone_blind: String,
    /// What sellers read before they need more.
    pub(crate) first_name: String,
}

impl Buyer {
    /// Checked words; an address is wanted where goods are `brought`.
    pub fn parse(name: &str, phone: &str, address: &str, brought: bool) -> Result<Buyer> {
        let mut problems = Vec::new();
        let name = words::name("name", name, 2..=NAME_CHARS_MAX, "market-name-wanted");
        let name = name.map_err(|problem| problems.push(problem)).unwrap_or_default();
        let phone = Phone::parse(phone);
        if phone.is_err() {
            problems.push(Problem::new("phone", "market-phone-wanted"));
        }
        let address = words::long("address", address, ADDRESS_CHARS_MAX);
        let address = address.map_err(|problem| problems.push(problem)).unwrap_or_default();
        if brought && address.is_empty() {
            problems.push(Problem::new("address", "market-address-wanted"));
        }
        match phone {
            Ok(phone) if problems.is_empty() => {
                let phone = phone.as_str().to_owned();
                Ok(Buyer { name, phone, address })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// Ready to be stored.
    pub fn seal(&self, keyring: &Keyring) -> Result<SealedBuyer> {
        let plain = serde_json::to_vec(self).map_err(Error::broken)?;
        Ok(SealedBuyer {
            sealed: keyring.seal_file(PURPOSE, &plain),
            phone_blind: keyring.blind(PHONE_PURPOSE, &self.phone),
            first_name: self.name.split_whitespace().next().unwrap_or_default().to_owned(),
        })
    }

    /// Opened for whoever may; the caller records who looked.
    pub(crate) fn open(keyring: &Keyring, sealed: &[u8]) -> Result<Buyer> {
        let plain = keyring.open_file(PURPOSE, sealed).map_err(Error::broken)?;
        serde_json::from_slice(&plain).map_err(Error::broken)
    }
}
