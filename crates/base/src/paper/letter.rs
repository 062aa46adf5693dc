//! The order of things on a paper: letterhead and hem, title, parties, facts, lines, sum in words,
//! signatures, and how to check it. The fixed words stand here, in the language of the papers.

use super::face::{Mil, Weight, pt, width, wrap};
use super::sheet::{
    Cell, FLOOR, Ink, LEFT, Line, Mark, Role, Row, Shape, Sheet, Style, TOP, WIDTH,
};
use super::table::{self, Span, lines};
use super::{Align, Amount, Fact, Paper, PaperError, Party, Signature, terbilang};
use crate::qr::Qr;
use crate::{Language, Say};

const WORDS: Style =
    Style { weight: Weight::Regular, size: 10_000, leading: 14_500, ink: Ink::Words };
pub(super) const BODY: Style = Style { size: 9_500, leading: 13_500, ..WORDS };
pub(super) const STRONG: Style = Style { weight: Weight::Bold, ..BODY };
pub(super) const LABEL: Style = Style { size: 8_500, leading: 12_000, ink: Ink::Soft, ..WORDS };
const SMALL: Style = Style { size: 7_500, leading: 10_500, ink: Ink::Soft, ..WORDS };
const HEADING: Style = Style { weight: Weight::Bold, leading: 17_000, ..WORDS };
const CITY: Style = Style { weight: Weight::Bold, size: 10_500, leading: 15_000, ..WORDS };
const AGENCY: Style = Style { weight: Weight::Bold, size: 15_000, leading: 20_000, ink: Ink::Deep };
const TITLE: Style = Style { size: 15_500, leading: 21_000, ink: Ink::Words, ..AGENCY };
const SUM: Style = Style { size: 15_000, leading: 21_000, ..AGENCY };
const ALARM: Style = Style { ink: Ink::Alarm, ..HEADING };

const CODE_SIDE: Mil = pt(64);
const HEM_HEIGHT: Mil = 10_400;
const COLUMN_GAP: Mil = pt(24);
const LABEL_WIDTH: Mil = pt(112);
const PARTY_LABEL_WIDTH: Mil = pt(74);
const PADDING: Mil = pt(11);
/// Room for ink between a role and a name.
const SIGNING_ROOM: Mil = pt(46);
const HALF: Mil = (WIDTH - COLUMN_GAP) / 2;
const WHOLE: Span = Span { x: LEFT, width: WIDTH };
const INSET: Span = Span { x: LEFT + PADDING, width: WIDTH - 2 * PADDING };

/// Lays the whole paper out.
pub(super) fn compose(paper: &Paper) -> Result<Sheet, PaperError> {
    let mut sheet = Sheet::new(running_head(paper));
    letterhead(&mut sheet, paper)?;
    title(&mut sheet, paper);
    if let Some(reason) = &paper.revoked {
        revoked(&mut sheet, reason);
    }
    parties(&mut sheet, &paper.parties);
    paragraphs(&mut sheet, &paper.intro);
    facts(&mut sheet, &paper.facts, WHOLE, LABEL_WIDTH);
    if let Some(lines) = &paper.table {
        sheet.gap(pt(8));
        table::draw(&mut sheet, lines);
        sheet.gap(pt(8));
    }
    if let Some(sum) = &paper.amount {
        amount(&mut sheet, sum);
    }
    paragraphs(&mut sheet, &paper.closing);
    signatures(&mut sheet, &paper.signatures);
    attachments(&mut sheet, &paper.attachments);
    feet(&mut sheet, paper);
    Ok(sheet)
}

const CHECK_NOTE: &str = "Bila isi surat ini berbeda dari halaman pemeriksaan, yang berlaku adalah \
    halaman pemeriksaan.";

fn running_head(paper: &Paper) -> Row {
    let page_text = format!("{} {}", paper.kind, paper.number);
    let mut shown = lines(&page_text, LABEL, WHOLE, Align::Start);
    shown.truncate(1);
    let cells = vec![Cell { role: Role::Ornament, lines: shown }];
    Row { cells, below: pt(4), rule: Some((Ink::Line, 500)), ..Row::default() }
}

fn letterhead(sheet: &mut Sheet, paper: &Paper) -> Result<(), PaperError> {
    let mut beside = WHOLE;
    if let Some(url) = &paper.check_url {
        let qr = Qr::encode(url).map_err(|_| PaperError::CheckUrl)?;
        let x = LEFT + WIDTH - CODE_SIDE;
        sheet.put(Role::Code, Shape::Code { x, y: TOP, side: CODE_SIDE, qr });
        beside.width -= CODE_SIDE + COLUMN_GAP;
    }
    let issuer = &paper.issuer;
    let mut head = lines(&issuer.city.to_uppercase(), CITY, beside, Align::Start);
    head.extend(lines(&issuer.agency.to_uppercase(), AGENCY, beside, Align::Start));
    for line in &issuer.address {
        head.extend(lines(line, LABEL, beside, Align::Start));
    }
    sheet.row(&single(head));
    sheet.y = sheet.y.max(TOP + CODE_SIDE) + pt(9);
    sheet.put(Role::Ornament, Shape::Hem { x: LEFT, y: sheet.y, width: WIDTH });
    sheet.gap(HEM_HEIGHT + pt(15));
    Ok(())
}

