//! Reads what a WebAssembly module imports and exports, by its binary format. All other sections
//! are skipped: the browser checks them. Files may be broken or hostile, so every read is checked
//! against the end of its section, and no size in the file is trusted.

use std::fmt;

/// What a module needs and gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Interface<'b> {
    /// The module and the name of each import, in order.
    pub imports: Vec<(&'b str, &'b str)>,
    /// The names of the exports, in order. They differ from each other.
    pub exports: Vec<&'b str>,
}

/// Why a file is not a WebAssembly module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It does not begin as a WebAssembly file does.
    OtherKind,
    /// It is a component, not a module.
    Component,
    /// Its version of the format, which is not 1.
    Version(u16),
    /// What is wrong at this offset.
    At(usize, Fault),
}

/// A mistake in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The file or the section ends too early.
    Ends,
    /// A section is longer than the rest of the file.
    SectionTooLong,
    /// A number has more digits than its type allows.
    Number,
    /// A name is not UTF-8.
    Name,
    /// A byte is not a known kind of import or export.
    Kind,
    /// A section has more bytes than its contents.
    Rest,
    /// Two exports have one name.
    Twice,
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKind => formatter.write_str("it does not begin with the bytes \"\\0asm\""),
            Self::Component => formatter.write_str("it is a component, not a core module"),
            Self::Version(version) => write!(formatter, "its format has the version {version}"),
            Self::At(offset, fault) => write!(formatter, "{} (at byte {offset})", fault.words()),
        }
    }
}

impl Fault {
    fn words(self) -> &'static str {
        match self {
            Self::Ends => "it ends too early",
            Self::SectionTooLong => "a section is longer than the rest of the file",
            Self::Number => "a number is too large",
            Self::Name => "a name is not UTF-8",
            Self::Kind => "an import or export is of an unknown kind",
            Self::Rest => "a section is longer than its contents",
            Self::Twice => "two exports have the same name",
        }
    }
}

type Answer<T> = Result<T, Broken>;

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Reads the imports and the exports of a module.
pub(crate) fn read(bytes: &[u8]) -> Answer<Interface<'_>> {
    let header = bytes.get(..8).filter(|header| header.starts_with(b"\0asm"));
    let Some(&[_, _, _, _, low, high, layer_low, layer_high]) = header else {
        return Err(Broken::OtherKind);
    };
    if (layer_low, layer_high) != (0, 0) {
        return Err(Broken::Component);
    }
    let version = u16::from_le_bytes([low, high]);
    if version != 1 {
        return Err(Broken::Version(version));
    }
    let mut interface = Interface::default();
    let mut file = Reader { bytes, at: 8, end: bytes.len() };
    while file.at < file.end {
        let id = file.byte()?;
        let mut section = file.section()?;
        match id {
            IMPORTS => section.imports(&mut interface.imports)?,
            EXPORTS => section.exports(&mut interface.exports)?,
            _ => continue,
        }
        if section.at < section.end {
            return Err(Broken::At(section.at, Fault::Rest));
        }
    }
    check_names(&interface.exports, bytes)?;
    Ok(interface)
}

fn check_names(exports: &[&str], bytes: &[u8]) -> Answer<()> {
    let mut seen = rustc_hash::FxHashSet::default();
    match exports.iter().find(|name| !seen.insert(**name)) {
        Some(name) => {
            let offset = name.as_ptr().addr() - bytes.as_ptr().addr();
            Err(Broken::At(offset, Fault::Twice))
        }
        None => Ok(()),
    }
}

/// A place in the file, and the end of what may be read.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    end: usize,
}

impl<'b> Reader<'b> {
    fn byte(&mut self) -> Answer<u8> {
        let byte = self.bytes[..self.end].get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte.ok_or(Broken::At(self.at, Fault::Ends))
    }

