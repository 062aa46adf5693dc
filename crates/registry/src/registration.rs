//! An owner registers a business on a phone: a draft that is saved page by page, then sent.

use base::account::organisation::{self, OrganisationKind};
use base::deadline::{self, Wait};
use base::keyring::Sealed;
use base::message::To;
use base::photo;
use base::policy::{self, SizeClass, SizeClasses};
use base::{Date, Error, Id, Permission, Result, Role, Rupiah, Timestamp, Tx, number};
use serde::{Deserialize, Serialize};

pub(crate) use crate::gap::{lacking, missing};

use crate::business::{self, Business, BusinessId, Place, Source, State};
use crate::change::{self, Checked};
use crate::contact::{self, Contact};
use crate::events::Happened;
use crate::owner::{self, NewOwner};
use crate::pair;
use crate::refusal::Refusal;
use crate::seat;
use crate::verification::VERIFY;

/// May see every record as an officer.
pub(crate) const OFFICE: Permission = Permission("registry.office");
/// The kind of the officers' clock in the rule of deadlines.
pub(crate) const VERIFICATION: &str = "registry.verification";

/// What an owner says of a business, page by page. `None` leaves a part as it is.
#[derive(Debug, Clone, Default)]
pub struct Fill {
    pub trade: Option<Trade>,
    pub place: Option<Place>,
    pub size: Option<Size>,
    pub person: Option<OwnerDetails>,
    /// Codes of KBLI beside the main one.
    pub more_kbli: Option<Vec<String>>,
    /// Content hash of the photo.
    pub photo: Option<String>,
    /// The photo is taken away.
    pub without_photo: bool,
}

/// What it is called and what it does.
#[derive(Debug, Clone)]
pub struct Trade {
    pub name: String,
    pub category: String,
    pub activity: String,
    pub kbli: Option<String>,
    pub story: String,
}

/// How large it is, and its licence.
#[derive(Debug, Clone, Default)]
pub struct Size {
    pub nib: Option<String>,
    pub annual_sales: Option<Rupiah>,
    pub assets: Option<Rupiah>,
    pub workers: Option<i64>,
}

/// Who owns it and how to reach them.
#[derive(Debug, Clone)]
pub struct OwnerDetails {
    pub name: String,
    /// Sealed before the transaction; `None` keeps what is there.
    pub phone: Option<Contact>,
    /// Whether the owner shows the number to everybody.
    pub phone_is_public: bool,
    /// Sealed before the transaction; `None` keeps what is there.
    pub nik: Option<Sealed>,
}

/// What a draft answers with.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Begun {
    pub id: BusinessId,
    pub number: String,
}

/// Begins a registration for the person who asks, who has at most `drafts_max` that are not sent.
/// `region` is the city's code.
pub fn begin(
    tx: &mut Tx<'_>,
    region: &str,
    trade: &Trade,
    person_name: &str,
    drafts_max: i64,
) -> Result<Begun> {
    let person = tx.actor().id.clone();
    if person == "visitor" {
        return Err(Error::Unauthenticated);
    }
    let owner = match owner::of_person(tx, &person)? {
        Some(owner) => owner.id,
        None => {
            let new = NewOwner { name: person_name, person: Some(&person), nik: None, phone: None };
            owner::insert(tx, &new)?
        }
    };
    let own = business::of_owner(tx, &owner)?;
    if own.len() >= business::OF_PERSON_MAX as usize {
        return Err(Refusal::TooMany.into());
    }
    let drafts = own.iter().filter(|it| it.state == State::Draft && it.entered_by == person);
    if drafts.count() as i64 >= drafts_max {
        return Err(Refusal::TooManyDrafts.into());
    }
    let mut business = blank(tx, region, owner, Source::Owner)?;
    business.entered_by = person;
    apply_trade(&mut business, trade);
    business::insert(tx, &business)?;
    tx.record(&Happened::Drafted { name: &business.name }.to(&business.id))?;
    Ok(Begun { id: business.id, number: business.number })
}

/// A business of which only the owner and the number are known yet.
pub(crate) fn blank(
    tx: &mut Tx<'_>,
    region: &str,
    owner: Id<owner::Owner>,
    source: Source,
) -> Result<Business> {
    let serial = number::next(tx, SERIES)?;
    let id = tx.new_id();
    Ok(numbered(tx, (id, number_of(region, serial)), owner, source))
}

/// The series of the numbers of businesses.
pub(crate) const SERIES: &str = "registry";

/// How a business is numbered.
pub(crate) fn number_of(region: &str, serial: i64) -> String {
    format!("UMKM-{region}-{serial:06}")
}

