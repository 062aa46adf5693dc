//! A complaint: what is wrong with an order, as its buyer says, what its seller answers, and how it ends.

use base::{
    Error, FromRow, FromValue, Id, Read, Result, Row, Rupiah, Timestamp, ToValue, Tx, Value, db,
};
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::OrderId;

/// The identity of a complaint.
pub(crate) type ComplaintId = Id<Complaint>;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something is broken or spoiled.
    Broken,
    /// Something else came than was ordered.
    Wrong,
    /// Less came than was ordered.
    Missing,
    /// Nothing came at all.
    NeverCame,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Kind; 4] = [Kind::Broken, Kind::Wrong, Kind::Missing, Kind::NeverCame];

    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Kind::Broken => "broken",
            Kind::Wrong => "wrong",
            Kind::Missing => "missing",
            Kind::NeverCame => "never_came",
        }
    }

    /// The kind with this code.
    pub(crate) fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its words.
    pub(crate) fn text_key(self) -> String {
        format!("market-complaint-{}", self.code().replace('_', "-"))
    }

    /// What can be seen is shown: a seller need not believe it unseen.
    pub(crate) fn needs_photo(self) -> bool {
        matches!(self, Kind::Broken | Kind::Wrong)
    }
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// The seller answers.
    Answering,
    /// The buyer takes the seller's answer, or insists.
    Replying,
    /// A clerk of the market decides.
    Deciding,
    /// It is decided; the money was paid out already, and is given back once the seller has earned it.
    Covering,
    /// It has ended.
    Settled,
}

impl Stage {
    const ALL: [Stage; 5] =
        [Stage::Answering, Stage::Replying, Stage::Deciding, Stage::Covering, Stage::Settled];

    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Stage::Answering => "answering",
            Stage::Replying => "replying",
            Stage::Deciding => "deciding",
            Stage::Covering => "covering",
            Stage::Settled => "settled",
        }
    }

    /// The stage with this code.
    pub(crate) fn parse(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Who ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// The seller gives back all that was claimed.
    Seller,
    /// The buyer takes what is offered, or claims nothing any more.
    Buyer,
    /// A clerk of the market.
    Clerk,
    /// Somebody stayed silent.
    Clock,
}

impl By {
    const ALL: [By; 4] = [By::Seller, By::Buyer, By::Clerk, By::Clock];

    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            By::Seller => "seller",
            By::Buyer => "buyer",
            By::Clerk => "clerk",
            By::Clock => "clock",
        }
    }
}

impl ToValue for Kind {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for Kind {
    const WANTED: &'static str = "a kind of complaint";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Kind::parse(&String::from_value(value)?)
    }
}
impl ToValue for Stage {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for Stage {
    const WANTED: &'static str = "a stage of a complaint";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Stage::parse(&String::from_value(value)?)
    }
}

/// One complaint.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Complaint {
    pub(crate) id: ComplaintId,
    pub(crate) order: OrderId,
    pub(crate) business: BusinessId,
    pub(crate) kind: Kind,
    /// The buyer's words.
    pub(crate) words: String,
    /// The hash of the buyer's photo; empty without one.
    #[serde(skip)]
    pub(crate) photo: String,
    /// What the goods cost that are complained about, and the courier if it is all of them.
    pub(crate) claimed: Rupiah,
    pub(crate) stage: Stage,
    pub(crate) opened_at: Timestamp,
    /// What the seller offers to give back.
    pub(crate) offered: Option<Rupiah>,
    /// The seller's words.
    pub(crate) answer: String,
    #[serde(skip)]
    pub(crate) answer_photo: String,
    pub(crate) answered_at: Option<Timestamp>,
    /// Why the buyer insists.
    pub(crate) reply: String,
    pub(crate) replied_at: Option<Timestamp>,
    /// What is given back; none until that is clear.
    pub(crate) refunded: Option<Rupiah>,
    /// The clerk's words.
    pub(crate) decision: String,
    pub(crate) settled_by: Option<By>,
    pub(crate) settled_at: Option<Timestamp>,
}

const SELECT: &str = "SELECT id, order_id, business, kind, words, photo, claimed, stage, opened_at, \
     offered, answer, answer_photo, answered_at, reply, replied_at, refunded, decision, settled_by, \
     settled_at FROM market_complaints";

