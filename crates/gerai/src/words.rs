//! What went wrong, in words: the same texts as on the pages, in English as everything that the
//! command line says.

use std::fmt::Display;
use std::sync::Arc;

use base::{Error, Problem};
use web::Texts;

use crate::areas;

fn texts() -> Arc<Texts> {
    let areas = areas::areas();
    let all = areas.iter().flat_map(|area| area.texts).copied();
    let mut english = Texts::load(all.filter(|(language, _)| *language == "en"));
    let english = english.as_mut().ok().and_then(|texts| texts.remove("en"));
    english.expect("the texts are in the program, and tests load them all")
}

/// An error as an operator reads it.
pub(crate) fn of(error: &Error) -> String {
    match error {
        Error::Invalid(problems) => {
            let told: Vec<String> = problems.iter().map(of_problem).collect();
            told.join(" ")
        }
        Error::Broken(cause) => cause.clone(),
        other => of_code(other.code(), &""),
    }
}

/// One wrong value.
pub(crate) fn of_problem(problem: &Problem) -> String {
    of_code(problem.code, &problem.detail)
}

/// A code; one that has no words is told as it is.
pub(crate) fn of_code(code: &str, detail: &dyn Display) -> String {
    texts().fill(code, &[detail])
}
