//! Pictures made here, and the hostile ones when they are at hand.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgba, RgbaImage};

use super::*;

fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    })
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn read(picture: &Picture) -> RgbImage {
    let read = image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).unwrap();
    assert_eq!((read.width(), read.height()), (picture.width, picture.height));
    read.to_rgb8()
}

/// A JPEG whose left half is red and right half blue, with an orientation and a secret in its EXIF.
fn turned(orientation: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(256, 128, |x, _| {
        if x < 128 { image::Rgb([250, 0, 0]) } else { image::Rgb([0, 0, 250]) }
    });
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"RAHASIA");
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 90);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(&picture, 256, 128, image::ExtendedColorType::Rgb8).unwrap();
    jpeg
}

fn check_budgets(made: &Pictures) {
    for (picture, size) in [(&made.thumb, THUMB), (&made.card, CARD), (&made.full, FULL)] {
        assert!(picture.jpeg.len() <= size.bytes_max, "{picture:?}");
        assert!(picture.width.max(picture.height) <= size.side_max, "{picture:?}");
        read(picture);
    }
    assert!(made.share.jpeg.len() <= SHARE_BYTES_MAX, "{:?}", made.share);
    assert_eq!((made.share.width, made.share.height), (SHARE_WIDTH, SHARE_HEIGHT));
    read(&made.share);
}

#[test]
fn every_size_keeps_its_budget_even_of_pure_noise() {
    for (width, height) in [(1_300, 900), (200, 700), (1, 900), (3_000, 3)] {
        check_budgets(&prepare(&png(&noise(width, height).into())).unwrap());
    }
}

#[test]
fn a_smooth_picture_keeps_its_full_size() {
    let smooth = RgbImage::from_fn(1_280, 960, |x, y| {
        image::Rgb([(x / 8) as u8, (y / 8) as u8, ((x + y) / 16) as u8])
    });
    let made = prepare(&png(&smooth.into())).unwrap();
    assert_eq!((made.thumb.width, made.thumb.height), (256, 192));
    assert_eq!((made.card.width, made.card.height), (640, 480));
    assert_eq!((made.full.width, made.full.height), (1_280, 960));
}

#[test]
fn a_turned_photo_stands_upright_and_loses_its_metadata() {
    let upright = prepare(&turned(1)).unwrap().full;
    assert_eq!((upright.width, upright.height), (256, 128));
    let made = prepare(&turned(6)).unwrap();
    assert_eq!((made.full.width, made.full.height), (128, 256));
    let pixels = read(&made.full);
    assert!(pixels.get_pixel(64, 40)[0] > 200, "red is on top");
    assert!(pixels.get_pixel(64, 216)[2] > 200, "blue is below");
    for picture in [&made.thumb, &made.card, &made.full, &made.share] {
        assert!(!picture.jpeg.windows(4).any(|w| w == b"Exif" || w == b"RAHA"));
    }
}

#[test]
fn transparent_becomes_white() {
    let mut glass = RgbaImage::from_pixel(240, 240, Rgba([0, 0, 0, 0]));
    glass.put_pixel(0, 0, Rgba([0, 0, 0, 255]));
    let made = prepare(&png(&glass.into())).unwrap();
    assert!(read(&made.full).get_pixel(180, 180).0.iter().all(|colour| *colour > 250));
}

#[test]
fn other_kinds_of_pixels_are_taken_too() {
    let grey = DynamicImage::ImageRgb8(noise(260, 140));
    for picture in [
        DynamicImage::ImageLuma8(grey.to_luma8()),
        DynamicImage::ImageLumaA8(grey.to_luma_alpha8()),
        DynamicImage::ImageRgb16(grey.to_rgb16()),
        DynamicImage::ImageRgba16(grey.to_rgba16()),
        DynamicImage::ImageLuma16(grey.to_luma16()),
    ] {
        check_budgets(&prepare(&png(&picture)).unwrap());
        check_budgets(
            &prepare(&png(&picture.resize_exact(1_700, 20, image::imageops::Nearest))).unwrap(),
        );
    }
}

#[test]
fn the_first_frame_of_a_gif_and_a_webp_are_taken() {
    let picture = DynamicImage::ImageRgb8(noise(250, 140));
    for format in [ImageFormat::Gif, ImageFormat::WebP] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        check_budgets(&prepare(&bytes.into_inner()).unwrap());
    }
}

#[test]
fn what_is_no_picture_is_refused_with_its_reason() {
    let huge = png(&DynamicImage::ImageLuma8(image::GrayImage::new(8_000, 7_000)));
    let mut cut = png(&DynamicImage::ImageRgb8(noise(250, 40)));
    cut.truncate(60);
    for (bytes, expected) in [
        (Vec::new(), "picture-empty"),
        (vec![0xff; UPLOAD_BYTES_MAX + 1], "picture-too-large"),
        (huge, "picture-too-many-pixels"),
        (cut, "picture-damaged"),
        (b"\xff\xd8\xff\xe0".to_vec(), "picture-damaged"),
        (png(&DynamicImage::ImageRgb8(noise(199, 40))), "picture-too-small"),
        (turned(1)[..600].to_vec(), "picture-damaged"),
        (b"<?xml version='1.0'?><SVG onload='x()'/>".to_vec(), "picture-svg"),
        (b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "picture-heic"),
        (b"PK\x03\x04".to_vec(), "picture-unknown"),
        (b"<html>".to_vec(), "picture-unknown"),
    ] {
        assert_eq!(prepare(&bytes).unwrap_err().code(), expected);
    }
}

#[test]
fn garbage_after_a_true_beginning_never_panics() {
    let sound = [turned(6), png(&DynamicImage::ImageRgb8(noise(204, 4)))];
    for bytes in sound {
        for place in (4..bytes.len()).step_by(31) {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x55;
            let _ = prepare(&damaged);
            let _ = prepare(&bytes[..place]);
        }
    }
}

#[test]
fn the_hostile_samples_are_refused_or_tamed() {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/public/hostile");
    if !folder.exists() {
        eprintln!("skipped: the hostile samples are not at hand");
        return;
    }
    let begun = Instant::now();
    let sample = |name: &str| prepare(&std::fs::read(folder.join(name)).unwrap());
    let code = |name: &str| sample(name).unwrap_err().code();
    assert_eq!(code("img-bomb-12000x12000-1bit.png"), "picture-too-many-pixels");
    assert_eq!(code("img-gif-js-polyglot.gif"), "picture-damaged");
    assert_eq!(code("img-empty.jpg"), "picture-empty");
    assert_eq!(code("img-transparent.png"), "picture-too-small");
    assert_eq!(code("img-svg-script.svg"), "picture-svg");
    assert_eq!(code("img-svg-use-bomb.svg"), "picture-svg");
    check_budgets(&sample("img-png-named.jpg").unwrap());
    let photo = sample("img-exif-gps-orientation6.jpg").unwrap();
    check_budgets(&photo);
    assert_eq!((photo.full.width, photo.full.height), (480, 640));
    assert!(!photo.full.jpeg.windows(4).any(|w| w == b"Exif"));
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_photo_that_did_not_arrive_whole_is_refused_and_one_with_something_behind_it_is_taken() {
    let whole = turned(1);
    for share in [10, 40, 90] {
        let cut = &whole[..whole.len() * share / 100];
        assert_eq!(prepare(cut).unwrap_err(), PictureProblem::Damaged, "{share} %");
    }
    let mut longer = whole;
    longer.extend_from_slice(b"what a phone adds");
    assert!(prepare(&longer).is_ok());
}
