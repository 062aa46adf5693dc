//! From bytes to text: UTF-8, UTF-16 with or without its mark, else Windows-1252.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far to look for zero bytes.
const LOOK: usize = 4_096;

/// The text, or nothing when the bytes are no text at all. UTF-8 without a mark stays where it
/// lies in memory.
pub(super) fn decode(bytes: Vec<u8>) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes).0.into_owned());
    }
    if bytes.iter().take(LOOK).any(|byte| matches!(byte, 0..=8 | 14..=26)) {
        return None;
    }
    let other = |bytes: &[u8]| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    Some(String::from_utf8(bytes).unwrap_or_else(|error| other(error.as_bytes())))
}

/// UTF-16 of Latin text has a zero in every second byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let look = &bytes[..bytes.len().min(LOOK) & !1];
    if look.len() < 8 {
        return None;
    }
    let zeros = |from: usize| look.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let half = look.len() / 2;
    match (zeros(0) * 2 > half, zeros(1) * 2 > half) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_in_use_becomes_the_same_text() {
        let text = "Tempe é Ñ;Sari\r\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let marked = [&[0xff, 0xfe], &little[..]].concat();
        let utf8 = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [little, big, marked, utf8] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
        assert_eq!(decode(b"Gado\xb2 \x93Asli\x94".to_vec()).as_deref(), Some("Gado² “Asli”"));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\r".to_vec()), None);
    }
}