fn title(sheet: &mut Sheet, paper: &Paper) {
    let mut row = single(lines(&paper.kind.to_uppercase(), TITLE, WHOLE, Align::Center));
    row.cells[0].role = Role::Title;
    sheet.row(&row);
    let number = format!("Nomor {}, {}", paper.number, paper.date.say(Language::PAPERS));
    sheet.row(&single(lines(&number, WORDS, WHOLE, Align::Center)));
    sheet.gap(pt(11));
}

fn revoked(sheet: &mut Sheet, reason: &str) {
    let mut notice = lines("Surat ini dicabut dan tidak berlaku lagi", ALARM, INSET, Align::Start);
    notice.extend(lines(reason, WORDS, INSET, Align::Start));
    boxed(sheet, single(notice));
    for page in &mut sheet.pages {
        page.insert(0, stamp());
    }
}

fn parties(sheet: &mut Sheet, parties: &[Party]) {
    for pair in parties.chunks(2) {
        let mut row = Row { below: pt(12), ..Row::default() };
        for (party, x) in pair.iter().zip([LEFT, LEFT + HALF + COLUMN_GAP]) {
            row.cells.extend(party_cells(party, Span { x, width: HALF }));
        }
        sheet.row(&row);
    }
}

/// Role and name over the whole width, then each label beside its value. Every fact is a pair of
/// cells of its own, pushed down by empty lines, so that it is read label first, value next.
fn party_cells(party: &Party, span: Span) -> Vec<Cell> {
    let cell = |lines| Cell { role: Role::Paragraph, lines };
    let beside = Span { x: span.x + PARTY_LABEL_WIDTH, width: span.width - PARTY_LABEL_WIDTH };
    let labels = Span { x: span.x, width: PARTY_LABEL_WIDTH - pt(6) };
    let label_style = Style { leading: BODY.leading, ..LABEL };
    let mut head = lines(&party.role, LABEL, span, Align::Start);
    head.extend(lines(&party.name, HEADING, span, Align::Start));
    let mut above = blanks(&head);
    let mut cells = vec![cell(head)];
    for fact in &party.facts {
        let mut label = lines(&fact.label, label_style, labels, Align::Start);
        let mut value = lines(&fact.value, BODY, beside, Align::Start);
        level(&mut label, &mut value);
        let deeper = [above.clone(), blanks(&value)].concat();
        cells.push(cell([above.clone(), label].concat()));
        cells.push(cell([above, value].concat()));
        above = deeper;
    }
    cells
}

fn paragraphs(sheet: &mut Sheet, texts: &[String]) {
    for text in texts {
        paragraph(sheet, text, WORDS);
        sheet.gap(pt(7));
    }
}

fn paragraph(sheet: &mut Sheet, text: &str, style: Style) {
    let row = single(lines(text, style, WHOLE, Align::Start));
    // Two lines of a paragraph stay together; a short one stays whole.
    sheet.reserve(row.height().min(style.leading * 3));
    sheet.flow(&row);
}

fn facts(sheet: &mut Sheet, facts: &[Fact], span: Span, label_width: Mil) {
    let labels = Span { x: span.x, width: label_width - pt(10) };
    let colon = Span { x: span.x + label_width - pt(7), width: pt(6) };
    let values = Span { x: span.x + label_width, width: span.width - label_width };
    let quiet = Style { ink: Ink::Soft, ..WORDS };
    for fact in facts {
        let label = lines(&fact.label, quiet, labels, Align::Start);
        let mark = lines(":", quiet, colon, Align::Start);
        let value = lines(&fact.value, WORDS, values, Align::Start);
        let cells = vec![
            Cell { role: Role::Paragraph, lines: label },
            Cell { role: Role::Ornament, lines: mark },
            Cell { role: Role::Paragraph, lines: value },
        ];
        sheet.row(&Row { cells, below: pt(2), ..Row::default() });
    }
    if !facts.is_empty() {
        sheet.gap(pt(6));
    }
}

fn amount(sheet: &mut Sheet, amount: &Amount) {
    let figures = amount.sum.display();
    let figures_width = width(&figures, SUM.weight, SUM.size) + pt(8);
    let label_span = Span { width: INSET.width - figures_width, ..INSET };
    let label_style = Style { leading: SUM.leading, ..WORDS };
    let label = lines(&amount.label, label_style, label_span, Align::Start);
    let mut sum = lines(&figures, SUM, INSET, Align::End);
    let words = format!("Terbilang: {} rupiah", terbilang(amount.sum.amount()));
    let mut left = label;
    level(&mut left, &mut sum);
    left.extend(lines(&words, WORDS, INSET, Align::Start));
    let cells = [left, sum].map(|lines| Cell { role: Role::Paragraph, lines });
    boxed(sheet, Row { cells: cells.into(), ..Row::default() });
}

