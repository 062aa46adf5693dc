//! The main job by clicks in real Chromium, on a phone and on a desktop: no error on the console, no
//! violation of the page's policy, light pages, and nothing serious in the eyes of axe-core.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod axe;
mod chromium;
mod demo;
mod harness;
mod page;
mod paying;
mod person;
mod story;
mod tour;
