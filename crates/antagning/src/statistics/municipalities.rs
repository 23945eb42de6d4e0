//! Names of municipalities.

/// The admission area of Skåne and Blekinge: code and name, by code.
const NAMES: [(&str, &str); 38] = [
    ("1060", "Olofström"),
    ("1080", "Karlskrona"),
    ("1081", "Ronneby"),
    ("1082", "Karlshamn"),
    ("1083", "Sölvesborg"),
    ("1214", "Svalöv"),
    ("1230", "Staffanstorp"),
    ("1231", "Burlöv"),
    ("1233", "Vellinge"),
    ("1256", "Östra Göinge"),
    ("1257", "Örkelljunga"),
    ("1260", "Bjuv"),
    ("1261", "Kävlinge"),
    ("1262", "Lomma"),
    ("1263", "Svedala"),
    ("1264", "Skurup"),
    ("1265", "Sjöbo"),
    ("1266", "Hörby"),
    ("1267", "Höör"),
    ("1270", "Tomelilla"),
    ("1272", "Bromölla"),
    ("1273", "Osby"),
    ("1275", "Perstorp"),
    ("1276", "Klippan"),
    ("1277", "Åstorp"),
    ("1278", "Båstad"),
    ("1280", "Malmö"),
    ("1281", "Lund"),
    ("1282", "Landskrona"),
    ("1283", "Helsingborg"),
    ("1284", "Höganäs"),
    ("1285", "Eslöv"),
    ("1286", "Ystad"),
    ("1287", "Trelleborg"),
    ("1290", "Kristianstad"),
    ("1291", "Simrishamn"),
    ("1292", "Ängelholm"),
    ("1293", "Hässleholm"),
];

/// The municipality's name, or the code where no name is known.
pub(super) fn name(code: &str) -> &str {
    NAMES.binary_search_by_key(&code, |(known, _)| known).map_or(code, |found| NAMES[found].1)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, name};

    #[test]
    fn names_are_found_by_code() {
        assert!(NAMES.is_sorted());
        assert_eq!(name("1280"), "Malmö");
        assert_eq!(name("1060"), "Olofström");
        assert_eq!(name("0180"), "0180");
    }
}
