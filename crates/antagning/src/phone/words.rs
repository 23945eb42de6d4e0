//! Answers in words.

use std::fmt::Write as _;

use crate::language::Language;
use crate::phone::answer::{Answer, Call, FreeSeats, Person, Step};
use crate::phone::command::USAGE;
use crate::phone::record::{Deed, Record};

/// Writes an answer in words. Writing to a string cannot fail.
pub(super) fn text(answer: &Answer, language: Language) -> String {
    let mut text = String::new();
    if let Some(refused) = &answer.refused {
        let _ = writeln!(text, "{}: {}", language.pick("nej", "no"), refused.text);
    }
    if let Some(record) = &answer.record {
        let _ = writeln!(
            text,
            "{} {}: {}",
            language.pick("post", "record"),
            record.seq,
            of_record(record, language)
        );
    }
    if let Some(seat) = answer.seat {
        let _ = writeln!(
            text,
            "{}",
            match seat {
                "vacant" => language.pick("en plats är ledig", "a seat is vacant"),
                _ => language.pick(
                    "ingen plats är ledig; med en till:",
                    "no seat is vacant; with one more:"
                ),
            }
        );
    }
    if let Some(calls) = &answer.calls {
        calls.iter().for_each(|call| text += &of_call(call, "", language));
        let none = match answer.seat {
            Some(_) => language.pick("ingen väntar på den", "nobody waits for it"),
            None => language.pick("ingen att ringa", "nobody to call"),
        };
        if calls.is_empty() {
            let _ = writeln!(text, "{none}");
        }
    }
    if let Some(free) = &answer.free {
        free.iter().for_each(|row| text += &of_free(row, language));
        if free.is_empty() {
            let _ =
                writeln!(text, "{}", language.pick("ingen plats är ledig", "no seat is vacant"));
        }
    }
    if let Some(person) = &answer.who {
        text += &of_person(person, language);
    }
    for logged in answer.log.iter().flatten() {
        let Record { seq, date, by, .. } = &logged.record;
        let undone = if logged.undone { language.pick(" (återtagen)", " (undone)") } else { "" };
        let by = if by.is_empty() { String::new() } else { format!(" {by}") };
        let _ = writeln!(text, "{seq} {date}{by}: {}{undone}", of_record(&logged.record, language));
    }
    if answer.commands.is_some() {
        for (command, sv, en) in USAGE {
            let _ = writeln!(text, "{command:<32}{}", language.pick(sv, en));
        }
    }
    // What follows stands in the list of calls already.
    if answer.calls.is_none() && !answer.is_last {
        match &answer.follows {
            Some(call) => {
                text += &of_call(call, language.pick("ring nu: ", "call now: "), language)
            }
            None => {
                let _ = writeln!(text, "{}", language.pick("ingen att ringa", "nobody to call"));
            }
        }
    }
    text
}

/// A programme and its quota group.
fn place(programme: &str, group: &str) -> String {
    if group.is_empty() { programme.to_owned() } else { format!("{programme}:{group}") }
}

fn of_call(call: &Call, label: &str, language: Language) -> String {
    let mut text = String::new();
    if call.begins_with == "trade" {
        let _ = writeln!(
            text,
            "{label}{}",
            language.pick("ett byte, som alla måste gå med på", "a trade, to which all must agree")
        );
        for step in &call.chain {
            let agreed = if step.agreed { language.pick(": ja", ": yes") } else { "" };
            let _ = writeln!(text, "  {}{agreed}", of_step(step, language));
        }
        return text;
    }
    for (number, step) in call.chain.iter().enumerate() {
        let label = if number == 0 { label } else { language.pick("  därefter ", "  then ") };
        let _ = writeln!(text, "{label}{}", of_step(step, language));
    }
    let end = match (&call.ends_vacant_at, language) {
        (Some(programme), Language::Sv) => format!("en plats på {programme} blir ledig"),
        (Some(programme), Language::En) => format!("a seat at {programme} is left vacant"),
        (None, Language::Sv) => "den siste hade ingen plats".to_owned(),
        (None, Language::En) => "the last one held no seat".to_owned(),
    };
    let _ = writeln!(text, "  {end}");
    text
}

