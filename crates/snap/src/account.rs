//! Numbers of virtual accounts: who collects, in eight characters with blanks before it, and who pays.

use std::fmt;

/// The longest number of who pays.
pub const CUSTOMER_CHARS_MAX: usize = 20;
const PARTNER_CHARS: usize = 8;

/// A number that is paid into for one bill.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VirtualAccount {
    partner: String,
    customer: String,
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit())
}

impl VirtualAccount {
    /// From the collector's number, with or without its blanks, and the payer's.
    pub fn parse(partner: &str, customer: &str) -> Option<VirtualAccount> {
        let plain = partner.trim_start_matches(' ');
        let fits = digits(plain) && plain.len() <= PARTNER_CHARS && partner.len() <= PARTNER_CHARS;
        let payer = digits(customer) && customer.len() <= CUSTOMER_CHARS_MAX;
        (fits && payer)
            .then(|| VirtualAccount { partner: plain.to_owned(), customer: customer.to_owned() })
    }

    /// The collector's number: eight characters, blanks first.
    pub fn partner(&self) -> String {
        format!("{:>PARTNER_CHARS$}", self.partner)
    }

    /// The payer's number.
    pub fn customer(&self) -> &str {
        &self.customer
    }

    /// Both together, as requests write them.
    pub fn number(&self) -> String {
        format!("{}{}", self.partner(), self.customer)
    }
}

/// As people type it: without the blanks.
impl fmt::Display for VirtualAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.partner, self.customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stand_before_a_short_number() {
        let account = VirtualAccount::parse("12345", "0000000000000017").unwrap();
        assert_eq!(account.number(), "   123450000000000000017");
        assert_eq!(account.to_string(), "123450000000000000017");
        assert_eq!(VirtualAccount::parse("   12345", "0000000000000017"), Some(account));
        for (partner, customer) in
            [("", "1"), ("123456789", "1"), ("12 45", "1"), ("12345", ""), ("12345", "1x")]
        {
            assert_eq!(VirtualAccount::parse(partner, customer), None, "{partner} {customer}");
        }
        assert_eq!(VirtualAccount::parse("12345", &"1".repeat(21)), None);
    }
}
