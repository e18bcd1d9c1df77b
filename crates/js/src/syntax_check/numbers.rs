//! Reads number literals.

use super::{
    characters::starts_ascii_name,
    reader::{Read, Reader},
    token::{Kind, Token},
};

impl Reader<'_> {
    /// Reads the number that starts at `start`.
    pub fn number(&self, start: u32, flags: u8) -> Read<Token> {
        let mut scan = Scan { at: start, flags };
        let kind = match (self.byte(start), self.byte(start + 1) | 0x20) {
            (b'0', b'x') => self.radix(&mut scan, 16)?,
            (b'0', b'o') => self.radix(&mut scan, 8)?,
            (b'0', b'b') => self.radix(&mut scan, 2)?,
            (b'0', _) if matches!(self.byte(start + 1), b'0'..=b'9' | b'_') => {
                self.with_zero(&mut scan)?
            }
            _ => self.decimal(&mut scan)?,
        };
        if starts_ascii_name(self.byte(scan.at)) {
            let mistake = "a name right after a number";
            let is_ours = kind == Kind::BigInt;
            return if is_ours {
                self.fail_ours(scan.at, mistake)
            } else {
                self.fail_at(scan.at, mistake)
            };
        }
        if kind == Kind::BigInt {
            // `features::scan` notes nothing else of a BigInt.
            scan.flags &= !(Token::NUMERIC_SEPARATOR | Token::RADIX);
        }
        Ok(Token::new(kind, scan.flags, start, scan.at))
    }

    fn radix(&self, scan: &mut Scan, radix: u32) -> Read<Kind> {
        if radix != 16 {
            scan.flags |= Token::RADIX;
        }
        scan.at += 2;
        self.digits(scan, radix)?;
        Ok(self.big_int(scan))
    }

    fn big_int(&self, scan: &mut Scan) -> Kind {
        if self.byte(scan.at) != b'n' {
            return Kind::Number;
        }
        scan.at += 1;
        Kind::BigInt
    }

    fn decimal(&self, scan: &mut Scan) -> Read<Kind> {
        if self.byte(scan.at) != b'.' {
            self.digits(scan, 10)?;
            if self.byte(scan.at) == b'n' {
                return Ok(self.big_int(scan));
            }
        }
        self.fraction(scan)
    }

    fn fraction(&self, scan: &mut Scan) -> Read<Kind> {
        if self.byte(scan.at) == b'.' {
            scan.at += 1;
            if matches!(self.byte(scan.at), b'0'..=b'9' | b'_') {
                self.digits(scan, 10)?;
            }
        }
        if self.byte(scan.at) | 0x20 == b'e' {
            scan.at += 1;
            if matches!(self.byte(scan.at), b'+' | b'-') {
                scan.at += 1;
            }
            self.digits(scan, 10)?;
        }
        Ok(Kind::Number)
    }

    /// `0` and another digit: an old octal number, or a decimal one if it contains `8` or `9`.
    fn with_zero(&self, scan: &mut Scan) -> Read<Kind> {
        let start = scan.at;
        scan.flags |= Token::OCTAL;
        self.digits(scan, 10)?;
        let digits = &self.bytes[start as usize..scan.at as usize];
        if digits.contains(&b'_') {
            return self.fail_at(start, "`_` in an octal number");
        }
        if digits.iter().any(|digit| *digit >= b'8') {
            return self.fraction(scan);
        }
        Ok(Kind::Number)
    }

    /// At least one digit. `_` must be between two digits.
    fn digits(&self, scan: &mut Scan, radix: u32) -> Read<()> {
        let is_digit = |at: u32| char::from(self.byte(at)).is_digit(radix);
        if !is_digit(scan.at) {
            return self.fail_at(scan.at, "a digit is expected");
        }
        loop {
            if is_digit(scan.at) {
                scan.at += 1;
            } else if self.byte(scan.at) == b'_' && is_digit(scan.at + 1) {
                scan.flags |= Token::NUMERIC_SEPARATOR;
                scan.at += 1;
            } else if self.byte(scan.at) == b'_' {
                return self.fail_at(scan.at, "`_` that is not between two digits");
            } else {
                return Ok(());
            }
        }
    }
}

/// Where a number has been read to.
struct Scan {
    at: u32,
    flags: u8,
}
