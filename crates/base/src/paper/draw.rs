//! From marks to PDF: the only place that knows krilla and its fractions. Colours are the city's:
//! the hem of a paper is the border of its cloth.
#![expect(clippy::disallowed_types, reason = "krilla measures pages in f32; no money is near")]

use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection as Direction};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use super::face::{Mil, Weight, clean, width};
use super::sheet::{Ink, Mark, PAGE_HEIGHT, PAGE_WIDTH, Role, Shape, Sheet, Style};
use super::tags::Tags;
use super::{Paper, PaperError};
use crate::qr::{Qr, Run};

/// Tumpal triangles in a hem as wide as the text.
const HEM_TILES: u16 = 40;
/// The units in which one tile is drawn.
const TILE_WIDTH: f32 = 16.0;
const STAMP_SIZE: Mil = 104_000;
const STAMP_TURN_DEGREES: f32 = -38.0;

/// Writes the pages as PDF/A-2a and PDF/UA-1. Should a paper break a rule of those (some letter of
/// some script), it is written without the promise rather than not at all.
pub(super) fn pdf(paper: &Paper, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
    let strict = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PaperError::Writing(format!("{error:?}")))?;
    let written = match write(paper, sheet, strict) {
        Err(KrillaError::Validation(_)) => write(paper, sheet, Configuration::default()),
        other => other,
    };
    written.map_err(|error| PaperError::Writing(format!("{error:?}")))
}

fn write(
    paper: &Paper,
    sheet: &Sheet,
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut pen = Pen::new(&paper.issuer.slug);
    for marks in &sheet.pages {
        let size = PageSettings::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT));
        let mut page = document.start_page_with(size.expect("A4 has a size"));
        let mut surface = page.surface();
        pen.page(&mut surface, marks);
        surface.finish();
        if let Some(link) = link(paper, marks) {
            let piece = page.add_tagged_annotation(link);
            pen.tags.link(piece);
        }
        page.finish();
    }
    let title = clean(format!("{} {}", paper.kind, paper.number).trim());
    let code_text = paper.check_url.as_ref().map(|url| code_text(url)).unwrap_or_default();
    document.set_tag_tree(pen.tags.tree(&title, &code_text));
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.clone(), top));
    document.set_outline(outline);
    document.set_metadata(metadata(paper, title));
    document.finish()
}

fn code_text(url: &str) -> String {
    format!("Kode pemeriksaan keaslian: {url}")
}

