//! Icons: a 24 px grid, 1.8 stroke, round ends. Drawn into the page so that none arrives late or
//! not at all; always beside a word, therefore hidden from screen readers.

/// Name and shapes, in the order of the alphabet.
const ICONS: &[(&str, &str)] = &[
    ("alert", r#"<path d="M12 4 2.8 20h18.4zM12 10.5v4M12 17.2v.1"/>"#),
    ("back", r#"<path d="M9.5 6 4 11.5 9.5 17M4 11.5h10.5a5.5 5.5 0 0 1 0 9"/>"#),
    (
        "bank",
        r#"<path d="m3.5 9 8.5-5 8.5 5zM5.5 9v8M10 9v8M14 9v8M18.5 9v8M3.5 20h17M4.5 17h15"/>"#,
    ),
    ("bell", r#"<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4"/>"#),
    (
        "book",
        r#"<path d="M12 6.5C9.5 4.5 6.5 4.5 4 5v14c2.5-.5 5.5-.5 8 1.5 2.5-2 5.5-2 8-1.5V5c-2.5-.5-5.5-.5-8 1.5zM12 6.5v14"/>"#,
    ),
    ("box", r#"<path d="M12 3 4 7v10l8 4 8-4V7zM4 7l8 4 8-4M12 11v10M8 5l8 4"/>"#),
    (
        "building",
        r#"<path d="M5 20.5V4h9v16.5M14 9h5v11.5M3 20.5h18M8 8h3M8 12h3M8 16h3M16.5 13h.1M16.5 16.5h.1"/>"#,
    ),
    (
        "calendar",
        r#"<path d="M4 6h16v14H4zM4 10.5h16M8 3.5V7M16 3.5V7M8 14h.1M12 14h.1M16 14h.1M8 17h.1M12 17h.1"/>"#,
    ),
    (
        "call",
        r#"<path d="M5 4h4l1.5 4.5L8 10.5c1.2 2.6 2.9 4.3 5.5 5.5l2-2.5L20 15v4c0 .8-.7 1.5-1.5 1.5C10.5 20 4 13.5 3.5 5.5 3.5 4.7 4.2 4 5 4z"/>"#,
    ),
    ("camera", r#"<path d="M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4z"/><circle cx="12" cy="13" r="3.3"/>"#),
    (
        "cart",
        r#"<path d="M3 4h2.5l2.2 11h10.5L20.5 7.5H6.3"/><circle cx="9" cy="19.5" r="1.3"/><circle cx="17" cy="19.5" r="1.3"/>"#,
    ),
    (
        "cash",
        r#"<path d="M3 7h18v10.5H3zM6.5 7v0M3 10.5c2 0 3.5-1.5 3.5-3.5M21 10.5c-2 0-3.5-1.5-3.5-3.5M3 14c2 0 3.5 1.5 3.5 3.5M21 14c-2 0-3.5 1.5-3.5 3.5"/><circle cx="12" cy="12.25" r="2.2"/>"#,
    ),
    ("chart", r#"<path d="M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6"/>"#),
    ("chat", r#"<path d="M4 20.5 5.3 16A8.3 8.3 0 1 1 8.5 19z"/>"#),
    ("check", r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#),
    ("clock", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.3 2"/>"#),
    ("copy", r#"<path d="M9 9h11v11H9zM5.5 15H4V4h11v1.5"/>"#),
    ("doc", r#"<path d="M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 12.5h7M9 16.5h5"/>"#),
    ("down", r#"<path d="m5 9 7 7 7-7"/>"#),
    (
        "eye",
        r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#,
    ),
    ("filter", r#"<path d="M4 6h16M7 12h10M10 18h4"/>"#),
    ("flag", r#"<path d="M5.5 21V4h12l-2.5 4.5L17.5 13h-12"/>"#),
    (
        "food",
        r#"<path d="M4 11.5h16c0 4-2.5 6.5-5.5 7.5h-5C6.5 18 4 15.5 4 11.5zM9 8.5C8 7 10 6 9 4.5M13 8.5c-1-1.5 1-2.5 0-4"/>"#,
    ),
    (
        "gear",
        r#"<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/>"#,
    ),
    (
        "gift",
        r#"<path d="M4 9h16v4H4zM5.5 13v7.5h13V13M12 9v11.5M12 9C9 9 7 8 7 6.3S9.5 4 12 9c2.5-5 5-4.4 5-2.7S15 9 12 9z"/>"#,
    ),
    (
        "globe",
        r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 4.5 5 12.5 0 17-5-4.5-5-12.5 0-17z"/>"#,
    ),
    (
        "grid",
        r#"<path d="M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z"/>"#,
    ),
    ("half", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17M15.5 5v14M18.5 7.5v9"/>"#),
    (
        "hand",
        r#"<path d="M3.5 13.5h3.5v7H3.5zM7 14l4-1.5c1 0 2 .7 2 1.7L17 14l3.5-1.3c1.2.6 1 1.8.2 2.4L14 20H7M12 9.5V3.5M9.5 6l2.5-2.5L14.5 6"/>"#,
    ),
    ("home", r#"<path d="m3 11 9-7 9 7M5.5 9.5V20h13V9.5M10 20v-5.5h4V20"/>"#),
    ("info", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.1"/>"#),
    ("key", r#"<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8M15.5 8l3 3M18 5.5l2 2"/>"#),
    ("left", r#"<path d="m15 5-7 7 7 7"/>"#),
    (
        "link",
        r#"<path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17"/>"#,
    ),
    ("lock", r#"<path d="M5.5 11h13v9.5h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 15v2"/>"#),
    ("mail", r#"<path d="M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5"/>"#),
    ("menu", r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#),
    ("merge", r#"<path d="M6 4v3.5c0 3 6 3.5 6 7V20M18 4v3.5c0 3-6 3.5-6 7M9 17l3 3 3-3"/>"#),
    ("minus", r#"<path d="M5 12h14"/>"#),
    ("minusc", r#"<circle cx="12" cy="12" r="8.5"/><path d="M8 12h8"/>"#),
    ("moon", r#"<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"/>"#),
    ("open", r#"<path d="M13.5 4.5h6v6M19.5 4.5l-9 9M17 14v5.5H4.5V7H10"/>"#),
    ("out", r#"<path d="M14 4H5v16h9M10 12h10.5M16.5 8l4 4-4 4"/>"#),
    ("pen", r#"<path d="m4 20 1-4.5L16 4.5 19.5 8 8.5 19z"/>"#),
    ("phone", r#"<path d="M7 3h10v18H7zM11 17.8h2"/>"#),
    (
        "photo",
        r#"<path d="M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 5"/><circle cx="15.5" cy="9" r="1.3"/>"#,
    ),
    (
        "pin",
        r#"<path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>"#,
    ),
    ("plus", r#"<path d="M12 5v14M5 12h14"/>"#),
    ("print", r#"<path d="M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 13.5h10v7H7z"/>"#),
    (
        "qr",
        r#"<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM19 14h1M14 19.5h1"/>"#,
    ),
    (
        "receipt",
        r#"<path d="M6 3.5h12V20.5l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5zM9.5 8h5M9.5 12h5"/>"#,
    ),
    ("refresh", r#"<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9M20 4v5h-5"/>"#),
    ("right", r#"<path d="m9 5 7 7-7 7"/>"#),
    ("save", r#"<path d="M12 4v11M7.5 11 12 15.5 16.5 11M4.5 20h15"/>"#),
    (
        "scale",
        r#"<path d="M12 4v16.5M7.5 20.5h9M5 7h14M5 7l-2.5 6.5c1.2 2 3.8 2 5 0zM19 7l-2.5 6.5c1.2 2 3.8 2 5 0z"/>"#,
    ),
    ("scan", r#"<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 9v6M10 9v6M13 9v6M17 9v6"/>"#),
    ("search", r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>"#),
    (
        "share",
        r#"<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle cx="17.5" cy="18.5" r="2.5"/><path d="m8.2 10.8 7.1-4.1M8.2 13.2l7.1 4.1"/>"#,
    ),
    (
        "shield",
        r#"<path d="M12 3 4.5 6v5.5c0 4.7 3.2 7.9 7.5 9.5 4.3-1.6 7.5-4.8 7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5"/>"#,
    ),
    (
        "sign",
        r#"<path d="M4 17c3-1 4-9 6.5-9 2 0-.5 7 1.5 7s2-3.5 3.5-3.5.5 3 2 3 1.5-1 2.5-1M4 20.5h16"/>"#,
    ),
    (
        "stamp",
        r#"<path d="M9 12.5c0-2-1.5-3-1.5-5a4.5 4.5 0 0 1 9 0c0 2-1.5 3-1.5 5h3.5v4h-13v-4zM5.5 20h13"/>"#,
    ),
    (
        "star",
        r#"<path d="m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6L3.4 9.8l6-.8z"/>"#,
    ),
    (
        "store",
        r#"<path d="M4 10v10h16V10M3 9.5 5 4h14l2 5.5c0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0zM10 20v-5h4v5"/>"#,
    ),
    (
        "sun",
        r#"<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3l1.8 1.8M16.9 16.9l1.8 1.8M5.3 18.7l1.8-1.8M16.9 7.1l1.8-1.8"/>"#,
    ),
    ("swap", r#"<path d="M4 8.5h15l-4-4M20 15.5H5l4 4"/>"#),
    ("table", r#"<path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14"/>"#),
    ("tag", r#"<path d="M4 4h8l8.5 8.5-8 8L4 12zM8 8h.1"/>"#),
    (
        "trash",
        r#"<path d="M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5 7.5 20h9l1-13.5M10.5 10.5v6M13.5 10.5v6"/>"#,
    ),
    (
        "truck",
        r#"<path d="M2.5 6h11v10.5h-11zM13.5 10h4l3.5 3.5v3h-7.5"/><circle cx="6.5" cy="17.5" r="1.8"/><circle cx="17" cy="17.5" r="1.8"/>"#,
    ),
    ("up", r#"<path d="m5 15 7-7 7 7"/>"#),
    ("upload", r#"<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 20h15"/>"#),
    (
        "user",
        r#"<circle cx="12" cy="8" r="3.7"/><path d="M4.5 20.5c.8-4.2 3.7-6 7.5-6s6.7 1.8 7.5 6"/>"#,
    ),
    (
        "users",
        r#"<circle cx="9" cy="8.5" r="3.2"/><path d="M2.5 19.5c.6-3.7 3-5.3 6.5-5.3s5.9 1.6 6.5 5.3M15.5 5.6a3.2 3.2 0 0 1 0 5.8M18 14.8c2 .7 3.2 2.2 3.5 4.7"/>"#,
    ),
    ("wallet", r#"<path d="M4 7.5h16V19H4zM4 7.5 16 4v3.5M16 12h4v3h-4z"/>"#),
    ("x", r#"<path d="m6 6 12 12M18 6 6 18"/>"#),
];

/// What is drawn for a name that does not exist: a plain dot. A test finds the name.
const UNKNOWN: &str = r#"<circle cx="12" cy="12" r="3"/>"#;

/// The icon, ready for a page.
pub(crate) fn svg(name: &str) -> String {
    let found = ICONS.binary_search_by_key(&name, |(known, _)| known);
    let shapes = found.map_or(UNKNOWN, |at| ICONS[at].1);
    format!(r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>"#)
}

/// Whether a name is drawn; templates are checked against it.
#[cfg(test)]
pub(crate) fn is_known(name: &str) -> bool {
    ICONS.binary_search_by_key(&name, |(known, _)| known).is_ok()
}

/// All names, for the page that shows them.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_sorted_small_and_plain() {
        assert!(ICONS.is_sorted_by_key(|(name, _)| name));
        for (name, shapes) in ICONS {
            assert!(shapes.len() <= 360, "{name} is {} bytes", shapes.len());
            assert!(!shapes.contains("style") && !shapes.contains("fill="), "{name}");
        }
        assert!(svg("clock").contains("3.3 2") && is_known("clock"));
        assert!(!is_known("nonsense") && svg("nonsense").contains("circle"));
    }
}
