//! Woven, carved and bottled things for house and office.

use super::{DARK_STRAW, DARK_WOOD, Hand, STEEL, STRAW, WHITE, WOOD, darker, lighter, oval};

/// A basket with a handle.
pub(super) fn basket(hand: &mut Hand) {
    let [main, deep, _, bright] = hand.tint;
    hand.shadow((300, 492), 195);
    hand.line("M 150 320 C 150 70 450 70 450 320", DARK_STRAW, 22);
    hand.line("M 150 312 C 152 80 448 80 450 312", lighter(STRAW, 25), 7);
    hand.ball((300, 320), (182, 44), darker(DARK_STRAW, 30), DARK_STRAW);
    hand.shade(
        "M 118 320 Q 300 390 482 320 L 440 480 Q 300 520 160 480 Z",
        lighter(STRAW, 14),
        DARK_STRAW,
    );
    for n in 0..6 {
        let y = 350 + n * 25;
        hand.line(
            &format!("M {} {y} Q 300 {} {} {y}", 126 + n * 7, y + 52, 474 - n * 7),
            darker(STRAW, 22),
            4,
        );
    }
    for n in 0..8 {
        let x = 142 + n * 45;
        hand.line(&format!("M {x} 340 L {} 496", 180 + n * 34), lighter(STRAW, 24), 4);
    }
    hand.line("M 118 322 Q 300 392 482 322", main, 16);
    hand.line("M 118 318 Q 300 388 482 318", bright, 4);
    hand.fill("M 300 372 L 268 410 L 300 398 L 332 410 Z", deep);
}

/// A bamboo box with paper cloths.
pub(super) fn tissues(hand: &mut Hand) {
    hand.shadow((300, 478), 205);
    hand.shade(
        "M 262 300 Q 230 190 300 150 Q 292 210 330 180 Q 384 220 348 300 Z",
        WHITE,
        0xdcd6c8,
    );
    hand.line("M 300 160 Q 282 230 300 296", 0xd2ccbe, 4);
    hand.shade("M 110 330 L 160 280 H 490 L 470 330 Z", lighter(STRAW, 35), STRAW);
    hand.fill("M 250 300 H 362 L 356 314 H 244 Z", 0x5a3f1c);
    hand.shade("M 110 330 H 470 V 470 H 110 Z", STRAW, DARK_STRAW);
    hand.fill("M 470 330 L 490 280 V 420 L 470 470 Z", darker(DARK_STRAW, 20));
    let slant = hand.pick(2) == 0;
    for n in 0..9 {
        let x = 122 + n * 40;
        let to = if slant { x + 34 } else { x };
        hand.line(&format!("M {x} 334 L {to} 466"), darker(STRAW, 22), 4);
    }
    let [main, _, _, bright] = hand.tint;
    hand.fill("M 110 382 H 470 V 418 H 110 Z", main);
    hand.line("M 118 400 H 462", bright, 5);
}

/// A bottle with a pump.
pub(super) fn soap(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 495), 115);
    hand.line("M 300 120 V 200", STEEL, 15);
    hand.line("M 210 124 H 302 M 214 124 V 140", lighter(STEEL, 20), 17);
    hand.shade("M 252 190 H 348 V 228 H 252 Z", WHITE, 0xd0d5d9);
    hand.shade("M 230 226 H 370 Q 400 240 400 286 V 470 Q 400 496 374 496 H 226 Q 200 496 200 470 V 286 Q 200 240 230 226 Z", lighter(pale, 25), pale);
    hand.shade(
        "M 210 290 H 390 V 466 Q 390 486 370 486 H 230 Q 210 486 210 466 Z",
        lighter(main, 20),
        main,
    );
    hand.fill("M 222 318 H 378 V 440 H 222 Z", WHITE);
    hand.ball((300, 362), (36, 30), bright, darker(bright, 14));
    hand.line("M 248 414 H 352", deep, 8);
    for (x, y, r) in [(430, 250, 17), (452, 300, 11), (424, 330, 8)] {
        hand.veil(&oval((x, y), (r, r)), WHITE, 170);
    }
    hand.veil("M 216 290 Q 216 252 240 240 V 490 H 228 Q 212 488 212 466 Z", WHITE, 110);
}

/// A canister with a handle.
pub(super) fn canister(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 498), 165);
    hand.line("M 220 200 H 340 Q 372 200 372 232", darker(main, 8), 26);
    hand.shade("M 372 130 H 432 V 190 H 372 Z", bright, darker(bright, 20));
    hand.shade("M 176 236 Q 176 206 210 206 H 366 L 372 180 H 432 L 440 226 Q 452 236 452 260 V 470 Q 452 498 424 498 H 204 Q 176 498 176 470 Z", lighter(main, 22), deep);
    hand.fill("M 206 290 H 424 V 440 H 206 Z", WHITE);
    hand.shade("M 206 290 H 424 V 334 H 206 Z", pale, lighter(pale, 20));
    hand.line("M 236 366 H 392 M 236 396 H 340", deep, 9);
    hand.ball((378, 408), (24, 24), bright, main);
    hand.veil("M 184 240 Q 186 216 214 214 L 204 490 Q 184 488 184 466 Z", WHITE, 90);
}

