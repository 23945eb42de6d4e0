//! Where cutoffs may end: a band an offer over many lotteries.

use svg::node::element::Group;

use super::Picture;
use super::axis::Axis;
use super::canvas::{Anchor, Canvas, MARGIN, SMALL, WIDTH, block, diamond, stroke, told, words};
use super::ink::Ink;
use super::rows::{HEIGHT, MOST, NAMES_END, figure, head, name, rule, scale};
use crate::aligned::offer_name;
use crate::language::Language;
use crate::planning::lottery::{CutoffSpread, LotteryStudy};

/// Where the columns of figures end.
const MEDIAN_END: f64 = 672.0;
const PUBLISHED_END: f64 = WIDTH - MARGIN;
/// Where the scale begins and ends; figures beside the lines have room outside.
const PLOT: (f64, f64) = (NAMES_END + 46.0, 576.0);
/// Ten-thousandths to a point.
const POINT: f64 = 10_000.0;

impl LotteryStudy {
    /// A picture of the offers whose cutoffs the lottery moves furthest, as many as the table has (60 at
    /// most): lowest to highest, the band between the 5th and the 95th percentile, median and the
    /// published cutoff, in the season's own scope.
    #[must_use]
    pub fn to_picture(&self, language: Language, top: usize) -> Picture {
        let pick = |sv, en| language.pick(sv, en);
        let (own, moving) = (self.own(), self.own().map_or(0, |own| own.widest().len()));
        let mut rows = own.map_or_else(Vec::new, |own| own.widest());
        rows.truncate(top.min(MOST));
        let (draws, all) =
            (language.count(self.draws.into()), own.map_or(0, |own| own.programmes.len()));
        let scope = match own.map_or("applicant", |own| own.scope) {
            "applicant" => pick("ett lottnummer var", "one lottery number each"),
            _ => pick("ett lottnummer per utbildning", "a lottery number per offer"),
        };
        let (about, note) = match language {
            Language::Sv => (
                format!(
                    "Antagningsgränser i {draws} lottningar (frö {}, {scope}), där de skiljer sig mest. \
                     Poäng.",
                    self.seed
                ),
                format!(
                    "{} till vars gräns flyttas; {} av {all} har samma gräns i alla lottningar, eller \
                     ingen. Den publicerade lottningen gäller.",
                    moving - rows.len(),
                    all - moving
                ),
            ),
            Language::En => (
                format!(
                    "Cutoffs in {draws} lotteries (seed {}, {scope}), where they differ most. Points.",
                    self.seed
                ),
                format!(
                    "{} more whose cutoff moves; {} of {all} have the same cutoff in all lotteries, or \
                     none. The published lottery stands.",
                    moving - rows.len(),
                    all - moving
                ),
            ),
        };
        let title = pick("Var gränserna kan hamna", "Where cutoffs may end");
        let summary =
            rows.first().map_or_else(String::new, |row| tooltip(language, row, self.draws));
        let mut canvas = Canvas::new(language, title, &about, &summary);
        if rows.is_empty() {
            canvas.nothing(pick("Lotten flyttar ingen gräns.", "The lottery moves no cutoff."));
            return canvas.finish(&note);
        }
        legend(&mut canvas);
        draw(&mut canvas, &rows, self.draws);
        canvas.finish(&note)
    }
}

fn legend(canvas: &mut Canvas) {
    let line = stroke((-14.0, 0.0), (14.0, 0.0), 2.0, Ink::Gain);
    let band = block((-14.0, -6.0), (14.0, 6.0), Ink::Band);
    let median = block((-1.5, -8.0), (1.5, 8.0), Ink::Gain);
    let entries = vec![
        (Group::new().add(line), 28.0, canvas.pick("lägst till högst", "lowest to highest")),
        (Group::new().add(band), 28.0, canvas.pick("5 till 95 %", "5 to 95 %")),
        (Group::new().add(median), 3.0, "median"),
        (
            Group::new().add(diamond((0.0, 0.0), 6.0, Ink::Loss)),
            12.0,
            canvas.pick("publicerad", "published"),
        ),
    ];
    canvas.legend(entries);
}

