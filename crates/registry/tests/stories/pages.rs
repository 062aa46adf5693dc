//! Every text of the registry is there in both languages.

use std::collections::BTreeSet;

fn keys(source: &str) -> BTreeSet<&str> {
    let lines = source.lines().filter(|line| line.starts_with("registry-"));
    lines.filter_map(|line| line.split(" =").next()).collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    let indonesian = include_str!("../../texts/id.ftl");
    let english = include_str!("../../texts/en.ftl");
    let (indonesian, english) = (keys(indonesian), keys(english));
    let missing: Vec<_> = indonesian.symmetric_difference(&english).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_text_a_template_names_is_written() {
    let sources = read("texts", ".id.ftl");
    let mut texts = keys(include_str!("../../texts/id.ftl"));
    for (_, source) in &sources {
        texts.append(&mut keys(source));
    }
    for (name, template) in read("templates", ".html") {
        for part in template.split("\"registry-").skip(1) {
            let key = format!("registry-{}", part.split('"').next().unwrap());
            let made = key.contains('{');
            assert!(made || texts.contains(key.as_str()), "{name}: {key}");
        }
    }
}

/// The files of a folder of this crate whose names end like this.
fn read(folder: &str, end: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named =
        entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    let wanted = named.filter(|(name, _)| name.ends_with(end));
    wanted.map(|(name, path)| (name, std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn no_text_is_written_twice() {
    for source in [include_str!("../../texts/id.ftl"), include_str!("../../texts/en.ftl")] {
        let lines = source.lines().filter(|line| line.starts_with("registry-"));
        assert_eq!(lines.count(), keys(source).len());
    }
}
