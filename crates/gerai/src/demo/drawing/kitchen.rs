//! What is eaten and drunk.

use super::{DARK_STRAW, Hand, STRAW, WHITE, darker, lighter};

/// Rice, meat and greens in an open box.
pub(super) fn boxed(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 475), 190);
    hand.shade("M 150 170 H 450 L 482 305 H 118 Z", lighter(STRAW, 45), lighter(STRAW, 20));
    hand.fill("M 118 300 H 482 L 462 340 H 138 Z", 0x6b4a22);
    hand.ball((225, 300), (80, 48), WHITE, 0xe9e2d2);
    let meat = [0xa85a22, 0x8c4518, 0xc27a34][hand.pick(3)];
    hand.ball((345, 292), (72, 38), lighter(meat, 25), meat);
    hand.line("M 318 282 Q 345 268 374 280", lighter(meat, 45), 6);
    for x in [395, 420, 445] {
        hand.round((x, 312), (19, 15), 0x5c9a4b);
        hand.round((x, 310), (13, 10), 0xcfe7b6);
    }
    hand.ball((290, 318), (26, 16), 0xd8432b, 0xa12a18);
    hand.shade("M 118 325 H 482 L 458 480 H 142 Z", lighter(STRAW, 30), STRAW);
    hand.fill("M 118 325 H 482 L 480 338 H 120 Z", DARK_STRAW);
    hand.shade("M 215 365 H 385 V 450 H 215 Z", main, deep);
    hand.line("M 240 392 H 360", pale, 9);
    hand.line("M 265 420 H 335", bright, 7);
    hand.veil("M 118 325 H 190 L 200 480 H 142 Z", WHITE, 46);
}

/// Yellow rice piled to a cone on a leaf.
pub(super) fn cone(hand: &mut Hand) {
    hand.shadow((300, 470), 215);
    hand.ball((300, 452), (220, 58), 0xd2a25a, 0x8f6128);
    hand.ball((300, 440), (205, 48), 0x5d9c46, 0x2f6a2c);
    hand.line("M 110 440 Q 300 420 490 440", 0x86bd63, 4);
    hand.shade("M 300 110 L 412 415 Q 300 462 188 415 Z", 0xf8d65c, 0xdc9f22);
    hand.veil("M 300 110 L 300 440 Q 235 436 188 415 Z", WHITE, 60);
    hand.shade("M 300 84 L 334 168 Q 300 184 266 168 Z", 0x6aa84f, 0x2f6a2c);
    let sides = [0xb0562a, 0xd8432b, 0x7fb35a, 0xf1e3c2, 0xc98a3a];
    for (n, x) in [130, 172, 428, 472, 222, 378].into_iter().enumerate() {
        let colour = sides[hand.pick(5)];
        let y = if n < 4 { 430 } else { 458 };
        hand.ball((x, y), (30, 20), lighter(colour, 30), colour);
    }
}

/// Small cakes on a plate.
pub(super) fn plate(hand: &mut Hand) {
    hand.shadow((300, 450), 225);
    hand.ball((300, 420), (235, 82), WHITE, 0xd9d3c6);
    hand.ball((300, 412), (195, 62), 0xf4efe4, 0xe6dfd0);
    let doughs = [0xe9b44c, 0x8cbf6a, 0xe59aa6, 0xb9733a, 0xf3e7cd, 0xd98b3a];
    let first = hand.pick(6);
    let mixed = hand.pick(2) == 0;
    for (n, (x, y)) in
        [(205, 375), (300, 362), (395, 375), (245, 418), (355, 418), (300, 340)].iter().enumerate()
    {
        let dough = doughs[if mixed { (first + n) % 6 } else { first }];
        hand.veil(&super::oval((x + 8, y + 22), (56, 20)), 0x3a2410, 50);
        hand.round((*x, y + 12), (56, 32), darker(dough, 22));
        hand.ball((*x, *y), (56, 32), lighter(dough, 35), dough);
        hand.veil(&super::oval((x - 18, y - 10), (18, 8)), WHITE, 110);
        hand.round((*x, *y), (9, 6), darker(dough, 40));
    }
}