    /// Reads a number of at most `bits` bits in LEB128. Signs do not matter here.
    fn number(&mut self, bits: u32) -> Answer<u64> {
        let start = self.at;
        let mut number = 0;
        for shift in (0..bits).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Broken::At(start, Fault::Number))
    }

    fn size(&mut self) -> Answer<usize> {
        let start = self.at;
        usize::try_from(self.number(32)?).map_err(|_| Broken::At(start, Fault::Number))
    }

    /// Skips a section, and returns it.
    fn section(&mut self) -> Answer<Reader<'b>> {
        let start = self.at;
        let size = self.size()?;
        let end = self.at.checked_add(size).filter(|end| *end <= self.end);
        let end = end.ok_or(Broken::At(start, Fault::SectionTooLong))?;
        let section = Reader { bytes: self.bytes, at: self.at, end };
        self.at = end;
        Ok(section)
    }

    fn name(&mut self) -> Answer<&'b str> {
        let size = self.size()?;
        let start = self.at;
        let end = start.checked_add(size).filter(|end| *end <= self.end);
        let end = end.ok_or(Broken::At(start, Fault::Ends))?;
        self.at = end;
        std::str::from_utf8(&self.bytes[start..end]).map_err(|_| Broken::At(start, Fault::Name))
    }

    fn imports(&mut self, imports: &mut Vec<(&'b str, &'b str)>) -> Answer<()> {
        for _ in 0..self.number(32)? {
            imports.push((self.name()?, self.name()?));
            self.import_type()?;
        }
        Ok(())
    }

    fn import_type(&mut self) -> Answer<()> {
        let at = self.at;
        match self.byte()? {
            // A function: its type.
            0 => self.number(32).map(drop),
            // A table: the type of its elements, and its limits.
            1 => self.value_type().and_then(|()| self.limits()),
            // A memory.
            2 => self.limits(),
            // A global: its type, and whether it changes.
            3 => self.value_type().and_then(|()| self.byte()).map(drop),
            // A tag: a reserved byte, and its type.
            4 => self.byte().and_then(|_| self.number(32)).map(drop),
            _ => Err(Broken::At(at, Fault::Kind)),
        }
    }

    /// Skips a type of values. References to other types have the number of that type.
    fn value_type(&mut self) -> Answer<()> {
        match self.byte()? {
            0x63 | 0x64 => self.number(35).map(drop),
            _ => Ok(()),
        }
    }

    /// Skips limits: flags, the least size, perhaps the greatest one and the size of a page.
    fn limits(&mut self) -> Answer<()> {
        let flags = self.byte()?;
        let numbers = 1 + (flags & 1) + (flags >> 3 & 1);
        (0..numbers).try_for_each(|_| self.number(64).map(drop))
    }

    fn exports(&mut self, exports: &mut Vec<&'b str>) -> Answer<()> {
        for _ in 0..self.number(32)? {
            exports.push(self.name()?);
            let at = self.at;
            if self.byte()? > 4 {
                return Err(Broken::At(at, Fault::Kind));
            }
            self.number(32)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(sections: &[&[u8]]) -> Vec<u8> {
        [b"\0asm\x01\0\0\0".as_slice()]
            .iter()
            .chain(sections)
            .flat_map(|s| s.iter().copied())
            .collect()
    }

    fn fault(sections: &[&[u8]]) -> Option<(usize, Fault)> {
        match read(&module(sections)) {
            Err(Broken::At(offset, fault)) => Some((offset, fault)),
            _ => None,
        }
    }

    #[test]
    fn imports_of_every_kind() {
        let all: &[u8] = b"\x02\x39\x07\
            \x01a\x01f\x00\x05\
            \x01a\x01t\x01\x70\x01\x01\x02\
            \x01a\x01r\x01\x63\x80\x01\x00\x01\
            \x01b\x01m\x02\x03\x01\x80\x02\
            \x01b\x01p\x02\x08\x01\x00\
            \x01b\x01g\x03\x7f\x01\
            \x01c\x01e\x04\x00\x00";
        let bytes = module(&[b"\x01\x04\x01\x60\0\0", all]);
        let found = read(&bytes).expect("it is a module");
        let names: Vec<&str> = found.imports.iter().map(|(_, name)| *name).collect();
        assert_eq!(names, ["f", "t", "r", "m", "p", "g", "e"]);
        assert_eq!(found.imports[6].0, "c");
    }

    #[test]
    fn exports_and_custom_sections() {
        let bytes = module(&[b"\0\x02\x01x", b"\x07\x09\x02\x01f\0\0\x01m\x02\0", b"\x08\x01\0"]);
        assert_eq!(read(&bytes).expect("it is a module").exports, ["f", "m"]);
    }

    #[test]
    fn other_files() {
        assert_eq!(read(b""), Err(Broken::OtherKind));
        assert_eq!(read(b"<!doctype html>"), Err(Broken::OtherKind));
        assert_eq!(read(b"\0asm\x01"), Err(Broken::OtherKind));
        assert_eq!(read(b"\0asm\x0d\0\x01\0"), Err(Broken::Component));
        assert_eq!(read(b"\0asm\x02\0\0\0"), Err(Broken::Version(2)));
        assert_eq!(read(b"\0asm\x01\0\0\0"), Ok(Interface::default()));
    }

    #[test]
    fn sizes_past_the_end() {
        assert_eq!(fault(&[b"\x02"]), Some((9, Fault::Ends)));
        assert_eq!(fault(&[b"\x02\x09\x01"]), Some((9, Fault::SectionTooLong)));
        assert_eq!(fault(&[b"\x02\xff\xff\xff\xff\x0f"]), Some((9, Fault::SectionTooLong)));
        assert_eq!(fault(&[b"\x02\xff\xff\xff\xff\xff\xff"]), Some((9, Fault::Number)));
        // Four billion imports in a section of six bytes.
        assert_eq!(fault(&[b"\x02\x05\xff\xff\xff\xff\x0f"]), Some((15, Fault::Ends)));
        assert_eq!(fault(&[b"\x02\x03\x01\x40a"]), Some((12, Fault::Ends)));
    }

    #[test]
    fn contents_that_are_wrong() {
        assert_eq!(fault(&[b"\x02\x06\x01\x01a\x01f\x09"]), Some((15, Fault::Kind)));
        assert_eq!(fault(&[b"\x02\x07\x01\x01\xff\x01f\0\0"]), Some((12, Fault::Name)));
        assert_eq!(fault(&[b"\x02\x02\x00\x00"]), Some((11, Fault::Rest)));
        assert_eq!(fault(&[b"\x07\x05\x01\x01f\x05\0"]), Some((13, Fault::Kind)));
        assert_eq!(fault(&[b"\x07\x09\x02\x01f\0\0\x01f\0\0"]), Some((16, Fault::Twice)));
    }

    #[test]
    fn no_prefix_of_a_module_panics() {
        let bytes =
            module(&[b"\x02\x0b\x01\x02ab\x02cd\x01\x70\x00\x01", b"\x07\x05\x01\x01f\0\0"]);
        assert!(read(&bytes).is_ok());
        let fails = (0..bytes.len()).filter(|length| read(&bytes[..*length]).is_err()).count();
        assert_eq!(fails, bytes.len() - 2, "only the bare header and whole sections are modules");
    }
}