/// The same for one whose number has been taken already.
pub(crate) fn numbered(
    tx: &Tx<'_>,
    (id, number): (BusinessId, String),
    owner: Id<owner::Owner>,
    source: Source,
) -> Business {
    let now = Timestamp::of(tx);
    Business {
        id,
        number,
        owner,
        organisation: None,
        name: String::new(),
        state: State::Draft,
        place: Place::default(),
        category: String::new(),
        activity: String::new(),
        kbli: None,
        more_kbli: Vec::new(),
        nib: None,
        phone: None,
        public_phone: None,
        annual_sales: None,
        assets: None,
        workers: None,
        size_class: None,
        photo: None,
        story: String::new(),
        source,
        entered_by: tx.actor().id.clone(),
        created_at: now,
        changed_at: now,
        verified_at: None,
        verified_by: None,
        decision_note: String::new(),
        merged_into: None,
        version: 1,
    }
}

fn apply_trade(business: &mut Business, trade: &Trade) {
    business.name.clone_from(&trade.name);
    business.category.clone_from(&trade.category);
    business.activity.clone_from(&trade.activity);
    business.kbli.clone_from(&trade.kbli);
    business.story.clone_from(&trade.story);
}

/// Changes a record. Its owner may unless it was refused, set aside or closed; of a checked record,
/// what an officer's word covers (name, kind, place, numbers) is only asked for and waits for an
/// officer. An officer may always, but for a business of their own, of which they are the owner only.
pub fn fill(tx: &mut Tx<'_>, id: &BusinessId, version: i64, fill: &Fill) -> Result<Business> {
    let mut business = business::find(tx, id)?;
    let own = business::is_of_actor(tx, &business)?;
    let office = tx.actor().may(VERIFY.0) && !own;
    if !office && !own {
        return Err(Error::NotFound);
    }
    if business.version != version {
        return Err(Error::Stale);
    }
    let shut = matches!(business.state, State::Closed | State::Rejected | State::Suspended);
    if shut && !(office && business.state == State::Suspended) {
        return Err(Refusal::WrongState.into());
    }
    let before = business.clone();
    let asks = !office && is_checked(&before);
    if asks && let Some(waiting) = change::waiting(tx, id)? {
        waiting.overlay(&mut business);
    }
    let fields = apply(tx, &mut business, fill, office)?;
    if asks {
        change::ask(tx, &before, &Checked::of(&business))?;
        Checked::of(&before).put(&mut business);
    }
    classify(tx, &mut business)?;
    if business != before || fill.person.is_some() {
        business::save(tx, &business)?;
        tx.record(&Happened::Changed { fields: &fields }.to(id))?;
        seat::rename(tx, &business)?;
    }
    if office && is_checked(&before) {
        change::note(tx, &before, &Checked::of(&business))?;
    }
    business::find(tx, id)
}

/// Whether an officer's word stands behind the record.
fn is_checked(business: &Business) -> bool {
    matches!(business.state, State::Verified | State::Stale)
}

fn apply(
    tx: &mut Tx<'_>,
    business: &mut Business,
    fill: &Fill,
    office: bool,
) -> Result<Vec<&'static str>> {
    let mut fields = Vec::new();
    if let Some(trade) = &fill.trade {
        apply_trade(business, trade);
        fields.push("trade");
    }
    if let Some(codes) = &fill.more_kbli {
        business.more_kbli.clone_from(codes);
    }
    if let Some(place) = &fill.place {
        business.place.clone_from(place);
        fields.push("place");
    }
    if let Some(size) = &fill.size {
        if let Some(nib) = size.nib.as_ref().filter(|nib| Some(*nib) != business.nib.as_ref())
            && !office
            && pair::is_nib_owned(tx, &business.id, nib)?
        {
            return Err(Error::invalid("nib", "registry-nib-taken"));
        }
        business.nib.clone_from(&size.nib);
        business.annual_sales = size.annual_sales;
        business.assets = size.assets;
        business.workers = size.workers;
        fields.push("size");
    }
    if let Some(details) = &fill.person {
        apply_owner(tx, business, details, office)?;
        fields.push("owner");
    }
    fields.extend(apply_photo(tx, business, fill)?);
    Ok(fields)
}

