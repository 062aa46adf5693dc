//! Sectors as the list spells them. A rare spelling one slip from a frequent one is that one.

use std::collections::HashMap;

use particulars::spelling;

/// More sectors than this are no sectors.
const SECTORS_MAX: usize = 500;
/// A spelling is rare when another is this many times as frequent.
const RARE: usize = 8;

/// The sectors of a table.
#[derive(Default)]
pub(super) struct Categories {
    seen: HashMap<String, HashMap<String, usize>>,
    spelled: HashMap<String, String>,
    mended: HashMap<String, String>,
}

impl Categories {
    pub(super) fn see(&mut self, text: &str) {
        if text.is_empty() || (self.seen.len() >= SECTORS_MAX && !self.seen.contains_key(text)) {
            return;
        }
        *self.seen.entry(spelling::key(text)).or_default().entry(text.to_owned()).or_default() += 1;
    }

    /// Decides how each sector is spelled.
    pub(super) fn settle(&mut self) {
        let counts: HashMap<&String, usize> =
            self.seen.iter().map(|(key, forms)| (key, forms.values().sum())).collect();
        for (key, forms) in &self.seen {
            let most = forms.iter().max_by_key(|(form, times)| (**times, std::cmp::Reverse(*form)));
            if let Some((form, _)) = most {
                self.spelled.insert(key.clone(), form.clone());
            }
        }
        for (key, times) in &counts {
            let near: Vec<&&String> = counts
                .iter()
                .filter(|(other, many)| {
                    **many >= times * RARE
                        && spelling::slips(key, other) <= spelling::slips_allowed(key)
                })
                .map(|(other, _)| other)
                .collect();
            if let [one] = near[..] {
                self.mended.insert((*key).clone(), (*one).clone());
            }
        }
        self.seen.clear();
    }

    /// The sector a text means, and whether its spelling was mended. Of several the first.
    pub(super) fn read(&self, text: &str) -> Option<(String, bool)> {
        if text.is_empty() || text == "-" {
            return None;
        }
        let first = text.split(',').next().unwrap_or(text).trim();
        let key = spelling::key(first);
        let key = if self.spelled.contains_key(&key) { key } else { spelling::key(text) };
        if let Some(right) = self.mended.get(&key) {
            let form = self.spelled.get(right).unwrap_or(right);
            return Some((form.clone(), true));
        }
        Some((self.spelled.get(&key).cloned().unwrap_or_else(|| text.to_owned()), false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_spellings_become_the_frequent_one() {
        let mut categories = Categories::default();
        for _ in 0..20 {
            categories.see("Kuliner");
            categories.see("Jasa");
        }
        for slip in ["Kulener", "Kulier", "KULINER", "Kuliner, Jasa", "Kriya"] {
            categories.see(slip);
        }
        categories.settle();
        assert_eq!(categories.read("Kulener"), Some(("Kuliner".to_owned(), true)));
        assert_eq!(categories.read("KULINER"), Some(("Kuliner".to_owned(), false)));
        assert_eq!(categories.read("Kuliner, Jasa"), Some(("Kuliner".to_owned(), false)));
        assert_eq!(categories.read("Kriya"), Some(("Kriya".to_owned(), false)));
        assert_eq!(categories.read(""), None);
    }
}
