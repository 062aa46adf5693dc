//! The particulars of people, businesses and places, as forms and lists hold them: numbers of the
//! state, telephones, trade codes, points, regions, and how people spell names. A value of these
//! types has passed its check. Nothing here knows a database, a page or an area.

pub mod contact;
pub mod identity;
pub mod kbli;
pub mod point;
pub mod region;
pub mod spelling;
