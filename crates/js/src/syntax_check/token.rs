//! The kinds of tokens.

/// What a token is. Words come last: first those that are always reserved, then those reserved in
/// some code, then names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Kind {
    End,
    ParenOpen,
    ParenClose,
    BraceOpen,
    BraceClose,
    BracketOpen,
    BracketClose,
    Semicolon,
    Comma,
    Dot,
    Ellipsis,
    Question,
    QuestionDot,
    Colon,
    Arrow,
    At,
    Not,
    Tilde,
    PlusPlus,
    MinusMinus,
    Assign,
    /// An assignment operator such as `+=`.
    AssignOther,
    AssignExponent,
    /// `&&=`, `||=` or `??=`.
    AssignLogical,
    /// `/=`, or the start of a regular expression.
    AssignSlash,
    // Binary operators, in the order of `PRECEDENCE`.
    Nullish,
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equal,
    Relation,
    Shift,
    Plus,
    Minus,
    Times,
    /// `/`, or the start of a regular expression.
    Slash,
    Percent,
    Exponent,
    Text,
    /// A string whose value is "symbol".
    SymbolText,
    Number,
    BigInt,
    /// The start of a template.
    Backquote,
    PrivateName,
    // Words that are always reserved.
    In,
    Instanceof,
    Break,
    Case,
    Catch,
    Class,
    Const,
    Continue,
    Debugger,
    Default,
    Delete,
    Do,
    Else,
    Enum,
    Export,
    Extends,
    False,
    Finally,
    For,
    Function,
    If,
    Import,
    New,
    Null,
    Return,
    Super,
    Switch,
    This,
    Throw,
    True,
    Try,
    Typeof,
    Var,
    Void,
    While,
    With,
    /// A reserved word written with an escape.
    EscapedReserved,
    // Words that some code reserves.
    Await,
    Yield,
    Let,
    Static,
    /// `implements`, `interface`, `package`, `private`, `protected` or `public`; or another word
    /// that strict code reserves, written with an escape.
    StrictReserved,
    // Names.
    Async,
    Eval,
    Arguments,
    Get,
    Of,
    Set,
    Using,
    Name,
}

impl Kind {
    /// Whether it is a word: a name or a keyword.
    #[inline]
    pub fn is_word(self) -> bool {
        self >= Self::In
    }

    /// Whether it is a name in some code.
    #[inline]
    pub fn is_name(self) -> bool {
        self >= Self::Await
    }

    /// How strongly a binary operator binds; 0 for other tokens.
    #[inline]
    pub fn precedence(self) -> u8 {
        match self {
            Self::Nullish | Self::Or => 1,
            Self::And => 2,
            Self::BitOr => 3,
            Self::BitXor => 4,
            Self::BitAnd => 5,
            Self::Equal => 6,
            Self::Relation | Self::In | Self::Instanceof => 7,
            Self::Shift => 8,
            Self::Plus | Self::Minus => 9,
            Self::Times | Self::Slash | Self::Percent => 10,
            Self::Exponent => 11,
            _ => 0,
        }
    }

    /// Whether it is a binary operator that is not a word.
    pub fn is_operator_sign(self) -> bool {
        self >= Self::Nullish && self <= Self::Exponent
    }
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    flags: u8,
    pub start: u32,
    pub end: u32,
}

impl Token {
    /// A line ends between the previous token and this one.
    pub const NEW_LINE: u8 = 1;
    /// It contains an escape.
    pub const ESCAPED: u8 = 1 << 1;
    /// Strict code refuses it: an octal number, or a string with an octal escape.
    pub const OCTAL: u8 = 1 << 2;
    /// A string with `\u{…}`.
    pub const CODE_POINT: u8 = 1 << 3;
    /// A string with U+2028 or U+2029.
    pub const LINE_SEPARATOR: u8 = 1 << 4;
    /// A number with `_`.
    pub const NUMERIC_SEPARATOR: u8 = 1 << 5;
    /// A binary or octal number.
    pub const RADIX: u8 = 1 << 6;
    /// A name with a character beyond U+FFFF.
    pub const ASTRAL: u8 = 1 << 7;

    /// The flags that are noted, or refused, when the token is reached.
    pub const NOTED: u8 = !(Self::NEW_LINE | Self::ESCAPED);

    #[inline]
    pub fn new(kind: Kind, flags: u8, start: u32, end: u32) -> Self {
        Self { kind, flags, start, end }
    }

    #[inline]
    pub fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    #[inline]
    pub fn is_on_new_line(self) -> bool {
        self.has(Self::NEW_LINE)
    }
}