/// A cake of many thin layers, and a slice of it.
pub(super) fn layered(hand: &mut Hand) {
    hand.shadow((290, 452), 205);
    hand.ball((300, 440), (225, 52), WHITE, 0xd9d3c6);
    let (light, dark) =
        [(0xf3cf7a, 0xb9702c), (0xf6dca6, 0x8a4a24), (0xd7e3a0, 0x5f8a3c)][hand.pick(3)];
    for layer in 0..11 {
        let (y, colour) = (420 - layer * 17, if layer % 2 == 0 { dark } else { light });
        hand.fill(&format!("M 140 {} H 400 V {y} H 140 Z", y - 17), colour);
        hand.fill(
            &format!("M 400 {} L 455 {} V {} L 400 {y} Z", y - 17, y - 42, y - 25),
            darker(colour, 18),
        );
    }
    hand.shade("M 140 233 L 195 208 H 455 L 400 233 Z", lighter(dark, 35), dark);
    hand.veil("M 140 233 H 200 V 420 H 140 Z", WHITE, 50);
}

/// Coffee, leaves or chips in a standing pouch.
pub(super) fn pouch(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 490), 145);
    let dark = hand.pick(2) == 0;
    let (front, side) = if dark { (0x3b2a20, 0x241812) } else { (0xd8b98a, 0xb08c58) };
    hand.shade("M 185 140 H 415 L 432 470 Q 300 512 168 470 Z", front, side);
    hand.fill("M 182 112 H 418 L 415 160 H 185 Z", if dark { 0x241812 } else { 0xa88450 });
    hand.line("M 190 178 H 410", lighter(front, 25), 4);
    hand.shade("M 205 215 H 395 V 425 H 205 Z", lighter(main, 12), deep);
    hand.ball((300, 295), (58, 58), pale, lighter(pale, 30));
    hand.ball((300, 295), (26, 38), 0x7a4a26, 0x4a2a14);
    hand.line("M 300 262 Q 286 295 300 328", 0xe9c99a, 5);
    hand.line("M 240 382 H 360", bright, 9);
    hand.line("M 262 405 H 338", pale, 6);
    hand.veil("M 185 140 H 232 L 224 487 Q 190 480 168 470 Z", WHITE, 44);
}

/// Rice in a tied sack.
pub(super) fn sack(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((300, 490), 195);
    hand.shade(
        "M 185 190 Q 300 225 415 190 Q 480 330 452 470 Q 300 520 148 470 Q 120 330 185 190 Z",
        0xf4ead2,
        0xd2bd92,
    );
    hand.shade("M 215 120 Q 300 150 385 120 L 412 196 Q 300 228 188 196 Z", 0xfbf4e2, 0xd9c69c);
    hand.line("M 190 194 Q 300 226 410 194", deep, 11);
    hand.ball((300, 345), (105, 92), main, deep);
    hand.ball((300, 345), (84, 72), pale, lighter(pale, 35));
    for (x, y) in [(270, 350), (300, 325), (330, 350), (300, 372)] {
        hand.ball((x, y), (12, 22), WHITE, bright);
    }
    hand.veil("M 185 190 Q 130 330 160 466 L 215 484 Q 172 330 232 204 Z", WHITE, 70);
}

/// A bottle with a label.
pub(super) fn bottle(hand: &mut Hand) {
    let [main, deep, pale, _] = hand.tint;
    let juice = [0xe7a72c, 0xd9c79a, 0xb5542a, 0x8a5a2a][hand.pick(4)];
    hand.shadow((300, 495), 105);
    let body = "M 268 165 H 332 V 215 Q 392 240 392 300 V 468 Q 392 496 364 496 H 236 Q 208 496 208 468 V 300 Q 208 240 268 215 Z";
    hand.shade(body, lighter(juice, 55), lighter(juice, 15));
    hand.shade(
        "M 216 270 Q 300 250 384 270 V 466 Q 384 488 362 488 H 238 Q 216 488 216 466 Z",
        lighter(juice, 12),
        darker(juice, 14),
    );
    hand.shade("M 260 112 H 340 V 170 H 260 Z", main, deep);
    hand.line(
        "M 272 124 V 158 M 292 124 V 158 M 312 124 V 158 M 330 124 V 158",
        darker(main, 25),
        4,
    );
    hand.fill("M 208 318 H 392 V 430 H 208 Z", WHITE);
    hand.fill("M 208 318 H 392 V 336 H 208 Z M 208 414 H 392 V 430 H 208 Z", main);
    hand.ball((300, 374), (34, 26), pale, juice);
    hand.line("M 300 400 Q 330 372 322 344", 0x4c8a3f, 6);
    hand.veil("M 222 300 Q 224 262 262 240 V 490 H 238 Q 222 488 222 466 Z", WHITE, 92);
}

