//! What people read, by key, in their language. Texts live in `texts/{id,en}.ftl` of each area,
//! never in code.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use base::{Date, Language, Say};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Texts that take no argument, drawn once: every page says dozens of them.
    plain: HashMap<String, String>,
}

/// Digits of a number that plural rules still understand; longer figures are words.
const NUMBER_DIGITS: usize = 15;

/// What the texts call their arguments, in the order they are given.
const ARGUMENTS: [&[&str]; 4] = [&["a", "read"], &["b", "hint"], &["c"], &["d"]];

impl Texts {
    /// Collects `(language, source)` pairs into one set of texts per language. A broken text stops
    /// the start.
    pub fn load<'a>(
        sources: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<BTreeMap<String, Arc<Texts>>, String> {
        let mut bundles: BTreeMap<String, FluentBundle<FluentResource>> = BTreeMap::new();
        let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (language, source) in sources {
            keys.entry(language).or_default().extend(source.lines().filter_map(key_of));
            let id: LanguageIdentifier =
                language.parse().map_err(|_| format!("language {language}: not a language tag"))?;
            let bundle = bundles.entry(language.to_owned()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                bundle
            });
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, errors)| format!("texts of {language}: {errors:?}"))?;
            bundle
                .add_resource(resource)
                .map_err(|errors| format!("texts of {language}: {errors:?}"))?;
        }
        let texts = |(code, bundle): (String, FluentBundle<FluentResource>)| {
            let language = Language::of(&code).unwrap_or_default();
            let known = keys.get(code.as_str()).into_iter().flatten();
            let plain = known.filter_map(|key| Some(((*key).to_owned(), plain(&bundle, key)?)));
            (code.clone(), Arc::new(Texts { language, plain: plain.collect(), bundle }))
        };
        Ok(bundles.into_iter().map(texts).collect())
    }

    /// The language they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text, or the key itself: a missing text must not take a page down. A test finds it.
    pub fn get(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The text if it takes no argument.
    pub(crate) fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    /// The text with its arguments, called `$a`, `$b`, `$c` in the order given; what was read from a
    /// list and what it was taken for are the first two, `$read` and `$hint`.
    pub fn fill(&self, key: &str, args: &[&dyn fmt::Display]) -> String {
        if let Some(text) = self.plain(key) {
            return text.to_owned();
        }
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let mut values = FluentArgs::new();
        for (names, arg) in ARGUMENTS.iter().zip(args) {
            for name in *names {
                values.set(*name, self.value(&arg.to_string()));
            }
        }
        pattern.map_or_else(
            || key.to_owned(),
            |p| self.bundle.format_pattern(p, Some(&values), &mut Vec::new()).into_owned(),
        )
    }

    /// The text with arguments as messages keep them: a JSON object. One that is an object itself,
    /// `{ "text": key }`, stands for another text: the reader's language is not known when it is told.
    pub fn tell(&self, key: &str, args: &serde_json::Value) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args.as_object().into_iter().flatten() {
            let word = match arg {
                serde_json::Value::String(text) => text.clone(),
                other => match other["text"].as_str() {
                    Some(key) => self.fill(key, &[]),
                    None => other.to_string(),
                },
            };
            values.set(name.clone(), self.value(&word));
        }
        self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// What hangs on a text (`.hint`, `.placeholder`), if anything does.
    pub fn attribute(&self, key: &str, name: &str) -> Option<String> {
        let attribute = self.bundle.get_message(key)?.get_attribute(name)?;
        Some(self.bundle.format_pattern(attribute.value(), None, &mut Vec::new()).into_owned())
    }

    /// Whether the text exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// Plain digits count as a number, so that plurals work; a day like `2026-03-12` is said as
    /// people do; everything else stays as it was written.
    fn value(&self, text: &str) -> FluentValue<'static> {
        if let Some(day) = Date::parse(text) {
            return FluentValue::from(day.say(self.language));
        }
        let plain = !text.is_empty()
            && text.len() <= NUMBER_DIGITS
            && text.bytes().all(|b| b.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        let number = plain.then(|| text.parse::<i64>().ok()).flatten();
        number.map_or_else(|| FluentValue::from(text.to_owned()), FluentValue::from)
    }
}

/// The key of a text that begins on this line.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    key.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(key)
}

/// A text that is whole without arguments.
fn plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut missing = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut missing).into_owned();
    missing.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Arc<Texts> {
        let source = "hi = Halo\nphone = Ponsel\n  .hint = Boleh 08\n\
                      n = { $a ->\n [one] one thing\n *[other] { $a } things\n } for { $b }\n";
        Arc::clone(&Texts::load([("en", source)]).unwrap()["en"])
    }

    #[test]
    fn a_text_is_found_filled_and_counted() {
        let texts = texts();
        assert_eq!(texts.get("hi"), "Halo");
        assert_eq!((texts.plain("hi"), texts.plain("n")), (Some("Halo"), None));
        assert_eq!(texts.fill("n", &[&1, &"Bu Sri"]), "one thing for Bu Sri");
        assert_eq!(texts.fill("n", &[&12, &"007"]), "12 things for 007");
        let args = serde_json::json!({ "a": 3, "b": "2026-03-12" });
        assert_eq!(texts.tell("n", &args), "3 things for 12 March 2026");
        assert_eq!(texts.fill("n", &[&1, &"2026-03-12"]), "one thing for 12 March 2026");
        assert_eq!(texts.get("nowhere"), "nowhere");
        assert_eq!(texts.attribute("phone", "hint").as_deref(), Some("Boleh 08"));
        assert_eq!(texts.attribute("hi", "hint"), None);
    }

    #[test]
    fn a_broken_text_is_refused() {
        assert!(Texts::load([("id", "x = { ")]).is_err());
        assert!(Texts::load([("id", "x = 1\nx = 2\n")]).is_err());
    }
}
