//! Batik for goods without a photo, drawn from their id: no clock, no chance, the same cloth on
//! every server for ever. The looms and dye baths below are version 1. A change to them would
//! change people's shops, so it becomes a new version and old goods stay on theirs.

use std::fmt::Write;

mod motif;

/// The version of motifs, looms and dyes; part of the address of a tile served as a picture.
pub(crate) const LOOM: &str = "1";

/// A tile inside a page is no larger.
const TILE_BYTES_MAX: usize = 1_200;

/// Four colours: ground, motif, fine line, deep shade.
struct Dyes([&'static str; 4]);

/// Three cloths for each category of goods. Names not listed are dyed like `rumah`.
fn dyes(category: &str) -> [Dyes; 3] {
    let baths = match category {
        "makanan" => [
            ["#7a4319", "#eaae48", "#fff1d6", "#4f290c"],
            ["#f0dcae", "#8a4a1c", "#b5281e", "#cf9a4a"],
            ["#a8341f", "#f6cf8b", "#fff1d6", "#6d1a10"],
        ],
        "minuman" => [
            ["#4a2c1a", "#c99a63", "#f6e7d2", "#2c170b"],
            ["#33502f", "#b9c98a", "#f2f1d8", "#1d331b"],
            ["#eadfca", "#5f3a20", "#33502f", "#bf9d74"],
        ],
        "busana" => [
            ["#1b3465", "#dfd3ba", "#9db6e6", "#0f2145"],
            ["#efe4cd", "#1f3d78", "#8a5a2b", "#c9ad80"],
            ["#5b3519", "#e3c79b", "#9db6e6", "#1b2f5a"],
        ],
        "kriya" => [
            ["#8e2f20", "#f0c48a", "#ffe9d2", "#5c180e"],
            ["#eadbc0", "#8e3b22", "#4f2d17", "#c9a274"],
            ["#1f4b57", "#e6b877", "#fbeed6", "#10303a"],
        ],
        "jasa" => [
            ["#245558", "#a9d0c4", "#e9f4ec", "#123638"],
            ["#dfe5da", "#245558", "#8a6a3a", "#a3bcb0"],
            ["#2d3f63", "#c4d2e8", "#f0dca8", "#1a2742"],
        ],
        "pertanian" => [
            ["#2f5d36", "#cfd88c", "#f5f3d6", "#183a20"],
            ["#e6e3bd", "#3c6a38", "#7a5a26", "#b4b878"],
            ["#6a6a1f", "#efe3a0", "#fdf8df", "#43430f"],
        ],
        "galeri" => [
            ["#14181f", "#d9a441", "#f7e6bd", "#3a2c10"],
            ["#4d1226", "#e2ad4b", "#fbe8c3", "#2c0814"],
            ["#f4ead2", "#14181f", "#a8782a", "#cfb57e"],
        ],
        _ => [
            ["#3a3550", "#c7b6d6", "#f1e9f5", "#231f36"],
            ["#e7dfe6", "#4c4468", "#94683f", "#b5a6bd"],
            ["#6b3a4a", "#e9c3b4", "#fbeae0", "#431f2b"],
        ],
    };
    baths.map(Dyes)
}

/// What a city weaves, by weight: the home's motifs are common, the guest's appear.
fn loom(city: &str) -> [motif::Motif; 8] {
    use motif::Motif::{Ceplok, Kawung, Mega, Parang, Pinto, Rebung, Truntum};
    match city {
        "banda-aceh" => [Pinto, Rebung, Pinto, Ceplok, Mega, Pinto, Truntum, Rebung],
        _ => [Kawung, Parang, Truntum, Ceplok, Mega, Kawung, Parang, Ceplok],
    }
}

/// FNV-1a over the bytes and one mixing round: small, well spread, the same in every language.
pub(crate) fn hash(id: &str) -> u32 {
    let fnv = |h: u32, byte: u8| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let h = id.bytes().fold(0x811c_9dc5, fnv);
    let h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}

/// The tile for inside a page, at most 1,200 bytes, square whatever the frame.
pub fn cloth(city: &str, category: &str, id: &str) -> String {
    draw(city, category, id, r#"class="tile" aria-hidden="true""#)
}

/// The tile as a picture of its own. Its address never changes its content.
pub(crate) fn picture(city: &str, category: &str, id: &str) -> String {
    draw(city, category, id, r#"xmlns="http://www.w3.org/2000/svg" width="480" height="480""#)
}

fn draw(city: &str, category: &str, id: &str, attributes: &str) -> String {
    let h = hash(id);
    let motif = loom(city)[(h % 8) as usize];
    let Dyes(dyes) = &dyes(category)[((h >> 5) % 3) as usize];
    let key = format!("b{:x}", h & 0x00ff_ffff);
    let zoom = ["0.62", "0.78", "1"][((h >> 8) % 3) as usize];
    let turn = if motif.may_turn() && (h >> 11) & 1 == 1 { 45 } else { 0 };
    let cell = motif.cell();
    let (x, y, angle) = ((h >> 16) % 20, (h >> 20) % 20, cell.angle + turn);
    let [ground, ..] = dyes;
    let mut svg = String::with_capacity(TILE_BYTES_MAX);
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| svg.push_str(part));
    put(&["<svg ", attributes, r#" viewBox="0 0 120 120" preserveAspectRatio="xMidYMid slice">"#]);
    put(&[r#"<pattern id=""#, &key, r#"" width=""#, cell.width, r#"" height=""#, cell.height]);
    put(&[r#"" patternUnits="userSpaceOnUse" fill="none" stroke-linecap="round" "#]);
    write!(svg, r#"patternTransform="translate({x} {y})rotate({angle})scale({zoom})">"#)
        .expect("writing to a string cannot fail");
    motif.draw(&mut svg, dyes, &key);
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| svg.push_str(part));
    put(&[r#"</pattern><path fill=""#, ground, r#"" d="M0 0h120v120H0z"/>"#]);
    put(&[r##"<path fill="url(#"##, &key, r#")" d="M0 0h120v120H0z"/>"#]);
    if motif.may_hem() && (h >> 13) & 3 == 0 {
        hem(&mut svg, dyes);
    }
    svg.push_str("</svg>");
    svg
}

/// The tumpal border that a whole cloth has at its foot.
fn hem(svg: &mut String, [_, main, line, deep]: &[&str; 4]) {
    const TEETH: &str = "l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22l7.5-22 7.5 22";
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| svg.push_str(part));
    put(&[r#"<path fill=""#, deep, r#"" d="M0 94h120v26H0z"/>"#]);
    put(&[r#"<path fill=""#, main, r#"" d="M0 120"#, TEETH, r#"Z"/>"#]);
    put(&[r#"<path d="M0 94H120" stroke=""#, line, r#"" stroke-width="2"/>"#]);
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITIES: [&str; 2] = ["semarang", "banda-aceh"];
    const CATEGORIES: [&str; 8] =
        ["makanan", "minuman", "busana", "kriya", "jasa", "pertanian", "galeri", "rumah"];

    #[test]
    fn no_tile_of_five_thousand_is_larger_than_its_budget() {
        let mut largest = 0;
        for n in 0..5_000 {
            let id = format!("01hv{n:022}");
            let tile = cloth(CITIES[n % 2], CATEGORIES[n % 8], &id);
            largest = largest.max(tile.len());
            assert!(!tile.contains("style"), "{tile}");
        }
        assert!(largest <= TILE_BYTES_MAX, "{largest} bytes");
    }

    #[test]
    fn the_same_id_gives_the_same_cloth_for_ever() {
        assert_eq!(hash(""), hash(""));
        assert_eq!(hash("01hv0000000000000000000418"), 0x48f3_eb78);
        let one = cloth("semarang", "busana", "01hv0000000000000000000418");
        assert_eq!(one, cloth("semarang", "busana", "01hv0000000000000000000418"));
        assert_ne!(one, cloth("banda-aceh", "busana", "01hv0000000000000000000418"));
        // The drawing itself: whoever changes it makes loom 2.
        assert_eq!(hash(&one), 1_176_195_074);
    }

    #[test]
    fn every_motif_is_well_formed_and_names_only_its_own_parts() {
        for n in 0..400 {
            let svg = picture(CITIES[n % 2], CATEGORIES[(n / 2) % 8], &n.to_string());
            check(&svg);
        }
    }

    /// Tags close in order, attributes are quoted, ids are used once and every reference is met.
    fn check(svg: &str) {
        let mut open = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (tag, text) = tag.split_once('>').expect("a tag ends");
            assert!(text.is_empty() && tag.matches('"').count() % 2 == 0, "{svg}");
            let name = tag.split(' ').next().unwrap();
            match (tag.strip_prefix('/'), tag.ends_with('/')) {
                (Some(name), _) => assert_eq!(open.pop(), Some(name), "{svg}"),
                (None, false) => open.push(name),
                (None, true) => {}
            }
        }
        assert!(open.is_empty(), "{svg}");
        for reference in svg.split("href=\"#").chain(svg.split("url(#")).skip(1) {
            let id = reference.split(['"', ')']).next().unwrap();
            let met =
                reference.starts_with("<svg") || svg.matches(&format!("id=\"{id}\"")).count() == 1;
            assert!(met, "{id} {svg}");
        }
    }
}
