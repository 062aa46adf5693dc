//! What is worn and carried.

use super::{DARK_STRAW, Hand, STRAW, WHITE, darker, lighter, oval};

const BODY: &str = "M 225 150 Q 300 190 375 150 L 432 178 L 512 300 L 452 338 L 420 292 V 500 H 180 V 292 L 148 338 L 88 300 L 168 178 Z";

/// A shirt; printed, or plain with another collar.
pub(super) fn shirt(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.veil(&oval((314, 515), (170, 16)), 0x2a1a0a, 40);
    hand.shade(BODY, lighter(main, 14), deep);
    if hand.pick(3) > 0 {
        hand.pattern((186, 200), (230, 290), pale);
    } else {
        hand.fill(
            "M 420 292 L 452 338 L 512 300 L 492 270 Z M 180 292 L 148 338 L 88 300 L 108 270 Z",
            bright,
        );
        hand.fill("M 180 330 H 420 V 352 H 180 Z", bright);
    }
    hand.fill("M 225 150 Q 300 190 375 150 L 350 214 L 300 184 L 250 214 Z", lighter(main, 35));
    hand.line("M 300 186 V 498", deep, 4);
    for y in [230, 290, 350, 410, 470] {
        hand.round((300, y), (7, 7), WHITE);
    }
    hand.veil("M 180 292 L 230 200 V 500 H 180 Z", WHITE, 42);
    hand.veil("M 420 292 L 386 230 V 500 H 420 Z", 0x000000, 34);
}

/// A vest for work outside.
pub(super) fn vest(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.veil(&oval((314, 515), (150, 16)), 0x2a1a0a, 40);
    let body = "M 220 130 L 262 140 Q 300 250 338 140 L 380 130 L 412 210 Q 388 260 424 312 V 500 H 176 V 312 Q 212 260 188 210 Z";
    hand.shade(body, lighter(main, 16), deep);
    hand.fill("M 176 352 H 424 V 388 H 176 Z", bright);
    hand.fill("M 176 364 H 424 V 376 H 176 Z", WHITE);
    for x in [196, 324] {
        hand.fill(&format!("M {x} 410 H {} V 476 H {x} Z", x + 80), darker(main, 18));
        hand.line(&format!("M {x} 428 H {}", x + 80), pale, 4);
    }
    hand.line("M 300 236 V 498", pale, 6);
    hand.veil("M 176 312 Q 212 260 196 214 L 236 150 V 500 H 176 Z", WHITE, 46);
}

/// Cloth in folded layers, the top one printed.
pub(super) fn folded(hand: &mut Hand) {
    hand.shadow((300, 480), 210);
    let mut layer = |y: i32, tint: [u32; 4]| {
        let [main, deep, pale, _] = tint;
        hand.shade(
            &format!(
                "M 130 {y} H 470 Q 500 {} 470 {} H 130 Q 100 {} 130 {y} Z",
                y + 34,
                y + 68,
                y + 34
            ),
            lighter(main, 16),
            deep,
        );
        hand.line(&format!("M 132 {} H 468", y + 34), pale, 3);
    };
    layer(412, super::TINTS[1]);
    layer(344, super::TINTS[3]);
    let [main, deep, pale, bright] = hand.tint;
    hand.shade("M 120 348 L 190 190 H 500 L 474 348 Z", lighter(main, 10), deep);
    for row in 0..4 {
        for column in 0..8 {
            let (x, y) = (196 + column * 38 - row * 14, 216 + row * 36);
            hand.round((x - 8, y - 6), (9, 6), pale);
            hand.round((x + 8, y + 6), (9, 6), pale);
            hand.round((x, y), (3, 3), bright);
        }
    }
    hand.fill("M 120 348 H 474 L 470 368 H 126 Z", bright);
    hand.veil("M 120 348 L 190 190 H 262 L 200 348 Z", WHITE, 56);
}

/// A shawl over a rod.
pub(super) fn scarf(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.veil(&oval((320, 520), (150, 16)), 0x2a1a0a, 40);
    hand.line("M 90 130 H 510", 0x7a4f28, 18);
    hand.line("M 90 126 H 510", 0xb98a55, 6);
    hand.shade(
        "M 180 116 H 420 L 440 480 H 330 L 318 300 L 300 500 H 168 Z",
        lighter(main, 18),
        deep,
    );
    hand.pattern((186, 140), (222, 170), pale);
    hand.pattern((180, 310), (116, 150), pale);
    hand.fill("M 170 452 L 304 458 L 301 482 H 169 Z", bright);
    for x in [178, 198, 218, 238, 258, 278, 296] {
        hand.line(&format!("M {x} 500 V 520"), main, 5);
    }
    hand.veil("M 180 116 H 230 L 216 500 H 168 Z", WHITE, 60);
}

/// A woven bag.
pub(super) fn bag(hand: &mut Hand) {
    let [main, deep, _, bright] = hand.tint;
    hand.shadow((300, 495), 175);
    hand.line("M 215 270 C 200 90 400 90 385 270", 0x7a4f28, 17);
    hand.line("M 215 262 C 202 98 398 98 385 262", 0xb98a55, 6);
    hand.shade("M 150 250 H 450 L 478 480 Q 300 512 122 480 Z", lighter(STRAW, 18), DARK_STRAW);
    for n in 0..9 {
        let y = 272 + n * 25;
        hand.line(&format!("M {} {y} H {}", 148 - n * 3, 452 + n * 3), darker(STRAW, 18), 3);
    }
    let band = 320 + i32::try_from(hand.pick(3)).unwrap_or(0) * 26;
    hand.fill(&format!("M 140 {band} H 460 L 466 {} H 134 Z", band + 58), main);
    for n in 0..7 {
        let x = 152 + n * 44;
        hand.fill(
            &format!(
                "M {x} {} L {} {} L {} {} L {} {} Z",
                band + 29,
                x + 20,
                band + 8,
                x + 40,
                band + 29,
                x + 20,
                band + 50
            ),
            if n % 2 == 0 { bright } else { deep },
        );
    }
    hand.line("M 146 250 H 454", lighter(STRAW, 40), 14);
    hand.veil("M 150 250 H 214 L 196 490 L 122 480 Z", WHITE, 52);
}
