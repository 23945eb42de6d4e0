//! The displacement network as a map: who moves from where to where when a seat comes or goes.

use svg::node::element::{Circle, Group};

use super::Picture;
use super::arrow::{arrow, bend, shortened, swing};
use super::canvas::{
    Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH, block, bold, disc, ring, stroke, told, words,
    words_on_lines,
};
use super::ink::Ink;
use super::map::{Arc, Map, Point};
use super::names::{Area, Room};
use super::words::{fitted, width};
use crate::language::Language;
use crate::planning::seat_values::{Level, Network};

/// The radius of the greatest disc.
const RADIUS: f64 = 15.0;
/// The width of the narrowest and of the widest arrow.
const BREADTHS: (f64, f64) = (0.8, 7.5);

impl Network {
    /// A picture of the network in two panels, with a seat more and with a seat fewer: municipalities at
    /// their places where all are known, else (and schools and offers always) in a circle in the order
    /// of their labels; the 40 with most moves where there are more.
    #[must_use]
    pub fn to_picture(&self, language: Language) -> Picture {
        let pick = |sv, en| language.pick(sv, en);
        let map = Map::new(self);
        let title = match self.level() {
            Level::Offer => pick("Vem flyttar mellan utbildningar", "Who moves between offers"),
            Level::School => pick("Vem flyttar mellan skolor", "Who moves between schools"),
            Level::Municipality => {
                pick("Vem flyttar mellan kommuner", "Who moves between municipalities")
            }
        };
        let about = pick(
            "Alla flyttar när varje utbildning i tur och ordning får en plats till (överst) och en plats \
             färre (nederst). Pilen går från platsen som lämnas till platsen som tas.",
            "All moves when each offer in turn has one seat more (above) and one seat fewer (below). The \
             arrow goes from the place given up to the place taken.",
        );
        let summary: Vec<String> = (0..2).map(|panel| map.head(language, panel)).collect();
        let mut canvas = Canvas::new(language, title, about, &summary.join(" "));
        let rest = match language {
            Language::Sv => format!("{} till varken visas eller räknas.", map.left_out),
            Language::En => format!("{} more are neither shown nor counted.", map.left_out),
        };
        let places = pick(
            "Kommunerna står vid sin huvudort (GeoNames).",
            "Municipalities stand at their main town (GeoNames).",
        );
        let note = match (map.scale, map.left_out) {
            (Some(_), 0) => places.to_owned(),
            (Some(_), _) => format!("{places} {rest}"),
            (None, 0) => String::new(),
            (None, _) => rest,
        };
        if map.points.is_empty() {
            canvas.nothing(pick("Ingen plats flyttar någon.", "No seat moves anybody."));
            return canvas.finish(&note);
        }
        map.legend(&mut canvas);
        for panel in 0..2 {
            map.panel(&mut canvas, panel);
        }
        canvas.finish(&note)
    }
}

