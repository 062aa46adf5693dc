//! Pictures of the demo's goods, drawn by the program: flat shapes with light and shadow, in colours and
//! details that hang on a seed, so that two sellers of one thing do not show the same. No picture is
//! kept in the repository, and nobody may take them for photos.

mod kitchen;
mod office;
mod wardrobe;
mod workshop;

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder,
    Pixmap, Point, Shader, SpreadMode, Stroke, Transform,
};

/// Pixels of a side. Shapes are told on a sheet of 600 by 600, so each unit is four fifths of one.
const SIDE: u32 = 480;
/// Of so many goods one has no picture: their owners have not taken one yet.
const WITHOUT_EVERY: u64 = 5;

/// `0xrrggbb`.
type Colour = u32;
/// How one kind of thing is drawn.
type Draw = fn(&mut Hand);

const WHITE: Colour = 0xfffdf8;
const WOOD: Colour = 0xa8733f;
const DARK_WOOD: Colour = 0x7a4f28;
const STRAW: Colour = 0xd9b36c;
const DARK_STRAW: Colour = 0xa87f3c;
const STEEL: Colour = 0x7f8b96;

/// Wall and table.
const GROUNDS: [(Colour, Colour); 8] = [
    (0xf6e7d3, 0xe0c49c),
    (0xe7eef2, 0xc0d0da),
    (0xf3e3dd, 0xd9b8ac),
    (0xe9efdd, 0xc2d1a8),
    (0xf5edcf, 0xdcc98c),
    (0xe8e4f0, 0xc2b8d6),
    (0xdcebe6, 0xaecbc0),
    (0xf2e8e0, 0xcdb9a6),
];

/// Main, deep, pale and bright.
const TINTS: [[Colour; 4]; 6] = [
    [0xb5452f, 0x87301f, 0xebb19b, 0xf3cf6b],
    [0x2f4f8f, 0x1f3566, 0xa9bce2, 0xf0b43c],
    [0x3f7a4c, 0x2a5636, 0xaed2ab, 0xf2d06b],
    [0xd4952a, 0xa06a15, 0xf6d892, 0x8a3a1e],
    [0x7c3f6a, 0x572a4a, 0xd6accb, 0xf0c75e],
    [0x2b7f86, 0x1b585e, 0xa4d3d5, 0xf3b65a],
];

/// Words in the name of goods, and how such a thing is drawn. The first that fits counts.
const THINGS: &[(&[&str], Draw)] = &[
    (&["tumpeng"], kitchen::cone),
    (&["snack", "kotak", "bento"], kitchen::boxed),
    (&["350 ml", "kencur", "kunyit", "sirup"], kitchen::bottle),
    (&["lapis", "meuseukat"], kitchen::layered),
    (
        &["jajan", "kue", "lumpur", "wingko", "lumpia", "timphan", "keukarah", "mi aceh"],
        kitchen::plate,
    ),
    (&["teko", "teh"], kitchen::pot),
    (&["kopi", "wedang", "keripik", "asam sunti"], kitchen::pouch),
    (&["beras"], kitchen::sack),
    (&["telur"], kitchen::eggs),
    (&["sayur", "buah-buahan"], kitchen::greens),
    (&["jeriken", "pembersih", "5 liter"], workshop::canister),
    (&["sabun", "karbol"], workshop::soap),
    (&["syal", "selendang"], wardrobe::scarf),
    (&["seragam", "kaus", "kemeja"], wardrobe::shirt),
    (&["rompi"], wardrobe::vest),
    (&["kain", "batik", "tikar"], wardrobe::folded),
    (&["spanduk"], office::banner),
    (&["brosur"], office::leaflets),
    (&["sertifikat"], office::certificate),
    (&["kertas a4", "rim"], office::ream),
    (&["map"], office::folder),
    (&["buku", "agenda"], office::book),
    (&["papan"], office::board),
    (&["meja"], office::desk),
    (&["rak"], office::shelf),
    (&["kursi"], office::chair),
    (&["tas"], wardrobe::bag),
    (&["keranjang", "anyam"], workshop::basket),
    (&["tisu"], workshop::tissues),
    (&["plakat"], workshop::plaque),
    (&["gantungan"], workshop::key_ring),
    (&["miniatur"], workshop::tower),
];

/// A picture of goods with this name; none for some of them, and for what is no thing known here.
pub(super) fn draw(name: &str, seed: u64) -> Option<Pixels> {
    if seed.is_multiple_of(WITHOUT_EVERY) {
        return None;
    }
    let name = name.to_lowercase();
    let known = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let (_, thing) = THINGS.iter().find(|(words, _)| known(words))?;
    let mix = |sum: u64, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
    let mut hand = Hand::new(name.bytes().fold(seed, mix))?;
    thing(&mut hand);
    Some(hand.end())
}

