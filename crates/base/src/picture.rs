//! Photos people send: checked by what they hold, stood upright, stripped of everything a camera adds
//! (place, maker, time), laid on white and written anew in three sizes and one for link previews.
//! What leaves here is a JPEG made by this program, so nothing hidden in an upload is ever served.
//! This is work for the processor (up to a second): call it on a blocking thread, few at a time.

mod resize;
mod whole;

use std::fmt;
use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};

/// Largest upload.
pub const UPLOAD_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most pixels that are decoded: what the phones of the day make at their best.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Most memory one decoded picture may take.
const DECODED_BYTES_MAX: u64 = 200_000_000;
/// A picture whose longer side is shorter shows nothing.
pub const SIDE_MIN: u32 = 200;
/// All sizes are made from a picture of at most this side, so the large one is soon gone.
const WORK_SIDE_MAX: u32 = 1_600;

const THUMB: Size = Size { side_max: 256, bytes_max: 15_000 };
const CARD: Size = Size { side_max: 640, bytes_max: 40_000 };
const FULL: Size = Size { side_max: 1_280, bytes_max: 150_000 };
/// The size link previews are drawn in.
pub const SHARE_WIDTH: u32 = 1_200;
/// See `SHARE_WIDTH`.
pub const SHARE_HEIGHT: u32 = 630;
const SHARE_BYTES_MAX: usize = 200_000;

#[derive(Clone, Copy)]
struct Size {
    side_max: u32,
    bytes_max: usize,
}

/// One size of a photo.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file: a JPEG without metadata.
    pub jpeg: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} × {}, {} bytes)", self.width, self.height, self.jpeg.len())
    }
}

/// A photo in all its sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// For lists: at most 15 KB.
    pub thumb: Picture,
    /// For cards: at most 40 KB.
    pub card: Picture,
    /// For the page of the thing itself: at most 150 KB.
    pub full: Picture,
    /// For link previews: 1200 × 630 of a photo, at most 200 KB.
    pub share: Picture,
}

/// Why a picture is not taken. The code is also the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureProblem {
    /// Nothing was sent.
    Empty,
    /// More than `UPLOAD_BYTES_MAX`.
    TooLarge,
    /// More than `PIXELS_MAX`, whatever the size of the file.
    TooManyPixels,
    /// Less than `SIDE_MIN` at its longer side.
    TooSmall,
    /// A drawing made of instructions, which may carry scripts.
    Svg,
    /// The phone's own format, which browsers do not show.
    Heic,
    /// Neither JPEG, PNG, WebP nor GIF.
    Unknown,
    /// It begins like a picture but cannot be read, or its end is missing.
    Damaged,
}

impl PictureProblem {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            PictureProblem::Empty => "picture-empty",
            PictureProblem::TooLarge => "picture-too-large",
            PictureProblem::TooManyPixels => "picture-too-many-pixels",
            PictureProblem::TooSmall => "picture-too-small",
            PictureProblem::Svg => "picture-svg",
            PictureProblem::Heic => "picture-heic",
            PictureProblem::Unknown => "picture-unknown",
            PictureProblem::Damaged => "picture-damaged",
        }
    }
}

impl fmt::Display for PictureProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for PictureProblem {}

/// Makes all sizes of an uploaded photo, or says why not.
pub fn prepare(bytes: &[u8]) -> Result<Pictures, PictureProblem> {
    if bytes.is_empty() {
        return Err(PictureProblem::Empty);
    }
    if bytes.len() > UPLOAD_BYTES_MAX {
        return Err(PictureProblem::TooLarge);
    }
    let work = decode(bytes, format_of(bytes)?)?;
    Ok(sizes(&work, &resize::framed(&work, SHARE_WIDTH, SHARE_HEIGHT)))
}

/// All sizes of a square picture that the program drew itself: three bytes for each pixel. The one for
/// previews is half as wide: that is enough for a drawing.
pub fn drawn(side: u32, rgb: Vec<u8>) -> Result<Pictures, PictureProblem> {
    let work = RgbImage::from_raw(side, side, rgb).filter(|_| side <= WORK_SIDE_MAX);
    let work = work.ok_or(PictureProblem::Damaged)?;
    Ok(sizes(&work, &resize::framed(&work, SHARE_WIDTH / 2, SHARE_HEIGHT / 2)))
}

fn sizes(work: &RgbImage, share: &RgbImage) -> Pictures {
    let full = sized(work, FULL);
    // A small picture is its own card: writing it twice would give the same.
    let fits = full.jpeg.len() <= CARD.bytes_max && full.width.max(full.height) <= CARD.side_max;
    Pictures {
        thumb: sized(work, THUMB),
        card: if fits { full.clone() } else { sized(work, CARD) },
        share: resize::encode_exactly(share, SHARE_BYTES_MAX),
        full,
    }
}

/// Decides by the first bytes; the name and the declared type of an upload mean nothing.
fn format_of(bytes: &[u8]) -> Result<ImageFormat, PictureProblem> {
    let is_riff = bytes.starts_with(b"RIFF");
    match bytes {
        _ if bytes.starts_with(b"\xff\xd8\xff") => Ok(ImageFormat::Jpeg),
        _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Ok(ImageFormat::Png),
        _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Ok(ImageFormat::Gif),
        _ if is_riff && bytes.get(8..12) == Some(b"WEBP") => Ok(ImageFormat::WebP),
        _ if bytes.get(4..8) == Some(b"ftyp") => Err(PictureProblem::Heic),
        _ if looks_like_svg(bytes) => Err(PictureProblem::Svg),
        _ => Err(PictureProblem::Unknown),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_096)];
    head.windows(4).any(|window| window.eq_ignore_ascii_case(b"<svg"))
}

/// Reads the picture within the limits and gives it upright, small enough to work with, on white.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, PictureProblem> {
    if format == ImageFormat::Jpeg && !whole::is_whole(bytes) {
        return Err(PictureProblem::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODED_BYTES_MAX * 2);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureProblem::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) < SIDE_MIN {
        return Err(PictureProblem::TooSmall);
    }
    if pixels > PIXELS_MAX || decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(PictureProblem::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(|error| problem(&error))?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    let small = resize::within(&resize::on_white(decoded), WORK_SIDE_MAX);
    let mut upright = DynamicImage::ImageRgb8(small);
    upright.apply_orientation(orientation);
    Ok(upright.into_rgb8())
}

fn problem(error: &image::ImageError) -> PictureProblem {
    match error {
        image::ImageError::Limits(_) => PictureProblem::TooManyPixels,
        _ => PictureProblem::Damaged,
    }
}

fn sized(work: &RgbImage, size: Size) -> Picture {
    resize::encode_within(&resize::within(work, size.side_max), size.bytes_max)
}

#[cfg(test)]
mod tests;
