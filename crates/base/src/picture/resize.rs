//! Scaling, flattening and writing JPEG within a budget of bytes.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, Rgb, RgbImage, imageops};

use super::Picture;

/// Tried from the best down, then the picture shrinks and they are tried again.
const QUALITIES: [u8; 7] = [82, 75, 68, 60, 52, 44, 36];
/// For a picture that must keep its size.
const LAST_QUALITIES: [u8; 4] = [28, 20, 12, 5];
const WHITE: u32 = 255;
/// Unbleached cotton, the ground of the public pages.
const COTTON: Rgb<u8> = Rgb([0xf7, 0xf5, 0xf0]);
/// Small pictures are not blown up further than this.
const ENLARGE_MAX: u64 = 2;

/// The picture with no side longer than `side_max`; smaller ones stay as they are.
pub(super) fn within(picture: &RgbImage, side_max: u32) -> RgbImage {
    let (width, height) = fit(picture.width(), picture.height(), side_max);
    scaled(picture, width, height)
}

/// What is transparent becomes white: JPEG knows no transparency and would show black. Done in place,
/// for the largest picture takes as much memory as one may.
pub(super) fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let (width, height) = rgba.dimensions();
    let mut bytes = rgba.into_raw();
    for pixel in 0..bytes.len() / 4 {
        let alpha = bytes[pixel * 4 + 3];
        for channel in 0..3 {
            bytes[pixel * 3 + channel] = blend(bytes[pixel * 4 + channel], alpha);
        }
    }
    bytes.truncate(bytes.len() / 4 * 3);
    RgbImage::from_raw(width, height, bytes).expect("three bytes for each pixel")
}

/// Fills a frame with the picture. Where that would cut away more than half of it, or blow a small
/// one up, the whole picture stands in the middle on cotton.
pub(super) fn framed(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (w, h) = (u64::from(picture.width()), u64::from(picture.height()));
    let (fw, fh) = (u64::from(width), u64::from(height));
    // Both sides multiplied out: the part kept by covering is the smaller of the two ratios.
    let is_wide = w * fh > h * fw;
    let (kept, whole) = if is_wide { (h * fw, w * fh) } else { (w * fh, h * fw) };
    let is_tiny = w * ENLARGE_MAX < fw || h * ENLARGE_MAX < fh;
    if kept * 2 < whole || is_tiny {
        return contained(picture, width, height);
    }
    let (cw, ch) = if is_wide { (h * fw / fh, h) } else { (w, w * fh / fw) };
    let (cw, ch) = (narrow(cw.max(1)), narrow(ch.max(1)));
    let (left, top) = ((picture.width() - cw) / 2, (picture.height() - ch) / 2);
    let cut = imageops::crop_imm(picture, left, top, cw, ch).to_image();
    scaled(&cut, width, height)
}

/// The picture as JPEG of at most `bytes_max`, first less sharp, then smaller.
pub(super) fn encode_within(picture: &RgbImage, bytes_max: usize) -> Picture {
    let mut picture = picture.clone();
    loop {
        if let Some(done) = first_within(&picture, &QUALITIES, bytes_max) {
            return done;
        }
        let (width, height) = (picture.width() * 3 / 4, picture.height() * 3 / 4);
        picture = scaled(&picture, width.max(1), height.max(1));
    }
}

/// The same for a picture whose size is given.
pub(super) fn encode_exactly(picture: &RgbImage, bytes_max: usize) -> Picture {
    first_within(picture, &QUALITIES, bytes_max)
        .or_else(|| first_within(picture, &LAST_QUALITIES, bytes_max))
        .unwrap_or_else(|| {
            encode(&RgbImage::from_pixel(picture.width(), picture.height(), COTTON), 60)
        })
}

fn contained(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (w, h) = (u64::from(picture.width()), u64::from(picture.height()));
    let (fw, fh) = (u64::from(width), u64::from(height));
    let (iw, ih) = if w * fh > h * fw { (fw, h * fw / w) } else { (w * fh / h, fh) };
    let (iw, ih) = (iw.min(w * ENLARGE_MAX).max(1), ih.min(h * ENLARGE_MAX).max(1));
    let inner = scaled(picture, narrow(iw), narrow(ih));
    let mut frame = RgbImage::from_pixel(width, height, COTTON);
    let (left, top) = ((fw - iw) / 2, (fh - ih) / 2);
    let place = |at: u64| i64::try_from(at).expect("inside a frame of u32");
    imageops::replace(&mut frame, &inner, place(left), place(top));
    frame
}

fn fit(width: u32, height: u32, side_max: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side_max {
        return (width, height);
    }
    let shrink =
        |side: u32| narrow((u64::from(side) * u64::from(side_max) / u64::from(longest)).max(1));
    (shrink(width), shrink(height))
}

fn scaled(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    if (width, height) == picture.dimensions() {
        return picture.clone();
    }
    // One type of pixels, named: the call that takes any picture compiles its code for all of them.
    let source = TypedImageRef::<U8x3>::from_buffer(picture.width(), picture.height(), picture)
        .expect("three bytes for each pixel");
    let mut target = TypedImage::<U8x3>::new(width, height);
    let smooth = ResizeAlg::Convolution(FilterType::CatmullRom);
    Resizer::new()
        .resize_typed(&source, &mut target, &ResizeOptions::new().resize_alg(smooth))
        .expect("the whole of a picture that has pixels");
    let bytes = target.pixels().iter().flat_map(|pixel| pixel.0).collect();
    RgbImage::from_raw(width, height, bytes).expect("three bytes for each pixel")
}

fn blend(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let blended = (colour * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
    u8::try_from(blended).expect("between two colours")
}

/// The best quality that keeps within `bytes_max`: the best and the worst are tried first, which
/// decides most pictures, then the middle ones by halves.
fn first_within(picture: &RgbImage, qualities: &[u8], bytes_max: usize) -> Option<Picture> {
    let fits = |made: &Picture| made.jpeg.len() <= bytes_max;
    let best = encode(picture, qualities[0]);
    if fits(&best) {
        return Some(best);
    }
    let mut found = encode(picture, qualities[qualities.len() - 1]);
    if !fits(&found) {
        return None;
    }
    let mut middle = &qualities[1..qualities.len() - 1];
    while !middle.is_empty() {
        let (better, worse) = middle.split_at(middle.len() / 2);
        let made = encode(picture, worse[0]);
        if fits(&made) {
            found = made;
            middle = better;
        } else {
            middle = &worse[1..];
        }
    }
    Some(found)
}

fn encode(picture: &RgbImage, quality: u8) -> Picture {
    let (width, height) = picture.dimensions();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode(picture, width, height, ExtendedColorType::Rgb8)
        .expect("memory takes what is written, and no side passes 65,535");
    Picture { jpeg, width, height }
}

fn narrow(side: u64) -> u32 {
    u32::try_from(side).expect("never longer than a side that was u32")
}