impl FromRow for Complaint {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Complaint {
            id: row.take()?,
            order: row.take()?,
            business: row.take()?,
            kind: row.take()?,
            words: row.take()?,
            photo: row.take()?,
            claimed: row.take()?,
            stage: row.take()?,
            opened_at: row.take()?,
            offered: row.take()?,
            answer: row.take()?,
            answer_photo: row.take()?,
            answered_at: row.take()?,
            reply: row.take()?,
            replied_at: row.take()?,
            refunded: row.take()?,
            decision: row.take()?,
            settled_by: {
                let code: String = row.take()?;
                By::ALL.into_iter().find(|by| by.code() == code)
            },
            settled_at: row.take()?,
        })
    }
}

/// The complaint, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &ComplaintId) -> Result<Complaint> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// What was complained about an order, if anything was.
pub(crate) fn of_order(read: &mut Read<'_>, order: &OrderId) -> Result<Option<Complaint>> {
    Ok(read.first(&format!("{SELECT} WHERE order_id = $1"), &[order])?)
}

/// Complaints on one page.
pub(crate) const PAGE_ROWS: i64 = 30;

/// Complaints at one stage, the newest first, before a cursor.
pub(crate) fn at(
    read: &mut Read<'_>,
    stage: Stage,
    before: Option<&str>,
) -> Result<Vec<Complaint>> {
    let before = before.unwrap_or("~");
    let sql = format!("{SELECT} WHERE stage = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    Ok(read.all(&sql, &[&stage, &before, &PAGE_ROWS])?)
}

/// Complaints of a seller that wait for the seller's earnings, the oldest first.
pub(crate) fn uncovered(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Complaint>> {
    let sql = format!("{SELECT} WHERE business = $1 AND stage = $2 ORDER BY id LIMIT $3");
    Ok(read.all(&sql, &[business, &Stage::Covering, &PAGE_ROWS])?)
}

/// How many wait for a clerk.
pub(crate) fn undecided(read: &mut Read<'_>) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM market_complaints WHERE stage = $1",
        &[&Stage::Deciding],
    )?)
}

/// How many pieces of which lines are complained about.
pub(crate) fn pieces(read: &mut Read<'_>, id: &ComplaintId) -> Result<Vec<(i64, i64)>> {
    Ok(read.all(
        "SELECT position, count FROM market_complaint_lines WHERE complaint = $1
         ORDER BY position LIMIT 100",
        &[id],
    )?)
}

/// Every photo that is kept for complaints.
pub(crate) fn photo_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> = read.all(
        "SELECT photo, answer_photo FROM market_complaints WHERE photo <> '' OR answer_photo <> ''
         ORDER BY id",
        &[],
    )?;
    let both = rows.into_iter().flat_map(|(photo, answer)| [photo, answer]);
    Ok(both.filter(|hash| !hash.is_empty()).collect())
}

/// Stores a new complaint with its pieces: position of the line, and how many of it.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &Complaint, pieces: &[(i64, i64)]) -> Result<()> {
    tx.execute(
        "INSERT INTO market_complaints (id, order_id, business, kind, words, photo, claimed, stage,
             opened_at, answer, answer_photo, reply, decision, settled_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', '', '')",
        &[
            &new.id,
            &new.order,
            &new.business,
            &new.kind,
            &new.words,
            &new.photo,
            &new.claimed,
            &new.stage,
            &new.opened_at,
        ],
    )?;
    for (position, count) in pieces {
        tx.execute(
            "INSERT INTO market_complaint_lines (complaint, position, count) VALUES ($1, $2, $3)",
            &[&new.id, position, count],
        )?;
    }
    Ok(())
}

/// Stores a complaint as it stands now. The row exists once, so it is hit once.
pub(crate) fn save(tx: &mut Tx<'_>, complaint: &Complaint) -> Result<()> {
    let rows = tx.execute(
        "UPDATE market_complaints SET stage = $2, offered = $3, answer = $4, answer_photo = $5,
             answered_at = $6, reply = $7, replied_at = $8, refunded = $9, decision = $10,
             settled_by = $11, settled_at = $12 WHERE id = $1",
        &[
            &complaint.id,
            &complaint.stage,
            &complaint.offered,
            &complaint.answer,
            &complaint.answer_photo,
            &complaint.answered_at,
            &complaint.reply,
            &complaint.replied_at,
            &complaint.refunded,
            &complaint.decision,
            &complaint.settled_by.map_or("", By::code),
            &complaint.settled_at,
        ],
    )?;
    assert_eq!(rows, 1, "a complaint that was just read is still there");
    Ok(())
}
