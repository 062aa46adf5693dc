//! Looks at personal numbers on a record: one at a time, with a purpose, written down for its owner.

use ::web::{Access, Answer, Ctx, Input, Path, Routes};
use base::account::look;
use base::keyring::Keyring;
use base::{Error, Result, Tx, require};
use schemars::JsonSchema;
use serde::Deserialize;

use super::queue::Asked;
use super::record::{self, RecordPage};
use crate::business::{self, BusinessId};
use crate::verification::VERIFY;
use crate::{contact, intake, owner};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .post("/registry/records/{id}/look", reveal, Access::May(VERIFY))
        .takes::<LookForm>()
        .needs(&["what", "purpose"])
        .gives::<RecordPage>()
}

/// What can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Nik,
    Phone,
}

impl Seen {
    pub(super) const ALL: [Seen; 2] = [Seen::Nik, Seen::Phone];

    pub(super) fn code(self) -> &'static str {
        match self {
            Seen::Nik => "nik",
            Seen::Phone => "phone",
        }
    }

    /// The row of the record that shows its mask.
    pub(super) fn label(self) -> &'static str {
        match self {
            Seen::Nik => "registry-nik",
            Seen::Phone => "registry-phone",
        }
    }

    /// The text of the button that opens it.
    pub(super) fn button(self) -> &'static str {
        match self {
            Seen::Nik => "registry-look",
            Seen::Phone => "registry-look-phone",
        }
    }

    /// What the number's owner reads was seen.
    fn told(self) -> &'static str {
        match self {
            Seen::Nik => "personal-nik",
            Seen::Phone => "personal-phone",
        }
    }

    fn purpose(self) -> &'static str {
        match self {
            Seen::Nik => intake::NIK,
            Seen::Phone => contact::BUSINESS,
        }
    }
}

/// Why somebody looks at a personal number.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct LookForm {
    /// `nik` or `phone`.
    #[serde(default)]
    what: String,
    #[serde(default)]
    purpose: String,
}

async fn reveal(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<LookForm>) -> Answer {
    let opened = match Seen::ALL.into_iter().find(|what| what.code() == form.what) {
        Some(what) => opened(&ctx, &id, what, form.purpose.clone()).await,
        None => Err(Error::invalid("what", "registry-look-what")),
    };
    match opened {
        Ok((what, number)) => {
            let mut page = record::page(&ctx, id, Asked::default()).await?;
            match what {
                Seen::Nik => page.nik = Some(number),
                Seen::Phone => page.phone = Some(number),
            }
            ctx.page(page)
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let mut page = record::page(&ctx, id, Asked::default()).await?;
            (page.purpose, page.problems) = (form.purpose, problems);
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn opened(ctx: &Ctx, id: &BusinessId, what: Seen, why: String) -> Result<(Seen, String)> {
    let id = id.clone();
    let sealed = ctx.write("registry.look", move |tx| sealed_number(tx, &id, what, &why)).await?;
    let keys: &Keyring = ctx.keyring();
    let number = keys.open(what.purpose(), &sealed).map_err(Error::broken)?;
    Ok((what, number.to_string()))
}

/// The sealed number, in the transaction that writes down who looked and why.
fn sealed_number(tx: &mut Tx<'_>, id: &BusinessId, what: Seen, why: &str) -> Result<Vec<u8>> {
    require(tx, VERIFY)?;
    let business = business::find(tx, id)?;
    let sealed = match what {
        Seen::Nik => owner::sealed_nik(tx, &business.owner)?,
        Seen::Phone => business.phone.map(|phone| phone.ciphertext),
    };
    look::record(tx, id.as_str(), what.told(), why)?;
    sealed.ok_or(Error::NotFound)
}
