//! Bytes, characters, separators and line ends.

use crate::harness::{Case, GRADED, MARKET, examine, graded, market};

const CHOICES: &str = "choices.csv";

fn text(files: &[(&str, &'static str)], file: &str) -> &'static str {
    files.iter().find(|(name, _)| *name == file).map(|(_, text)| *text).unwrap()
}

fn choices() -> &'static str {
    text(MARKET, CHOICES)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// Every character that Swedish names have beyond ASCII, in Windows-1252.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a Latin letter")).collect()
}

fn with_comma_and_semicolon(text: &str) -> String {
    text.replace(',', ";").replace('.', ",")
}

/// The market season as other software writes it; all of them are the same season.
fn same_season() -> Vec<Case> {
    let plain = choices();
    let decimal_comma = with_comma_and_semicolon(plain);
    let by_row = |row: fn(&str) -> String| plain.lines().map(row).collect::<String>();
    vec![
        market("UTF-8 with a mark").file(CHOICES, format!("\u{feff}{plain}")),
        market("semicolons and decimal commas").file(CHOICES, &decimal_comma),
        market("what Excel writes in Swedish")
            .file(CHOICES, format!("\u{feff}{}", decimal_comma.replace('\n', "\r\n"))),
        market("tabs").file(CHOICES, plain.replace(',', "\t")),
        market("tabs and decimal commas").file(CHOICES, plain.replace(',', "\t").replace('.', ",")),
        market("UTF-16, low byte first, with a mark")
            .file(CHOICES, utf16(&format!("\u{feff}{plain}"), u16::to_le_bytes)),
        market("UTF-16, high byte first, with a mark")
            .file(CHOICES, utf16(&format!("\u{feff}{plain}"), u16::to_be_bytes)),
        market("UTF-16, low byte first, without a mark")
            .file(CHOICES, utf16(plain, u16::to_le_bytes)),
        market("UTF-16, high byte first, without a mark")
            .file(CHOICES, utf16(plain, u16::to_be_bytes)),
        market("Windows-1252")
            .file(CHOICES, windows_1252(plain))
            .finds(["windows_1252 choices.csv:6"]),
        market("line ends of Windows").file(CHOICES, plain.replace('\n', "\r\n")),
        market("line ends of old").file(CHOICES, plain.replace('\n', "\r")),
        market("a hint for spreadsheets").file(CHOICES, format!("sep=,\n{plain}")),
        market("a hint for spreadsheets, semicolons")
            .file(CHOICES, format!("\u{feff}SEP=;\r\n{}", decimal_comma.replace('\n', "\r\n"))),
        market("a hint for spreadsheets in quotation marks")
            .file(CHOICES, format!("\"sep=\t\"\n{}", plain.replace(',', "\t"))),
        market("a hint for spreadsheets, line ends of old")
            .file(CHOICES, format!("sep=,\n{plain}").replace('\n', "\r")),
        market("empty lines").file(CHOICES, format!("\n{}\n\n", plain.replace('\n', "\n\n"))),
        market("quotation marks round every cell")
            .file(CHOICES, by_row(|row| format!("\"{}\"\n", row.replace(',', "\",\"")))),
        market("separators at every end").file(CHOICES, by_row(|row| format!("{row},,,\n"))),
        market("separators at the end of the header alone")
            .file(CHOICES, plain.replacen('\n', ",,\n", 1)),
        market("space round the cells").file(CHOICES, by_row(|row| row.replace(',', " , ") + "\n")),
        market("hard space round the cells")
            .file(CHOICES, by_row(|row| row.replace(',', "\u{a0},\u{a0}") + "\n")),
        market("columns in another order")
            .file(CHOICES, by_row(|row| row.split(',').rev().collect::<Vec<_>>().join(",") + "\n")),
        market("headers in capitals")
            .file(CHOICES, plain.replace("applicant_id", "Applicant_ID").replace("score", "SCORE")),
        market("rows in another order").file(
            CHOICES,
            plain
                .lines()
                .take(1)
                .chain(plain.lines().skip(1).collect::<Vec<_>>().into_iter().rev())
                .map(|row| format!("{row}\n"))
                .collect::<String>(),
        ),
        market("no last line break")
            .file(CHOICES, plain.trim_end())
            .finds(["no_final_line_break choices.csv:7"]),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    let workbook = b"PK\x03\x04\x14\0\x06\0\x08\0";
    let old_workbook = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let programmes = text(GRADED, "programmes.csv");
    let mut cases = same_season();
    cases.extend([
        graded("a workbook under a false name")
            .file("grades.csv", workbook)
            .finds(["not_text grades.csv"])
            .says("Excel"),
        graded("an old workbook under a false name")
            .file("programmes.csv", old_workbook)
            .finds(["not_text programmes.csv"]),
        graded("a zero byte")
            .file("applicants.csv", "applicant_id\nA1\nA\x002\nA3\n")
            .finds(["not_text applicants.csv:3"]),
        graded("bytes of no encoding")
            .file(
                "programmes.csv",
                programmes
                    .replace("Öst", "")
                    .into_bytes()
                    .iter()
                    .map(|&b| {
                        if b == b'k' {
                            0x81
                        } else if b == 0xC3 {
                            b'?'
                        } else {
                            b
                        }
                    })
                    .collect::<Vec<u8>>(),
            )
            .finds(["broken_encoding programmes.csv:2"]),
        graded("UTF-8 cut within a letter")
            .file(
                "programmes.csv",
                &programmes.as_bytes()[..programmes.find("ngskolan").unwrap() - 1],
            )
            .finds(["broken_encoding programmes.csv:4"]),
        graded("a mark of UTF-8 before other bytes")
            .file("choices.csv", b"\xEF\xBB\xBFapplicant_id,choice_rank,programme_id\n\xC5,1,P1\n")
            .finds(["broken_encoding choices.csv:2"]),
        graded("UTF-16 cut within a character")
            .file("choices.csv", b"\xFF\xFEa\0b\0\n\0\x00\xD8")
            .finds(["broken_encoding choices.csv:2"]),
        graded("Windows-1252 in programmes")
            .file("programmes.csv", windows_1252(programmes))
            .finds(["windows_1252 programmes.csv:2"]),
        graded("Windows-1252 in the rules")
            .line("rules.toml", 8, "seed = \"Skane\"")
            .file("rules.toml", windows_1252("[lottery]\nseed = \"Skåne\"\n"))
            .finds(["windows_1252 rules.toml:2"]),
        graded("nothing in programmes")
            .file("programmes.csv", "")
            .finds(["empty_file programmes.csv"]),
        graded("nothing in choices").file("choices.csv", "").finds(["empty_file choices.csv"]),
        graded("nothing in grades").file("grades.csv", "").finds(["empty_file grades.csv"]),
        graded("nothing in applicants")
            .file("applicants.csv", "")
            .finds(["empty_file applicants.csv"]),
        graded("nothing but a mark")
            .file("choices.csv", "\u{feff}")
            .finds(["empty_file choices.csv"]),
        market("nothing but a hint for spreadsheets")
            .file(CHOICES, "sep=;\n")
            .finds(["empty_file choices.csv"]),
        market("lines are counted with the hint for spreadsheets")
            .file(CHOICES, "sep=;\napplicant_id;choice_rank;programme_id;score\nolle;1;X;2,5\n")
            .finds(["unknown_programme choices.csv:3 programme_id=X"]),
        market("a hint for spreadsheets that names no separator")
            .file(CHOICES, "sep=|\napplicant_id|choice_rank|programme_id|score\n")
            .finds([
                "missing_column choices.csv:1 applicant_id",
                "missing_column choices.csv:1 choice_rank",
                "missing_column choices.csv:1 programme_id",
                "unknown_column choices.csv:1 sep=|",
            ]),
        graded("nothing but line breaks")
            .file("choices.csv", "\r\n\r\n \n")
            .finds(["empty_file choices.csv"]),
        graded("empty rules are no rules")
            .file("rules.toml", "")
            .finds(["no_lottery_seed rules.toml lottery.seed"]),
        graded("programmes without rows")
            .file("programmes.csv", "programme_id,capacity,study_path_code\n")
            .finds(["no_rows programmes.csv"]),
        graded("choices without rows")
            .file("choices.csv", "applicant_id,choice_rank,programme_id\n")
            .finds(["no_rows choices.csv"]),
        graded("applicants without rows")
            .file("applicants.csv", "applicant_id\n")
            .finds(["no_rows applicants.csv"]),
        graded("grades without rows")
            .file("grades.csv", "applicant_id,SV,EN,MA\n")
            .finds(["no_rows grades.csv"]),
    ]);
    cases
}

#[test]
fn all_cases() {
    examine(&cases());
}

#[test]
fn however_it_is_written_the_season_is_the_same() {
    let plain = market("plain").placements();
    assert_eq!(plain.lines().count(), 4);
    for case in same_season() {
        assert_eq!(case.placements(), plain, "{}", case.name);
    }
}
