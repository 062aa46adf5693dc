//! Holds the design system to its promises: contrast in two themes and two cities, colours named
//! only in the palettes, sizes, and templates that a strict Content-Security-Policy lets through.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::*;

type Palette = BTreeMap<&'static str, &'static str>;

/// All roles of one rule.
fn rule(sheet: &'static str, selector: &str, palette: &mut Palette) {
    let Some((_, rest)) = sheet.split_once(&format!("\n{selector}{{")) else { return };
    let body = rest.split('}').next().unwrap();
    for pair in body.split([';', '\n']) {
        if let Some((name, value)) = pair.split_once(':') {
            palette.insert(name.trim(), value.trim());
        }
    }
}

fn palettes() -> Vec<(String, Palette)> {
    let mut all = Vec::new();
    for dark in [false, true] {
        for city in ["semarang", "banda-aceh"] {
            let of_city = format!("[data-city={city}]");
            let mut palette = Palette::new();
            for sheet in if dark { &[TOKENS, NIGHT][..] } else { &[TOKENS][..] } {
                rule(sheet, ":root", &mut palette);
                rule(sheet, &of_city, &mut palette);
            }
            all.push((format!("{city}, {}", if dark { "dark" } else { "light" }), palette));
        }
    }
    all
}

/// Relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2).
fn luminance(palette: &Palette, role: &str) -> f64 {
    let value = palette.get(role).unwrap_or_else(|| panic!("{role} is not a role"));
    if let Some(other) = value.strip_prefix("var(") {
        return luminance(palette, other.trim_end_matches(')'));
    }
    let digits = value.strip_prefix('#').unwrap_or_else(|| panic!("{role} is {value}"));
    let full: String = if digits.len() == 3 {
        digits.chars().flat_map(|digit| [digit, digit]).collect()
    } else {
        digits.to_owned()
    };
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&full[at..at + 2], 16).unwrap()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

/// Words and the grounds they are written on.
const TEXT: &[(&str, &[&str])] = &[
    ("--ink", &["--paper", "--card", "--sunken", "--brand-soft", "--ok-soft", "--warn-soft"]),
    ("--ink", &["--bad-soft", "--info-soft"]),
    ("--soft", &["--paper", "--card", "--sunken", "--brand-soft"]),
    ("--brand", &["--paper", "--card", "--sunken", "--brand-soft"]),
    ("--link", &["--paper", "--card", "--sunken", "--brand-soft", "--warn-soft", "--info-soft"]),
    ("--on-brand", &["--brand", "--brand-2"]),
    ("--on-deep", &["--deep", "--deep-2"]),
    ("--on-deep-soft", &["--deep", "--deep-2"]),
    ("--on-accent", &["--accent"]),
    ("--ok", &["--ok-soft", "--paper", "--card", "--sunken"]),
    ("--warn", &["--warn-soft", "--paper", "--card"]),
    ("--bad", &["--bad-soft", "--paper", "--card", "--sunken", "--brand-soft"]),
    ("--info", &["--info-soft", "--paper", "--card"]),
    ("--idle", &["--idle-soft", "--paper", "--card", "--sunken"]),
    ("--q-low", &["--q1", "--q2"]),
    ("--q-mid", &["--q3"]),
    ("--q-high", &["--q4", "--q5"]),
    ("--print", &["--sheet"]),
    ("--print-soft", &["--sheet"]),
];

/// Borders, rings and shapes that carry a meaning.
const MARKS: &[(&str, &[&str])] = &[
    ("--edge", &["--paper", "--card", "--sunken"]),
    ("--focus", &["--paper", "--card", "--sunken"]),
    ("--brand", &["--paper", "--card"]),
    ("--accent", &["--deep", "--deep-2"]),
    ("--deep-edge", &["--deep"]),
    ("--ok-fill", &["--card", "--paper"]),
    ("--bad-fill", &["--card"]),
    ("--c1", &["--card"]),
    ("--c2", &["--card"]),
    ("--c3", &["--card"]),
    ("--c4", &["--card"]),
    ("--c5", &["--card"]),
];