impl Map<'_> {
    fn head(&self, language: Language, panel: usize) -> String {
        let sum = |of: &dyn Fn(&Point<'_>) -> u32| self.points.iter().map(of).sum::<u32>();
        let between: u32 = self.arcs.iter().map(|arc| arc.moves[panel]).sum();
        let (within, placed) = (sum(&|p| p.within[panel]), sum(&|p| p.placed[panel]));
        let [between, within, placed] = [between, within, placed].map(|n| language.count(n.into()));
        match (panel, language) {
            (0, Language::Sv) => format!(
                "En plats till: {between} flyttar mellan, {within} inom, {placed} nya antagna."
            ),
            (_, Language::Sv) => format!(
                "En plats färre: {between} flyttar mellan, {within} inom, {placed} inte längre antagna."
            ),
            (0, Language::En) => {
                format!(
                    "One more seat: {between} move between, {within} within, {placed} newly placed."
                )
            }
            (_, Language::En) => format!(
                "One fewer seat: {between} move between, {within} within, {placed} no longer placed."
            ),
        }
    }

    fn most_moves(&self) -> u32 {
        let moves = self.arcs.iter().flat_map(|arc| arc.moves);
        moves.max().unwrap_or(0).max(1)
    }

    /// An area for each move, the same on both panels.
    fn radius(&self, moves: u32) -> f64 {
        let all = self.points.iter().flat_map(|p| p.within.into_iter().chain(p.placed));
        let most = f64::from(all.max().unwrap_or(0).max(1));
        RADIUS * (f64::from(moves) / most).sqrt()
    }

    fn breadth(&self, moves: u32) -> f64 {
        let (narrow, wide) = BREADTHS;
        narrow + (wide - narrow) * f64::from(moves) / f64::from(self.most_moves())
    }

    fn legend(&self, canvas: &mut Canvas) {
        let most = self.most_moves();
        let arrow =
            |moves: u32| arrow((-20.0, 0.0), (20.0, 0.0), 0.0, self.breadth(moves), Ink::Gain);
        let sample = match canvas.language {
            Language::Sv => format!("{most} flyttar"),
            Language::En => format!("{most} moves"),
        };
        let entries = vec![
            (arrow(1), 40.0, canvas.pick("1 flytt", "1 move")),
            (arrow(most), 40.0, sample.as_str()),
            (
                Group::new().add(faint(8.0, (0.0, 0.0), Ink::Gain)),
                16.0,
                canvas.pick("yta: flyttar inom", "area: moves within"),
            ),
            (
                Group::new().add(hollow(8.0, (0.0, 0.0))),
                16.0,
                canvas.pick(
                    "yta: nya antagna (färre: inte längre)",
                    "area: newly placed (fewer: no longer)",
                ),
            ),
        ];
        canvas.legend(entries);
    }

    fn panel(&self, canvas: &mut Canvas, panel: usize) {
        let language = canvas.language;
        canvas.down += 16.0;
        let head = self.head(language, panel);
        canvas.add(bold((MARGIN, canvas.down), &head, SIZE, Ink::Text, Anchor::Start));
        canvas.down += 8.0;
        let top = canvas.down;
        let frame = Area { left: MARGIN, top, right: WIDTH - MARGIN, bottom: top + self.height };
        let border = block((frame.left, top), (frame.right, frame.bottom), Ink::Paper);
        let class = format!("{} {}", Ink::Paper.fill(), Ink::Grid.line());
        canvas.add(border.set("stroke", Ink::Grid.colour()).set("class", class).set("rx", 6));
        let mut room = Room::new(frame);
        let place = |point: &Point<'_>| (point.at.0, point.at.1 + top);
        let reach =
            |point: &Point<'_>| self.radius(point.within[panel].max(point.placed[panel])).max(3.0);
        for point in &self.points {
            room.take(Area::about(place(point), (2.0 * reach(point), 2.0 * reach(point))));
        }
        self.arrows(canvas, &mut room, panel, top);
        if self.scale.is_none() {
            // Names stand around a circle and not in it.
            let middle = (WIDTH / 2.0, top + self.height / 2.0);
            room.take(Area::about(middle, (1.5 * self.reach, 1.8 * self.reach)));
        }
        for point in &self.points {
            canvas.add(self.point(language, point, panel, place(point)));
        }
        let mut named: Vec<&Point<'_>> = self.points.iter().collect();
        named.sort_by_key(|point| std::cmp::Reverse(point.all));
        for point in named {
            let figures = figures(point, panel);
            let name = fitted(&point.name, SMALL, 190.0);
            let both = if figures.is_empty() { name } else { format!("{name} {figures}") };
            let placed = room.place(place(point), reach(point), &both, SMALL);
            if let Some(end) = placed.lead {
                canvas.add(stroke(place(point), end, 0.8, Ink::Text));
            }
            canvas.add(words_on_lines(placed.at, &both, SMALL, Ink::Text, placed.anchor));
        }
        if let Some(scale) = self.scale {
            scale_bar(canvas, scale, frame);
        }
        canvas.down = frame.bottom + 8.0;
    }

    fn arrows(&self, canvas: &mut Canvas, room: &mut Room, panel: usize, top: f64) {
        let ink = [Ink::Gain, Ink::Loss][panel];
        let mut arcs: Vec<&Arc> = self.arcs.iter().filter(|arc| arc.moves[panel] > 0).collect();
        // Wide arrows on top of narrow ones; the order of codes breaks ties.
        arcs.sort_by_key(|arc| arc.moves[panel]);
        let mut counts = Vec::new();
        for arc in &arcs {
            let (from, to) = (&self.points[arc.from], &self.points[arc.to]);
            let moves = arc.moves[panel];
            let edge = |point: &Point<'_>| {
                self.radius(point.within[panel].max(point.placed[panel])).max(3.0) + 1.0
            };
            let shift = |point: &Point<'_>| (point.at.0, point.at.1 + top);
            let line = shortened(shift(from), shift(to), edge(from), edge(to));
            let tooltip = format!("{} → {}: {moves}", from.name, to.name);
            let swing = swing(line.0, line.1);
            let drawn = arrow(line.0, line.1, swing, self.breadth(moves), ink)
                .set("opacity", if moves > 1 { "0.85" } else { "0.45" });
            canvas.add(told(&tooltip).add(drawn));
            counts.push((bend(line.0, line.1, swing).1, moves));
        }
        let least = self.most_moves().div_ceil(6).max(2);
        for ((across, down), moves) in counts.into_iter().rev().filter(|(_, moves)| *moves >= least)
        {
            let text = moves.to_string();
            let area = Area::about((across, down), (width(&text, SMALL) + 2.0, SMALL + 1.0));
            if room.take_if_free(area) {
                let at = (across, down + 4.0);
                canvas.add(words_on_lines(at, &text, SMALL, Ink::Text, Anchor::Middle));
            }
        }
    }

    fn point(&self, language: Language, point: &Point<'_>, panel: usize, at: (f64, f64)) -> Group {
        let (within, placed) = (point.within[panel], point.placed[panel]);
        let figures = match (panel, language) {
            (0, Language::Sv) => format!("{within} flyttar inom, {placed} nya antagna"),
            (_, Language::Sv) => format!("{within} flyttar inom, {placed} inte längre antagna"),
            (0, Language::En) => format!("{within} move within, {placed} newly placed"),
            (_, Language::En) => format!("{within} move within, {placed} no longer placed"),
        };
        let mut group = told(&format!("{}\n{figures}", point.name));
        if within > 0 {
            group = group.add(faint(self.radius(within), at, [Ink::Gain, Ink::Loss][panel]));
        }
        if placed > 0 {
            group = group.add(hollow(self.radius(placed), at));
        }
        group.add(disc(at, 2.5, Ink::Text))
    }
}

