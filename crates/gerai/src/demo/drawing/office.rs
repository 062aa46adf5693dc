//! Furniture, paper and print.

use super::{DARK_WOOD, Hand, STEEL, STRAW, WHITE, WOOD, darker, lighter, oval};

/// A banner between two poles.
pub(super) fn banner(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((90, 500), 30);
    hand.shadow((505, 500), 30);
    hand.line("M 88 120 V 498 M 512 120 V 498", DARK_WOOD, 15);
    hand.shade("M 96 160 Q 300 190 504 160 V 352 Q 300 382 96 352 Z", lighter(main, 14), deep);
    hand.fill("M 96 322 Q 300 352 504 322 V 352 Q 300 382 96 352 Z", bright);
    hand.line("M 150 220 Q 300 240 450 220", WHITE, 20);
    hand.line("M 190 266 Q 300 280 410 266", pale, 11);
    hand.round((140, 268), (26, 26), bright);
}

/// Two leaflets, one over the other.
pub(super) fn leaflets(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.veil("M 205 180 L 470 150 L 500 470 L 235 500 Z", 0x2a1a0a, 46);
    hand.fill("M 190 165 L 455 135 L 485 455 L 220 485 Z", pale);
    hand.veil("M 130 170 L 385 190 L 365 510 L 110 490 Z", 0x2a1a0a, 40);
    hand.fill("M 122 155 L 377 175 L 357 495 L 102 475 Z", WHITE);
    hand.shade("M 122 155 L 377 175 L 369 305 L 114 285 Z", lighter(main, 12), deep);
    hand.ball((246, 228), (48, 40), bright, darker(bright, 18));
    for n in 0..5 {
        let y = 330 + n * 26;
        hand.line(
            &format!("M 140 {y} L {} {}", 320 - n * 14, y + 12),
            if n == 0 { deep } else { 0xc9c2b6 },
            9,
        );
    }
}

/// A certificate in its frame.
pub(super) fn certificate(hand: &mut Hand) {
    let [main, deep, _, bright] = hand.tint;
    hand.veil("M 95 175 H 530 V 490 H 95 Z", 0x2a1a0a, 50);
    hand.shade("M 75 155 H 525 V 475 H 75 Z", lighter(WOOD, 14), DARK_WOOD);
    hand.fill("M 100 180 H 500 V 450 H 100 Z", WHITE);
    hand.line("M 120 200 H 480 V 430 H 120 Z", main, 4);
    hand.line("M 128 208 H 472 V 422 H 128 Z", bright, 2);
    hand.line("M 210 248 H 390", deep, 14);
    hand.line("M 240 290 H 360", main, 9);
    hand.line("M 170 330 H 430 M 190 354 H 410", 0xcfc8bb, 6);
    hand.fill("M 404 400 L 396 452 L 420 438 L 444 452 L 436 400 Z", deep);
    hand.ball((420, 390), (32, 32), lighter(bright, 25), bright);
    hand.round((420, 390), (19, 19), main);
}

/// A wrapped ream of paper.
pub(super) fn ream(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 480), 200);
    for n in 0..8 {
        let y = 470 - n * 13;
        hand.fill(
            &format!("M 110 {} H 470 V {y} H 110 Z", y - 13),
            if n % 2 == 0 { 0xe7e2d6 } else { 0xfbf8f1 },
        );
        hand.fill(
            &format!("M 470 {} L 520 {} V {} L 470 {y} Z", y - 13, y - 45, y - 32),
            if n % 2 == 0 { 0xcfc9bb } else { 0xe2dccf },
        );
    }
    hand.shade("M 110 366 L 170 250 H 520 L 470 366 Z", WHITE, 0xeae4d8);
    hand.shade("M 190 366 L 240 250 H 430 L 392 366 Z", lighter(main, 14), main);
    hand.shade("M 190 366 H 392 V 470 H 190 Z", main, deep);
    hand.ball((291, 418), (60, 34), pale, lighter(pale, 30));
    hand.line("M 262 418 H 320", bright, 12);
}

/// Folders, one beside the other.
pub(super) fn folder(hand: &mut Hand) {
    hand.shadow((300, 490), 190);
    let first = hand.pick(6);
    for n in 0..4_i32 {
        let [main, deep, _, bright] = super::TINTS[(first + usize::try_from(n).unwrap_or(0)) % 6];
        let (x, y) = (110 + n * 36, 150 + n * 26);
        hand.shade(
            &format!(
                "M {x} {y} H {} L {} {} H {} V {} H {x} Z",
                x + 110,
                x + 135,
                y + 28,
                x + 300,
                y + 300
            ),
            lighter(main, 22),
            main,
        );
        hand.line(&format!("M {x} {} H {}", y + 300, x + 300), deep, 6);
        hand.fill(
            &format!("M {} {} H {} V {} H {} Z", x + 176, y + 56, x + 272, y + 98, x + 176),
            WHITE,
        );
        hand.line(&format!("M {} {} H {}", x + 192, y + 77, x + 250), bright, 6);
    }
}

