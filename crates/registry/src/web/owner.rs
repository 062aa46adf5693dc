//! Who owns the business and how to reach them; how large it is.

use std::ops::RangeInclusive;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::account::person;
use base::keyring::Keyring;
use base::{Error, Problem, Result, Rupiah, digits};
use particulars::identity::{Nib, Nik};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::section::{self, Head, Opened, Section, Sent, Way, Wrong};
use crate::business::{Business, BusinessId};
use crate::contact::{self, Contact};
use crate::intake;
use crate::registration::{Fill, OwnerDetails, Size};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registrations/{id}/owner", show, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/owner", save, Access::Person)
        .takes::<OwnerForm>()
        .needs(&["name"])
        .gives::<String>()
        .versioned()
        .get("/registry/registrations/{id}/size", show_size, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/size", save_size, Access::Person)
        .takes::<SizeForm>()
        .counts(&["annual_sales", "assets", "workers"])
        .gives::<String>()
        .versioned()
}

/// Who owns it. An empty NIK or number keeps the one that is there.
#[derive(Clone, Default, Deserialize, JsonSchema)]
struct OwnerForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    nik: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    phone_is_public: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    then: String,
}

const NAME_CHARS: RangeInclusive<usize> = 2..=120;

impl OwnerForm {
    fn parse(&self, keyring: &Keyring, opened: &Opened) -> Result<OwnerDetails> {
        let mut wrong = Wrong::default();
        let name = wrong.name("name", &self.name, NAME_CHARS, "registry-owner-name-wanted");
        let nik = if self.nik.trim().is_empty() && opened.owner.nik_mask.is_some() {
            None
        } else {
            Nik::parse(&self.nik).map_err(|code| wrong.note("nik", nik_problem(code))).ok()
        };
        let phone = if self.phone.trim().is_empty() && opened.business.phone.is_some() {
            None
        } else {
            let contact = Contact::parse(&self.phone, keyring);
            contact.map_err(|code| wrong.note("phone", phone_problem(code))).ok()
        };
        let sealed = nik
            .map(|nik| keyring.seal(intake::NIK, nik.reveal(), &digits::nik_hidden(nik.reveal())));
        let details = OwnerDetails {
            name,
            phone,
            phone_is_public: self.phone_is_public == "1",
            nik: sealed.transpose().map_err(Error::broken)?,
        };
        wrong.unless(details)
    }
}

/// The text that says how to mend a NIK.
fn nik_problem(code: &str) -> &'static str {
    match code {
        "nik-length" => "registry-nik-length",
        "nik-province" => "registry-nik-province",
        "nik-birth" => "registry-nik-birth",
        "nik-serial" => "registry-nik-serial",
        _ => "registry-nik-wanted",
    }
}

fn phone_problem(code: &str) -> &'static str {
    match code {
        "phone-too-short" => "registry-phone-too-short",
        "phone-too-long" => "registry-phone-too-long",
        _ => "registry-phone-wanted",
    }
}

#[derive(Template, Serialize)]
#[template(path = "owner.html")]
struct OwnerPage {
    head: Head,
    nik_mask: Option<String>,
    /// For an officer, who keeps the number without seeing it, or types another.
    phone_mask: Option<String>,
    #[serde(skip)]
    form: OwnerForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    let phone = if opened.own { own_number(&ctx, &opened).await? } else { None };
    let form = OwnerForm {
        name: opened.owner.name.clone(),
        phone: digits::phone(phone.as_deref().unwrap_or_default()),
        phone_is_public: if opened.business.public_phone.is_some() { "1" } else { "" }.to_owned(),
        ..OwnerForm::default()
    };
    ctx.page(owner_page(opened, form, &way.then, Vec::new()))
}

fn owner_page(opened: Opened, form: OwnerForm, then: &str, problems: Vec<Problem>) -> OwnerPage {
    let head = Head::of(&opened.business, opened.own, then);
    let sealed = opened.business.phone.filter(|_| !opened.own);
    // What was typed wrong is typed again: the number never comes back in a page.
    let (nik_mask, phone_mask) = (opened.owner.nik_mask, sealed.map(|phone| phone.mask));
    OwnerPage { head, nik_mask, phone_mask, form, problems }
}

/// The number an owner has given, or else that of their account. On one's own page that is no look.
async fn own_number(ctx: &Ctx, opened: &Opened) -> Result<Option<String>> {
    if let Some(number) = number_of(ctx.keyring(), &opened.business)? {
        return Ok(Some(number));
    }
    let Some(person) = opened.owner.person.clone() else { return Ok(None) };
    let person = ctx.read(move |read| person::find(read, &person)).await?;
    Ok(person.own_phone(ctx.keyring())?.map(|phone| phone.as_str().to_owned()))
}

