//! Whether a JPEG was sent whole. Readers fill up what is missing with grey and say nothing, so the end
//! is looked for as the format tells it.

const MARK: u8 = 0xff;
const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Whether the end of the picture is there. What stands behind it is of no interest: phones add to it.
pub(super) fn is_whole(jpeg: &[u8]) -> bool {
    let mut at = 0;
    loop {
        let Some(kind) = mark(jpeg, &mut at) else { return false };
        match kind {
            END => return true,
            START | 0x01 | 0xd0..=0xd7 => {}
            _ => {
                let Some(length) = jpeg.get(at..at + 2) else { return false };
                at += usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
                if kind == SCAN {
                    skip_scan(jpeg, &mut at);
                }
            }
        }
    }
}

/// The mark that stands here, and the place behind it.
fn mark(jpeg: &[u8], at: &mut usize) -> Option<u8> {
    if jpeg.get(*at) != Some(&MARK) {
        return None;
    }
    while jpeg.get(*at) == Some(&MARK) {
        *at += 1;
    }
    let kind = *jpeg.get(*at)?;
    *at += 1;
    Some(kind)
}

/// Goes over the picture itself, up to the next mark that is none of its own.
fn skip_scan(jpeg: &[u8], at: &mut usize) {
    while *at < jpeg.len() {
        let inside = matches!(jpeg.get(*at + 1), Some(0 | 0xd0..=0xd7));
        match jpeg[*at] == MARK {
            true if !inside => return,
            true => *at += 2,
            false => *at += 1,
        }
    }
}
