//! What a seat more and a seat fewer does, in bars to either side.

use svg::node::element::Group;

use super::Picture;
use super::axis::Axis;
use super::canvas::{Anchor, Canvas, MARGIN, SIZE, WIDTH, block, disc, ring, told};
use super::ink::Ink;
use super::rows::{HEIGHT, MOST, figure, head, name, rule, scale};
use super::words::width;
use crate::aligned::offer_name;
use crate::language::Language;
use crate::planning::seat_values::{Effect, OfferValue, SeatValues};

/// The column of seats ends here, and what a figure beside a bar needs.
const SEATS_END: f64 = 330.0;
const FIGURE: f64 = 52.0;
/// The least width of a side.
const SIDE: f64 = 96.0;

impl SeatValues {
    /// A picture of the offers where one more seat does most, as many as the table has (60 at most):
    /// choice ranks lost with a seat fewer to the left, gained with a seat more to the right.
    #[must_use]
    pub fn to_picture(&self, language: Language, top: usize) -> Picture {
        let pick = |sv, en| language.pick(sv, en);
        let worth = self.most_worth();
        let rows = &worth[..top.min(MOST).min(worth.len())];
        let more = worth.len() - rows.len();
        let nothing = self.offers.len() - worth.len();
        let note = match language {
            Language::Sv => format!(
                "{more} till där en plats gör skillnad; hos {nothing} gör den ingen. Varje tal är \
                 skillnaden mot antagningen som den är, med just den platsen ändrad."
            ),
            Language::En => format!(
                "{more} more where a seat makes a difference; at {nothing} it makes none. Each \
                 figure is the difference from the admission as it stands, with that one seat changed."
            ),
        };
        let summary = rows.first().map_or(String::new(), |first| summary(language, first));
        let mut canvas = Canvas::new(
            language,
            pick("Vad en plats är värd", "What a seat is worth"),
            pick(
                "Utbildningarna där en plats till gör mest. Valsteg: hur många steg de som flyttar \
                 kommer upp eller ned i sina listor, tillsammans.",
                "The offers where one more seat does most. Choice ranks: how many places those who \
                 move go up or down in their lists, all together.",
            ),
            &summary,
        );
        if rows.is_empty() {
            let sentence = pick("Ingen plats gör skillnad.", "No seat makes a difference.");
            canvas.nothing(sentence);
            return canvas.finish(&note);
        }
        let bar = |ink| Group::new().add(block((-11.0, -5.0), (11.0, 5.0), ink));
        canvas.legend(vec![
            (bar(Ink::Gain), 22.0, pick("en plats till", "one more seat")),
            (bar(Ink::Loss), 22.0, pick("en plats färre", "one fewer seat")),
            (
                Group::new().add(disc((0.0, 0.0), 5.0, Ink::Mark)),
                10.0,
                pick("en till antas", "one more is placed"),
            ),
            (
                Group::new().add(ring((0.0, 0.0), 4.0, Ink::Loss)),
                10.0,
                pick("en färre antas", "one fewer is placed"),
            ),
        ]);
        draw(&mut canvas, rows);
        canvas.finish(&note)
    }
}