/// A row on a wash. It stays whole unless it is taller than a page.
fn boxed(sheet: &mut Sheet, row: Row) {
    let row = Row { above: pt(7), below: pt(8), ..row };
    let height = row.height();
    sheet.reserve(height);
    if sheet.y + height <= FLOOR {
        let (y, ink) = (sheet.y, Ink::Wash);
        sheet.put(Role::Ornament, Shape::Block { x: LEFT, y, width: WIDTH, height, ink });
    }
    sheet.flow(&row);
    sheet.gap(pt(12));
}

fn signatures(sheet: &mut Sheet, signatures: &[Signature]) {
    if !signatures.is_empty() {
        sheet.gap(pt(8));
    }
    for pair in signatures.chunks(2) {
        // One alone signs on the right, as letters do.
        let first = if pair.len() == 1 { LEFT + HALF + COLUMN_GAP } else { LEFT };
        let spans = [first, LEFT + HALF + COLUMN_GAP].map(|x| Span { x, width: HALF });
        let signed: Vec<(&Signature, Span)> = pair.iter().zip(spans).collect();
        let roles = signing_row(&signed, |s, span| lines(&s.role, WORDS, span, Align::Center));
        let middle = signing_row(&signed, |s, span| approved(&s.approved, span));
        let names = signing_row(&signed, name);
        sheet.reserve(roles.height() + SIGNING_ROOM + names.height());
        sheet.flow(&roles);
        let top = sheet.y;
        sheet.gap((SIGNING_ROOM - middle.height()).max(0) / 2);
        sheet.flow(&middle);
        sheet.y = sheet.y.max(top + SIGNING_ROOM);
        sheet.flow(&names);
        sheet.gap(pt(8));
    }
}

fn signing_row(signed: &[(&Signature, Span)], part: impl Fn(&Signature, Span) -> Vec<Line>) -> Row {
    let cells = signed
        .iter()
        .map(|(signature, span)| Cell { role: Role::Paragraph, lines: part(signature, *span) });
    Row { cells: cells.collect(), ..Row::default() }
}

fn approved(text: &str, span: Span) -> Vec<Line> {
    if text.is_empty() { Vec::new() } else { lines(text, LABEL, span, Align::Center) }
}

fn name(signature: &Signature, span: Span) -> Vec<Line> {
    let mut shown = lines(&signature.name, HEADING, span, Align::Center);
    if !signature.note.is_empty() {
        shown.extend(lines(&signature.note, LABEL, span, Align::Center));
    }
    shown
}

fn attachments(sheet: &mut Sheet, names: &[String]) {
    if names.is_empty() {
        return;
    }
    sheet.gap(pt(2));
    sheet.reserve(HEADING.leading + WORDS.leading);
    paragraph(sheet, "Lampiran", HEADING);
    for (index, name) in names.iter().enumerate() {
        paragraph(sheet, &format!("{}. {name}", index + 1), BODY);
    }
}

/// Number of pages and where to check, under each page; only now is the last page known.
fn feet(sheet: &mut Sheet, paper: &Paper) {
    let count = sheet.pages.len();
    let (left, note) = match &paper.check_url {
        Some(url) => (format!("Periksa keaslian: {url}"), CHECK_NOTE),
        None => (format!("{} {}", paper.kind, paper.number), ""),
    };
    let top = FLOOR + pt(12);
    for (index, page) in sheet.pages.iter_mut().enumerate() {
        let right = format!("Halaman {} dari {count}", index + 1);
        let taken = width(&right, SMALL.weight, SMALL.size);
        let left_width = WIDTH - taken - COLUMN_GAP;
        let left = wrap(&left, SMALL.weight, SMALL.size, left_width).swap_remove(0);
        let rule = Shape::Block { x: LEFT, y: top, width: WIDTH, height: 500, ink: Ink::Line };
        page.push(ornament(rule));
        let words =
            [(LEFT, 11, left), (LEFT + WIDTH - taken, 11, right), (LEFT, 21, note.to_owned())];
        for (x, below, text) in words {
            let baseline = top + pt(below);
            page.push(ornament(Shape::Words { x, baseline, style: SMALL, text }));
        }
        if paper.revoked.is_some() && index > 0 {
            page.insert(0, stamp());
        }
    }
}

fn stamp() -> Mark {
    ornament(Shape::Stamp { text: "DICABUT" })
}

/// Ornaments are not read, so the block they belong to does not matter.
fn ornament(shape: Shape) -> Mark {
    Mark { block: usize::MAX, role: Role::Ornament, shape }
}

fn single(lines: Vec<Line>) -> Row {
    Row { cells: vec![Cell { role: Role::Paragraph, lines }], ..Row::default() }
}

/// As many empty lines of the same heights.
fn blanks(like: &[Line]) -> Vec<Line> {
    like.iter().map(|line| Line { text: String::new(), ..line.clone() }).collect()
}

/// Makes the shorter side as tall as the other, so that what follows stands level.
fn level(left: &mut Vec<Line>, right: &mut Vec<Line>) {
    let (shorter, longer) = if left.len() < right.len() { (left, right) } else { (right, left) };
    let missing = blanks(&longer[shorter.len()..]);
    shorter.extend(missing);
}
