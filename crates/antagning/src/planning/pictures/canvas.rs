//! The sheet that pictures are drawn on: title, legend, notes, and the shapes of them all.

use svg::node::element::{
    Circle, Description, Element, Group, Line, Path, Rectangle, SVG, Style, Text, Title,
};

use super::Picture;
use super::ink::Ink;
use super::words::{clean, fitted, width, wrapped};
use crate::language::Language;

/// The width of every picture, in its own units. Printed 17 cm wide a unit is 0.63 pt, so that no
/// text is smaller than 7.5 pt.
pub(super) const WIDTH: f64 = 760.0;
/// What stays free on the left and on the right.
pub(super) const MARGIN: f64 = 16.0;
/// The size of names and figures.
pub(super) const SIZE: f64 = 13.0;
/// The size of what explains them.
pub(super) const SMALL: f64 = 12.0;
const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture in the making, drawn from above.
pub(super) struct Canvas {
    drawing: SVG,
    /// How far down it is drawn.
    pub(super) down: f64,
    pub(super) language: Language,
}

impl Canvas {
    /// Begins with a title and what it is about; `summary` is for those who cannot see it.
    pub(super) fn new(language: Language, title: &str, about: &str, summary: &str) -> Self {
        let title = clean(title);
        let drawing = SVG::new()
            .set("role", "img")
            .set("xml:lang", language.pick("sv", "en"))
            .set("font-family", FONTS)
            .add(Title::new(title.clone()))
            .add(Description::new().add(svg::node::Text::new(clean(summary))))
            .add(Style::new(Ink::style()))
            .add(filled(Rectangle::new().set("width", "100%").set("height", "100%"), Ink::Paper));
        let mut canvas = Self { drawing, down: 34.0, language };
        for line in wrapped(&title, 18.0, WIDTH - 2.0 * MARGIN, 2) {
            canvas.add(bold((MARGIN, canvas.down), &line, 18.0, Ink::Text, Anchor::Start));
            canvas.down += 22.0;
        }
        canvas.paragraph(about, SIZE, 3);
        canvas
    }

    pub(super) fn pick<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.pick(sv, en)
    }

    pub(super) fn add(&mut self, node: impl Into<Box<dyn svg::Node>>) {
        svg::Node::append(&mut self.drawing, node);
    }

    fn paragraph(&mut self, text: &str, size: f64, most: usize) {
        for line in wrapped(text, size, WIDTH - 2.0 * MARGIN, most) {
            self.add(words((MARGIN, self.down), &line, size, Ink::Muted, Anchor::Start));
            self.down += size + 4.0;
        }
    }

    /// What the shapes stand for: each a shape drawn about a place, how wide it is, and its meaning.
    pub(super) fn legend(&mut self, entries: Vec<(Group, f64, &str)>) {
        let (mut across, gap) = (MARGIN, 22.0);
        self.down += 6.0;
        for (shape, wide, meaning) in entries {
            let long = wide + 7.0 + width(meaning, SMALL);
            if across > MARGIN && across + long > WIDTH - MARGIN {
                (across, self.down) = (MARGIN, self.down + 19.0);
            }
            let move_to = format!("translate({} {})", px(across + wide / 2.0), px(self.down - 4.0));
            self.add(shape.set("transform", move_to));
            let at = (across + wide + 7.0, self.down);
            self.add(words(at, meaning, SMALL, Ink::Muted, Anchor::Start));
            across += long + gap;
        }
        self.down += 12.0;
    }

    /// A sentence in place of rows that there are not.
    pub(super) fn nothing(&mut self, sentence: &str) {
        self.down += 40.0;
        let at = (WIDTH / 2.0, self.down);
        self.add(words(at, sentence, 15.0, Ink::Text, Anchor::Middle));
        self.down += 40.0;
    }

    /// Ends with notes and what the picture is not: a decision.
    pub(super) fn finish(mut self, note: &str) -> Picture {
        self.down += 20.0;
        if !note.is_empty() {
            self.paragraph(note, SMALL, 4);
        }
        let status = self.pick("Arbetsmaterial, inget beslut.", "Working material, no decision.");
        self.add(bold((MARGIN, self.down), status, SMALL, Ink::Muted, Anchor::Start));
        let height = px(self.down + 16.0);
        let (drawing, wide) = (self.drawing, px(WIDTH));
        let drawing = drawing.set("viewBox", format!("0 0 {wide} {height}"));
        let mut text = drawing.set("width", wide).set("height", height).to_string();
        text.push('\n');
        Picture(text)
    }
}

