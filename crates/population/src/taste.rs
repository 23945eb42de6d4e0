//! Who wants which programme: shares of the national programmes by sex and merit.

/// A study path as applicants see it.
#[derive(Debug)]
pub(crate) struct StudyPath {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// Applicants who want it first, per thousand.
    pub(crate) share: f64,
    /// Girls among them.
    pub(crate) girls: f64,
    /// Their mean merit.
    pub(crate) merit: f64,
    /// Prepares for university; otherwise vocational.
    pub(crate) preparatory: bool,
}

const fn path(
    code: &'static str,
    name: &'static str,
    share: f64,
    girls: f64,
    merit: f64,
    preparatory: bool,
) -> StudyPath {
    StudyPath { code, name, share, girls, merit, preparatory }
}

/// The 18 national programmes of 2025.
///
/// Shares of EK, SA, NA, TE, EE, FT, VO and RL follow the national statistics on applicants for
/// 2022/23 and 2023/24 (Skolverket); the others, the share of girls and the merit are estimates.
pub(crate) const STUDY_PATHS: [StudyPath; 18] = [
    path("BA", "Bygg- och anläggningsprogrammet", 45.0, 0.10, 180.0, false),
    path("BF", "Barn- och fritidsprogrammet", 45.0, 0.62, 192.0, false),
    path("EE", "El- och energiprogrammet", 55.0, 0.05, 213.0, false),
    path("EK", "Ekonomiprogrammet", 185.0, 0.50, 255.0, true),
    path("ES", "Estetiska programmet", 60.0, 0.66, 240.0, true),
    path("FR", "Frisör- och stylistprogrammet", 25.0, 0.92, 196.0, false),
    path("FS", "Försäljnings- och serviceprogrammet", 30.0, 0.55, 188.0, false),
    path("FT", "Fordons- och transportprogrammet", 48.0, 0.15, 175.0, false),
    path("HT", "Hotell- och turismprogrammet", 12.0, 0.70, 205.0, false),
    path("HU", "Humanistiska programmet", 6.0, 0.80, 270.0, true),
    path("IN", "Industritekniska programmet", 20.0, 0.10, 190.0, false),
    path("NA", "Naturvetenskapsprogrammet", 122.0, 0.54, 288.0, true),
    path("NB", "Naturbruksprogrammet", 35.0, 0.75, 208.0, false),
    path("RL", "Restaurang- och livsmedelsprogrammet", 14.0, 0.60, 195.0, false),
    path("SA", "Samhällsvetenskapsprogrammet", 174.0, 0.66, 252.0, true),
    path("TE", "Teknikprogrammet", 83.0, 0.20, 250.0, true),
    path("VF", "VVS- och fastighetsprogrammet", 20.0, 0.04, 200.0, false),
    path("VO", "Vård- och omsorgsprogrammet", 40.0, 0.78, 185.0, false),
];

/// What the generator takes for a code that is no national programme: IB like a preparatory
/// programme, all others like a small vocational one.
const OTHER_PREPARATORY: StudyPath =
    path("IB", "International Baccalaureate", 6.0, 0.6, 285.0, true);
const OTHER_VOCATIONAL: StudyPath = path("", "", 4.0, 0.5, 205.0, false);

/// The study path that a code belongs to.
pub(crate) fn study_path(code: &str) -> &'static StudyPath {
    STUDY_PATHS.iter().find(|path| path.code == code).unwrap_or(match code {
        "IB" => &OTHER_PREPARATORY,
        _ => &OTHER_VOCATIONAL,
    })
}

/// How strongly those who want `wanted` also consider `other`, from 0 to 1.
pub(crate) fn affinity(wanted: &str, other: &str) -> f64 {
    const NEAR: [&[&str]; 9] = [
        &["EK", "SA", "HU"],
        &["NA", "TE", "IB"],
        &["SA", "NA", "EK", "IB"],
        &["ES", "SA", "DS"],
        &["BA", "EE", "VF", "IN", "FT", "FL"],
        &["EE", "TE", "FL"],
        &["BF", "VO", "FS"],
        &["FS", "HT", "RL", "FR"],
        &["NB", "FO", "FI", "VO"],
    ];
    if wanted == other {
        return 1.0;
    }
    if NEAR.iter().any(|group| group.contains(&wanted) && group.contains(&other)) {
        return 0.16;
    }
    if study_path(wanted).preparatory == study_path(other).preparatory { 0.03 } else { 0.012 }
}

/// Pupils at large: mean merit and standard deviation.
const MEAN: f64 = 226.0;
const DEVIATION: f64 = 65.0;

/// How many pupils have about that merit, as a weight.
pub(crate) fn pupils_at(merit: f64) -> f64 {
    let standard = (merit - MEAN) / DEVIATION;
    libm::exp(-standard * standard / 2.0)
}

/// How much more (or less) often someone of that merit and sex wants the path than people at
/// large; `merit` in points.
pub(crate) fn inclination(path: &StudyPath, merit: f64, girl: bool) -> f64 {
    let by_sex = 2.0 * if girl { path.girls } else { 1.0 - path.girls };
    // What is published is the mean of those admitted, which lies nearer to the middle.
    let shift = (path.merit - MEAN) * 1.6;
    // The ratio of two bell curves of the same width, the path's one shifted.
    by_sex * libm::exp(shift * (merit - MEAN - shift / 2.0) / (DEVIATION * DEVIATION))
}
