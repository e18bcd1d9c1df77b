//! Finds the source position of a place in an output, by its source map.

use serde_json::Value;

/// A source position: the source as the map names it, with line and column from 0.
#[derive(Debug, PartialEq, Eq)]
pub struct Origin {
    pub source: String,
    pub line: u32,
    pub column: u32,
}

/// Returns the source position of the last mapping before a place; line and column from 0.
pub fn origin(map: &[u8], line: u32, column: u32) -> Option<Origin> {
    let map: Value = serde_json::from_slice(map).ok()?;
    // The source, its line and its column are each relative to the mapping before, over all lines.
    let (mut source, mut from_line, mut from_column) = (0, 0, 0);
    let mut found = None;
    for (number, text) in (0..=line).zip(map["mappings"].as_str()?.split(';')) {
        let mut at = 0;
        for segment in text.split(',').filter(|segment| !segment.is_empty()) {
            let fields = fields(segment)?;
            at += fields[0];
            if number == line && at > i64::from(column) {
                break;
            }
            if let [_, s, l, c, ..] = fields.as_slice() {
                (source, from_line, from_column) = (source + s, from_line + l, from_column + c);
                found = Some((source, from_line, from_column));
            }
        }
    }
    let (source, line, column) = found?;
    let source = map["sources"].get(usize::try_from(source).ok()?)?.as_str()?.to_owned();
    Some(Origin { source, line: u32::try_from(line).ok()?, column: u32::try_from(column).ok()? })
}

/// Decodes the numbers of a segment (base64 VLQ): five bits per digit and one for continuation; the
/// lowest bit of a number is its sign.
fn fields(segment: &str) -> Option<Vec<i64>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut fields, mut value, mut shift) = (Vec::new(), 0_i64, 0);
    for byte in segment.bytes() {
        let digit = i64::try_from(DIGITS.iter().position(|known| *known == byte)?).ok()?;
        value |= (digit & 31).checked_shl(shift)?;
        shift += 5;
        if digit & 32 == 0 {
            fields.push(if value & 1 == 1 { -(value >> 1) } else { value >> 1 });
            (value, shift) = (0, 0);
        }
    }
    (!fields.is_empty()).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::{Origin, origin};

    #[test]
    fn the_last_mapping_counts() {
        // 0:0 a 0:0, 0:4 a 0:8; 1:2 b 1:0
        let map = br#"{"sources":["a","b"],"mappings":"AAAA,IAAQ;ECCR"}"#;
        let at = |line, column| origin(map, line, column).map(|o| (o.source, o.line, o.column));
        let expected = |source: &str, line, column| Some((source.to_owned(), line, column));
        assert_eq!(at(0, 3), expected("a", 0, 0));
        assert_eq!(at(0, 4), expected("a", 0, 8));
        assert_eq!(at(1, 9), expected("b", 1, 0));
        assert_eq!(at(1, 0), expected("a", 0, 8));
        assert_eq!(origin(b"{}", 0, 0), None::<Origin>);
    }
}
