//! The checksum of a code: CRC-16/CCITT-FALSE (polynomial 1021, begun with FFFF, not reflected).

const POLYNOMIAL: u16 = 0x1021;
const BEGIN: u16 = 0xFFFF;

/// The checksum over these bytes, as four upper-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let sum = bytes.iter().fold(BEGIN, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| match sum & 0x8000 {
            0 => sum << 1,
            _ => (sum << 1) ^ POLYNOMIAL,
        })
    });
    format!("{sum:04X}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_check_value_is_the_known_one() {
        assert_eq!(super::hex(b"123456789"), "29B1");
    }
}
