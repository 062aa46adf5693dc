//! The seven motifs: each a cell that repeats. Dots along a line are *isen-isen*, drawn as dashes
//! of no length. A shelf draws two dozen of them for every visitor, so they are written straight into
//! the cloth.

/// What is woven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motif {
    Kawung,
    Parang,
    Truntum,
    Ceplok,
    /// Mega mendung, from the north coast.
    Mega,
    /// Pinto Aceh, the door.
    Pinto,
    /// Pucuk rebung, the bamboo shoot.
    Rebung,
}

/// One repeat of a motif.
pub(crate) struct Cell {
    pub(crate) width: &'static str,
    pub(crate) height: &'static str,
    pub(crate) angle: u32,
}

impl Motif {
    /// Whether the cloth may lie on its corner.
    pub(crate) fn may_turn(self) -> bool {
        matches!(self, Motif::Kawung | Motif::Ceplok)
    }

    /// Whether it is small enough to leave room for a hem.
    pub(crate) fn may_hem(self) -> bool {
        !matches!(self, Motif::Rebung | Motif::Mega | Motif::Ceplok)
    }

    /// How large its cell is, and how it lies.
    pub(crate) fn cell(self) -> Cell {
        let (width, height, angle) = match self {
            Motif::Kawung => ("40", "40", 0),
            Motif::Parang => ("22", "44", 45),
            Motif::Truntum => ("36", "36", 0),
            Motif::Ceplok => ("48", "48", 0),
            Motif::Mega => ("72", "52", 0),
            Motif::Pinto => ("48", "60", 0),
            Motif::Rebung => ("32", "52", 0),
        };
        Cell { width, height, angle }
    }

    /// Draws its cell in these dyes; `key` begins every id inside.
    pub(crate) fn draw(self, svg: &mut String, dyes: &[&str; 4], key: &str) {
        let mut pen = Pen { svg, key };
        match self {
            Motif::Kawung => kawung(&mut pen, dyes),
            Motif::Parang => parang(&mut pen, dyes),
            Motif::Truntum => truntum(&mut pen, dyes),
            Motif::Ceplok => ceplok(&mut pen, dyes),
            Motif::Mega => mega(&mut pen, dyes),
            Motif::Pinto => pinto(&mut pen, dyes),
            Motif::Rebung => rebung(&mut pen, dyes),
        }
    }
}

struct Pen<'a> {
    svg: &'a mut String,
    key: &'a str,
}

