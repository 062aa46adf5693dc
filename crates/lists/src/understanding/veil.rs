//! Hides numbers of people in what is shown of a column, however they are written, and leaves
//! days, years and amounts readable.

use base::digits;
use particulars::contact::Phone;

/// As many digits are shown of a number.
const DIGITS_SHOWN: usize = 4;
/// Digits without anything between them that could be somebody's number.
const TOGETHER_MIN: usize = 5;
/// Digits with blanks, points or strokes between them that could be.
const APART_MIN: usize = 9;
/// More signs than stand between the parts of one number.
const BETWEEN_MAX: usize = 3;

/// The text with its long numbers hidden; a telephone number as everywhere.
pub(super) fn veiled(text: &str) -> String {
    if let Some(phone) = phone(text) {
        return digits::phone_hidden(phone.as_str());
    }
    let mut letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = end_of(&letters, at);
        let readable = readable(&letters[at..end]);
        if readable == 0 {
            hide(&mut letters[at..end]);
        }
        at = if readable == 0 { end } else { at + readable };
    }
    letters.into_iter().collect()
}

/// The telephone number that this is, and nothing else: what begins neither with `0` nor with `+`
/// could be an amount.
fn phone(text: &str) -> Option<Phone> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let digits: Vec<char> = text[from..].chars().collect();
    let begins = digits[0] == '0' || text[..from].ends_with('+');
    let is_long = digits.iter().filter(|letter| letter.is_ascii_digit()).count() >= APART_MIN;
    let is_number = begins && is_long && readable(&digits) == 0;
    Phone::parse(text).ok().filter(|_| is_number)
}

/// Where the digits that belong together end.
fn end_of(letters: &[char], from: usize) -> usize {
    let (mut end, mut between) = (from, 0);
    for (at, letter) in letters.iter().enumerate().skip(from) {
        if letter.is_ascii_digit() {
            (end, between) = (at + 1, 0);
            continue;
        }
        // Many blanks part no more than one.
        let goes_on = letter.is_whitespace() && letters[at - 1].is_whitespace();
        between += usize::from(!goes_on);
        if !is_between(*letter) || between > BETWEEN_MAX {
            break;
        }
    }
    end
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || ".-()+/_:|".contains(letter)
        || "\u{2010}\u{2011}\u{2013}\u{2014}\u{2212}".contains(letter)
}

/// How many letters at the beginning are a day or an amount; 0 if these digits are neither.
fn readable(run: &[char]) -> usize {
    let text: String = run.iter().collect();
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    // What begins like an amount and goes on with other digits is a number of groups.
    let alone = words.next().is_none_or(|next| is_day(next) || is_amount(next));
    if is_day(first) || is_amount(first) && alone { first.chars().count() } else { 0 }
}

/// `12-03-2026`, `2026/3/12`
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return false };
    let number = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    let year = |part: &str| part.len() == 4 && (1900..2100).contains(&number(part));
    let small = |part: &str, most: u32| part.len() <= 2 && (1..=most).contains(&number(part));
    small(second, 12) && (small(first, 31) && year(third) || year(first) && small(third, 31))
}

/// `1.250.000`: groups of three that do not begin with 0; a large one is round.
fn is_amount(text: &str) -> bool {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let large = text.bytes().filter(u8::is_ascii_digit).count() >= APART_MIN;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    leads
        && (!large || text.ends_with(".000"))
        && digits(first)
        && rest.peek().is_some()
        && rest.all(|group| group.len() == 3 && digits(group))
}

/// Hides what follows the first digits, if there are many.
fn hide(run: &mut [char]) {
    let all = run.iter().filter(|letter| letter.is_ascii_digit()).count();
    let (mut seen, mut together) = (0, 0);
    for letter in run {
        if !letter.is_ascii_digit() {
            together = 0;
            continue;
        }
        (seen, together) = (seen + 1, together + 1);
        let alone = all < APART_MIN && together >= TOGETHER_MIN;
        if alone || all >= APART_MIN && seen > DIGITS_SHOWN {
            *letter = digits::HIDDEN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn numbers_of_people_are_hidden_and_days_and_amounts_stay() {
        for (read, shown) in [
            ("081233334444", "0812-••••-••44"),
            ("0812 3333 4444", "0812-••••-••44"),
            ("+62 812-3333-4444", "0812-••••-••44"),
            ("0812.3333.4444 / 0813 1111 2222", "0812.••••.•••• / •••• •••• ••••"),
            ("(024) 8311 2345", "0248-••••-•45"),
            ("3374 0157 0385 0001", "3374 •••• •••• ••••"),
            ("01.234.567.8-901.000", "01.23•.•••.•-•••.•••"),
            ("6281233334444", "6281•••••••••"),
            ("01-12-2026 08:00", "01-12-2026 08:00"),
            ("50271", "5027•"),
            ("1.250.000", "1.250.000"),
            ("Rp 2.500.000.000", "Rp 2.500.000.000"),
            ("812.345.678.901", "812.3••.•••.•••"),
            ("0812.345.678", "0812-••••-78"),
            ("812.345 6789", "812.3•• ••••"),
            ("0812    3333    4444", "0812-••••-••44"),
            ("0812 : 3333 \u{2014} 4444", "0812-••••-••44"),
            ("1.250.000 2.500.000", "1.250.000 2.500.000"),
            ("2026", "2026"),
            ("12-03-2026 08:00", "12-03-2026 08:00"),
            ("2026-03-12 0812 3333 4444", "2026-03-12 0812 •••• ••••"),
            ("Jl. Menoreh 4 RT 06 / RW 03", "Jl. Menoreh 4 RT 06 / RW 03"),
        ] {
            assert_eq!(veiled(read), shown, "{read}");
        }
    }
}