/// Moves within and newly placed, beside a name.
fn figures(point: &Point<'_>, panel: usize) -> String {
    let sign = ['+', '−'][panel];
    match (point.within[panel], point.placed[panel]) {
        (0, 0) => String::new(),
        (within, 0) => within.to_string(),
        (0, placed) => format!("{sign}{placed}"),
        (within, placed) => format!("{within} {sign}{placed}"),
    }
}

fn faint(radius: f64, at: (f64, f64), ink: Ink) -> Circle {
    disc(at, radius, ink).set("fill-opacity", "0.45")
}

fn hollow(radius: f64, at: (f64, f64)) -> Circle {
    ring(at, radius, Ink::Mark).set("fill", "none").set("class", Ink::Mark.line())
}

/// A bar of round kilometres in the lower right corner.
fn scale_bar(canvas: &mut Canvas, scale: f64, frame: Area) {
    let fits = |length: &&u32| f64::from(**length) * scale <= 130.0;
    let length = [200, 100, 50, 20, 10, 5, 2].iter().find(fits).copied().unwrap_or(1);
    let (right, down) = (frame.right - 14.0, frame.bottom - 14.0);
    let left = right - f64::from(length) * scale;
    canvas.add(stroke((left, down), (right, down), 2.0, Ink::Muted));
    for end in [left, right] {
        canvas.add(stroke((end, down - 4.0), (end, down + 4.0), 1.0, Ink::Muted));
    }
    let text = format!("{length} km");
    let at = ((left + right) / 2.0, down - 6.0);
    canvas.add(words(at, &text, SMALL, Ink::Muted, Anchor::Middle));
}
