//! QR codes as plain squares, for pages (SVG) and papers (PDF): the check address of a paper, a payment.

use std::fmt;

use qrcode::{Color, EcLevel, QrCode};

/// White modules required around a code.
pub const QUIET_ZONE: u16 = 4;

/// The text does not fit a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLongForQr;

impl fmt::Display for TooLongForQr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is too long for a QR code")
    }
}

impl std::error::Error for TooLongForQr {}

/// A QR code: a square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    size: u16,
    modules: Vec<bool>,
}

/// Dark modules side by side in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First column.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// How many.
    pub length: u16,
}

impl Qr {
    /// Encodes a text; a seventh of the code may be lost and it still reads.
    pub fn encode(text: &str) -> Result<Qr, TooLongForQr> {
        let code =
            QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLongForQr)?;
        let size = u16::try_from(code.width()).expect("at most 177 modules");
        let modules = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Ok(Qr { size, modules })
    }

    /// Modules on each side, without the quiet zone.
    pub fn size(&self) -> u16 {
        self.size
    }

    /// All dark modules, row by row.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (y, row) in (0..self.size).zip(self.modules.chunks(usize::from(self.size))) {
            for (x, is_dark) in (0..self.size).zip(row) {
                match runs.last_mut() {
                    _ if !is_dark => {}
                    Some(run) if run.y == y && run.x + run.length == x => run.length += 1,
                    _ => runs.push(Run { x, y, length: 1 }),
                }
            }
        }
        runs
    }

    /// The `viewBox` of an SVG that holds the code and its quiet zone.
    pub fn view_box(&self) -> String {
        let side = self.size + 2 * QUIET_ZONE;
        format!("-{QUIET_ZONE} -{QUIET_ZONE} {side} {side}")
    }

    /// A picture that phones can keep and read: PNG with its quiet zone, in shades of grey.
    pub fn png(&self) -> Vec<u8> {
        const PIXELS: u32 = 12;
        let quiet = u32::from(QUIET_ZONE);
        let side = (u32::from(self.size) + 2 * quiet) * PIXELS;
        let dark =
            |pixel: u32| (pixel / PIXELS).checked_sub(quiet).filter(|at| *at < self.size.into());
        let shade = |x: u32, y: u32| {
            let module = dark(x).zip(dark(y)).map(|(x, y)| y * u32::from(self.size) + x);
            let is_dark = module.is_some_and(|at| self.modules[at as usize]);
            image::Luma([if is_dark { 0 } else { u8::MAX }])
        };
        let picture: image::GrayImage = image::ImageBuffer::from_fn(side, side, shade);
        let mut bytes = std::io::Cursor::new(Vec::new());
        let written = picture.write_to(&mut bytes, image::ImageFormat::Png);
        written.expect("memory takes a picture");
        bytes.into_inner()
    }

    /// The `d` of an SVG path, to be filled, in the units of `view_box`.
    pub fn path(&self) -> String {
        use fmt::Write;
        let mut path = String::new();
        for Run { x, y, length } in self.runs() {
            write!(path, "M{x} {y}h{length}v1h-{length}z").expect("memory takes text");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_fits_the_smallest_code() {
        let qr = Qr::encode("GERAI").unwrap();
        assert_eq!(qr.size(), 21);
        assert_eq!(qr.view_box(), "-4 -4 29 29");
        // Every code begins with the seven modules of a finder.
        assert_eq!(qr.runs()[0], Run { x: 0, y: 0, length: 7 });
        assert!(qr.path().starts_with("M0 0h7v1h-7z"));
    }

    #[test]
    fn the_runs_are_the_dark_modules_and_nothing_else() {
        let qr = Qr::encode("https://gerai.example/papers/01J8Z").unwrap();
        let mut drawn = vec![false; qr.modules.len()];
        for run in qr.runs() {
            for x in run.x..run.x + run.length {
                drawn[usize::from(run.y) * usize::from(qr.size) + usize::from(x)] = true;
            }
        }
        assert_eq!(drawn, qr.modules);
    }

    #[test]
    fn too_much_text_is_refused() {
        assert_eq!(Qr::encode(&"a".repeat(5_000)), Err(TooLongForQr));
    }
}
