//! The bank tells a partner that a code or a number was paid, and goes on until it is told that this was
//! heard.

use base::job::{self, Workshop};
use base::webhook::{Courier, HookUrl, Parcel};
use base::{Error, Id, Read, Result, Rupiah, Timestamp, Tx};
use serde_json::{Value, json};
use snap::keys::{PrivateKey, Secret};
use snap::text::{self, Request};
use snap::va::VaPaid;
use snap::wire::{PaymentStatus, QrNotice, TokenGiven, TokenWanted};
use snap::{Money, Service, Spaces, moment};

use crate::partner::{self, Partner};
use crate::payable::Payable;
use crate::{account, code};

/// The kind of the job that tells.
pub(crate) const KIND: &str = "bank.notice";
/// For `CHANNEL-ID`.
const CHANNEL: &str = "95221";

/// Leaves a notice for later.
pub(crate) fn queue(tx: &mut Tx<'_>, paid: &Payable, told: Rupiah, at: Timestamp) -> Result<()> {
    // Each has a number of its own, as two requests have.
    let number: Id<Due> = tx.new_id();
    let what = match paid {
        Payable::Code(_) => "code",
        Payable::Account(_) => "account",
    };
    let data = json!({ what: paid.reference(), "told": told.amount(), "number": number.as_str() });
    job::enqueue(tx, KIND, &data, Some(at))?;
    Ok(())
}

struct Due {
    partner: Partner,
    service: Service,
    body: String,
    number: String,
    timestamp: String,
    key: PrivateKey,
}

fn due(read: &mut Read<'_>, data: &Value) -> Result<Due> {
    let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let told = Money(data["told"].as_i64().unwrap_or_default());
    let (partner, service, body) = match code::find(read, &text("code"))? {
        Some(code) => {
            let notice = QrNotice {
                original_reference_no: code.reference,
                original_partner_reference_no: code.partner_reference,
                latest_transaction_status: PaymentStatus::Paid.code().to_owned(),
                amount: told,
            };
            (code.partner, Service::QrNotify, serde_json::to_string(&notice))
        }
        None => {
            let account = account::find(read, &text("account"))?.ok_or(Error::NotFound)?;
            let paid = VaPaid {
                named: account.named()?,
                trx_id: account.partner_reference,
                payment_request_id: account.reference,
                paid_amount: told,
            };
            (account.partner, Service::VaPayment, serde_json::to_string(&paid))
        }
    };
    Ok(Due {
        partner: partner::find(read, &partner)?.ok_or(Error::NotFound)?,
        service,
        body: body.map_err(Error::broken)?,
        number: text("number"),
        timestamp: moment::write(read.now_ms())
            .ok_or_else(|| Error::broken("a clock beyond time"))?,
        key: partner::own_key(read)?,
    })
}

impl Due {
    fn url(&self, service: Service) -> Result<HookUrl> {
        let address = format!("{}{}", self.partner.address.trim_end_matches('/'), service.path());
        HookUrl::parse("address", &address, true).map_err(|problem| Error::Invalid(vec![problem]))
    }

    /// A notice of a code is signed with the bank's key alone; that of a number goes under an access token
    /// of the partner, as any other request does.
    fn sent(&self, courier: &Courier) -> Result<u16> {
        let url = self.url(self.service)?;
        let path = url.path_and_query();
        let request = Request {
            method: self.service.method(),
            path: &path,
            body: self.body.as_bytes(),
            timestamp: &self.timestamp,
        };
        let long = || Error::broken("a long notice");
        let (bearer, signature) = match self.service {
            Service::VaPayment => {
                let token = self.token(courier)?;
                let text = request.symmetric(&token, Spaces::Outside).ok_or_else(long)?;
                (format!("Bearer {token}"), Secret::new(&self.partner.secret).sign(&text))
            }
            _ => {
                let text = request.asymmetric(Spaces::Outside).ok_or_else(long)?;
                (String::new(), self.key.sign(&text))
            }
        };
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-timestamp", self.timestamp.as_str()),
            ("x-signature", signature.as_str()),
            ("x-partner-id", self.partner.id.as_str()),
            ("x-external-id", self.number.as_str()),
            ("channel-id", CHANNEL),
        ];
        let method = self.service.method();
        let parcel = Parcel { method, url: &url, headers: &headers, body: &self.body };
        let said = courier.ask(&parcel);
        Ok(said.map_err(|why| Error::broken(format!("the partner was not reached: {why}")))?.status)
    }

    fn token(&self, courier: &Courier) -> Result<String> {
        let client = self.partner.client_key.as_str();
        let signature = self.key.sign(&text::token(client, &self.timestamp));
        let headers = [
            ("x-timestamp", self.timestamp.as_str()),
            ("x-client-key", client),
            ("x-signature", signature.as_str()),
        ];
        let wanted = TokenWanted { grant_type: "client_credentials".to_owned() };
        let body = serde_json::to_string(&wanted).map_err(Error::broken)?;
        let url = self.url(Service::Token)?;
        let method = Service::Token.method();
        let said = courier.ask(&Parcel { method, url: &url, headers: &headers, body: &body });
        let said = said.map_err(|why| Error::broken(format!("the partner: {why}")))?;
        let given: TokenGiven = serde_json::from_slice(&said.body)
            .map_err(|_| Error::broken("the partner gave no token"))?;
        Ok(given.access_token)
    }
}

/// Tells a partner.
pub(crate) fn send(shop: &Workshop, data: &Value) -> Result<()> {
    let asked = data.clone();
    let due: Due = shop.db.read(move |read| due(read, &asked)).wait()?;
    match due.sent(&shop.courier)? {
        200 => Ok(()),
        status => Err(Error::broken(format!("the partner answered {status}"))),
    }
}