/// A length or place, to a tenth of a unit.
pub(super) fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text at a place, on its base line.
pub(super) fn words(
    (across, down): (f64, f64),
    text: &str,
    size: f64,
    ink: Ink,
    anchor: Anchor,
) -> Element {
    lettering((across, down), text, size, ink, anchor).into()
}

/// As [`words`], bold.
pub(super) fn bold(at: (f64, f64), text: &str, size: f64, ink: Ink, anchor: Anchor) -> Element {
    lettering(at, text, size, ink, anchor).set("font-weight", "bold").into()
}

// A `Text` is written on lines of its own, which some programs show as spaces; an `Element` is not.
fn lettering((across, down): (f64, f64), text: &str, size: f64, ink: Ink, anchor: Anchor) -> Text {
    let text = Text::new(clean(text)).set("x", px(across)).set("y", px(down));
    let text = text.set("font-size", px(size)).set("fill", ink.colour()).set("class", ink.fill());
    match anchor {
        Anchor::Start => text,
        Anchor::Middle => text.set("text-anchor", "middle"),
        Anchor::End => text.set("text-anchor", "end"),
    }
}

/// A text with an edge in the colour of the paper, legible on lines.
pub(super) fn words_on_lines(
    at: (f64, f64),
    text: &str,
    size: f64,
    ink: Ink,
    anchor: Anchor,
) -> Group {
    let edge = lettering(at, text, size, Ink::Paper, anchor)
        .set("class", format!("{} {}", Ink::Paper.fill(), Ink::Paper.line()))
        .set("stroke", Ink::Paper.colour())
        .set("stroke-width", 3)
        .set("stroke-linejoin", "round")
        .set("aria-hidden", "true");
    Group::new().add(Element::from(edge)).add(words(at, text, size, ink, anchor))
}

fn filled(shape: Rectangle, ink: Ink) -> Rectangle {
    shape.set("fill", ink.colour()).set("class", ink.fill())
}

/// A rectangle by its corners.
pub(super) fn block((left, top): (f64, f64), (right, bottom): (f64, f64), ink: Ink) -> Rectangle {
    let shape = Rectangle::new().set("x", px(left)).set("y", px(top));
    let shape = shape.set("width", px(right - left)).set("height", px(bottom - top));
    filled(shape, ink)
}

/// A line.
pub(super) fn stroke(from: (f64, f64), to: (f64, f64), wide: f64, ink: Ink) -> Line {
    let line = Line::new().set("x1", px(from.0)).set("y1", px(from.1));
    let line = line.set("x2", px(to.0)).set("y2", px(to.1)).set("stroke-width", px(wide));
    line.set("stroke", ink.colour()).set("class", ink.line())
}

/// A disc.
pub(super) fn disc((across, down): (f64, f64), radius: f64, ink: Ink) -> Circle {
    let disc = Circle::new().set("cx", px(across)).set("cy", px(down)).set("r", px(radius));
    disc.set("fill", ink.colour()).set("class", ink.fill())
}

/// A ring filled with paper.
pub(super) fn ring((across, down): (f64, f64), radius: f64, ink: Ink) -> Circle {
    let ring = Circle::new().set("cx", px(across)).set("cy", px(down)).set("r", px(radius));
    let ring = ring.set("fill", Ink::Paper.colour()).set("stroke", ink.colour());
    ring.set("stroke-width", 2).set("class", format!("{} {}", Ink::Paper.fill(), ink.line()))
}

/// A square on its corner.
pub(super) fn diamond((across, down): (f64, f64), reach: f64, ink: Ink) -> Path {
    let (left, right) = (px(across - reach), px(across + reach));
    let (top, bottom) = (px(down - reach), px(down + reach));
    let (across, down) = (px(across), px(down));
    let path = format!("M{left} {down} L{across} {top} L{right} {down} L{across} {bottom} Z");
    Path::new().set("d", path).set("fill", ink.colour()).set("class", ink.fill())
}

/// Shapes with a tooltip, which screen readers read as well.
pub(super) fn told(tooltip: &str) -> Group {
    let lines: Vec<String> = tooltip.lines().map(|line| fitted(&clean(line), 1.0, 200.0)).collect();
    Group::new().add(Title::new(lines.join("\n")))
}
