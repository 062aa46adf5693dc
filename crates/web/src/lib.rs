//! The shell of the house: routes as data, who asks and how they are answered, the API and its
//! description, the design system, and the pages that belong to no single area.

mod admission;
mod app;
mod area;
mod assets;
pub mod chart;
mod city;
mod cloth;
mod ctx;
mod cursor;
mod draw;
mod errors;
pub mod filters;
mod house;
mod icon;
mod input;
mod layout;
mod openapi;
pub mod photo;
mod routes;
mod style;
mod tag;
mod texts;
mod way_back;

pub use admission::{Guest, SESSION_COOKIE, Standing};
pub use app::{App, City, DemoLogin, Limits, Opening};
pub use area::{Area, Desk, Follower, Heap, Named, NavItem, Shelf, Thing, Verify, Waits};
pub use chart::{Bar, Bars, Line, Lines, Map, Share, Tile};
pub use city::{OpenCity, open};
pub use cloth::cloth;
pub use ctx::Ctx;
pub use errors::{Answer, Failure};
pub use house::Network;
pub use house::area as house;
pub use input::{Input, Path, Query, Upload, UploadedFile};
pub use routes::{Access, Audience, RouteInfo, Routes};
pub use texts::Texts;
