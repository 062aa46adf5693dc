//! Where a row says the business is.

use std::cell::RefCell;
use std::collections::HashMap;

use particulars::region::{CityRegions, Located, Means, RegionCode};
use particulars::spelling;

use super::Reading;
use crate::business::Business;
use crate::cell::RawRow;
use crate::field::Field;
use crate::problem::{Code, Problem};
use crate::value::address::Address;

impl Reading<'_> {
    /// Finds the village from a code, from columns, from the address, or from headings above.
    pub(super) fn place(
        &self,
        row: &RawRow,
        address: &Address,
        business: &mut Business,
        problems: &mut Vec<Problem>,
    ) {
        let code = self.text(row, Field::RegionCode);
        if !code.is_empty() {
            self.coded(&code, business, problems);
            return;
        }
        let own = |field, from_address: &Option<String>| {
            let cell = self.text(row, field);
            if cell.is_empty() { from_address.clone().unwrap_or_default() } else { cell }
        };
        let mut village = own(Field::Village, &address.village);
        let mut district = own(Field::District, &address.district);
        if self.places.is_city(&district) {
            district.clear();
        }
        if district.is_empty() {
            district = self.context.district.clone().unwrap_or_default();
        }
        if village.is_empty() {
            village = self.context.village.clone().unwrap_or_default();
        }
        let place = self.places.locate(self.options.city, &village, &district);
        self.settle(place, [&village, &district], business, problems);
    }

    fn settle(
        &self,
        place: Located,
        written: [&str; 2],
        business: &mut Business,
        problems: &mut Vec<Problem>,
    ) {
        let [village, district] = written;
        let mut tell = |code, field, read: &str, hint: String| {
            problems.push(self.at(Problem::new(code, read).hint(hint), field));
        };
        match place {
            Located::Nothing => {}
            Located::Village { code, means, district_given } => {
                business.district = code.parent();
                let name = self.names(std::slice::from_ref(&code));
                match means {
                    Means::Name => {}
                    Means::OldName => tell(Code::RegionOldName, Field::Village, village, name),
                    Means::Slip => tell(Code::RegionSlip, Field::Village, village, name),
                }
                if !district_given {
                    let within = code.parent().map(|d| self.names(&[d])).unwrap_or_default();
                    let unknown = !district.is_empty();
                    if unknown {
                        tell(Code::RegionUnknown, Field::District, district, String::new());
                    } else {
                        tell(Code::RegionDistrictMissing, Field::District, village, within);
                    }
                }
                business.region = Some(code);
            }
            Located::District(code) => {
                business.district = Some(code);
                tell(Code::RegionVillageMissing, Field::Village, district, String::new());
            }
            Located::Several(codes) => {
                tell(Code::RegionSeveral, Field::Village, village, self.names(&codes));
            }
            Located::Conflict { villages, district: _ } => {
                let read = format!("{village}, {district}");
                tell(Code::RegionConflict, Field::Village, &read, self.names(&villages));
            }
            Located::Unknown { district: known } => {
                business.district = known;
                let read: Vec<&str> = written.into_iter().filter(|text| !text.is_empty()).collect();
                let field = if village.is_empty() { Field::District } else { Field::Village };
                tell(Code::RegionUnknown, field, &read.join(", "), String::new());
            }
        }
    }

    fn coded(&self, written: &str, business: &mut Business, problems: &mut Vec<Problem>) {
        let city = self.options.city;
        let mut tell = |code, hint: &str| {
            problems.push(self.at(Problem::new(code, written).hint(hint), Field::RegionCode));
        };
        let Ok(code) = RegionCode::parse(written) else {
            return tell(Code::RegionUnknown, "");
        };
        if code.within(city.code()) && city.find(&code).is_none() && code != *city.code()
            || !code.city_exists()
        {
            return tell(Code::RegionUnknown, "");
        }
        if !code.within(city.code()) {
            tell(Code::RegionOutside, "");
        }
        if !code.is_village() {
            business.district = Some(code);
            return tell(Code::RegionVillageMissing, "");
        }
        let name = spelling::key(&business.name);
        let says = name.split(' ').find(|word| ["desa", "kelurahan"].contains(word));
        if says.is_some_and(|kind| (kind == "kelurahan") != code.is_kelurahan()) {
            tell(Code::RegionKind, says.unwrap_or_default());
        }
        business.district = code.parent();
        business.region = Some(code);
    }

    /// `Ngaliyan (Semarang Barat), …`
    fn names(&self, codes: &[RegionCode]) -> String {
        let city = self.options.city;
        let name = |code: &RegionCode| city.find(code).map(|place| place.name.clone());
        let names: Vec<String> = codes
            .iter()
            .filter_map(|code| {
                let own = name(code)?;
                let above = code.parent().as_ref().and_then(name);
                Some(above.map_or(own.clone(), |above| format!("{own} ({above})")))
            })
            .collect();
        names.join(", ")
    }
}

/// Spellings remembered at once. A city has a few hundred places and each a few slips.
const SPELLINGS_MAX: usize = 20_000;

/// What written places turned out to be: a long list writes the same few hundred again and again,
/// and a slip is looked for among all names of the city.
pub(super) struct Places {
    city: String,
    located: RefCell<HashMap<(String, String), Located>>,
}

impl Places {
    pub(super) fn of(city: &CityRegions) -> Places {
        Places { city: spelling::key(city.name()), located: RefCell::default() }
    }

    fn locate(&self, city: &CityRegions, village: &str, district: &str) -> Located {
        let written = (village.to_owned(), district.to_owned());
        let mut located = self.located.borrow_mut();
        if let Some(place) = located.get(&written) {
            return place.clone();
        }
        let place = city.locate(village, district);
        if located.len() < SPELLINGS_MAX {
            located.insert(written, place.clone());
        }
        place
    }

    /// Some lists write the city where the district belongs.
    fn is_city(&self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let key = spelling::key(text);
        key == self.city || self.city.strip_prefix("kota ").is_some_and(|bare| bare == key)
    }
}
