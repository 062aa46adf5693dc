//! The container of old Office files: a small file system in sectors. Only what finding one stream
//! takes, and every chain ends after as many sectors as the file has.

/// Sector numbers from here on are signs, not sectors.
const SIGNS: u32 = 0xFFFF_FFFA;
const ENTRY_BYTES: usize = 128;
const MINI_BYTES: usize = 64;
/// Streams shorter than this lie in the small sectors.
const MINI_BELOW: usize = 4_096;
/// Numbers of sectors of the table that the header itself holds.
const HEADER_TABLE: std::ops::Range<usize> = 76..512;

struct Container<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    next: Vec<u32>,
}

/// The stream of the first of these names that there is.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let container = Container::open(bytes)?;
    let directory = container.chain(u32_at(bytes, 48)?);
    let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY_BYTES).collect();
    let root = entries.first()?;
    let entry = names.iter().find_map(|name| {
        entries.iter().find(|entry| entry_name(entry).eq_ignore_ascii_case(name))
    })?;
    let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let mut stream = if size < MINI_BELOW {
        let small = container.chain(u32_at(root, 116)?);
        let next = numbers(&container.chain(u32_at(bytes, 60)?));
        chain(&small, MINI_BYTES, 0, &next, start)
    } else {
        container.chain(start)
    };
    stream.truncate(size);
    Some(stream)
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Container<'a>> {
        let sector_bytes = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut container = Container { bytes, sector_bytes, next: Vec::new() };
        let mut tables = numbers(bytes.get(HEADER_TABLE)?);
        // A big file lists more parts of its table in a chain of sectors of their own.
        let mut more = u32_at(bytes, 68)?;
        for _ in 0..bytes.len() / sector_bytes {
            let Some(sector) = container.sector(more) else { break };
            let mut listed = numbers(sector);
            more = listed.pop()?;
            tables.extend(listed);
        }
        let parts = tables.into_iter().take(bytes.len() / sector_bytes + 1);
        let next = parts.filter_map(|part| container.sector(part)).flat_map(numbers).collect();
        container.next = next;
        Some(container)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        sector(self.bytes, self.sector_bytes, self.sector_bytes, number)
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        chain(self.bytes, self.sector_bytes, self.sector_bytes, &self.next, start)
    }
}

/// A sector of a file whose first one lies at `first`. The last may be cut short.
fn sector(bytes: &[u8], size: usize, first: usize, number: u32) -> Option<&[u8]> {
    if number >= SIGNS {
        return None;
    }
    let start = (number as usize).checked_mul(size)?.checked_add(first)?;
    let end = start.checked_add(size)?.min(bytes.len());
    bytes.get(start..end).filter(|sector| !sector.is_empty())
}

fn chain(bytes: &[u8], size: usize, first: usize, next: &[u32], start: u32) -> Vec<u8> {
    let mut content = Vec::new();
    let mut number = start;
    for _ in 0..=bytes.len() / size {
        let Some(part) = sector(bytes, size, first, number) else { break };
        content.extend_from_slice(part);
        let Some(following) = next.get(number as usize) else { break };
        number = *following;
    }
    content
}

fn entry_name(entry: &[u8]) -> String {
    let units: Vec<u16> = entry[..64]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .take_while(|unit| *unit != 0)
        .collect();
    String::from_utf16_lossy(&units)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}

/// Two bytes, little end first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes, little end first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