#[test]
fn words_and_marks_stand_out_in_both_themes_and_cities() {
    let mut weak = Vec::new();
    let mut pairs = 0;
    for (name, palette) in palettes() {
        for (table, least) in [(TEXT, 4.5), (MARKS, 3.0)] {
            for (front, ground) in table.iter().flat_map(|(f, gs)| gs.iter().map(move |g| (f, g))) {
                let (a, b) = (luminance(&palette, front), luminance(&palette, ground));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                pairs += 1;
                if ratio < least {
                    weak.push(format!("{name}: {front} on {ground} is {ratio:.2}, needs {least}"));
                }
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
    assert!(pairs >= 200, "{pairs} pairs");
}

#[test]
fn only_the_palettes_name_colours() {
    for (name, sheet) in [("base", BASE), ("components", COMPONENTS), ("pages", PAGES)] {
        let plain: String = sheet.split('"').step_by(2).collect();
        for (n, line) in plain.lines().enumerate() {
            let literal = line.split('#').skip(1).any(|after| {
                let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8)
            });
            let function = ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|f| line.contains(f));
            assert!(!literal && !function, "{name}.css line {}: {line}", n + 1);
        }
    }
}

fn squeezed(text: &str) -> usize {
    let mut squeeze = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    squeeze.write_all(text.as_bytes()).unwrap();
    squeeze.finish().unwrap().len()
}

#[test]
fn style_and_script_stay_inside_their_budgets() {
    let sheets = [TOKENS, NIGHT, BASE, COMPONENTS];
    let written: usize = sheets.iter().map(|sheet| sheet.len()).sum();
    assert!(written <= 25 * 1024, "the four style sheets are {written} bytes, at most 25 KB");
    let sent = squeezed(&[TOKENS, BASE, COMPONENTS].concat()) + squeezed(NIGHT);
    assert!(sent <= 8 * 1024, "the four style sheets are {sent} bytes compressed, at most 8 KB");
    assert!(PAGES.len() <= 3 * 1024, "pages.css is {} bytes, at most 3 KB", PAGES.len());
    let scripts: usize = SCRIPTS.iter().map(|(_, body)| body.len()).sum();
    assert!(scripts <= 30 * 1024, "the scripts are {scripts} bytes, at most 30 KB");
    let share = ASSETS.iter().find(|asset| asset.name == "share.jpg").unwrap();
    assert!(share.body.len() <= 200 * 1024, "link previews show pictures up to 200 KB");
}

#[test]
fn files_are_served_under_names_that_change_with_them() {
    let style = path("gerai.css");
    assert!(style.starts_with("/assets/gerai-") && style.ends_with(".css"), "{style}");
    let script = ASSETS.iter().find(|asset| asset.name == "gerai.js").unwrap();
    let script = String::from_utf8_lossy(&script.body);
    assert!(script.contains(path("photo.js")) && !script.contains("./photo.js"));
    assert_eq!(deep_colour("semarang", false), "#13264c");
    assert_ne!(deep_colour("banda-aceh", true), deep_colour("banda-aceh", false));
    assert_eq!(deep_colour("elsewhere", false), deep_colour("semarang", false));
}

/// Every template of every area.
fn templates() -> Vec<(PathBuf, String)> {
    let crates = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
    let folders = crates.map(|entry| entry.unwrap().path().join("templates"));
    let mut waiting: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn templates_ask_for_nothing_that_the_policy_forbids() {
    for (path, text) in templates() {
        for forbidden in
            [" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:"]
        {
            assert!(!text.contains(forbidden), "{}: {forbidden}", path.display());
        }
        // A block of data is not run.
        let run = text.replace("<script type=\"application/ld+json\">", "");
        let script = run.contains("<script") && !path.ends_with("web/templates/layout.html");
        assert!(!script, "{}: scripts belong to the layout", path.display());
    }
}

#[test]
fn the_icon_of_the_site_is_a_picture_in_a_box() {
    let ico = super::boxed(super::ICON_192, 192);
    assert_eq!(ico[..6], [0, 0, 1, 0, 1, 0], "one picture");
    let (length, at) = (&ico[14..18], &ico[18..22]);
    assert_eq!(length, u32::try_from(super::ICON_192.len()).unwrap().to_le_bytes());
    assert_eq!(at, 22_u32.to_le_bytes());
    assert_eq!(&ico[22..26], b"\x89PNG");
    assert_eq!(&ico[22 + 16..22 + 20], 192_u32.to_be_bytes(), "as wide as the entry says");
}

#[test]
fn templates_name_only_icons_that_are_drawn() {
    for (path, text) in templates() {
        for before in text.split("\"|icon").collect::<Vec<_>>().split_last().unwrap().1 {
            let name = before.rsplit('"').next().unwrap();
            assert!(crate::icon::is_known(name), "{}: icon {name}", path.display());
        }
    }
}

/// Words of `class="…"` outside of what the template computes.
fn classes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in text.split(" class=\"").skip(1) {
        let mut plain = String::new();
        let mut depth = 0;
        for letter in after.chars() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' if depth == 0 => break,
                _ if depth == 0 => plain.push(letter),
                _ => {}
            }
            if letter == '}' && depth == 0 {
                plain.push(' ');
            }
        }
        found.extend(plain.split_whitespace().map(str::to_owned));
    }
    found
}

#[test]
fn templates_use_only_classes_that_a_sheet_draws() {
    let sheets = [BASE, COMPONENTS, PAGES].concat();
    for (path, text) in templates() {
        for class in classes(&text) {
            let drawn = sheets.split(&format!(".{class}")).skip(1).any(|after| {
                !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            });
            // A class that ends in a hyphen is completed by the template.
            assert!(drawn || class.ends_with('-'), "{}: class {class}", path.display());
        }
    }
}
