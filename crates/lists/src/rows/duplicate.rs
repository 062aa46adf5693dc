//! Finds the same business again, in the file and in the registry. Two valid NIB that differ are
//! two businesses, whatever else is equal; and a common name alone is nobody's.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use particulars::contact::Phone;
use particulars::identity::Nib;
use particulars::point::GeoPoint;
use particulars::spelling;

use crate::business::{Business, DuplicateOf, Fate, ImportedRow};
use crate::problem::{Code, Problem};
use crate::trade;

/// A hash of what makes two rows the same business.
pub(super) type Key = u64;

/// A registered business, as far as duplicates are concerned.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Its number.
    pub number: String,
    /// Trade name.
    pub name: String,
    /// Owner's name.
    pub owner: Option<String>,
    /// Street and house number.
    pub street: Option<String>,
    /// Business number.
    pub nib: Option<Nib>,
    /// What the veil makes of its telephone number; without a veil the number itself.
    pub phone: Option<String>,
    /// Where it stands.
    pub point: Option<GeoPoint>,
}

/// How the registry hides what it keeps. What a row says is hidden in the same way before the two
/// are compared, so that nobody has to open what is kept.
pub struct Veil {
    /// A telephone number.
    pub phone: Box<dyn Fn(&Phone) -> String + Send + Sync>,
    /// The fingerprint of a row.
    pub row: Box<dyn Fn(u64) -> u64 + Send + Sync>,
}

/// Registered businesses by what makes them the same.
#[derive(Default)]
pub struct KnownBusinesses {
    veil: Option<Veil>,
    numbers: Vec<String>,
    places: HashMap<Key, Entry>,
    rows: HashMap<u64, usize>,
}

/// Where a business stands, and a check of its NIB; zero without one. A long list has hundreds of
/// thousands of these, so they are small.
#[derive(Debug, Clone, Copy)]
struct Entry {
    place: u32,
    nib: u32,
}

impl KnownBusinesses {
    /// None yet, of a registry that hides what it keeps.
    pub fn veiled(veil: Veil) -> KnownBusinesses {
        KnownBusinesses { veil: Some(veil), ..KnownBusinesses::default() }
    }

    /// Adds one.
    pub fn add(&mut self, known: &Known) {
        let place = place_of(self.numbers.len());
        self.numbers.push(known.number.clone());
        let business = Business {
            name: known.name.clone(),
            owner: known.owner.clone(),
            street: known.street.clone(),
            nib: known.nib.clone(),
            point: known.point,
            ..Business::default()
        };
        let entry = Entry { place, nib: nib_check(&business) };
        for (_, key) in keys_by(&business, known.phone.as_deref()) {
            self.places.entry(key).or_insert(entry);
        }
    }

