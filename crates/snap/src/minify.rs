//! A body as it is hashed: without the blanks between its signs, in the order and with the digits that
//! were sent.

/// The largest body that is hashed.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Which blanks a partner leaves out before hashing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spaces {
    /// Those outside of strings, as the standard says.
    Outside,
    /// Those inside of strings too, as one widespread client does.
    Everywhere,
}

/// The body without blanks; nothing when it is larger than any body.
pub fn minify(body: &[u8], spaces: Spaces) -> Option<Vec<u8>> {
    if body.len() > BODY_BYTES_MAX {
        return None;
    }
    let mut kept = Vec::with_capacity(body.len());
    let (mut inside, mut escaped) = (false, false);
    for &byte in body {
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        if !blank || (inside && spaces == Spaces::Outside) {
            kept.push(byte);
        }
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            _ => {}
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_where_they_mean_nothing() {
        let body = br#"{ "a" : "x \" y", "b": [ 1, 2.50 ] }"#;
        let outside = minify(body, Spaces::Outside).unwrap();
        assert_eq!(outside, br#"{"a":"x \" y","b":[1,2.50]}"#);
        let everywhere = minify(body, Spaces::Everywhere).unwrap();
        assert_eq!(everywhere, br#"{"a":"x\"y","b":[1,2.50]}"#);
        assert_eq!(minify(&vec![b' '; BODY_BYTES_MAX + 1], Spaces::Outside), None);
    }
}