/// A book or a diary with its ribbon.
pub(super) fn book(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 492), 165);
    hand.fill("M 170 140 H 440 L 462 160 V 486 L 440 500 H 170 Z", 0xe9e3d5);
    for n in 0..6 {
        hand.line(&format!("M {} 158 V 488", 442 + n * 3), 0xcfc8b8, 1);
    }
    hand.shade(
        "M 150 128 H 430 Q 440 128 440 140 V 484 Q 440 496 430 496 H 150 Z",
        lighter(main, 14),
        deep,
    );
    hand.fill("M 150 128 H 186 V 496 H 150 Z", darker(deep, 12));
    if hand.pick(2) == 0 {
        hand.fill("M 220 200 H 404 V 286 H 220 Z", WHITE);
        hand.line("M 242 228 H 382 M 242 256 H 342", deep, 8);
        hand.ball((312, 380), (62, 50), pale, bright);
    } else {
        hand.pattern((196, 150), (240, 330), pale);
        hand.fill("M 384 128 H 408 V 496 H 384 Z", bright);
    }
    hand.line("M 300 496 V 526", bright, 9);
    hand.veil("M 186 128 H 240 L 220 496 H 186 Z", WHITE, 40);
}

/// A board on two legs.
pub(super) fn board(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 510), 190);
    hand.line("M 170 150 L 130 512 M 430 150 L 470 512", STEEL, 16);
    hand.shade("M 120 110 H 480 V 400 H 120 Z", lighter(STEEL, 35), STEEL);
    hand.fill("M 138 128 H 462 V 382 H 138 Z", WHITE);
    hand.shade("M 138 128 H 462 V 190 H 138 Z", main, deep);
    hand.line("M 170 160 H 360", bright, 12);
    for (x, y) in [(160, 214), (268, 214), (376, 214), (160, 300), (268, 300)] {
        hand.fill(&format!("M {x} {y} H {} V {} H {x} Z", x + 76, y + 62), pale);
        hand.line(&format!("M {} {} H {}", x + 12, y + 22, x + 56), deep, 5);
    }
}

/// A writing desk.
pub(super) fn desk(hand: &mut Hand) {
    let wood = [WOOD, 0x8f5a30, 0xc48f58][hand.pick(3)];
    hand.shadow((300, 505), 215);
    hand.fill("M 112 300 H 142 V 500 H 112 Z M 458 300 H 488 V 500 H 458 Z", darker(wood, 34));
    hand.shade("M 330 300 H 470 V 470 H 330 Z", wood, darker(wood, 20));
    for y in [312, 364, 416] {
        hand.line(&format!("M 342 {y} H 458 V {} H 342 Z", y + 42), darker(wood, 32), 3);
        hand.round((400, y + 21), (10, 6), 0xe0b65a);
    }
    hand.shade("M 80 262 L 140 214 H 522 L 510 262 Z", lighter(wood, 32), wood);
    hand.fill("M 80 262 H 510 V 300 H 80 Z", darker(wood, 12));
    hand.line("M 120 244 H 430 M 170 230 H 480", lighter(wood, 42), 3);
    let [main, deep, _, bright] = hand.tint;
    hand.shade("M 190 190 H 268 V 236 H 190 Z", main, deep);
    hand.line("M 200 204 H 256", bright, 5);
}

/// A rack with things on it, of wood or steel.
pub(super) fn shelf(hand: &mut Hand) {
    let frame = [WOOD, STEEL, DARK_WOOD][hand.pick(3)];
    hand.shadow((300, 515), 180);
    hand.fill("M 140 90 H 164 V 515 H 140 Z M 436 90 H 460 V 515 H 436 Z", darker(frame, 22));
    for (row, y) in [180, 290, 400, 495].into_iter().enumerate() {
        let mut x = 172;
        while row < 3 && x < 410 {
            let [main, deep, pale, _] = super::TINTS[hand.pick(6)];
            let (w, h) = (
                18 + i32::try_from(hand.pick(22)).unwrap_or(0),
                52 + i32::try_from(hand.pick(26)).unwrap_or(0),
            );
            hand.shade(
                &format!("M {x} {} H {} V {y} H {x} Z", y - h, x + w),
                lighter(main, 14),
                deep,
            );
            hand.line(&format!("M {} {} H {}", x + 5, y - h + 16, x + w - 5), pale, 4);
            x += w + 4;
        }
        hand.shade(&format!("M 132 {y} H 468 V {} H 132 Z", y + 22), lighter(frame, 22), frame);
    }
    hand.line("M 152 92 V 512", lighter(frame, 25), 4);
}

/// A chair of cane.
pub(super) fn chair(hand: &mut Hand) {
    let cane = [STRAW, 0xc68f4c, 0x9c6a36][hand.pick(3)];
    let [main, deep, pale, _] = hand.tint;
    hand.shadow((300, 512), 170);
    hand.line(
        "M 180 380 L 160 508 M 420 380 L 440 508 M 220 400 L 214 510 M 380 400 L 386 510",
        darker(cane, 30),
        17,
    );
    hand.line("M 178 380 C 130 110 470 110 422 380", darker(cane, 18), 24);
    hand.line("M 178 374 C 134 116 466 116 422 374", lighter(cane, 30), 7);
    for n in 0..7_i32 {
        let x = 216 + n * 28;
        hand.line(&format!("M {x} {} V 366", 212 - (3 - (n - 3).abs()) * 8), cane, 7);
    }
    hand.line("M 198 262 H 402 M 190 312 H 410", darker(cane, 12), 7);
    hand.line("M 160 340 H 206 M 394 340 H 440", darker(cane, 18), 20);
    hand.ball((300, 388), (140, 44), darker(cane, 10), darker(cane, 35));
    hand.ball((300, 372), (126, 40), lighter(main, 22), deep);
    hand.veil(&oval((262, 362), (58, 14)), pale, 110);
}