/// A pot with a cup beside it.
pub(super) fn pot(hand: &mut Hand) {
    let [main, deep, pale, bright] = hand.tint;
    hand.shadow((270, 470), 170);
    hand.shadow((470, 482), 60);
    hand.line("M 395 290 Q 480 280 458 380 Q 440 420 392 410", deep, 22);
    hand.fill("M 150 300 L 78 232 L 108 214 L 196 290 Z", darker(main, 10));
    hand.ball((270, 350), (150, 120), lighter(main, 20), deep);
    hand.ball((270, 244), (84, 24), main, deep);
    hand.ball((270, 234), (70, 18), lighter(main, 25), main);
    hand.ball((270, 208), (17, 17), bright, darker(bright, 20));
    hand.line("M 150 360 Q 270 400 390 360", bright, 8);
    hand.veil("M 160 300 Q 190 250 230 244 Q 186 320 196 420 Q 150 380 160 300 Z", WHITE, 80);
    hand.shade("M 418 392 H 528 Q 526 478 473 480 Q 420 478 418 392 Z", WHITE, pale);
    hand.ball((473, 394), (55, 14), 0x7a4a26, 0x4a2a14);
}

/// Eggs in a nest of straw.
pub(super) fn eggs(hand: &mut Hand) {
    hand.shadow((300, 475), 205);
    hand.ball((300, 400), (205, 70), DARK_STRAW, darker(DARK_STRAW, 35));
    let shell = [0xf0d2ac, 0xf6ead6, 0xd9a877][hand.pick(3)];
    for (x, y) in [(200, 365), (300, 350), (400, 365), (250, 392), (350, 392)] {
        hand.ball((x, y), (50, 60), lighter(shell, 45), darker(shell, 12));
        hand.veil(&super::oval((x - 14, y - 22), (13, 18)), WHITE, 120);
    }
    hand.shade(
        "M 95 400 Q 300 470 505 400 Q 490 490 400 500 H 200 Q 110 490 95 400 Z",
        STRAW,
        DARK_STRAW,
    );
    for n in 0..6 {
        let y = 428 + n * 12;
        hand.line(
            &format!("M {} {y} Q 300 {} {} {y}", 112 + n * 8, y + 40, 488 - n * 8),
            darker(STRAW, 22),
            3,
        );
    }
}

/// A basket of vegetables.
pub(super) fn greens(hand: &mut Hand) {
    hand.shadow((300, 490), 190);
    for (x, lean) in [(190, -40), (250, -14), (310, 12), (372, 36), (420, 60)] {
        let green = [0x4f8f3a, 0x6fae4a, 0x3a7a3a][hand.pick(3)];
        let tip = x + lean;
        hand.shade(
            &format!("M {x} 350 Q {} 240 {tip} 160 Q {} 240 {} 350 Z", x - 60, x + 70, x + 30),
            lighter(green, 25),
            green,
        );
        hand.line(&format!("M {} 345 Q {x} 250 {tip} 190", x + 12), lighter(green, 45), 4);
    }
    for (x, y, colour) in
        [(215, 335, 0xd8432b), (285, 342, 0xe8792b), (360, 336, 0xd8432b), (410, 346, 0x7a3f7a)]
    {
        hand.ball((x, y), (40, 38), lighter(colour, 35), colour);
        hand.veil(&super::oval((x - 12, y - 14), (11, 8)), WHITE, 120);
    }
    hand.shade("M 130 350 H 470 L 432 490 Q 300 512 168 490 Z", STRAW, DARK_STRAW);
    for n in 0..5 {
        let y = 372 + n * 25;
        hand.line(&format!("M {} {y} H {}", 138 + n * 7, 462 - n * 7), darker(STRAW, 24), 4);
    }
    hand.line("M 126 350 H 474", lighter(STRAW, 25), 15);
}
