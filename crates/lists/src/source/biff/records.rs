//! The records of a workbook stream: a kind, a length, and bytes; long ones go on in the next.

use crate::source::container::u16_at;

pub(super) const FORMULA: u16 = 0x0006;
pub(super) const END: u16 = 0x000a;
pub(super) const EPOCH: u16 = 0x0022;
pub(super) const PASSWORD: u16 = 0x002f;
pub(super) const CONTINUE: u16 = 0x003c;
pub(super) const SHEET: u16 = 0x0085;
pub(super) const PACKED_MANY: u16 = 0x00bd;
pub(super) const RICH_LABEL: u16 = 0x00d6;
pub(super) const STYLE: u16 = 0x00e0;
pub(super) const MERGES: u16 = 0x00e5;
pub(super) const STRINGS: u16 = 0x00fc;
pub(super) const SHARED_TEXT: u16 = 0x00fd;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const YES_NO: u16 = 0x0205;
pub(super) const FORMULA_TEXT: u16 = 0x0207;
pub(super) const PACKED: u16 = 0x027e;
pub(super) const FORMAT: u16 = 0x041e;
pub(super) const BOF: u16 = 0x0809;

/// A record and what continues it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

/// Goes through a stream record by record, and ends where it is damaged.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn of(stream: &'a [u8]) -> Records<'a> {
        Records { rest: stream }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            let Some((_, data)) = self.one() else { break };
            more.push(data);
        }
        Some(Record { kind, data, more })
    }
}
