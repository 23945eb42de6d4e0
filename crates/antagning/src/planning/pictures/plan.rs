//! A plan against the season as it stands: seats before and after, and what comes of it.

use svg::node::element::Group;

use super::Picture;
use super::axis::Axis;
use super::canvas::{
    Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH, block, bold, diamond, disc, ring, stroke, told,
    words,
};
use super::ink::Ink;
use super::rows::{HEIGHT, MOST, NAMES_END, head, name, rule, scale};
use super::words::fitted;
use crate::aligned::offer_name;
use crate::language::Language;
use crate::planning::seat_plan::{PlannedOffer, SeatPlan};

/// Where the columns of the figures end: before, greedy, plan, bound.
const COLUMNS: [f64; 4] = [300.0, 376.0, 452.0, 528.0];
/// Where the figures are drawn as well.
const TRACK: (f64, f64) = (556.0, WIDTH - MARGIN - 8.0);
/// Where the scale of seats begins and ends; figures beside the dots have room outside.
const PLOT: (f64, f64) = (NAMES_END + 30.0, WIDTH - MARGIN - 84.0);

/// A row of figures: what it is, before, greedy and with the plan, and what none can pass.
struct Row<'t> {
    name: &'t str,
    values: [i64; 3],
    bound: Option<i64>,
}

impl SeatPlan {
    /// A picture of the plan: its figures beside those of the season and the greedy plan, and the seats
    /// before and after where it changes most, as many offers as the table has (60 at most).
    #[must_use]
    pub fn to_picture(&self, language: Language, top: usize) -> Picture {
        let pick = |sv, en| language.pick(sv, en);
        let offers = self.most_changed();
        let rows = &offers[..top.min(MOST).min(offers.len())];
        let rest = offers.len() - rows.len();
        let seed = language.count(self.seed);
        let about = match language {
            Language::Sv => format!(
                "{:+} platser av {:+}, för målet {}. Sökning: {} varv med frö {seed}.",
                self.seats_changed,
                self.seats_asked,
                self.objective,
                language.count(self.rounds)
            ),
            Language::En => format!(
                "{:+} seats of {:+}, for the objective {}. Search: {} rounds with seed {seed}.",
                self.seats_changed,
                self.seats_asked,
                self.objective,
                language.count(self.rounds)
            ),
        };
        let note = match language {
            Language::Sv => format!(
                "{rest} till där platser ändras. I summan av rangnummer, som är bättre ju mindre den är, \
                 räknas den som inte antas som listans längd + 1."
            ),
            Language::En => format!(
                "{rest} more where seats change. In the sum of choice ranks, where less is better, an \
                 unplaced applicant counts as list length + 1."
            ),
        };
        let title = pick("Planen mot läget som det är", "The plan against the season as it stands");
        let (before, after) = (self.before, self.after);
        let summary = match language {
            Language::Sv => format!("Målet {}: {before} före, {after} med planen.", self.objective),
            Language::En => {
                format!("The objective {}: {before} before, {after} with the plan.", self.objective)
            }
        };
        let mut canvas = Canvas::new(language, title, &about, &summary);
        let mut legend = vec![
            (Group::new().add(ring((0.0, 0.0), 5.0, Ink::Before)), 12.0, pick("före", "before")),
            (
                Group::new().add(diamond((0.0, 0.0), 6.0, Ink::Mark)),
                12.0,
                pick("girig plan", "greedy plan"),
            ),
            (Group::new().add(disc((0.0, 0.0), 6.0, Ink::Gain)), 12.0, "plan"),
        ];
        if self.bound.is_some() {
            let shape = Group::new().add(block((-1.5, -7.0), (1.5, 7.0), Ink::Text));
            legend.push((shape, 3.0, pick("ingen plan kan nå förbi", "no plan can pass")));
        }
        canvas.legend(legend);
        self.strip(&mut canvas);
        if rows.is_empty() {
            canvas.nothing(pick("Inga platser ändras.", "No seats are changed."));
        } else {
            draw(&mut canvas, rows);
        }
        canvas.finish(&note)
    }

    fn figure_rows(&self, language: Language) -> Vec<Row<'_>> {
        let all = [self.figures.before, self.figures.greedy, self.figures.after];
        // The bound is one of the objective, and stands where that is a figure of its own.
        let bound = |objective: &str| self.bound.filter(|_| self.objective == objective);
        let pick = |sv, en| language.pick(sv, en);
        let row =
            |name, values: [u64; 3], bound| Row { name, values: values.map(|v| v as i64), bound };
        let mut rows = vec![
            row(pick("antagna", "placed"), all.map(|f| f.placed), bound("placed")),
            row(
                pick("förstahandsval", "first choices"),
                all.map(|f| f.first_choices),
                bound("first"),
            ),
            row(
                pick("summa av rangnummer", "sum of choice ranks"),
                all.map(|f| f.ranks),
                bound("ranks"),
            ),
        ];
        if all.iter().any(|figures| figures.labour > 0) {
            rows.push(row(
                pick("arbetsmarknadens behov", "labour market's need"),
                all.map(|f| f.labour),
                bound("labour"),
            ));
        }
        if !["placed", "first", "ranks", "labour"].contains(&self.objective.as_str()) {
            let values = [self.before, self.greedy, self.after];
            rows.push(Row { name: &self.objective, values, bound: self.bound });
        }
        rows
    }

    fn strip(&self, canvas: &mut Canvas) {
        let language = canvas.language;
        canvas.down += 20.0;
        for (across, text) in COLUMNS.into_iter().zip(heads(language)) {
            head(canvas, across, 80.0, text, Anchor::End);
        }
        for row in self.figure_rows(language) {
            canvas.down += 26.0;
            canvas.add(strip_row(language, &row, canvas.down));
        }
        canvas.down += 14.0;
    }
}