/// The number of a business, opened for its owner.
pub(super) fn number_of(keyring: &Keyring, business: &Business) -> Result<Option<String>> {
    let Some(sealed) = &business.phone else { return Ok(None) };
    let number = keyring.open(contact::BUSINESS, &sealed.ciphertext).map_err(Error::broken)?;
    Ok(Some(number.to_string()))
}

async fn save(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<OwnerForm>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    match form.parse(ctx.keyring(), &opened) {
        Ok(details) => {
            let (version, then) = (ctx.version(&form.version), form.then);
            let sent = Sent { id, version, section: Section::Owner, then };
            let part =
                move |_: &Business| Fill { person: Some(details.clone()), ..Fill::default() };
            section::save(&ctx, sent, part).await
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let then = form.then.clone();
            ctx.again(owner_page(opened, form, &then, problems))
        }
        Err(error) => Err(error.into()),
    }
}

/// How large the business is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct SizeForm {
    #[serde(default)]
    nib: String,
    #[serde(default)]
    annual_sales: String,
    #[serde(default)]
    assets: String,
    #[serde(default)]
    workers: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    then: String,
}

const WORKERS_MAX: i64 = 100_000;

impl SizeForm {
    fn of(business: &Business) -> SizeForm {
        let plain = |amount: Option<Rupiah>| {
            let words = amount.map(Rupiah::display).unwrap_or_default();
            words.trim_start_matches("Rp").to_owned()
        };
        SizeForm {
            nib: business.nib.clone().unwrap_or_default(),
            annual_sales: plain(business.annual_sales),
            assets: plain(business.assets),
            workers: business.workers.map(|n| n.to_string()).unwrap_or_default(),
            ..SizeForm::default()
        }
    }

    fn parse(&self) -> Result<Size> {
        let mut wrong = Wrong::default();
        let nib = given(&self.nib).and_then(|text| {
            Nib::parse(text).map_err(|_| wrong.note("nib", "registry-nib-wanted")).ok()
        });
        let mut money = |field: &str, text: &str| {
            let amount = given(text).map(Rupiah::read);
            if amount == Some(None) {
                wrong.note(field, "registry-money-wanted");
            }
            amount.flatten()
        };
        let annual_sales = money("annual_sales", &self.annual_sales);
        let assets = money("assets", &self.assets);
        let workers = given(&self.workers).map(|text| text.parse().ok());
        let workers = workers.map(|n| n.filter(|n| (0..=WORKERS_MAX).contains(n)));
        if workers == Some(None) {
            wrong.note("workers", "registry-workers-wanted");
        }
        let nib = nib.map(|nib| nib.as_str().to_owned());
        wrong.unless(Size { nib, annual_sales, assets, workers: workers.flatten() })
    }
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[derive(Template, Serialize)]
#[template(path = "size.html")]
struct SizePage {
    head: Head,
    #[serde(skip)]
    form: SizeForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl SizePage {
    /// Who writes counts themselves in.
    fn workers_label(&self) -> &'static str {
        if self.head.own { "registry-workers" } else { "registry-workers-all" }
    }
}

async fn show_size(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    let head = Head::of(&opened.business, opened.own, &way.then);
    ctx.page(SizePage { head, form: SizeForm::of(&opened.business), problems: Vec::new() })
}

async fn save_size(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<SizeForm>) -> Answer {
    let saved = match form.parse() {
        Ok(size) => {
            let (version, then) = (ctx.version(&form.version), form.then.clone());
            let sent = Sent { id: id.clone(), version, section: Section::Size, then };
            let part = move |_: &Business| Fill { size: Some(size.clone()), ..Fill::default() };
            section::saved(&ctx, sent, part).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(at) => {
            let business = section::open(&ctx, &id).await?.business;
            let said = if business.is_large() { "registry-saved-large" } else { "registry-saved" };
            Ok(ctx.done_saying(at.clone(), said, at))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let opened = section::open(&ctx, &id).await?;
            let head = Head::of(&opened.business, opened.own, &form.then);
            ctx.again(SizePage { head, form, problems })
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_as_people_type_it() {
        let form = SizeForm {
            nib: "9120 0012 3456 7".to_owned(),
            annual_sales: "Rp 180.000.000".to_owned(),
            workers: " 3 ".to_owned(),
            ..SizeForm::default()
        };
        let form = SizeForm { nib: "9120001234567".to_owned(), ..form };
        let size = form.parse().unwrap();
        assert_eq!(size.annual_sales.map(Rupiah::amount), Some(180_000_000));
        assert_eq!((size.workers, size.assets), (Some(3), None));
        assert!(SizeForm::default().parse().is_ok());
        let wrong =
            SizeForm { nib: "12".to_owned(), workers: "-1".to_owned(), ..SizeForm::default() };
        let Err(Error::Invalid(problems)) = wrong.parse() else { panic!("it is wrong") };
        assert_eq!(problems.len(), 2);
    }
}
