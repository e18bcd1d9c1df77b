//! Recognises keywords.

use super::token::Kind;

/// The length of the longest keyword.
const LONGEST: usize = 10;

/// Returns the kind of a word written without escapes.
#[inline]
pub(super) fn kind_of(word: &[u8]) -> Kind {
    if word.len() < 2 || word.len() > LONGEST || !word[0].is_ascii_lowercase() {
        return Kind::Name;
    }
    match word.len() {
        2..=4 => short(word),
        5 => of_five(word),
        6 => of_six(word),
        _ => long(word),
    }
}

fn short(word: &[u8]) -> Kind {
    match word {
        b"if" => Kind::If,
        b"in" => Kind::In,
        b"do" => Kind::Do,
        b"of" => Kind::Of,
        b"var" => Kind::Var,
        b"for" => Kind::For,
        b"new" => Kind::New,
        b"let" => Kind::Let,
        b"try" => Kind::Try,
        b"get" => Kind::Get,
        b"set" => Kind::Set,
        b"this" => Kind::This,
        b"null" => Kind::Null,
        b"true" => Kind::True,
        b"else" => Kind::Else,
        b"case" => Kind::Case,
        b"void" => Kind::Void,
        b"with" => Kind::With,
        b"enum" => Kind::Enum,
        b"eval" => Kind::Eval,
        _ => Kind::Name,
    }
}

fn of_five(word: &[u8]) -> Kind {
    match word {
        b"const" => Kind::Const,
        b"false" => Kind::False,
        b"break" => Kind::Break,
        b"throw" => Kind::Throw,
        b"class" => Kind::Class,
        b"super" => Kind::Super,
        b"while" => Kind::While,
        b"async" => Kind::Async,
        b"await" => Kind::Await,
        b"yield" => Kind::Yield,
        b"catch" => Kind::Catch,
        b"using" => Kind::Using,
        _ => Kind::Name,
    }
}

fn of_six(word: &[u8]) -> Kind {
    match word {
        b"return" => Kind::Return,
        b"typeof" => Kind::Typeof,
        b"static" => Kind::Static,
        b"switch" => Kind::Switch,
        b"delete" => Kind::Delete,
        b"export" => Kind::Export,
        b"import" => Kind::Import,
        b"public" => Kind::StrictReserved,
        _ => Kind::Name,
    }
}

fn long(word: &[u8]) -> Kind {
    match word {
        b"function" => Kind::Function,
        b"default" => Kind::Default,
        b"continue" => Kind::Continue,
        b"extends" => Kind::Extends,
        b"finally" => Kind::Finally,
        b"debugger" => Kind::Debugger,
        b"instanceof" => Kind::Instanceof,
        b"arguments" => Kind::Arguments,
        b"implements" | b"interface" | b"package" | b"private" | b"protected" => {
            Kind::StrictReserved
        }
        _ => Kind::Name,
    }
}

/// Returns the kind of a word written with an escape. It is not a keyword, nor a name where the
/// keyword is reserved.
pub(super) fn kind_of_escaped(word: &str) -> Kind {
    match kind_of(word.as_bytes()) {
        kind @ (Kind::Await | Kind::Yield | Kind::Eval | Kind::Arguments) => kind,
        Kind::Let | Kind::Static | Kind::StrictReserved => Kind::StrictReserved,
        kind if kind.is_name() => Kind::Name,
        _ => Kind::EscapedReserved,
    }
}
