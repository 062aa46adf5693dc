//! The papers of an order: the order letter (surat pesanan) and the handover record (BAST).
//!
//! Papers of a city are in Bahasa Indonesia whoever reads them (UU 24/2009 art. 27), so their words
//! stand here and not in the texts of the pages. The shell puts in the city's name, the number and the
//! address of the check page when a paper is drawn (`/documents/{id}.pdf`).

use base::account::{Organisation, organisation, person};
use base::document::{self, DocumentKind};
use base::paper::{Amount, Column, Fact, Issuer, Paper, Party, Signature, Table};
use base::{Date, Id, Language, Read, Result, Say, Timestamp, Tx};

use crate::budget;
use crate::handover::{BY_THE_CLOCK, Handover};
use crate::line::{Counted, OrderLine};
use crate::order::Order;

/// Surat pesanan; 027 is the archive's class of procurement (general knowledge).
const ORDER_LETTER: DocumentKind = DocumentKind { code: "SP", classification: "027" };
/// Berita acara serah terima.
const HANDOVER_RECORD: DocumentKind = DocumentKind { code: "BAST", classification: "027" };

/// Issues the order letter and gives its number.
pub(crate) fn order_letter(tx: &mut Tx<'_>, order: &Order, lines: &[OrderLine]) -> Result<String> {
    let agency = organisation::find(tx, &order.agency)?;
    let mut paper = head(tx, order, &agency, "Surat Pesanan")?;
    paper.intro = vec![format!(
        "Berdasarkan kebutuhan {}, kami memesan barang/jasa berikut. Anggaran sudah disisihkan.",
        order.request_number
    )];
    let until = order.waits_until.map(|day| day.say_long(Language::PAPERS)).unwrap_or_default();
    paper.facts = facts(tx, order)?;
    paper.facts.push(Fact::new("Jawaban penjual paling lambat", until));
    paper.table = Some(ordered(lines));
    paper.amount = Some(Amount { label: "Jumlah pesanan".to_owned(), sum: order.money.total });
    paper.closing = vec![
        "Harga sudah termasuk pajak dan ongkos antar.".to_owned(),
        "Pembayaran dilakukan setelah barang/jasa diterima dan diserahterimakan.".to_owned(),
    ];
    let approver = name_of(tx, order.people.approver.as_ref())?;
    let approved = order.times.ordered.map(stamp).unwrap_or_default();
    paper.signatures = vec![
        signature("Pejabat Pengadaan/PPK", &approver, &agency.name, &approved),
        signature("Penjual", &order.seller.name, &order.seller.number, ""),
    ];
    issue(tx, ORDER_LETTER, order, &agency, &paper)
}

/// Issues the handover record and gives its number.
pub(crate) fn handover_record(
    tx: &mut Tx<'_>,
    order: &Order,
    handover: &Handover,
    counted: &[Counted],
) -> Result<String> {
    let agency = organisation::find(tx, &order.agency)?;
    let mut paper = head(tx, order, &agency, "Berita Acara Serah Terima")?;
    let deemed = handover.receiver == BY_THE_CLOCK;
    paper.intro = vec![if deemed {
        "Barang/jasa di bawah ini dianggap diterima karena batas waktu pemeriksaan telah lewat."
            .to_owned()
    } else {
        "Barang/jasa di bawah ini telah dihitung, diperiksa, dan diterima.".to_owned()
    }];
    paper.facts = facts(tx, order)?;
    paper.facts.push(Fact::new("Surat pesanan", order.number.clone().unwrap_or_default()));
    if !handover.reason.is_empty() {
        paper.facts.push(Fact::new("Catatan", &handover.reason));
    }
    paper.table = Some(taken(counted));
    paper.amount = Some(Amount { label: "Nilai yang diterima".to_owned(), sum: handover.value });
    let receiver = match deemed {
        true => "Gerai (batas waktu lewat)".to_owned(),
        false => name_of(tx, Id::parse(&handover.receiver).as_ref())?,
    };
    let at = handover.at.say(Language::PAPERS);
    let received =
        if deemed { format!("Batas waktu lewat, {at}") } else { format!("Diterima di Gerai {at}") };
    let brought =
        order.times.delivered.map(|at| format!("Dinyatakan diantar {}", at.say(Language::PAPERS)));
    paper.signatures = vec![
        signature("Diterima oleh", &receiver, &agency.name, &received),
        signature(
            "Diserahkan oleh",
            &order.seller.name,
            &order.seller.number,
            &brought.unwrap_or_default(),
        ),
    ];
    issue(tx, HANDOVER_RECORD, order, &agency, &paper)
}

/// Declares the order letter void.
pub(crate) fn revoke(tx: &mut Tx<'_>, order: &Order, reason: &str) -> Result<()> {
    for paper in document::of_subject(tx, order.id.as_str())? {
        if paper.kind == ORDER_LETTER.code && paper.revoked_at.is_none() {
            let reason: String = reason.chars().take(500).collect();
            document::revoke(tx, &paper.id, &reason)?;
        }
    }
    Ok(())
}