fn of_step(step: &Step, language: Language) -> String {
    let Step { applicant_id, programme_id, quota_group, choice_rank, .. } = step;
    let to = place(programme_id, quota_group);
    let mut text = match language {
        Language::Sv => format!("{applicant_id} om {to} (val {choice_rank})"),
        Language::En => format!("{applicant_id} about {to} (choice {choice_rank})"),
    };
    if let Some((left, rank)) = step.leaves_programme_id.as_ref().zip(step.leaves_choice_rank) {
        let _ = match language {
            Language::Sv => write!(text, ", lämnar {left} (val {rank})"),
            Language::En => write!(text, ", leaves {left} (choice {rank})"),
        };
    }
    text
}

fn of_free(row: &FreeSeats, language: Language) -> String {
    let FreeSeats { programme_id, quota_group, seats, vacant, .. } = row;
    let place = place(programme_id, quota_group);
    match language {
        Language::Sv => format!("{place}: {vacant} av {seats} lediga\n"),
        Language::En => format!("{place}: {vacant} of {seats} vacant\n"),
    }
}

fn of_person(person: &Person, language: Language) -> String {
    let mut text = match &person.holds {
        None => format!(
            "{} {}\n",
            person.applicant_id,
            language.pick("har ingen plats", "holds no seat")
        ),
        Some(held) => {
            let at = place(&held.programme_id, &held.quota_group);
            let rank = held.choice_rank;
            match language {
                Language::Sv => format!("{} har {at} (val {rank})\n", person.applicant_id),
                Language::En => format!("{} holds {at} (choice {rank})\n", person.applicant_id),
            }
        }
    };
    for wish in &person.waits_for {
        let state = match wish.state {
            "offered" => language.pick("erbjuds nu", "offered now"),
            "follows" => {
                language.pick("följer när andra har flyttat", "follows when others have moved")
            }
            "agreed" => language.pick("har gått med på bytet", "has agreed to the trade"),
            "no_answer" => language.pick("inget svar i dag", "no answer today"),
            _ => language.pick("väntar", "waits"),
        };
        let _ = writeln!(text, "  {} {}: {state}", wish.choice_rank, wish.programme_id);
    }
    text
}

/// What a record says.
fn of_record(record: &Record, language: Language) -> String {
    let said = |sv: String, en: String| match language {
        Language::Sv => sv,
        Language::En => en,
    };
    match &record.deed {
        Deed::Accept { moves } => {
            let moves = moves.iter().map(|taken| {
                let at = place(&taken.programme_id, &taken.quota_group);
                let (who, left) = (&taken.applicant_id, &taken.leaves_programme_id);
                match left.is_empty() {
                    true => said(format!("{who} tar {at}"), format!("{who} takes {at}")),
                    false => said(
                        format!("{who} tar {at} och lämnar {left}"),
                        format!("{who} takes {at} and leaves {left}"),
                    ),
                }
            });
            moves.collect::<Vec<_>>().join("; ")
        }
        Deed::Agree { applicant_id: who, programme_id: at } => said(
            format!("{who} går med på bytet till {at}; det gäller när alla har gått med"),
            format!("{who} agrees to the trade to {at}; it holds when all have agreed"),
        ),
        Deed::Decline { applicant_id: who, programme_id: at } => {
            said(format!("{who} vill inte ha {at}"), format!("{who} does not want {at}"))
        }
        Deed::DeclineAll { applicant_id: who } => {
            said(format!("{who} tackar nej till allt"), format!("{who} declines everything"))
        }
        Deed::NoAnswer { applicant_id: who, programme_id: at } => said(
            format!("{who} svarar inte om {at} i dag"),
            format!("{who} does not answer about {at} today"),
        ),
        Deed::Withdraw { applicant_id: who } => {
            said(format!("{who} återtar allt"), format!("{who} withdraws everything"))
        }
        Deed::NoShow { applicant_id: who } => {
            said(format!("{who} har inte kommit"), format!("{who} did not come"))
        }
        Deed::Seats { programme_id, quota_group, change } => {
            let at = place(programme_id, quota_group);
            said(format!("{at}: {change:+} platser"), format!("{at}: {change:+} seats"))
        }
        Deed::Fill { programme_id, quota_group, seats } => {
            let at = place(programme_id, quota_group);
            said(
                format!("{at}: {seats} platser tagna av andra"),
                format!("{at}: {seats} seats taken by others"),
            )
        }
        Deed::Undo { undoes } => {
            said(format!("post {undoes} är återtagen"), format!("record {undoes} is taken back"))
        }
    }
}
