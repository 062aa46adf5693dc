//! What the program tells people: messages inside it, letters by e-mail, a link to WhatsApp.
//!
//! A message is a text key and its arguments, so that each reader gets it in their language. It is
//! written in the transaction that caused it and belongs to an address: a person, an organisation,
//! or whoever holds a role there. Colleagues at one address share one inbox: what one has read is
//! read, and says by whom.

mod mail;
mod smtp;

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

pub use mail::{
    MAIL, Mail, MailId, MailRequeued, MailState, mail_count, mail_later, mails, send_again,
};
pub use smtp::{Mailer, Security, SmtpConfig};

use crate::{Error, Id, Result, Role, Timestamp};

/// The identity of a message.
pub type MessageId = Id<Message>;

/// No page shows more at once.
pub const PAGE_MAX: i64 = 100;
/// The badge counts no further: it says `99+`.
pub const UNREAD_MAX: i64 = 100;

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// One person.
    Person(String),
    /// Everybody who acts for an organisation.
    Organisation(String),
    /// Whoever holds a role: in one organisation, or anywhere in the city.
    Role {
        /// The organisation; none: the whole city.
        organisation: Option<String>,
        /// The role.
        role: Role,
    },
}

impl To {
    /// The address as rows hold it.
    pub fn address(&self) -> String {
        match self {
            To::Person(person) => format!("person/{person}"),
            To::Organisation(organisation) => format!("organisation/{organisation}"),
            To::Role { organisation: Some(organisation), role } => {
                format!("organisation/{organisation}/{}", role.code())
            }
            To::Role { organisation: None, role } => format!("role/{}", role.code()),
        }
    }
}

/// Somebody who reads: every address that is theirs.
#[derive(Debug, Clone)]
pub struct Reader {
    person: String,
    addresses: Vec<String>,
}

impl Reader {
    /// A person, the organisation they act for at the moment, and their roles there.
    pub fn new(person: &str, organisation: Option<&str>, roles: &[Role]) -> Reader {
        let mut to = vec![To::Person(person.to_owned())];
        to.extend(organisation.map(|id| To::Organisation(id.to_owned())));
        for &role in roles {
            to.push(To::Role { organisation: None, role });
            let here = organisation.map(|id| To::Role { organisation: Some(id.to_owned()), role });
            to.extend(here);
        }
        let addresses = to.iter().map(To::address).collect();
        Reader { person: person.to_owned(), addresses }
    }

    /// Their addresses.
    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }
}

/// A message as it is read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Message {
    /// Its row, also the cursor of lists.
    pub id: MessageId,
    /// The key of its text.
    pub key: String,
    /// What the text mentions.
    pub args: serde_json::Value,
    /// The page it is about.
    pub link: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When somebody at the address read it.
    pub read_at: Option<Timestamp>,
    /// Who that was.
    pub read_by: Option<String>,
}

impl FromRow for Message {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Message {
            id: row.take()?,
            key: row.take()?,
            args: serde_json::from_str(&row.take::<String>()?).unwrap_or_default(),
            link: row.take()?,
            created_at: row.take()?,
            read_at: row.take()?,
            read_by: row.take()?,
        })
    }
}

/// Writes a message into somebody's inbox, in the transaction that gives reason for it.
pub fn tell(
    tx: &mut Tx<'_>,
    to: &To,
    key: &str,
    args: &serde_json::Value,
    link: Option<&str>,
) -> Result<MessageId> {
    write(tx, &to.address(), key, args, link)
}

/// The same, to an address as rows hold it.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    address: &str,
    key: &str,
    args: &serde_json::Value,
    link: Option<&str>,
) -> Result<MessageId> {
    let id: MessageId = tx.new_id();
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "INSERT INTO base_messages (id, address, key, args, link, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, &address, &key, &args.to_string(), &link, &now_ms],
    )?;
    Ok(id)
}

/// The reader's messages, newest first; `before` is the last one of the page before.
pub fn list(
    read: &mut Read<'_>,
    reader: &Reader,
    before: Option<&MessageId>,
    limit: i64,
) -> Result<Vec<Message>> {
    let limit = limit.clamp(1, PAGE_MAX);
    let before = before.map_or("~", |id| id.as_str()); // sorts after every id
    let mut messages: Vec<Message> = Vec::new();
    for address in &reader.addresses {
        messages.extend(read.all::<Message>(
            "SELECT id, key, args, link, created_at, read_at, read_by FROM base_messages
             WHERE address = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            &[address, &before, &limit],
        )?);
    }
    messages.sort_by(|a, b| b.id.cmp(&a.id));
    messages.truncate(usize::try_from(limit).expect("a clamped limit is positive"));
    Ok(messages)
}