/// A picture of goods as they stand at the door of an office.
pub(super) fn draw_delivered(seed: u64) -> Option<Pixels> {
    let mut hand = Hand::new(seed.wrapping_mul(7919))?;
    workshop::delivered(&mut hand);
    Some(hand.end())
}

/// Three bytes for each pixel.
pub(super) struct Pixels {
    pub(super) side: u32,
    pub(super) rgb: Vec<u8>,
}

/// Whoever draws: the sheet, and what the seed chose.
struct Hand {
    sheet: Pixmap,
    tint: [Colour; 4],
    seed: u64,
}

impl Hand {
    /// Lays a sheet with wall, table and the light of a window.
    fn new(seed: u64) -> Option<Hand> {
        let mut hand = Hand { sheet: Pixmap::new(SIDE, SIDE)?, tint: TINTS[0], seed };
        let (wall, table) = GROUNDS[hand.pick(8)];
        hand.tint = TINTS[hand.pick(6)];
        hand.shade("M 0 0 H 600 V 410 H 0 Z", lighter(wall, 40), wall);
        hand.shade("M 0 400 H 600 V 600 H 0 Z", table, darker(table, 22));
        hand.veil("M 60 0 H 210 L 60 400 H 0 V 110 Z", WHITE, 60);
        Some(hand)
    }

    /// One of so many, another for each question.
    fn pick(&mut self, of: u64) -> usize {
        let mut mixed = self.seed ^ (self.seed >> 15);
        mixed = mixed.wrapping_mul(0x2c1b_3c6d_f491_4f6d).rotate_left(23);
        self.seed = mixed ^ (mixed >> 29);
        usize::try_from(self.seed % of).unwrap_or(0)
    }

    /// Fills a shape with one colour.
    fn fill(&mut self, path: &str, colour: Colour) {
        self.veil(path, colour, 255);
    }

    /// Fills a shape so that what lies below shines through.
    fn veil(&mut self, path: &str, colour: Colour, cover: u8) {
        self.paint(path, Shader::SolidColor(ink(colour, cover)));
    }

    /// Fills a shape from one colour at its top to another at its foot.
    fn shade(&mut self, path: &str, top: Colour, foot: Colour) {
        let Some(shape) = shape(path) else { return };
        let bounds = shape.bounds();
        let ends = [(top, bounds.top()), (foot, bounds.bottom())];
        let at = |y| Point::from_xy(bounds.left(), y);
        let stops = vec![
            GradientStop::new(0.0, ink(ends[0].0, 255)),
            GradientStop::new(1.0, ink(ends[1].0, 255)),
        ];
        let (from, to) = (at(ends[0].1), at(ends[1].1));
        let gradient = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
        self.paint(path, gradient.unwrap_or(Shader::SolidColor(ink(top, 255))));
    }

    fn paint(&mut self, path: &str, shader: Shader<'_>) {
        let Some(shape) = shape(path) else { return };
        let paint = Paint { shader, ..Paint::default() };
        self.sheet.fill_path(&shape, &paint, FillRule::Winding, smaller(), None);
    }

    /// Draws a line of this width.
    fn line(&mut self, path: &str, colour: Colour, width: u8) {
        let Some(shape) = shape(path) else { return };
        let paint = Paint { shader: Shader::SolidColor(ink(colour, 255)), ..Paint::default() };
        let (line_cap, line_join) = (LineCap::Round, LineJoin::Round);
        let stroke = Stroke { width: width.into(), line_cap, line_join, ..Stroke::default() };
        self.sheet.stroke_path(&shape, &paint, &stroke, smaller(), None);
    }

    /// An ellipse: its middle, and half of its width and height.
    fn round(&mut self, (x, y): (i32, i32), (w, h): (i32, i32), colour: Colour) {
        self.fill(&oval((x, y), (w, h)), colour);
    }

    /// The same from one colour to another.
    fn ball(&mut self, (x, y): (i32, i32), (w, h): (i32, i32), top: Colour, foot: Colour) {
        self.shade(&oval((x, y), (w, h)), top, foot);
    }

    /// The soft shadow of something that stands on the table.
    fn shadow(&mut self, (x, y): (i32, i32), width: i32) {
        for step in 0..7 {
            let (w, h) = (width + 26 - step * 7, 30 - step * 3);
            self.veil(&oval((x + 14, y), (w, h)), 0x2a1a0a, 14);
        }
    }

