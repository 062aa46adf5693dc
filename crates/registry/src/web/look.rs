//! Looks at personal numbers on a record: one at a time, with a purpose, written down for its owner.
//! Whoever looked reads the number for some minutes; each showing has its recorded look.

use ::web::{Access, Answer, Ctx, Input, Path, Routes};
use base::account::look::{self, Purpose};
use base::keyring::Keyring;
use base::{Error, Read, Result, Timestamp, Tx, digits, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::queue::Asked;
use super::record::{self, RecordPage};
use crate::business::{self, Business, BusinessId};
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

    fn sealed(self, read: &mut Read<'_>, business: &Business) -> Result<Option<Vec<u8>>> {
        match self {
            Seen::Nik => owner::sealed_nik(read, &business.owner),
            Seen::Phone => Ok(business.phone.as_ref().map(|phone| phone.ciphertext.clone())),
        }
    }
}

/// A number that whoever reads the page has looked at, still sealed.
pub(super) struct Looked {
    what: Seen,
    sealed: Vec<u8>,
    until: Timestamp,
}

/// The numbers of this record that the actor has just looked at.
pub(super) fn looked(read: &mut Read<'_>, business: &Business) -> Result<Vec<Looked>> {
    let mut found = Vec::new();
    if !read.actor().may(VERIFY.0) {
        return Ok(found);
    }
    for what in Seen::ALL {
        if let Some(until) = look::until(read, business.id.as_str(), what.told())?
            && let Some(sealed) = what.sealed(read, business)?
        {
            found.push(Looked { what, sealed, until });
        }
    }
    Ok(found)
}

/// A number in plain digits, as long as a look lets it be read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Opened {
    /// `nik` or `phone`.
    pub(super) what: &'static str,
    /// Sixteen digits, or `+62…`.
    pub(super) number: String,
    pub(super) until: Timestamp,
}

impl Opened {
    /// Opens what was looked at.
    pub(super) fn of(keys: &Keyring, looked: &Looked) -> Result<Opened> {
        let what = looked.what;
        let number = keys.open(what.purpose(), &looked.sealed).map_err(Error::broken)?;
        Ok(Opened { what: what.code(), number: number.to_string(), until: looked.until })
    }

    /// As people read it.
    pub(super) fn shown(&self) -> String {
        if self.what == "phone" { digits::phone(&self.number) } else { self.number.clone() }
    }

    /// The number as WhatsApp takes it, if it is one that WhatsApp can reach.
    pub(super) fn dialled(&self) -> Option<&str> {
        let mobile = self.number.strip_prefix("+628").is_some();
        mobile.then(|| self.number.trim_start_matches('+'))
    }
}

/// Why somebody looks at a personal number.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct LookForm {
    /// `nik` or `phone`.
    #[serde(default)]
    what: String,
    /// `verify`, `contact`, `twins`, `owner` or `other`.
    #[serde(default)]
    purpose: String,
    /// More about it; with `other` at least two words.
    #[serde(default)]
    purpose_words: String,
}

impl LookForm {
    fn why(self) -> Why {
        Why { purpose: self.purpose, purpose_words: self.purpose_words }
    }
}

/// A purpose as it was chosen and told.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct Why {
    /// `verify`, `contact`, `twins`, `owner` or `other`.
    #[serde(default)]
    pub(super) purpose: String,
    /// More about it; with `other` at least two words.
    #[serde(default)]
    pub(super) purpose_words: String,
}

impl Why {
    pub(super) fn parse(&self) -> Result<Purpose> {
        Purpose::parse(&self.purpose, &self.purpose_words)
    }

    /// What can be chosen, and whether it was.
    pub(super) fn choices(&self) -> impl Iterator<Item = (&'static str, bool)> {
        look::PURPOSES.into_iter().map(|code| (code, code == self.purpose))
    }
}

async fn reveal(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<LookForm>) -> Answer {
    let what = Seen::ALL.into_iter().find(|what| what.code() == form.what);
    let why = form.why();
    match looked_at(&ctx, &id, what, &why).await {
        Ok(()) if ctx.wants_page() => {
            Ok(ctx.done_saying(format!("/registry/records/{id}"), "registry-look-noted", ()))
        }
        Ok(()) => {
            let page = record::page(&ctx, id, Asked::default()).await?;
            ctx.page(page)
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let mut page = record::page(&ctx, id, Asked::default()).await?;
            (page.why, page.problems) = (why, problems);
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes down who looked at what, and why.
async fn looked_at(ctx: &Ctx, id: &BusinessId, what: Option<Seen>, why: &Why) -> Result<()> {
    let what = what.ok_or_else(|| Error::invalid("what", "registry-look-what"))?;
    let (id, why) = (id.clone(), why.parse()?);
    let look = move |tx: &mut Tx<'_>| {
        require(tx, VERIFY)?;
        let business = business::find(tx, &id)?;
        what.sealed(tx, &business)?.ok_or(Error::NotFound)?;
        look::record(tx, id.as_str(), what.told(), &why)
    };
    ctx.write("registry.look", look).await
}