fn head(read: &Read<'_>, order: &Order, agency: &Organisation, kind: &str) -> Result<Paper> {
    let issuer = Issuer {
        city: String::new(),
        agency: agency.name.clone(),
        address: Vec::new(),
        slug: String::new(),
    };
    let mut paper = Paper::new(issuer, kind, "", Date::today(read));
    let seller = &order.seller;
    let mut known = vec![Fact::new("Nomor usaha", &seller.number)];
    known.extend(seller.nib.as_ref().map(|nib| Fact::new("NIB", nib)));
    paper.parties = vec![
        party("Pemesan", &agency.name, vec![Fact::new("Kode", &agency.code)]),
        party("Penjual", &seller.name, known),
    ];
    Ok(paper)
}

fn facts(read: &mut Read<'_>, order: &Order) -> Result<Vec<Fact>> {
    let line = budget::find(read, &order.budget_line)?;
    let mut wanted = order.need.wanted_on.say_long(Language::PAPERS);
    if !order.need.hour.is_empty() {
        wanted = format!("{wanted}, pukul {}", order.need.hour);
    }
    let mut facts = vec![
        Fact::new("Keperluan", &order.need.title),
        Fact::new("Tempat", &order.need.place),
        Fact::new("Tanggal dibutuhkan", wanted),
        Fact::new("Yang dapat dihubungi", &order.need.contact).for_parties(),
        Fact::new("Sub-kegiatan", line.sub_activity),
        Fact::new("Rekening", format!("{} {}", line.account, line.name)),
    ];
    if let Some(people) = order.need.participants {
        facts.push(Fact::new("Peserta", format!("{people} orang")));
    }
    Ok(facts)
}

/// A line by its name; whose price it is, where it stands on no shelf.
fn named(line: &OrderLine) -> String {
    match line.is_own() {
        true => format!("{} (harga menurut pemesan, bukan dari etalase)", line.name),
        false => line.name.clone(),
    }
}

fn ordered(lines: &[OrderLine]) -> Table {
    let row = |line: &OrderLine| {
        let count = format!("{} {}", line.count, line.unit);
        vec![named(line), count, line.price.display(), line.total().display()]
    };
    Table {
        columns: vec![
            Column::words("Barang/jasa", 5),
            Column::figures("Banyak", 2),
            Column::figures("Harga", 2),
            Column::figures("Jumlah", 3),
        ],
        rows: lines.iter().map(row).collect(),
        totals: Vec::new(),
    }
}

/// What came this time; after a first part, or when some is missing, also what came before and what
/// is left.
fn taken(counted: &[Counted]) -> Table {
    let parts = counted.iter().any(|counted| counted.line.received > 0 || counted.rest() > 0);
    let row = |counted: &Counted| {
        let line = &counted.line;
        let of = |count: i64| format!("{count} {}", line.unit);
        let mut cells = vec![named(line), of(line.count)];
        if parts {
            cells.push(of(line.received));
        }
        cells.push(of(counted.good));
        if parts {
            cells.push(left(counted));
        }
        cells.extend([line.price.display(), counted.worth().display()]);
        cells
    };
    let mut columns = vec![Column::words("Barang/jasa", 5), Column::figures("Dipesan", 2)];
    if parts {
        columns.push(Column::figures("Sebelumnya", 2));
    }
    columns.push(Column::figures("Diterima", 2));
    if parts {
        columns.push(Column::figures("Sisa", 3));
    }
    columns.extend([Column::figures("Harga", 2), Column::figures("Nilai", 3)]);
    Table { columns, rows: counted.iter().map(row).collect(), totals: Vec::new() }
}

/// `2 kursi, 1 rusak`
fn left(counted: &Counted) -> String {
    let rest = format!("{} {}", counted.rest(), counted.line.unit);
    if counted.broken > 0 { format!("{rest}, {} rusak", counted.broken) } else { rest }
}

fn party(role: &str, name: &str, facts: Vec<Fact>) -> Party {
    Party { role: role.to_owned(), name: name.to_owned(), facts }
}

fn signature(role: &str, name: &str, note: &str, approved: &str) -> Signature {
    let text = str::to_owned;
    Signature { role: text(role), name: text(name), note: text(note), approved: text(approved) }
}

fn stamp(at: Timestamp) -> String {
    format!("Disetujui di Gerai {}", at.say(Language::PAPERS))
}

fn name_of(read: &mut Read<'_>, id: Option<&Id<base::account::Person>>) -> Result<String> {
    match id {
        Some(id) => Ok(person::find(read, id)?.name),
        None => Ok(String::new()),
    }
}

fn issue(
    tx: &mut Tx<'_>,
    kind: DocumentKind,
    order: &Order,
    agency: &Organisation,
    paper: &Paper,
) -> Result<String> {
    let document = document::issue(tx, kind, &office(&agency.code), order.id.as_str(), paper)?;
    Ok(document.number)
}

/// An agency's code as a letterhead abbreviates it: capitals, digits, dots and dashes.
fn office(code: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    code.to_ascii_uppercase().chars().map(plain).take(30).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agencys_code_becomes_an_office_of_papers() {
        assert_eq!(office("dinkes"), "DINKES");
        assert_eq!(office("Kec_Tembalang/1"), "KEC-TEMBALANG-1");
    }
}
