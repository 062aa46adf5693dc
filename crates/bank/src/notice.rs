//! The bank tells a merchant that a code was paid, and goes on until it is told that this was heard.

use base::job::{self, Workshop};
use base::webhook::{HookUrl, Parcel};
use base::{Error, Id, Read, Result, Rupiah, Timestamp, Tx};
use serde_json::{Value, json};
use snap::keys::PrivateKey;
use snap::text::Request;
use snap::wire::{PaymentStatus, QrNotice};
use snap::{Money, Spaces, moment};

use crate::code::{self, Code};
use crate::partner::{self, Partner};

/// The kind of the job that tells.
pub(crate) const KIND: &str = "bank.notice";

/// Leaves a notice for later.
pub(crate) fn queue(tx: &mut Tx<'_>, reference: &str, told: Rupiah, at: Timestamp) -> Result<()> {
    // Each has a number of its own, as two requests have.
    let number: Id<Code> = tx.new_id();
    let data = json!({ "code": reference, "told": told.amount(), "number": number.as_str() });
    job::enqueue(tx, KIND, &data, Some(at))?;
    Ok(())
}

struct Due {
    partner: Partner,
    body: String,
    number: String,
    timestamp: String,
    key: PrivateKey,
}

fn due(read: &mut Read<'_>, data: &Value) -> Result<Due> {
    let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let code = code::find(read, &text("code"))?.ok_or(Error::NotFound)?;
    let notice = QrNotice {
        original_reference_no: code.reference,
        original_partner_reference_no: code.partner_reference,
        latest_transaction_status: PaymentStatus::Paid.code().to_owned(),
        amount: Money(data["told"].as_i64().unwrap_or_default()),
    };
    Ok(Due {
        partner: partner::find(read, &code.partner)?.ok_or(Error::NotFound)?,
        body: serde_json::to_string(&notice).map_err(Error::broken)?,
        number: text("number"),
        timestamp: moment::write(read.now_ms())
            .ok_or_else(|| Error::broken("a clock beyond time"))?,
        key: partner::own_key(read)?,
    })
}

/// Tells a merchant.
pub(crate) fn send(shop: &Workshop, data: &Value) -> Result<()> {
    let asked = data.clone();
    let due: Due = shop.db.read(move |read| due(read, &asked)).wait()?;
    let url = HookUrl::parse("notify", &due.partner.notify, true);
    let url = url.map_err(|problem| Error::Invalid(vec![problem]))?;
    let path = url.path_and_query();
    let request = Request {
        method: "POST",
        path: &path,
        body: due.body.as_bytes(),
        timestamp: &due.timestamp,
    };
    let text = request.asymmetric(Spaces::Outside).ok_or_else(|| Error::broken("a long notice"))?;
    let signature = due.key.sign(&text);
    let headers = [
        ("x-timestamp", due.timestamp.as_str()),
        ("x-signature", signature.as_str()),
        ("x-partner-id", due.partner.id.as_str()),
        ("x-external-id", due.number.as_str()),
        ("channel-id", "95221"),
    ];
    let parcel = Parcel { url: &url, headers: &headers, body: &due.body };
    match shop.courier.ask(&parcel) {
        Ok(said) if said.status == 200 => Ok(()),
        Ok(said) => Err(Error::broken(format!("the merchant answered {}", said.status))),
        Err(why) => Err(Error::broken(format!("the merchant was not reached: {why}"))),
    }
}