/// A carved plaque on its foot.
pub(super) fn plaque(hand: &mut Hand) {
    let wood = [WOOD, DARK_WOOD, 0x8f4a2a][hand.pick(3)];
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 500), 170);
    hand.shade("M 150 452 H 450 L 474 500 H 126 Z", lighter(wood, 14), darker(wood, 28));
    hand.shade(
        "M 300 100 Q 430 130 430 250 Q 430 400 300 456 Q 170 400 170 250 Q 170 130 300 100 Z",
        lighter(wood, 24),
        wood,
    );
    hand.line(
        "M 300 122 Q 408 150 408 250 Q 408 382 300 432 Q 192 382 192 250 Q 192 150 300 122 Z",
        lighter(bright, 20),
        6,
    );
    hand.shade("M 226 228 H 374 V 330 H 226 Z", lighter(bright, 40), bright);
    hand.line("M 250 258 H 350", deep, 9);
    hand.line("M 262 288 H 338 M 262 308 H 320", main, 5);
    for angle in [(300, 172), (272, 190), (328, 190)] {
        hand.ball(angle, (15, 22), pale, bright);
    }
    hand.veil(
        "M 300 100 Q 200 130 196 250 Q 200 340 240 400 Q 170 360 170 250 Q 170 130 300 100 Z",
        WHITE,
        60,
    );
}

/// A ring with something small on it.
pub(super) fn key_ring(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.veil(&oval((320, 470), (120, 26)), 0x2a1a0a, 44);
    hand.line(&oval((300, 190), (82, 82)), darker(STEEL, 10), 17);
    hand.line(&oval((297, 186), (82, 82)), lighter(STEEL, 40), 5);
    hand.line("M 300 272 V 314", STEEL, 13);
    if hand.pick(2) == 0 {
        hand.shade("M 220 320 H 380 Q 404 320 404 344 V 442 Q 404 466 380 466 H 220 Q 196 466 196 442 V 344 Q 196 320 220 320 Z", lighter(main, 20), deep);
        hand.pattern((206, 332), (190, 128), pale);
    } else {
        hand.ball((300, 394), (90, 78), lighter(WOOD, 26), WOOD);
        hand.line(&oval((300, 394), (70, 58)), DARK_WOOD, 5);
        hand.fill("M 300 352 L 316 384 L 350 388 L 325 411 L 332 444 L 300 428 L 268 444 L 275 411 L 250 388 L 284 384 Z", bright);
    }
}

/// A small model of an old building with two towers.
pub(super) fn tower(hand: &mut Hand) {
    let stone = [0xf1e3c6, 0xe5d2b4, 0xf3eadb][hand.pick(3)];
    let [roof, deep, ..] = hand.tint;
    hand.shadow((300, 505), 210);
    hand.shade("M 100 470 H 500 L 520 506 H 80 Z", WOOD, DARK_WOOD);
    hand.shade("M 130 310 H 470 V 472 H 130 Z", stone, darker(stone, 14));
    hand.shade("M 120 310 L 160 262 H 440 L 480 310 Z", roof, deep);
    for x in [150, 386] {
        hand.shade(&format!("M {x} 200 H {} V 472 H {x} Z", x + 64), lighter(stone, 25), stone);
        hand.shade(
            &format!(
                "M {} 206 Q {} 110 {} 96 Q {} 110 {} 206 Z",
                x - 6,
                x + 4,
                x + 32,
                x + 60,
                x + 70
            ),
            roof,
            deep,
        );
        hand.line(&format!("M {} 96 V 76", x + 32), deep, 5);
        hand.fill(
            &format!("M {} 282 V 244 Q {} 222 {} 244 V 282 Z", x + 18, x + 32, x + 46),
            0x5a4632,
        );
    }
    for row in 0..2 {
        for n in 0..4 {
            let (x, y) = (232 + n * 38, 372 + row * 62);
            hand.fill(
                &format!(
                    "M {x} {y} V {} Q {} {} {} {} V {y} Z",
                    y - 30,
                    x + 12,
                    y - 48,
                    x + 24,
                    y - 30
                ),
                0x5a4632,
            );
        }
    }
    hand.veil("M 130 310 H 176 V 472 H 130 Z", WHITE, 60);
}

/// Cartons on the table, sealed with tape, and the letter that came with them.
pub(super) fn delivered(hand: &mut Hand) {
    let [main, _, pale, bright] = hand.tint;
    hand.shadow((270, 500), 235);
    for (x, y) in [(60, 500), (275, 500), (165, 355)] {
        let (right, top) = (x + 205, y - 145);
        hand.shade(
            &format!("M {x} {top} H {right} V {y} H {x} Z"),
            lighter(STRAW, 18),
            darker(STRAW, 12),
        );
        hand.fill(
            &format!("M {x} {top} L {} {} H {} L {right} {top} Z", x + 34, top - 28, right - 6),
            lighter(STRAW, 40),
        );
        hand.shade(
            &format!("M {} {top} H {} V {y} H {} Z", x + 88, x + 117, x + 88),
            pale,
            lighter(pale, 25),
        );
        hand.line(&format!("M {} {} H {}", x + 20, y - 24, x + 66), DARK_STRAW, 7);
    }
    hand.fill("M 400 470 L 530 440 L 566 560 L 436 590 Z", 0xfffdf8);
    hand.line("M 424 490 L 508 470", main, 8);
    for y in [515, 535, 555] {
        hand.line(
            &format!("M {} {y} L {} {}", 415 + (y - 470) / 4, 505 + (y - 470) / 4, y - 21),
            0xb9b2a4,
            5,
        );
    }
    hand.round((522, 548), (17, 17), bright);
}