/// The heads of [`COLUMNS`].
fn heads(language: Language) -> [&'static str; 4] {
    let pick = |sv, en| language.pick(sv, en);
    [pick("före", "before"), pick("girig", "greedy"), "plan", pick("gräns", "bound")]
}

fn number(language: Language, number: i64) -> String {
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", language.count(number.unsigned_abs()))
}

fn strip_row(language: Language, row: &Row<'_>, down: f64) -> Group {
    let texts = row.values.map(|value| number(language, value));
    let bound = row.bound.map_or_else(|| "–".to_owned(), |bound| number(language, bound));
    let heads = heads(language);
    let [before, greedy, after] = &texts;
    let tooltip = format!(
        "{}\n{} {before}, {} {greedy}, {} {after}, {} {bound}",
        row.name, heads[0], heads[1], heads[2], heads[3]
    );
    let middle = down - 4.5;
    let name = fitted(row.name, SIZE, COLUMNS[0] - MARGIN - 62.0);
    let mut group =
        told(&tooltip).add(words((MARGIN, down), &name, SIZE, Ink::Text, Anchor::Start));
    for (across, text) in COLUMNS.into_iter().zip([before, greedy, after, &bound]) {
        group = group.add(words((across, down), text, SIZE, Ink::Text, Anchor::End));
    }
    let all = row.values.into_iter().chain(row.bound).map(|value| value as f64);
    let least = all.clone().fold(f64::INFINITY, f64::min);
    let most = all.fold(f64::NEG_INFINITY, f64::max);
    let axis = Axis::new((least, most), TRACK);
    let [before, greedy, after] = row.values.map(|value| axis.at(value as f64));
    group = group.add(stroke((TRACK.0, middle), (TRACK.1, middle), 1.0, Ink::Grid)).add(stroke(
        (before, middle),
        (after, middle),
        3.0,
        Ink::Gain,
    ));
    if let Some(bound) = row.bound {
        let across = axis.at(bound as f64);
        group =
            group.add(block((across - 1.5, middle - 7.0), (across + 1.5, middle + 7.0), Ink::Text));
    }
    group
        .add(ring((before, middle), 5.0, Ink::Before))
        .add(disc((after, middle), 6.0, Ink::Gain))
        .add(diamond((greedy, middle), 5.0, Ink::Mark))
}

fn draw(canvas: &mut Canvas, rows: &[&PlannedOffer]) {
    let most = rows.iter().map(|row| row.seats_before.max(row.seats_after)).max().unwrap_or(0);
    let axis = Axis::new((0.0, f64::from(most.max(1))), PLOT);
    canvas.down += 34.0;
    head(canvas, WIDTH - MARGIN, 70.0, canvas.pick("ändring", "change"), Anchor::End);
    canvas.down -= 18.0;
    head(canvas, (PLOT.0 + PLOT.1) / 2.0, 260.0, canvas.pick("platser", "seats"), Anchor::Middle);
    canvas.down += 26.0;
    let top = canvas.down;
    let bottom = top + HEIGHT * rows.len() as f64;
    scale(canvas, axis, &axis.ticks(6), bottom);
    for (at, row) in rows.iter().enumerate() {
        let middle = top + HEIGHT * (at as f64 + 0.5);
        if at > 0 {
            rule(canvas, middle - HEIGHT / 2.0);
        }
        canvas.add(dumbbell(canvas.language, row, axis, middle));
    }
    canvas.down = bottom + 14.0;
}

fn dumbbell(language: Language, row: &PlannedOffer, axis: Axis, middle: f64) -> Group {
    let title = offer_name(&row.title, &row.quota_group);
    let [before, after] = [row.seats_before, row.seats_after].map(|seats| seats.to_string());
    let seats = language.pick("platser", "seats");
    let change = number_with_sign(row.added);
    let tooltip = format!("{} {title}\n{before} → {after} {seats} ({change})", row.programme_id);
    let places = [row.seats_before, row.seats_after].map(|seats| axis.at(f64::from(seats)));
    let ink = if row.added < 0 { Ink::Loss } else { Ink::Gain };
    let beside = |at: f64, other: f64, text: &str, ink| {
        let (across, anchor) = match at <= other {
            true => (at - 10.0, Anchor::End),
            false => (at + 10.0, Anchor::Start),
        };
        words((across, middle + 4.0), text, SMALL, ink, anchor)
    };
    told(&tooltip)
        .add(name(middle, &title))
        .add(stroke((places[0], middle), (places[1], middle), 4.0, ink))
        .add(ring((places[0], middle), 5.0, Ink::Before))
        .add(disc((places[1], middle), 6.0, ink))
        .add(beside(places[0], places[1], &before, Ink::Muted))
        .add(beside(places[1], places[0] - 0.01, &after, Ink::Text))
        .add(bold((WIDTH - MARGIN, middle + 4.5), &change, SIZE, Ink::Text, Anchor::End))
}

fn number_with_sign(number: i64) -> String {
    let sign = if number < 0 { '−' } else { '+' };
    format!("{sign}{}", number.unsigned_abs())
}