    /// Adds the fingerprint, as the veil makes it, of a row that was imported before as the
    /// business last added.
    pub fn add_row(&mut self, fingerprint: u64) {
        if let Some(last) = self.numbers.len().checked_sub(1) {
            self.rows.insert(fingerprint, last);
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn find(&self, row: &ImportedRow, business: &Business) -> Option<(Code, &str)> {
        let veil = self.veil.as_ref();
        let fingerprint = veil.map_or(row.fingerprint, |veil| (veil.row)(row.fingerprint));
        if let Some(place) = self.rows.get(&fingerprint) {
            return Some((Code::SameRow, &self.numbers[*place]));
        }
        let phone = business.phone.as_ref();
        let phone = match veil {
            Some(veil) => phone.map(|phone| (veil.phone)(phone)),
            None => phone.map(|phone| phone.as_str().to_owned()),
        };
        let keys = keys_by(business, phone.as_deref());
        let (code, entry) = first(&self.places, business, keys)?;
        Some((code, &self.numbers[entry.place as usize]))
    }
}

/// Remembers the rows of a file.
#[derive(Default)]
pub(super) struct Finder {
    /// Names of the sheets gone through.
    sheets: Vec<Option<String>>,
    /// Sheet and line of each business.
    lines: Vec<(u16, u32)>,
    places: HashMap<Key, Entry>,
    references: HashMap<Key, u32>,
}

impl Finder {
    /// The rows that follow stand in this sheet.
    pub(super) fn enter(&mut self, sheet: Option<String>) {
        self.sheets.push(sheet);
    }

    /// Makes a duplicate of a row that is one, and remembers those that are not.
    pub(super) fn judge(&mut self, row: &mut ImportedRow, known: &KnownBusinesses) {
        let Some(business) = &row.business else { return };
        if !matches!(row.fate, Fate::Accepted | Fate::Review) {
            return;
        }
        if let Some(reference) = &business.reference {
            let first = *self.references.entry(hash(&("code", reference))).or_insert(row.line);
            if first != row.line {
                let problem = Problem::new(Code::ReferenceRepeated, reference);
                row.problems.push(problem.hint(first.to_string()));
            }
        }
        if let Some((code, number)) = known.find(row, business) {
            row.fate = Fate::Duplicate;
            row.duplicate_of = Some(DuplicateOf::Number { number: number.to_owned() });
            row.problems.push(Problem::new(code, &business.name).hint(number));
        } else if let Some((code, entry)) = first(&self.places, business, keys(business)) {
            let (sheet, line) = self.lines[entry.place as usize];
            let same = DuplicateOf::Line { sheet: self.sheets[usize::from(sheet)].clone(), line };
            row.fate = Fate::Duplicate;
            row.problems.push(Problem::new(code, &business.name).hint(same.shown()));
            row.duplicate_of = Some(same);
        }
        let entry = Entry { place: place_of(self.lines.len()), nib: nib_check(business) };
        let sheet = u16::try_from(self.sheets.len() - 1).expect("a file has at most 100 sheets");
        self.lines.push((sheet, row.line));
        for (_, key) in keys(business) {
            self.places.entry(key).or_insert(entry);
        }
    }
}

/// The first entry that is the same business.
fn first(
    places: &HashMap<Key, Entry>,
    business: &Business,
    keys: Vec<(Code, Key)>,
) -> Option<(Code, Entry)> {
    let nib = nib_check(business);
    keys.into_iter().find_map(|(code, key)| {
        let entry = places.get(&key)?;
        let differs = nib != 0 && entry.nib != 0 && nib != entry.nib;
        (!differs).then_some((code, *entry))
    })
}

/// What makes this business the same as another, the surest first.
pub(super) fn keys(business: &Business) -> Vec<(Code, Key)> {
    keys_by(business, business.phone.as_ref().map(Phone::as_str))
}

/// The same with its telephone as it is kept.
fn keys_by(business: &Business, phone: Option<&str>) -> Vec<(Code, Key)> {
    let mut keys = Vec::new();
    if let Some(nib) = &business.nib {
        keys.push((Code::SameNib, hash(&("nib", nib))));
    }
    let name = spelling::key(&business.name);
    if name.is_empty() {
        return keys;
    }
    if let Some(point) = business.point {
        keys.push((Code::SamePoint, hash(&("point", &name, point.rounded()))));
    }
    if let Some(phone) = phone {
        keys.push((Code::SamePhone, hash(&("phone", &name, phone))));
    }
    let owner = business.owner.as_deref().map(spelling::key).unwrap_or_default();
    let street = business.street.as_deref().map(spelling::key).unwrap_or_default();
    if !owner.is_empty() && !street.is_empty() {
        keys.push((Code::SameAddress, hash(&("address", &name, &owner, &street))));
    }
    if owner.contains(' ') && is_particular(&name) {
        keys.push((Code::SameOwner, hash(&("owner", &name, &owner))));
    }
    if let Some(company) = company(&name) {
        keys.push((Code::SameCompany, hash(&("company", &company))));
    }
    keys
}

/// Whether a name of several words has one that is not everybody's.
fn is_particular(name: &str) -> bool {
    name.contains(' ') && name.split(' ').any(|word| word.len() > 2 && !trade::is_common(word))
}

const FORMS: [&str; 4] = ["pt", "cv", "tbk", "koperasi"];

/// A name with a legal form in it, which is given to one company only; the form comes first,
/// also where it was written last (`Transindo, CV.`).
fn company(name: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 || !words.iter().any(|word| FORMS.contains(word)) {
        return None;
    }
    if words.last().is_some_and(|last| FORMS.contains(last)) {
        words.rotate_right(1);
    }
    Some(words.join(" "))
}

/// Two NIB that differ have different checks but once in four thousand million times, and then
/// the rows are put before a person.
fn nib_check(business: &Business) -> u32 {
    let folded = |hash: u64| ((hash >> 32) as u32 ^ hash as u32).max(1);
    business.nib.as_ref().map_or(0, |nib| folded(hash(&nib)))
}

fn place_of(count: usize) -> u32 {
    u32::try_from(count).expect("a registry and a file have fewer than four thousand million rows")
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