fn draw(canvas: &mut Canvas, rows: &[&CutoffSpread], draws: u32) {
    let points = |cutoff: Option<u64>| cutoff.map(|cutoff| cutoff as f64 / POINT);
    let ends =
        rows.iter().flat_map(|row| [points(row.min), points(row.max), points(row.published)]);
    let ends: Vec<f64> = ends.flatten().collect();
    let least = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ends.iter().copied().fold(0.0, f64::max);
    let axis = Axis::new((least, most), PLOT);
    canvas.down += 36.0;
    head(canvas, MEDIAN_END, 60.0, "median", Anchor::End);
    head(canvas, PUBLISHED_END, 70.0, canvas.pick("publicerad", "published"), Anchor::End);
    canvas.down -= 18.0;
    let text = canvas.pick("antagningsgräns, poäng", "cutoff, points");
    head(canvas, (PLOT.0 + PLOT.1) / 2.0, 260.0, text, Anchor::Middle);
    canvas.down += 26.0;
    let top = canvas.down;
    let bottom = top + HEIGHT * rows.len() as f64;
    scale(canvas, axis, &axis.ticks(5), bottom);
    for (at, row) in rows.iter().enumerate() {
        let middle = top + HEIGHT * (at as f64 + 0.5);
        if at > 0 {
            rule(canvas, middle - HEIGHT / 2.0);
        }
        canvas.add(band(canvas.language, row, axis, middle, draws));
    }
    canvas.down = bottom + 14.0;
}

fn band(language: Language, row: &CutoffSpread, axis: Axis, middle: f64, draws: u32) -> Group {
    let place = |cutoff: Option<u64>| cutoff.map(|cutoff| axis.at(cutoff as f64 / POINT));
    let told_score = |cutoff: Option<u64>| score(language, cutoff);
    let mut group = told(&tooltip(language, row, draws))
        .add(name(middle, &offer_name(&row.title, &row.quota_group)))
        .add(figure(MEDIAN_END, middle, &told_score(row.median), Anchor::End))
        .add(figure(PUBLISHED_END, middle, &told_score(row.published), Anchor::End));
    if let (Some(low), Some(high)) = (place(row.min), place(row.max)) {
        group = group.add(stroke((low, middle), (high, middle), 2.0, Ink::Gain));
        let beside = |at: (f64, f64), cutoff, anchor| {
            words(at, &told_score(cutoff), SMALL, Ink::Muted, anchor)
        };
        group = group.add(beside((low - 9.0, middle + 4.0), row.min, Anchor::End));
        group = group.add(beside((high + 9.0, middle + 4.0), row.max, Anchor::Start));
    }
    if let (Some(low), Some(high)) = (place(row.percentile_5), place(row.percentile_95)) {
        group = group.add(block((low - 0.5, middle - 6.0), (high + 0.5, middle + 6.0), Ink::Band));
    }
    for end in [row.min, row.max].into_iter().filter_map(place) {
        group = group.add(stroke((end, middle - 5.0), (end, middle + 5.0), 2.0, Ink::Gain));
    }
    if let Some(median) = place(row.median) {
        let (top, bottom) = ((median - 1.5, middle - 9.0), (median + 1.5, middle + 9.0));
        group = group.add(block(top, bottom, Ink::Gain));
    }
    match place(row.published) {
        Some(published) => group.add(diamond((published, middle), 5.0, Ink::Loss)),
        None => group,
    }
}

fn score(language: Language, cutoff: Option<u64>) -> String {
    cutoff.map_or_else(|| "–".to_owned(), |cutoff| language.score(cutoff))
}

fn tooltip(language: Language, row: &CutoffSpread, draws: u32) -> String {
    let shown = [row.min, row.percentile_5, row.median, row.percentile_95, row.max, row.published];
    let [min, low, median, high, max, published] = shown.map(|cutoff| score(language, cutoff));
    let title = offer_name(&row.title, &row.quota_group);
    let (id, full) = (&row.programme_id, row.full_draws);
    match language {
        Language::Sv => format!(
            "{id} {title}\nfull i {full} av {draws} lottningar\nlägst {min}, 5 % {low}, median {median}, \
             95 % {high}, högst {max}; publicerad {published}"
        ),
        Language::En => format!(
            "{id} {title}\nfull in {full} of {draws} lotteries\nlowest {min}, 5 % {low}, median {median}, \
             95 % {high}, highest {max}; published {published}"
        ),
    }
}