/// What the reader has not read yet, newest first.
pub fn waiting(read: &mut Read<'_>, reader: &Reader, limit: i64) -> Result<Vec<Message>> {
    let limit = limit.clamp(1, PAGE_MAX);
    let mut messages: Vec<Message> = Vec::new();
    for address in &reader.addresses {
        messages.extend(read.all::<Message>(
            "SELECT id, key, args, link, created_at, read_at, read_by FROM base_messages
             WHERE address = $1 AND read_at IS NULL ORDER BY id DESC LIMIT $2",
            &[address, &limit],
        )?);
    }
    messages.sort_by(|a, b| b.id.cmp(&a.id));
    messages.truncate(usize::try_from(limit).expect("a clamped limit is positive"));
    Ok(messages)
}

/// How many the reader has not read, counted up to `UNREAD_MAX`.
pub fn unread(read: &mut Read<'_>, reader: &Reader) -> Result<i64> {
    let mut count = 0;
    for address in &reader.addresses {
        let (here,): (i64,) = read
            .first(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM (
                     SELECT id FROM base_messages WHERE address = $1 AND read_at IS NULL LIMIT $2
                 ) AS unread",
                &[address, &UNREAD_MAX],
            )?
            .expect("an aggregate has one row");
        count += here;
    }
    Ok(count.min(UNREAD_MAX))
}

/// The reader has seen a message; `NotFound` if it is not theirs. Gives its link.
pub fn mark_read(tx: &mut Tx<'_>, reader: &Reader, id: &MessageId) -> Result<Option<String>> {
    let found: Option<(String, Option<String>)> =
        tx.first("SELECT address, link FROM base_messages WHERE id = $1", &[id])?;
    let (address, link) = found.ok_or(Error::NotFound)?;
    if !reader.addresses.contains(&address) {
        return Err(Error::NotFound);
    }
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "UPDATE base_messages SET read_at = $2, read_by = $3 WHERE id = $1 AND read_at IS NULL",
        &[id, &now_ms, &reader.person],
    )?;
    Ok(link)
}

/// The reader has seen everything.
pub fn mark_all_read(tx: &mut Tx<'_>, reader: &Reader) -> Result<()> {
    let now_ms = tx.now_ms();
    for address in &reader.addresses {
        tx.housekeep::<(String,)>(
            "UPDATE base_messages SET read_at = $2, read_by = $3
             WHERE address = $1 AND read_at IS NULL",
            &[address, &now_ms, &reader.person],
        )?;
    }
    Ok(())
}

/// The longest text a WhatsApp link carries.
const WA_TEXT_CHARS_MAX: usize = 1_000;

/// A link that opens WhatsApp with `text` ready to be sent to `phone` (`+62…`): the way that works
/// when no gateway does. Nothing if it is not a full number.
pub fn wa_link(phone: &str, text: &str) -> Option<String> {
    let digits = phone.strip_prefix('+')?;
    let plain = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let text: String = text.chars().take(WA_TEXT_CHARS_MAX).collect();
    plain.then(|| format!("https://wa.me/{digits}?text={}", percent_encoded(&text)))
}

/// RFC 3986: everything but the unreserved characters.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whatsapp_link_carries_the_text_whole() {
        assert_eq!(
            wa_link("+6281234567890", "Pesanan 3 kotak & teh, besok?").unwrap(),
            "https://wa.me/6281234567890?text=Pesanan%203%20kotak%20%26%20teh%2C%20besok%3F"
        );
        for wrong in ["081234567890", "+62 812", "+62", "", "+6281234567890123"] {
            assert_eq!(wa_link(wrong, "x"), None, "{wrong}");
        }
    }

    #[test]
    fn a_reader_has_an_address_for_each_role() {
        let reader = Reader::new("p1", Some("o1"), &[Role::Treasurer]);
        let expected =
            ["person/p1", "organisation/o1", "role/treasurer", "organisation/o1/treasurer"];
        assert_eq!(reader.addresses(), expected);
    }
}
