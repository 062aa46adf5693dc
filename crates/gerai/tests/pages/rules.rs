//! What a page must keep, read from its HTML.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"([a-zA-Z-]+)(?:="([^"]*)")?"#));
/// A key of our texts, where a word should be.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:front|shell|account|messages|policies|policy|documents|audit|event|reading|registry|catalog|procurement|ledger|role|organisation|mail|deadline|problem|picture|personal|budget|goods|size-class|buyer|wording)-[a-z0-9_]+(?:-[a-z0-9_]+)*\b",
    )
});

/// Days, hours, shares and large amounts as the other language writes them.
static INDONESIAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d{1,2} (?:Januari|Februari|Maret|Mei|Juni|Juli|Agustus|Oktober|Desember)\b|\b(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d|\d\d\.\d\d WIB|\d (?:juta|miliar|triliun)\b|\d,\d%",
    )
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d{1,2} (?:January|February|March|May|June|July|August|October|December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d|\d\d:\d\d WIB|\d (?:million|billion|trillion)\b|\d\.\d%",
    )
});

struct Tag<'h> {
    closes: bool,
    name: String,
    attributes: &'h str,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mut found = ATTRIBUTE.captures_iter(self.attributes);
        let found = found.find(|c| c.get(1).unwrap().as_str() == name)?;
        Some(found.get(2).map_or("", |value| value.as_str()))
    }
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let tag = |c: regex::Captures<'_>| (c[1].len(), c[2].to_lowercase(), c.get(3).unwrap().range());
    let found = TAG.captures_iter(html).map(tag);
    found
        .map(|(closes, name, range)| Tag { closes: closes > 0, name, attributes: &html[range] })
        .collect()
}

/// Where a page leads by links and by forms that only look; not where its forms change something.
pub(crate) fn links(html: &str) -> Vec<String> {
    let tags = tags(html);
    let place = |tag: &Tag<'_>| match tag.name.as_str() {
        _ if tag.closes => None,
        "a" => tag.attribute("href").map(str::to_owned),
        "form" if tag.attribute("method").is_none() => tag.attribute("action").map(str::to_owned),
        _ => None,
    };
    let places = tags.iter().filter_map(place);
    places.map(|place| place.replace("&amp;", "&").replace("&#38;", "&")).collect()
}

/// Everything that is wrong with a page.
pub(crate) fn complaints(html: &str, language: &str) -> Vec<String> {
    let tags = tags(html);
    let mut wrong = Vec::new();
    headings(html, &tags, language, &mut wrong);
    identities(&tags, &mut wrong);
    labels(&tags, &mut wrong);
    forbidden(&tags, &mut wrong);
    let said = said(html, &tags);
    keys(&said, &mut wrong);
    figures(&said, language, &mut wrong);
    wrong
}

fn headings(html: &str, tags: &[Tag<'_>], language: &str, wrong: &mut Vec<String>) {
    let count = tags.iter().filter(|tag| tag.name == "h1" && !tag.closes).count();
    if count != 1 {
        wrong.push(format!("it has {count} main headings"));
    }
    let spoken = tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.attribute("lang"));
    if spoken != Some(language) {
        wrong.push(format!("it says it is in {spoken:?}, not in {language}"));
    }
    if html.contains("<title> ") || html.contains("<title></title>") {
        wrong.push("its title is empty".to_owned());
    }
}

fn identities(tags: &[Tag<'_>], wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.attribute("id")) {
        if !seen.insert(id) {
            wrong.push(format!("the id {id} stands there twice"));
        }
    }
}

fn labels(tags: &[Tag<'_>], wrong: &mut Vec<String>) {
    let of_label = |tag: &&Tag<'_>| tag.name == "label" && !tag.closes;
    let named: BTreeSet<_> =
        tags.iter().filter(of_label).filter_map(|tag| tag.attribute("for")).collect();
    let mut inside = 0_i32;
    for tag in tags {
        if tag.name == "label" {
            inside += if tag.closes { -1 } else { 1 };
        }
        let field = matches!(tag.name.as_str(), "input" | "select" | "textarea") && !tag.closes;
        let silent = matches!(tag.attribute("type"), Some("hidden" | "submit" | "button"));
        let by_id = tag.attribute("id").is_some_and(|id| named.contains(id));
        let said =
            tag.attribute("aria-label").is_some() || tag.attribute("aria-labelledby").is_some();
        if field && !silent && inside == 0 && !by_id && !said {
            wrong.push(format!("{} {:?} has no label", tag.name, tag.attribute("name")));
        }
    }
}

fn forbidden(tags: &[Tag<'_>], wrong: &mut Vec<String>) {
    for tag in tags.iter().filter(|tag| !tag.closes) {
        // A block of data is not run.
        let data = tag.attribute("type") == Some("application/ld+json");
        let inline_script = tag.name == "script" && tag.attribute("src").is_none() && !data;
        if inline_script || tag.name == "style" || tag.attribute("style").is_some() {
            wrong.push(format!("the policy of contents forbids <{}{}>", tag.name, tag.attributes));
        }
        let mut attributes = ATTRIBUTE.captures_iter(tag.attributes);
        if attributes.any(|c| c[1].starts_with("on") && c.get(2).is_some()) {
            wrong.push(format!("it holds a script: <{}{}>", tag.name, tag.attributes));
        }
    }
}

/// The words, and the attributes that people hear or see.
fn said(html: &str, tags: &[Tag<'_>]) -> String {
    let mut text = TAG.replace_all(html, "\n").into_owned();
    for tag in tags {
        for name in ["placeholder", "aria-label", "title", "alt", "content", "data-label"] {
            text.extend(tag.attribute(name).map(|said| format!("\n{said}")));
        }
    }
    text
}

/// What is written in the manner of the other language.
fn figures(said: &str, language: &str, wrong: &mut Vec<String>) {
    let foreign = if language == "en" { &INDONESIAN } else { &ENGLISH };
    let found: BTreeSet<_> = foreign.find_iter(said).map(|found| found.as_str()).collect();
    wrong.extend(found.into_iter().map(|found| format!("{found} is not how {language} writes it")));
}

fn keys(said: &str, wrong: &mut Vec<String>) {
    let found: BTreeSet<_> = KEY.find_iter(said).map(|key| key.as_str()).collect();
    wrong.extend(found.into_iter().map(|key| format!("the key {key} shows instead of its text")));
}