impl Pen<'_> {
    fn line(&mut self, d: &str, colour: &str, width: &str) {
        self.put(&[r#"<path d=""#, d, r#"" stroke=""#, colour]);
        self.put(&[r#"" stroke-width=""#, width, r#""/>"#]);
    }

    fn dots(&mut self, d: &str, colour: &str, width: &str) {
        self.put(&[r#"<path d=""#, d, r#"" stroke=""#, colour]);
        self.put(&[r#"" stroke-width=""#, width, r#"" stroke-dasharray="0 3"/>"#]);
    }

    fn fill(&mut self, d: &str, colour: &str) {
        self.put(&[r#"<path d=""#, d, r#"" fill=""#, colour, r#""/>"#]);
    }

    fn put(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.svg.push_str(part));
    }

    /// Opens a group that is used again below.
    fn group(&mut self) {
        self.put(&[r#"<g id=""#, self.key, r#"p">"#]);
    }

    fn end(&mut self) {
        self.put(&["</g>"]);
    }

    fn again(&mut self, how: &[&str]) {
        self.put(&[r##"<use href="#"##, self.key, r#"p" "#]);
        self.put(how);
        self.put(&["/>"]);
    }

    fn quarters(&mut self, centre: &str) {
        for angle in ["90", "180", "270"] {
            self.again(&[r#"transform="rotate("#, angle, " ", centre, " ", centre, r#")""#]);
        }
    }

    fn copies(&mut self, places: &[(&str, &str)]) {
        for (x, y) in places {
            self.again(&[r#"x=""#, x, r#"" y=""#, y, r#"""#]);
        }
    }
}

fn kawung(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    pen.group();
    pen.fill("M18.6 18.6C10 19.5 1.5 12 2.2 2.2 12 1.5 19.5 10 18.6 18.6Z", main);
    pen.dots("M15 15 6 6", deep, "1.6");
    pen.end();
    pen.quarters("20");
    pen.line("M20 20h0M20 0h0M20 40h0M0 20h0M40 20h0", line, "4");
    pen.dots("M20 5v9M20 26v9M5 20h9M26 20h9", line, "1.3");
}

fn parang(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    let blade = "M0 4H11C4 7 5 12 9 16S13 25 9 29 3 34 3 36H-8V36H14C14 32 19 30 20.5 25S18 15 15 12 13 6 22 4Z";
    pen.fill(blade, main);
    pen.dots("M13.5 33C15 29 18 27 17.5 22S13 15 11 12", deep, "1.3");
    pen.line("M0 36.5H22M0 3.5H22", line, "1.2");
    let lozenges =
        "M11 37.5 15 40 11 42.5 7 40ZM0 37.5 4 40 0 42.5-4 40ZM22 37.5 26 40 22 42.5 18 40Z";
    pen.fill(lozenges, line);
    pen.fill("M0 43.2H22V44H0ZM0 0H22V1.2H0Z", deep);
}

fn truntum(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    pen.group();
    pen.line("M18 6V30M6 18H30", main, "3.2");
    pen.line("M11 11 25 25M25 11 11 25", line, "1.8");
    pen.line("M18 18h0", deep, "7.2");
    pen.line("M18 18h0", line, "3.6");
    pen.end();
    pen.copies(&[("-18", "-18"), ("18", "-18"), ("-18", "18"), ("18", "18")]);
    pen.line(
        "M18 1.5h0M1.5 18h0M34.5 18h0M18 34.5h0M9 4.5h0M27 4.5h0M9 31.5h0M27 31.5h0",
        line,
        "1.7",
    );
}

fn ceplok(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    pen.line("M24 0 48 24 24 48 0 24Z", deep, "5");
    pen.dots("M24 0 48 24 24 48 0 24Z", line, "1.4");
    pen.group();
    pen.fill("M24 22C17 17 18 9 24 5 30 9 31 17 24 22Z", main);
    pen.dots("M24 18V10", deep, "1.5");
    pen.end();
    pen.quarters("24");
    pen.line("M18 18 13 13M30 18 35 13M18 30 13 35M30 30 35 35", line, "2.4");
    pen.line("M24 24h0", line, "6");
    pen.line("M0 0h0M48 0h0M0 48h0M48 48h0", main, "13");
    pen.line("M0 0h0M48 0h0M0 48h0M48 48h0", line, "5");
}

/// Bands grow outward: one outline, stroked from wide to narrow.
fn mega(pen: &mut Pen<'_>, [ground, main, line, deep]: &[&str; 4]) {
    let outline = "M2 22C8 22 8 15 14 15 14 6 25 5 29 11 34 4 47 8 45 15 53 15 54 22 62 22 53 23 52 29 45 28 42 34 33 33 30 29 26 34 16 33 15 28 9 29 8 23 2 22Z";
    pen.put(&[r#"<path id=""#, pen.key, r#"c" d=""#, outline, r#""/>"#]);
    pen.group();
    for (colour, width) in [(deep, "17"), (main, "12.5"), (ground, "8"), (line, "3.5")] {
        pen.put(&[r##"<use href="#"##, pen.key, r#"c" fill=""#, main]);
        pen.put(&[r#"" stroke=""#, colour, r#"" stroke-width=""#, width, r#""/>"#]);
    }
    pen.dots("M17 21H46M24 16H36", deep, "2");
    pen.end();
    pen.copies(&[("44", "-22"), ("-28", "-22"), ("8", "4"), ("44", "30"), ("-28", "30")]);
}

fn pinto(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    pen.fill("M24 2 33 17V46H15V17Z", main);
    pen.fill("M24 11 29 20V46H19V20Z", deep);
    pen.dots("M24 17V43", line, "2");
    pen.group();
    pen.line("M33 38C44 39 47 27 39 25 33 24 32 32 37.5 32M33 20C40 19 41 11 36 10", main, "2.6");
    pen.end();
    pen.again(&[r#"transform="matrix(-1 0 0 1 48 0)""#]);
    pen.fill("M9 49H39V52H9ZM5 54H43V57H5Z", line);
    pen.dots("M0 2V60M48 2V60", line, "1.7");
    pen.line("M0 0h0M48 0h0M0 60h0M48 60h0", main, "8");
}

fn rebung(pen: &mut Pen<'_>, [_, main, line, deep]: &[&str; 4]) {
    pen.fill("M16 2 30 44H2Z", main);
    pen.fill("M16 13 25.5 41H6.5Z", deep);
    pen.fill("M16 22 21.5 38H10.5Z", line);
    pen.dots("M16 16V20M0 4V42M32 4V42", line, "1.8");
    pen.line("M0 47.5H32", main, "2");
    pen.dots("M1 51H32", line, "1.6");
}