fn draw(canvas: &mut Canvas, rows: &[&OfferValue]) {
    let lost = |row: &&OfferValue| row.fewer.as_ref().map_or(0, |fewer| fewer.ranks);
    let greatest = |ranks: &dyn Fn(&&OfferValue) -> u64| rows.iter().map(ranks).max().unwrap_or(0);
    let (most_lost, most_gained) = (greatest(&lost) as f64, greatest(&|row| row.more.ranks) as f64);
    let (left, right) = (SEATS_END + FIGURE, WIDTH - MARGIN - FIGURE);
    let share = most_lost / (most_lost + most_gained).max(1.0);
    let zero = (left + share * (right - left)).clamp(SEATS_END + SIDE, WIDTH - MARGIN - SIDE);
    // A unit is as long on the one side as on the other.
    let unit = ((zero - left) / most_lost.max(1.0)).min((right - zero) / most_gained.max(1.0));
    let axis =
        Axis::new((-most_lost, most_gained), (zero - unit * most_lost, zero + unit * most_gained));

    canvas.down += 30.0;
    head(canvas, SEATS_END, 60.0, canvas.pick("platser", "seats"), Anchor::End);
    let heads = [
        canvas.pick("en färre: förlorade valsteg", "one fewer: ranks lost"),
        canvas.pick("en till: vunna valsteg", "one more: ranks gained"),
    ];
    canvas.down -= 19.0;
    head(canvas, zero - 8.0, zero - SEATS_END, heads[0], Anchor::End);
    head(canvas, zero + 8.0, WIDTH - MARGIN - zero, heads[1], Anchor::Start);
    canvas.down += 25.0;
    let top = canvas.down;
    let bottom = top + HEIGHT * rows.len() as f64;
    scale(canvas, axis, &axis.ticks(10), bottom);
    for (at, row) in rows.iter().enumerate() {
        let middle = top + HEIGHT * (at as f64 + 0.5);
        if at > 0 {
            rule(canvas, middle - HEIGHT / 2.0);
        }
        canvas.add(bars(canvas.language, row, axis, middle));
    }
    canvas.down = bottom + 14.0;
}

fn bars(language: Language, row: &OfferValue, axis: Axis, middle: f64) -> Group {
    let title = offer_name(&row.title, &row.quota_group);
    let (zero, top, bottom) = (axis.at(0.0), middle - 7.0, middle + 7.0);
    let gained = language.count(row.more.ranks);
    let end = axis.at(row.more.ranks as f64);
    let mut group = told(&tooltip(language, row))
        .add(name(middle, &title))
        .add(figure(SEATS_END, middle, &language.count(row.seats.into()), Anchor::End))
        .add(block((zero, top), (end, bottom), Ink::Gain))
        .add(figure(end + 6.0, middle, &gained, Anchor::Start));
    if row.more.placed {
        group = group.add(disc((end + 15.0 + width(&gained, SIZE), middle), 5.0, Ink::Mark));
    }
    let Some(fewer) = &row.fewer else {
        return group.add(figure(zero - 6.0, middle, "–", Anchor::End));
    };
    let lost = language.count(fewer.ranks);
    let end = axis.at(-(fewer.ranks as f64));
    group = group.add(block((end, top), (zero, bottom), Ink::Loss)).add(figure(
        end - 6.0,
        middle,
        &lost,
        Anchor::End,
    ));
    if fewer.placed {
        group = group.add(ring((end - 15.0 - width(&lost, SIZE), middle), 4.0, Ink::Loss));
    }
    group
}

fn tooltip(language: Language, row: &OfferValue) -> String {
    let effect = |effect: &Effect, sign: char| {
        // Nothing is neither more nor fewer.
        let signed = |figure: u64| match figure {
            0 => "0".to_owned(),
            figure => format!("{sign}{figure}"),
        };
        let (ranks, placed) = (signed(effect.ranks), signed(effect.placed.into()));
        match language {
            Language::Sv => format!("{} flyttar, {ranks} valsteg, {placed} antagna", effect.moved),
            Language::En => format!("{} move, {ranks} ranks, {placed} placed", effect.moved),
        }
    };
    let title = offer_name(&row.title, &row.quota_group);
    let (more, fewer) = (
        language.pick("en plats till", "one more seat"),
        language.pick("en plats färre", "one fewer seat"),
    );
    let mut text = format!("{} {title}\n{more}: {}", row.programme_id, effect(&row.more, '+'));
    if let Some(values) = &row.fewer {
        text.push_str(&format!("\n{fewer}: {}", effect(values, '−')));
    }
    text
}

fn summary(language: Language, first: &OfferValue) -> String {
    let title = offer_name(&first.title, &first.quota_group);
    let ranks = first.more.ranks;
    match language {
        Language::Sv => format!("Mest gör en plats till hos {title}: {ranks} valsteg."),
        Language::En => format!("One more seat does most at {title}: {ranks} choice ranks."),
    }
}