/// Tells what changed, if anything.
fn apply_photo(
    tx: &mut Tx<'_>,
    business: &mut Business,
    fill: &Fill,
) -> Result<Option<&'static str>> {
    if fill.photo.is_none() && !fill.without_photo {
        return Ok(None);
    }
    let shown = if fill.without_photo { None } else { fill.photo.clone() };
    if let Some(gone) = business.photo.take().filter(|gone| Some(gone) != shown.as_ref()) {
        photo::take_away(tx, &gone)?;
    }
    business.photo = shown;
    Ok(Some(if fill.without_photo { "no-photo" } else { "photo" }))
}

/// What an owner says of themselves is a claim until an officer has verified a business of theirs;
/// an officer's word counts at once.
fn apply_owner(
    tx: &mut Tx<'_>,
    business: &mut Business,
    details: &OwnerDetails,
    office: bool,
) -> Result<()> {
    if let Some(nik) = &details.nik {
        let known = owner::by_nik(tx, &nik.blind)?.filter(|known| known.id != business.owner);
        if known.is_some_and(|known| known.person.is_some()) {
            return Err(Refusal::NikTaken.into());
        }
        let own = owner::by_nik(tx, &nik.blind)?.is_some_and(|known| known.id == business.owner);
        if !own {
            owner::claim_nik(tx, &business.owner, nik)?;
        }
        if office {
            business.owner = owner::identify(tx, &business.owner, &nik.blind)?;
        }
    }
    let sealed = details.phone.as_ref().map(|contact| &contact.owner);
    owner::update(tx, &business.owner, &details.name, sealed)?;
    contact::reach(business, details.phone.as_ref(), details.phone_is_public)
}

/// Starts the officers' clock, or leaves the one that runs.
pub(crate) fn wait_for_office(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    let link = format!("/registry/records/{}", business.id);
    let on = To::Role { organisation: None, role: Role::RegistryOfficer };
    let wait =
        Wait { subject: business.id.as_str(), kind: VERIFICATION, on: &on, link: Some(&link) };
    let running = deadline::open_of(tx, business.id.as_str())?;
    if !running.iter().any(|deadline| deadline.kind == VERIFICATION) {
        deadline::set(tx, &wait)?;
    }
    Ok(())
}

/// Puts the business into its size class by the policy of the day, and records a move.
pub(crate) fn classify(tx: &mut Tx<'_>, business: &mut Business) -> Result<()> {
    let today = Date::today(tx);
    let classes = policy::at::<SizeClasses>(tx, today)?;
    let by_sales = business.annual_sales.map(|sales| classes.body.class_by_sales(sales));
    let by_capital = || business.assets.map(|assets| classes.body.class_by_capital(assets));
    let class = by_sales.or_else(by_capital);
    if class != business.size_class {
        let (from, to) = (business.size_class.map(SizeClass::code), class.map(SizeClass::code));
        tx.record(&Happened::ClassMoved { from, to }.to(&business.id))?;
        business.size_class = class;
    }
    Ok(())
}

/// Sends a registration to the officers.
pub fn submit(tx: &mut Tx<'_>, id: &BusinessId) -> Result<Begun> {
    let mut business = business::find(tx, id)?;
    if !business::is_of_actor(tx, &business)? && !tx.actor().is_system() {
        return Err(Error::NotFound);
    }
    if !matches!(business.state, State::Draft | State::NeedsFix) {
        return Err(Refusal::WrongState.into());
    }
    let owner = owner::find(tx, &business.owner)?;
    let problems = lacking(&business, &owner);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if let Some(nib) = &business.nib
        && pair::is_nib_owned(tx, id, nib)?
    {
        return Err(Refusal::NibTaken.into());
    }
    business.state = State::Submitted;
    business.decision_note.clear();
    business::save(tx, &business)?;
    pair::look_for_twins(tx, &business)?;
    let submitted = Happened::Submitted { number: &business.number, source: "owner" };
    tx.record(&submitted.to(id))?;
    wait_for_office(tx, &business)?;
    Ok(Begun { id: business.id, number: business.number })
}

/// Gives a business an organisation of its own, so that its owner can trade for it. Called when
/// it is verified; does nothing the second time.
pub fn let_trade(tx: &mut Tx<'_>, id: &BusinessId) -> Result<Id<base::account::Organisation>> {
    let mut business = business::find(tx, id)?;
    if let Some(organisation) = business.organisation {
        return Ok(organisation);
    }
    let add = organisation::Add {
        kind: OrganisationKind::Business,
        name: business.name.clone(),
        code: business.number.clone(),
        reference: Some(business.id.to_string()),
    };
    let organisation = organisation::establish(tx, &add)?.id;
    business.organisation = Some(organisation.clone());
    business::save(tx, &business)?;
    Ok(organisation)
}
