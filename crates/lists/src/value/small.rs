//! Telephones, RT and RW, workers, consent: short answers.

use particulars::contact::Phone;
use particulars::spelling;

use crate::cell::Cell;
use crate::problem::{Code, Problem};

use super::{is_power_of_ten, says_nothing};

/// Signs and words between two numbers in one cell.
const BETWEEN: [&str; 8] = ["/", ";", ",", "|", "\\", " atau ", " dan ", "&"];
/// Nobody's micro business has more.
const WORKERS_MAX: u32 = 100_000;
/// RT and RW have at most three digits.
const UNIT_DIGITS_MAX: usize = 3;

/// The first telephone of a cell, and the second if there is one.
pub(crate) fn phones(cell: &Cell, problems: &mut Vec<Problem>) -> (Option<Phone>, Option<Phone>) {
    let text = cell.text();
    if says_nothing(&text) || !text.chars().any(char::is_numeric) {
        return (None, None);
    }
    if is_power_of_ten(&text) {
        problems.push(Problem::new(Code::PhoneUnreadable, &text));
        return (None, None);
    }
    let parts = BETWEEN.iter().fold(vec![text.as_str()], |parts, between| {
        parts.into_iter().flat_map(|part| part.split(between)).collect()
    });
    let mut found = Vec::new();
    for part in parts.iter().filter(|part| part.chars().any(char::is_numeric)) {
        match Phone::parse(part) {
            Ok(phone) => found.push(phone),
            Err(code) => problems.push(Problem::new(phone_code(code), part.trim())),
        }
    }
    let mut found = found.into_iter();
    let (first, second) = (found.next(), found.next());
    let second = second.filter(|second| Some(second) != first.as_ref());
    if second.is_some() {
        problems.push(Problem::new(Code::PhoneSecond, &text));
    }
    (first, second)
}

fn phone_code(code: &str) -> Code {
    match code {
        "phone-too-short" => Code::PhoneTooShort,
        "phone-too-long" => Code::PhoneTooLong,
        _ => Code::PhoneUnreadable,
    }
}

/// RT and RW from one cell: `009 / 009`, `RT 10 RW 2`.
pub(crate) fn rt_rw(cell: &Cell, problems: &mut Vec<Problem>) -> (Option<u16>, Option<u16>) {
    let text = cell.text();
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return (None, None);
    }
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let fine = !matches!(cell, Cell::Date(_)) && groups.iter().all(|g| g.len() <= UNIT_DIGITS_MAX);
    let unit = |digits: &str| digits.parse().ok().filter(|number| *number > 0);
    match groups[..] {
        [rt, rw] if fine => (unit(rt), unit(rw)),
        [one] if fine && spelling::key(&text).starts_with("rw") => (None, unit(one)),
        [one] if fine => (unit(one), None),
        _ => {
            problems.push(Problem::new(Code::RtRwUnreadable, &text));
            (None, None)
        }
    }
}

/// RT or RW alone.
pub(crate) fn unit(cell: &Cell, problems: &mut Vec<Problem>) -> Option<u16> {
    let (rt, rw) = rt_rw(cell, problems);
    rt.or(rw)
}

/// Number of people: `12`, `12 org`, `3 (tiga) orang`.
pub(crate) fn workers(cell: &Cell, problems: &mut Vec<Problem>) -> Option<u32> {
    let text = cell.text();
    if text != "0" && says_nothing(&text) {
        return None;
    }
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let read = match groups[..] {
        [one] if !text.contains('-') => one.parse().ok().filter(|number| *number <= WORKERS_MAX),
        _ => None,
    };
    if read.is_none() {
        problems.push(Problem::new(Code::WorkersUnreadable, &text));
    }
    read
}

/// Whether the owner agreed; nothing when the answer is neither yes nor no.
pub(crate) fn consent(cell: &Cell) -> Option<bool> {
    let answer = spelling::key(&cell.text());
    let first = answer.split(' ').next().unwrap_or_default();
    match first {
        "tidak" | "tdk" | "menolak" | "no" | "false" | "keberatan" => Some(false),
        "setuju" | "ya" | "bersedia" | "yes" | "true" | "y" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn a_second_number_is_kept_apart() {
        let mut problems = Vec::new();
        let (first, second) = phones(&text("085636474885 / 089583130498"), &mut problems);
        assert_eq!(first.unwrap().as_str(), "+6285636474885");
        assert_eq!(second.unwrap().as_str(), "+6289583130498");
        let (first, second) = phones(&text("0822477"), &mut problems);
        assert!(first.is_none() && second.is_none());
        assert_eq!(phones(&text("-"), &mut problems), (None, None));
        let (first, _) = phones(&Cell::Number(85_735_922_988.0), &mut problems);
        assert_eq!(first.unwrap().as_str(), "+6285735922988");
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::PhoneSecond, Code::PhoneTooShort]);
    }

    #[test]
    fn neighbourhood_units_are_read_in_every_form() {
        let mut problems = Vec::new();
        for form in ["009 / 002", "9/2", "RT 9 RW 2", "RT.009/RW.002", "09-02"] {
            assert_eq!(rt_rw(&text(form), &mut problems), (Some(9), Some(2)), "{form}");
        }
        assert_eq!(rt_rw(&text("RW 4"), &mut problems), (None, Some(4)));
        assert_eq!(rt_rw(&text("-"), &mut problems), (None, None));
        assert!(problems.is_empty());
        assert_eq!(rt_rw(&Cell::Date(45_000.0), &mut problems), (None, None));
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn people_are_counted_and_asked() {
        let mut problems = Vec::new();
        assert_eq!(workers(&text("12 org"), &mut problems), Some(12));
        assert_eq!(workers(&Cell::Number(3.0), &mut problems), Some(3));
        assert_eq!(workers(&text("2-3"), &mut problems), None);
        assert_eq!(problems.len(), 1);
        assert_eq!(consent(&text("Tidak setuju")), Some(false));
        assert_eq!(consent(&text("Setuju")), Some(true));
        assert_eq!(consent(&text("mungkin")), None);
    }
}
