//! Numbers of people on screens and in reports: whole in one way, and hidden in one way.

/// Digits that the eye takes at once.
const GROUP_DIGITS: usize = 4;
/// Digits of a telephone number that are shown: as many at the beginning and at the end.
const PHONE_SHOWN: (usize, usize) = (4, 2);
/// Digits of a NIK that are shown.
const NIK_SHOWN: (usize, usize) = (6, 4);
/// Signs that are shown of what could not be read, and never more than half of them: enough to find the
/// paper, too little to misuse.
const BEGINNING_SHOWN: usize = 6;
/// Stands for a digit that is not shown.
pub const HIDDEN: char = '•';

/// A telephone number, `+62…`, as people write it here: `0812-3456-7890`.
pub fn phone(number: &str) -> String {
    grouped(&local(number))
}

/// The same where nobody has looked at it: `0812-••••-••90`, enough to recognise one's own.
pub fn phone_hidden(number: &str) -> String {
    grouped(&hidden(&local(number), PHONE_SHOWN))
}

/// A NIK where nobody has looked at it: `337401••••••0001`.
pub fn nik_hidden(nik: &str) -> String {
    hidden(nik, NIK_SHOWN)
}

/// The beginning of what stood in the place of a number and is none.
pub fn beginning(text: &str) -> String {
    hidden(text, (BEGINNING_SHOWN.min(text.chars().count() / 2), 0))
}

fn local(number: &str) -> String {
    number.strip_prefix("+62").map_or_else(|| number.to_owned(), |rest| format!("0{rest}"))
}

fn hidden(text: &str, (first, last): (usize, usize)) -> String {
    let all = text.chars().count();
    let shown = |at: usize| at < first || at + last >= all;
    text.chars().enumerate().map(|(at, sign)| if shown(at) { sign } else { HIDDEN }).collect()
}

fn grouped(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups = digits.chunks(GROUP_DIGITS).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_and_hidden_in_one_way() {
        for (number, whole, masked) in [
            ("+6281234567890", "0812-3456-7890", "0812-••••-••90"),
            ("+628123456789", "0812-3456-789", "0812-••••-•89"),
            ("+62248311234", "0248-3112-34", "0248-••••-34"),
        ] {
            assert_eq!((phone(number).as_str(), phone_hidden(number).as_str()), (whole, masked));
        }
        assert_eq!(nik_hidden("3374015703850001"), "337401••••••0001");
        assert_eq!(beginning("0812 0000 0031"), "0812 0••••••••");
        assert_eq!(beginning("08123456"), "0812••••");
        assert_eq!(beginning("12"), "1•");
    }
}
