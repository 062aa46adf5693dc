//! What a product costs by weight or volume, so that a 250 g bag and a 1 kg sack can be compared.

use base::Rupiah;

/// The price of one kilogram or one litre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PerMeasure {
    pub(crate) price: Rupiah,
    /// `kg` or `liter`.
    pub(crate) unit: &'static str,
}

/// A name that says more than this is no weight people carry home.
const THOUSANDTHS_MAX: i64 = 1_000_000;

/// The price per kilogram or litre of goods whose name or unit says how much is in one
/// (`Keripik singkong 250 g`); nothing when it says nothing, or two things.
pub(crate) fn per_measure(name: &str, unit: &str, price: Rupiah) -> Option<PerMeasure> {
    let (thousandths, unit) = contents(name).or_else(|| contents(unit))?;
    if thousandths == 1_000 {
        return None;
    }
    let whole = price.amount().checked_mul(1_000)?;
    let rounded = (whole + thousandths / 2) / thousandths;
    Some(PerMeasure { price: Rupiah::parse(rounded)?, unit })
}

/// Thousandths of a kilogram or litre that a text speaks of, if it does so once.
fn contents(text: &str) -> Option<(i64, &'static str)> {
    let text = text.to_lowercase();
    let mut found = None;
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let end = number.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let (number, after) = number.split_at(end.unwrap_or(number.len()));
        let after = after.trim_start();
        let word_end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        if let Some(content) = content(number, &after[..word_end]) {
            if found.is_some() {
                return None;
            }
            found = Some(content);
        }
        rest = after;
    }
    found
}

fn content(number: &str, unit: &str) -> Option<(i64, &'static str)> {
    let (unit, thousandths) = match unit {
        "g" | "gr" | "gram" => ("kg", 1),
        "kg" | "kilo" => ("kg", 1_000),
        "ml" => ("liter", 1),
        "l" | "lt" | "liter" => ("liter", 1_000),
        _ => return None,
    };
    let (whole, part) = number.split_once(',').unwrap_or((number, ""));
    let whole: i64 = whole.replace('.', "").parse().ok()?;
    let part = match part.len() {
        0 => 0,
        1..=3 => {
            part.parse::<i64>().ok()? * thousandths / 10_i64.pow(u32::try_from(part.len()).ok()?)
        }
        _ => return None,
    };
    let all = whole.checked_mul(thousandths)?.checked_add(part)?;
    (1..=THOUSANDTHS_MAX).contains(&all).then_some((all, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_compared_by_kilogram_and_litre() {
        for (name, unit, price, wanted) in [
            ("Keripik singkong 250 g", "bungkus", 18_500, Some((74_000, "kg"))),
            ("Kopi bubuk", "250gr", 30_000, Some((120_000, "kg"))),
            ("Sirup asam jawa 620 ml", "botol", 37_500, Some((60_484, "liter"))),
            ("Minyak goreng 1,5 liter", "botol", 30_000, Some((20_000, "liter"))),
            ("Beras 5kg", "karung", 75_000, Some((15_000, "kg"))),
            ("Gula 1 kg", "pak", 17_000, None),
            ("Paket beras 5 kg dan minyak 2 liter", "paket", 100_000, None),
            ("Meja 120 cm", "buah", 400_000, None),
            ("Parsel 4 toples", "paket", 240_000, None),
        ] {
            let price = Rupiah::parse(price).unwrap();
            let told = per_measure(name, unit, price).map(|per| (per.price.amount(), per.unit));
            assert_eq!(told, wanted, "{name}");
        }
    }
}