    /// Small marks in rows inside a box, as woven or printed cloth has them.
    fn pattern(&mut self, (x, y): (i32, i32), (w, h): (i32, i32), colour: Colour) {
        let kind = self.pick(3);
        for row in 0..h / 34 {
            for column in 0..w / 34 {
                let at = (x + 17 + column * 34 + (row % 2) * 8, y + 17 + row * 34);
                match kind {
                    0 => {
                        self.round((at.0 - 7, at.1 - 7), (7, 5), colour);
                        self.round((at.0 + 7, at.1 + 7), (7, 5), colour);
                    }
                    1 => self.round(at, (6, 6), colour),
                    _ => {
                        let (x, y) = at;
                        let (left, right) = (x - 9, x + 9);
                        self.line(&format!("M {left} {} L {right} {}", y + 7, y - 7), colour, 4);
                    }
                }
            }
        }
    }

    fn end(self) -> Pixels {
        let rgb =
            self.sheet.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        Pixels { side: SIDE, rgb: rgb.collect() }
    }
}

fn oval((x, y): (i32, i32), (w, h): (i32, i32)) -> String {
    // A quarter of an ellipse bends at 55 hundredths of its half sides.
    let (bw, bh) = (w * 55 / 100, h * 55 / 100);
    let (left, right, top, foot) = (x - w, x + w, y - h, y + h);
    format!(
        "M {left} {y} C {left} {} {} {top} {x} {top} C {} {top} {right} {} {right} {y} \
         C {right} {} {} {foot} {x} {foot} C {} {foot} {left} {} {left} {y} Z",
        y - bh,
        x - bw,
        x + bw,
        y - bh,
        y + bh,
        x + bw,
        x - bw,
        y + bh
    )
}

/// From the sheet to pixels.
fn smaller() -> Transform {
    Transform::from_scale(0.8, 0.8)
}

/// A shape in words, as drawings on pages have them: `M L H V Q C Z`, parted by blanks.
fn shape(words: &str) -> Option<Path> {
    let mut path = PathBuilder::new();
    let mut words = words.split(' ').peekable();
    while let Some(word) = words.next() {
        let mut number = || words.next()?.parse().ok();
        match word {
            "M" => path.move_to(number()?, number()?),
            "L" => path.line_to(number()?, number()?),
            "H" => {
                let x = number()?;
                path.line_to(x, path.last_point()?.y);
            }
            "V" => {
                let y = number()?;
                path.line_to(path.last_point()?.x, y);
            }
            "Q" => path.quad_to(number()?, number()?, number()?, number()?),
            "C" => {
                let (a, b, c) =
                    ((number()?, number()?), (number()?, number()?), (number()?, number()?));
                path.cubic_to(a.0, a.1, b.0, b.1, c.0, c.1);
            }
            "Z" => path.close(),
            _ => return None,
        }
    }
    path.finish()
}

fn ink(colour: Colour, cover: u8) -> Color {
    let [_, red, green, blue] = colour.to_be_bytes();
    Color::from_rgba8(red, green, blue, cover)
}

/// A colour so many hundredths nearer to white.
fn lighter(colour: Colour, share: u32) -> Colour {
    mixed(colour, |part| part + (255 - part) * share / 100)
}

/// A colour so many hundredths nearer to black.
fn darker(colour: Colour, share: u32) -> Colour {
    mixed(colour, |part| part * (100 - share) / 100)
}

fn mixed(colour: Colour, change: impl Fn(u32) -> u32) -> Colour {
    [16, 8, 0].into_iter().map(|by| change(colour >> by & 0xff) << by).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRADES: [&str; 2] = [
        include_str!("../../data/demo-trades.csv"),
        include_str!("../../data/demo-trades-aceh.csv"),
    ];

    /// Names of everything that the demo's sellers offer.
    fn names() -> Vec<&'static str> {
        let lines = TRADES.iter().flat_map(|trades| trades.lines().skip(1));
        let goods = lines.filter_map(|line| line.split(';').next_back());
        goods.flat_map(|goods| goods.split(',')).filter_map(|it| it.split('|').next()).collect()
    }

    #[test]
    fn every_thing_that_is_offered_can_be_drawn_and_no_two_alike() {
        for name in names() {
            assert!(draw(name, 5).is_none(), "a fifth has no picture");
            let (one, other) = (draw(name, 1), draw(name, 11));
            let (one, other) = (one.expect(name), other.expect(name));
            assert_eq!(one.rgb.len(), (SIDE * SIDE * 3) as usize);
            assert_ne!(one.rgb, other.rgb, "{name}");
        }
    }

    #[test]
    fn every_shape_can_be_read() {
        let sources = [
            include_str!("drawing/kitchen.rs"),
            include_str!("drawing/office.rs"),
            include_str!("drawing/wardrobe.rs"),
            include_str!("drawing/workshop.rs"),
        ];
        for text in sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2)) {
            if text.starts_with("M ") && !text.contains('{') {
                assert!(shape(text).is_some(), "{text}");
            }
        }
    }
}