fn metadata(paper: &Paper, title: String) -> Metadata {
    let small = |number: i64| u8::try_from(number).unwrap_or(1);
    let day = DateTime::new(u16::try_from(paper.date.year()).unwrap_or(0))
        .month(small(paper.date.month()))
        .day(small(paper.date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(7)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title)
        .authors(vec![clean(&paper.issuer.agency)])
        .creator("Gerai".to_owned())
        .language("id-ID".to_owned())
        .text_direction(Direction::LeftToRight)
        .creation_date(day)
}

/// Whoever reads on a phone cannot scan the phone's own screen: the code is a link too.
fn link(paper: &Paper, marks: &[Mark]) -> Option<Annotation> {
    let url = paper.check_url.as_ref()?;
    let is_safe = url.starts_with("https://") || url.starts_with("http://");
    let rect = marks.iter().find_map(|mark| match &mark.shape {
        Shape::Code { x, y, side, .. } => rect(*x, *y, *side, *side),
        _ => None,
    })?;
    let target = Target::Action(LinkAction::new(url.clone()).into());
    is_safe.then(|| Annotation::new_link(LinkAnnotation::new(rect, target), Some(code_text(url))))
}

struct Pen {
    regular: Font,
    bold: Font,
    palette: Palette,
    tags: Tags,
}

impl Pen {
    fn new(slug: &str) -> Pen {
        let font = |weight: Weight| {
            Font::new(weight.font().into(), 0).expect("the font was checked when it was chosen")
        };
        Pen {
            regular: font(Weight::Regular),
            bold: font(Weight::Bold),
            palette: Palette::of(slug),
            tags: Tags::default(),
        }
    }

    fn page(&mut self, surface: &mut Surface<'_>, marks: &[Mark]) {
        for block in marks.chunk_by(|a, b| a.block == b.block && a.role == b.role) {
            let Mark { block: number, role, .. } = block[0];
            if role == Role::Ornament {
                let artifact = Artifact::with_kind(ArtifactType::Layout);
                surface.start_tagged(ContentTag::Artifact(artifact));
            } else {
                let piece = surface.start_tagged(ContentTag::Other);
                self.tags.add(number, role, piece);
            }
            for mark in block {
                self.shape(surface, &mark.shape);
            }
            surface.end_tagged();
        }
    }

    fn shape(&self, surface: &mut Surface<'_>, shape: &Shape) {
        match shape {
            Shape::Words { x, baseline, style, text } => {
                self.words(surface, (*x, *baseline), *style, text);
            }
            Shape::Block { x, y, width, height, ink } => {
                let mut path = PathBuilder::new();
                rectangle(&mut path, rect(*x, *y, *width, *height));
                self.fill(surface, path.finish(), self.palette.ink(*ink));
            }
            Shape::Hem { x, y, width } => self.hem(surface, (*x, *y), *width),
            Shape::Code { x, y, side, qr } => {
                self.fill(surface, code(qr, (*x, *y), *side), rgb::Color::black());
            }
            Shape::Stamp { text } => self.stamp(surface, text),
        }
    }

    fn words(&self, surface: &mut Surface<'_>, at: (Mil, Mil), style: Style, text: &str) {
        // The space ends the last word for programs that read the words back.
        let text = format!("{text} ");
        surface.set_fill(Some(fill(self.palette.ink(style.ink))));
        self.text(surface, at, style, &text);
    }

    fn text(&self, surface: &mut Surface<'_>, at: (Mil, Mil), style: Style, text: &str) {
        let font = match style.weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let (font, size) = (font.clone(), points(style.size));
        let start = Point::from_xy(points(at.0), points(at.1));
        surface.draw_text(start, font, size, text, false, TextDirection::LeftToRight);
    }

    fn fill(&self, surface: &mut Surface<'_>, path: Option<Path>, colour: rgb::Color) {
        if let Some(path) = path {
            surface.set_fill(Some(fill(colour)));
            surface.draw_path(&path);
        }
    }

    /// The border of a cloth: a row of hollow triangles, each with a small one in the second colour.
    fn hem(&self, surface: &mut Surface<'_>, at: (Mil, Mil), width: Mil) {
        let scale = points(width) / f32::from(HEM_TILES) / TILE_WIDTH;
        let (mut outer, mut inner) = (PathBuilder::new(), PathBuilder::new());
        for tile in 0..HEM_TILES {
            let left = points(at.0) + f32::from(tile) * TILE_WIDTH * scale;
            let place = |x: f32, y: f32| (left + x * scale, points(at.1) + y * scale);
            polygon(&mut outer, &[place(0.0, 0.0), place(16.0, 0.0), place(8.0, 13.0)]);
            polygon(&mut outer, &[place(4.0, 2.0), place(12.0, 2.0), place(8.0, 8.5)]);
            polygon(&mut inner, &[place(5.2, 2.6), place(10.8, 2.6), place(8.0, 7.2)]);
            if tile > 0 {
                let knot = [(0.0, 7.4), (1.6, 9.2), (0.0, 11.0), (-1.6, 9.2)];
                polygon(&mut inner, &knot.map(|(x, y)| place(x, y)));
            }
        }
        self.fill(surface, outer.finish(), self.palette.deep);
        self.fill(surface, inner.finish(), self.palette.accent);
    }

    /// One word across the page, pale and under everything else, so that all stays legible.
    fn stamp(&self, surface: &mut Surface<'_>, text: &str) {
        let style =
            Style { weight: Weight::Bold, size: STAMP_SIZE, leading: STAMP_SIZE, ink: Ink::Alarm };
        let x = (PAGE_WIDTH - width(text, style.weight, style.size)) / 2;
        let baseline = PAGE_HEIGHT / 2 + STAMP_SIZE / 3;
        let (cx, cy) = (points(PAGE_WIDTH / 2), points(PAGE_HEIGHT / 2));
        surface.push_transform(&Transform::from_rotate_at(STAMP_TURN_DEGREES, cx, cy));
        surface.set_fill(Some(fill(rgb::Color::new(0xf6, 0xd9, 0xd5))));
        self.text(surface, (x, baseline), style, text);
        surface.pop();
    }
}

struct Palette {
    deep: rgb::Color,
    accent: rgb::Color,
}

impl Palette {
    /// Indigo and turmeric; for Banda Aceh velvet and gold.
    fn of(slug: &str) -> Palette {
        let deep = match slug {
            "banda-aceh" => rgb::Color::new(0x5a, 0x16, 0x30),
            _ => rgb::Color::new(0x13, 0x26, 0x4c),
        };
        Palette { deep, accent: rgb::Color::new(0xd9, 0x98, 0x1c) }
    }

    fn ink(&self, ink: Ink) -> rgb::Color {
        match ink {
            Ink::Words => rgb::Color::new(0x14, 0x11, 0x0d),
            Ink::Soft => rgb::Color::new(0x4f, 0x48, 0x3e),
            Ink::Deep => self.deep,
            Ink::Line => rgb::Color::new(0xcf, 0xc7, 0xba),
            Ink::Wash => rgb::Color::new(0xf5, 0xf2, 0xeb),
            Ink::Alarm => rgb::Color::new(0x9b, 0x1c, 0x16),
        }
    }
}

fn polygon(path: &mut PathBuilder, corners: &[(f32, f32)]) {
    for (index, (x, y)) in corners.iter().enumerate() {
        if index == 0 {
            path.move_to(*x, *y);
        } else {
            path.line_to(*x, *y);
        }
    }
    path.close();
}

fn rectangle(path: &mut PathBuilder, rect: Option<Rect>) {
    if let Some(rect) = rect {
        path.push_rect(rect);
    }
}

fn code(qr: &Qr, at: (Mil, Mil), side: Mil) -> Option<Path> {
    let mut path = PathBuilder::new();
    let module = points(side) / f32::from(qr.size());
    for Run { x, y, length } in qr.runs() {
        let left = points(at.0) + f32::from(x) * module;
        let top = points(at.1) + f32::from(y) * module;
        rectangle(&mut path, Rect::from_xywh(left, top, f32::from(length) * module, module));
    }
    path.finish()
}

fn fill(colour: rgb::Color) -> Fill {
    // Even-odd, so that a triangle within a triangle is a hole.
    Fill { paint: colour.into(), rule: FillRule::EvenOdd, ..Fill::default() }
}

fn rect(x: Mil, y: Mil, width: Mil, height: Mil) -> Option<Rect> {
    Rect::from_xywh(points(x), points(y), points(width), points(height))
}

/// Exact for every length on a page: they are far below the 24 bits of an f32.
fn points(length: Mil) -> f32 {
    let thousandths = i32::try_from(length).unwrap_or(i32::MAX);
    #[expect(clippy::cast_precision_loss, reason = "below 2^24 on any page")]
    let length = thousandths as f32;
    length / 1_000.0
}
