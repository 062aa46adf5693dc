//! Telephone numbers of owners and of businesses: sealed before the transaction, found again whole
//! by their blind index, shown masked, and opened by a look that is recorded.

use base::keyring::{Keyring, Sealed};
use base::{Error, Result, digits};
use particulars::contact::Phone;

use crate::business::Business;

/// What the number of an owner is sealed for.
pub(crate) const OWNER: &str = "registry.owners.phone";
/// What the number of a business is sealed for. Equal numbers of the two tables do not meet.
pub(crate) const BUSINESS: &str = "registry.businesses.phone";

/// A number as somebody gave it, sealed for the owner's record and for that of the business.
#[derive(Debug, Clone)]
pub struct Contact {
    phone: Phone,
    pub(crate) owner: Sealed,
    pub(crate) business: Sealed,
}

impl Contact {
    /// Seals a number as people write it, or gives the code of what is wrong with it. Done before
    /// the transaction.
    pub fn parse(text: &str, keyring: &Keyring) -> Result<Contact, &'static str> {
        Phone::parse(text).map(|phone| Contact::seal(phone, keyring))
    }

    pub(crate) fn seal(phone: Phone, keyring: &Keyring) -> Contact {
        let mask = digits::phone_hidden(phone.as_str());
        let seal = |purpose| keyring.seal(purpose, phone.as_str(), &mask);
        let [owner, business] =
            [OWNER, BUSINESS].map(|purpose| seal(purpose).expect("a number is short"));
        Contact { phone, owner, business }
    }

    /// What everybody may see once the owner has agreed.
    pub(crate) fn public(&self) -> String {
        self.phone.as_str().to_owned()
    }
}

/// The blind index of a business's number, if this text is a whole one.
pub(crate) fn blind(keyring: &Keyring, text: &str) -> Option<String> {
    let phone = Phone::parse(text).ok()?;
    Some(keyring.blind(BUSINESS, phone.as_str()))
}

/// Puts the number that an owner gave into the record, and in clear if they show it to everybody. One
/// that is kept is not opened to show it: whoever wants it public says it once more.
pub(crate) fn reach(business: &mut Business, given: Option<&Contact>, public: bool) -> Result<()> {
    if let Some(contact) = given {
        business.phone = Some(contact.business.clone());
    }
    business.public_phone = match (given, &business.public_phone) {
        _ if !public => None,
        (Some(contact), _) => Some(contact.public()),
        (None, Some(shown)) => Some(shown.clone()),
        (None, None) => return Err(Error::invalid("phone", "registry-phone-wanted-to-show")),
    };
    Ok(())
}
