//! The source map of a piece, encoded as far as it does not depend on other modules (base64 VLQ,
//! each number a difference to the one before). Parts that depend on them are left out and recorded
//! as holes: columns after a slot, and names that may differ from the slot's final name. The chunk
//! printer copies the encoded text and fills the holes.

use bundle_base::place::Place;
use serde::{Deserialize, Serialize};

/// The source map of a piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceMap {
    /// The first segment. None of it is encoded, because it depends on the text before the piece.
    pub first: Anchor,
    /// The segments after `first`, encoded; a line ends with `;`.
    pub rest: String,
    /// The holes in `rest`, by ascending offset. One at 0 belongs to the first segment.
    pub holes: Vec<Hole>,
    /// The names to which holes refer.
    pub names: Vec<String>,
    /// The last segment, or where it would be if its text mapped to something.
    pub last: Anchor,
}

/// A segment, without its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Byte offset in the piece's text.
    pub at: u32,
    /// How many slots precede it.
    pub slots: u32,
    /// Index of the part's source.
    pub source: u32,
    /// The place in the source.
    pub place: Place,
}

/// A hole in the encoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Byte offset in the encoded text.
    pub at: u32,
    /// What to insert.
    pub fill: Fill,
}

/// What to insert into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// The difference of columns: `delta` plus the lengths of the names in `count` slots from
    /// `first` on.
    Column {
        /// The length of the text in between.
        delta: u32,
        /// Index of the first slot in between.
        first: u32,
        /// How many slots are in between.
        count: u32,
    },
    /// The difference to another source, given by its index in the part.
    Source(u32),
    /// The name with this index.
    Name(u32),
    /// The name with this index, unless the slot's final name is the same.
    NameUnless {
        /// Index of the name.
        name: u32,
        /// Index of the slot.
        slot: u32,
    },
}

/// Appends one number in base64 VLQ: six bits per character, the sign in the lowest bit.
#[inline]
pub fn vlq(out: &mut Vec<u8>, number: i64) {
    let bits = (number.unsigned_abs() << 1) | u64::from(number < 0);
    // Most numbers are differences of a few columns.
    match DIGITS[..32].get(usize::try_from(bits).unwrap_or(usize::MAX)) {
        Some(digit) => out.push(*digit),
        None => long_vlq(out, bits),
    }
}

fn long_vlq(out: &mut Vec<u8>, mut rest: u64) {
    loop {
        let digit = usize::try_from(rest & 31).expect("five bits");
        rest >>= 5;
        out.push(DIGITS[digit | if rest > 0 { 32 } else { 0 }]);
        if rest == 0 {
            return;
        }
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_source_maps_write_them() {
        let written = |number| {
            let mut text = Vec::new();
            vlq(&mut text, number);
            String::from_utf8(text).expect("it is ASCII")
        };
        let all = [0, 1, -1, 15, 16, -16, 123, -4000, i64::from(u32::MAX)].map(written);
        assert_eq!(all, ["A", "C", "D", "e", "gB", "hB", "2H", "h6H", "+/////H"]);
    }
}
