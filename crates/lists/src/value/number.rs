//! NIB, NIK, NPWP and KBLI as lists hold them. A lost digit is told, not supplied; only a zero
//! that every spreadsheet drops from the front is put back, where no other reading fits.

use base::digits;
use particulars::identity::{Nib, Nik, Npwp, plain_digits};
use particulars::kbli::KbliCode;

use crate::cell::Cell;
use crate::problem::{Code, Problem};

use super::{is_power_of_ten, says_nothing};

/// A spreadsheet keeps fifteen digits of a number.
const EXACT_DIGITS: usize = 15;

/// A business number.
pub(crate) fn nib(cell: &Cell, problems: &mut Vec<Problem>) -> Option<Nib> {
    let text = cell.text();
    if says_nothing(&text) || !text.chars().any(char::is_numeric) {
        return None;
    }
    let mut doubt = |code| {
        problems.push(Problem::new(code, &text));
        None
    };
    if is_power_of_ten(&text) {
        return doubt(Code::NibDigitsLost);
    }
    let Some(digits) = plain_digits(&text) else {
        let zeros = text.replace(['O', 'o'], "0");
        let letters = zeros != text && plain_digits(&zeros).is_some();
        return doubt(if letters { Code::NibLetterO } else { Code::NibUnreadable });
    };
    match digits.len() {
        13 => Nib::parse(&digits).ok().or_else(|| doubt(Code::NibUnreadable)),
        12 if zero_was_lost(&digits, cell) => {
            doubt(Code::NibZeroRestored);
            Nib::parse(&format!("0{digits}")).ok()
        }
        12 => doubt(Code::NibTwelveDigits),
        14 => doubt(Code::NibFourteenDigits),
        _ => doubt(Code::NibLength),
    }
}

/// The first series of NIB began with `02`, later ones with `1`, `27`, `8` and `9`. Twelve digits
/// from `2` on are therefore an `02` without its zero. A text of digits from `27` on could also
/// be a `27` that lost a digit elsewhere; a numeric cell loses its leading zero and nothing else.
fn zero_was_lost(digits: &str, cell: &Cell) -> bool {
    digits.starts_with('2') && (matches!(cell, Cell::Number(_)) || !digits.starts_with("27"))
}

/// A person's number. What was read is masked.
pub(crate) fn nik(cell: &Cell, problems: &mut Vec<Problem>) -> Option<Nik> {
    let text = cell.text();
    if says_nothing(&text) {
        return None;
    }
    let mut doubt = |code| {
        problems.push(Problem::new(code, &digits::beginning(&text)));
        None
    };
    let digits = plain_digits(&text).unwrap_or_default();
    let stored_as_number = matches!(cell, Cell::Number(_)) && digits.len() > EXACT_DIGITS;
    if stored_as_number || is_power_of_ten(&text) {
        return doubt(Code::NikDigitsLost);
    }
    match Nik::parse(&text) {
        Ok(nik) => Some(nik),
        Err("nik-length" | "nik-digits") => doubt(Code::NikLength),
        Err(_) => doubt(Code::NikImpossible),
    }
}

/// A tax number. What was read is masked.
pub(crate) fn npwp(cell: &Cell, problems: &mut Vec<Problem>) -> Option<Npwp> {
    let text = cell.text();
    if says_nothing(&text) || !text.chars().any(char::is_numeric) {
        return None;
    }
    let read = Npwp::parse(&text);
    if read.is_err() || (matches!(cell, Cell::Number(_)) && text.len() > EXACT_DIGITS) {
        problems.push(Problem::new(Code::NpwpUnreadable, &digits::beginning(&text)));
        return None;
    }
    read.ok()
}

/// A trade code, with or without its title.
pub(crate) fn kbli(cell: &Cell, problems: &mut Vec<Problem>) -> Option<KbliCode> {
    let text = cell.text();
    if says_nothing(&text) {
        return None;
    }
    // A code of the first nine divisions loses its zero in a numeric cell.
    let padded = format!("0{text}");
    let text = match cell {
        Cell::Number(_) if text.len() == 4 => &padded,
        _ => &text,
    };
    let read = KbliCode::parse(text);
    if read.is_err() {
        problems.push(Problem::new(Code::KbliUnknown, text));
    }
    read.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_nib(cell: &Cell) -> (Option<String>, Vec<Code>) {
        let mut problems = Vec::new();
        let nib = nib(cell, &mut problems).map(|nib| nib.as_str().to_owned());
        (nib, problems.iter().map(|problem| problem.code).collect())
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn a_nib_loses_and_gains_no_digit() {
        let whole = Some("9120012345678".to_owned());
        for cell in ["9120012345678", "'9120012345678", "9120 0123 45678", "NIB: 912.0012.345678"] {
            assert_eq!(read_nib(&text(cell)), (whole.clone(), vec![]), "{cell}");
        }
        assert_eq!(read_nib(&Cell::Number(9_120_012_345_678.0)), (whole, vec![]));
        for (cell, code) in [
            ("912001234567", Code::NibTwelveDigits),
            ("278986997088", Code::NibTwelveDigits),
            ("91200123456780", Code::NibFourteenDigits),
            ("9120", Code::NibLength),
            ("912001O345678", Code::NibLetterO),
            ("9,12001E+12", Code::NibDigitsLost),
            ("2,15410E+11", Code::NibDigitsLost),
            ("9120012345678 / 8120012345678", Code::NibUnreadable),
        ] {
            assert_eq!(read_nib(&text(cell)), (None, vec![code]), "{cell}");
        }
        for cell in ["", "-", "0", "proses", "Belum ada", "belum punya!"] {
            assert_eq!(read_nib(&text(cell)), (None, vec![]), "{cell}");
        }
    }

    #[test]
    fn a_zero_that_a_spreadsheet_dropped_is_put_back_for_a_person_to_see() {
        let restored = (Some("0220012345678".to_owned()), vec![Code::NibZeroRestored]);
        assert_eq!(read_nib(&Cell::Number(220_012_345_678.0)), restored);
        assert_eq!(read_nib(&text("220012345678")), restored);
        assert_eq!(read_nib(&Cell::Number(279_012_345_678.0)).1, [Code::NibZeroRestored]);
    }

    #[test]
    fn a_nik_in_a_numeric_cell_has_lost_its_last_digit() {
        let mut problems = Vec::new();
        assert!(nik(&Cell::Number(3_374_062_204_870_020.0), &mut problems).is_none());
        assert_eq!(problems[0].code, Code::NikDigitsLost);
        assert!(problems[0].read.starts_with("337406•••"));
        assert!(nik(&text("3374015703850001"), &mut problems).is_some());
        assert!(nik(&text("337401570385001"), &mut problems).is_none());
        assert_eq!(problems[1].code, Code::NikLength);
    }

    #[test]
    fn trade_codes_keep_their_zero() {
        let mut problems = Vec::new();
        let code = kbli(&Cell::Number(1111.0), &mut problems).map(|code| code.to_string());
        assert_eq!(code.as_deref(), Some("01111"));
        assert!(kbli(&text("99999 - Lain"), &mut problems).is_none());
        assert_eq!(problems.len(), 1);
    }
}
