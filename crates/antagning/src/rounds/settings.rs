//! What `rules.toml` says about rounds.

use antagning_formats::{Code, Diagnostic, Diagnostics, Setting, Settings, is_date};

/// What an applicant wants with the seat that they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// To keep it, and to wait for nothing else.
    Accept,
    /// To keep it, and to move up if a seat that they want more becomes free.
    AcceptAndWait,
    /// Neither the seat nor anything else.
    Decline,
}

impl Answer {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "accept" => Some(Self::Accept),
            "accept_and_wait" => Some(Self::AcceptAndWait),
            "decline" => Some(Self::Decline),
            _ => None,
        }
    }
}

/// The settings of the rounds.
#[derive(Clone, Debug)]
pub(crate) struct RoundSettings {
    /// What no answer stands for.
    pub(super) no_answer: Answer,
    /// From this date on moves are proposals to phone.
    pub(super) phone_from: Option<String>,
    /// Lists that come before this date are in time.
    pub(super) late_from: Option<String>,
    /// How many in a hundred of the admitted do not come.
    pub(crate) no_show_percent: Option<u32>,
}

impl RoundSettings {
    pub(crate) fn read(settings: &Settings, report: &mut Diagnostics) -> Self {
        Self {
            no_answer: no_answer(settings.no_answer.as_ref(), report),
            phone_from: date("reserve.phone_from", settings.phone_from.as_ref(), report),
            late_from: date("choices.late_from", settings.late_from.as_ref(), report),
            no_show_percent: settings.no_show_percent,
        }
    }

    /// Whether a list of that date is late.
    pub(super) fn is_late(&self, date: &str) -> bool {
        self.late_from.as_deref().is_none_or(|from| date >= from)
    }

    /// Whether moves are proposals to phone on that date.
    pub(super) fn is_by_phone(&self, date: Option<&str>) -> bool {
        self.phone_from.as_deref().zip(date).is_some_and(|(from, date)| date >= from)
    }
}

fn no_answer(setting: Option<&Setting>, report: &mut Diagnostics) -> Answer {
    let Some(setting) = setting else { return Answer::AcceptAndWait };
    match setting.text.as_str() {
        "keep_and_wait" => Answer::AcceptAndWait,
        "accept" => Answer::Accept,
        "decline" => Answer::Decline,
        _ => {
            let message = "there is no such default for those who do not answer";
            let fault = fault(Code::UnknownSetting, "reserve.no_answer", setting, message);
            report.push(fault.hint("write keep_and_wait, accept or decline"));
            Answer::AcceptAndWait
        }
    }
}

fn date(key: &str, setting: Option<&Setting>, report: &mut Diagnostics) -> Option<String> {
    let setting = setting?;
    if is_date(&setting.text) {
        return Some(setting.text.clone());
    }
    report.push(fault(Code::NotADate, key, setting, "not a date"));
    None
}

fn fault(code: Code, key: &str, setting: &Setting, message: &str) -> Diagnostic {
    let fault = Diagnostic::new(code, Settings::FILE, message);
    fault.line(setting.line).column(key).value(&setting.text)
}
