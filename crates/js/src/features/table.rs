//! The constructs of JavaScript that some targets lack: their edition, their name for users, and
//! how each is handled.

/// How a construct that the target lacks is handled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Remedy {
    /// A pass of this crate lowers it, always or where possible.
    Lowered,
    /// It cannot be lowered. The text is the advice for users.
    Advice(&'static str),
}

macro_rules! features {
    ($($variant:ident, $year:literal, $name:literal, $remedy:expr;)*) => {
        /// A construct that some targets lack.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Feature {
            $(#[doc = $name] $variant,)*
        }

        impl Feature {
            /// Every construct, oldest first.
            pub(crate) const ALL: &'static [Feature] = &[$(Feature::$variant,)*];

            /// The edition of ECMAScript that has it.
            pub(crate) fn year(self) -> u16 {
                match self { $(Feature::$variant => $year,)* }
            }

            /// The name for users, with its article.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Feature::$variant => $name,)* }
            }

            /// How the construct is handled if the target lacks it.
            pub(crate) fn remedy(self) -> Remedy {
                use Remedy::{Advice, Lowered};
                match self { $(Feature::$variant => $remedy,)* }
            }
        }
    };
}

features! {
    ArrowFunction, 2015, "an arrow function", Lowered;
    Class, 2015, "a class", Lowered;
    TemplateLiteral, 2015, "a template literal", Lowered;
    BlockScoping, 2015, "`let` or `const`", Lowered;
    Destructuring, 2015, "destructuring", Lowered;
    Parameters, 2015, "a default value or rest parameter", Lowered;
    OwnNameInPattern, 2015, "a destructured parameter with the name of its function", Lowered;
    Spread, 2015, "spread `...`", Lowered;
    ForOf, 2015, "a `for`-`of` loop", Lowered;
    Generator, 2015, "a generator function", Lowered;
    ComputedKey, 2015, "a computed property name", Lowered;
    Shorthand, 2015, "a shorthand property or method", Lowered;
    ObjectSuper, 2015, "`super` in an object's method", Lowered;
    NewTarget, 2015, "`new.target`", Lowered;
    DuplicateKey, 2015, "an object literal with the same key twice, in strict mode", Lowered;
    TypeofSymbol, 2015, "a comparison of `typeof` with \"symbol\"", Lowered;
    BlockFunction, 2015, "a function declared in a block, in strict mode", Lowered;
    RadixLiteral, 2015, "a binary or octal number", Lowered;
    CodePointEscape, 2015, "a `\\u{…}` escape", Lowered;
    AstralName, 2015, "a name with a character beyond U+FFFF", Lowered;
    StickyRegex, 2015, "a regular expression with the flag `y`", Advice("use only `exec`, `test` \
        and `lastIndex` of it, where it is written or through a constant of the module");
    UnicodeRegex, 2015, "a regular expression with the flag `u` that cannot be \
                         rewritten", Advice("write it without the flag `u`: a match that begins \
                                             with the second half of a surrogate pair is beyond \
                                             old engines");
    Exponent, 2016, "the operator `**`", Lowered;
    AsyncFunction, 2017, "an async function", Lowered;
    ObjectRestSpread, 2018, "`...` in an object", Lowered;
    AsyncGenerator, 2018, "an async generator or `for await`", Lowered;
    InvalidEscapeInTemplate, 2018, "an escape in a tagged template that no string may \
                                    have", Lowered;
    DotAllRegex, 2018, "a regular expression with the flag `s`", Lowered;
    NamedGroups, 2018, "a regular expression with named groups", Advice("use it where it is \
        written, or through a constant of the module, with `exec`, `test`, `match` or `replace`; \
        or use numbered groups");
    LookBehind, 2018, "a regular expression with look-behind", Advice("match what comes before as \
        well, and take a group");
    UnicodeProperty, 2018, "a regular expression with a `\\p{…}` that cannot be \
                            rewritten", Advice("write the strings that it matches, or build the \
                                                expression at run time with `new RegExp` where \
                                                the engine can");
    OptionalCatchBinding, 2019, "`catch` without a parameter", Lowered;
    LineSeparatorInString, 2019, "a line separator (U+2028 or U+2029) in a string", Lowered;
    Nullish, 2020, "the operator `??`", Lowered;
    OptionalChain, 2020, "the operator `?.`", Lowered;
    ExportNamespace, 2020, "`export * as`", Lowered;
    BigInt, 2020, "a BigInt literal", Lowered;
    DynamicImport, 2020, "`import()`", Advice("choose a target that has it, or another format");
    ImportMeta, 2020, "`import.meta`", Advice("choose a target that has it, or another format");
    LogicalAssignment, 2021, "a logical assignment (`??=`, `||=`, `&&=`)", Lowered;
    NumericSeparator, 2021, "a number with `_`", Lowered;
    ClassField, 2022, "a class field", Lowered;
    PrivateMember, 2022, "a private member", Lowered;
    StaticBlock, 2022, "a static block", Lowered;
    PrivateIn, 2022, "a `#name in object` check", Lowered;
    RegexIndices, 2022, "a regular expression with the flag `d`", Advice("compute the places from \
        `match.index` and the lengths of the groups");
    TopLevelAwait, 2022, "`await` at the top level", Advice("move it into an async function");
    UnicodeSets, 2024, "a regular expression with the flag `v`", Lowered;
    RegexModifiers, 2025, "a regular expression with modifiers `(?i:…)`", Advice("use the flag for \
        the whole expression: `^`, and references to groups, cannot have flags of their own");
    DuplicateGroups, 2025, "a regular expression with two groups of one name", Lowered;
    Using, 2026, "a `using` declaration", Lowered;
}

impl Feature {
    /// Whether it is reported in the source where it cannot be lowered. The linker handles
    /// `import()` and `import.meta`.
    pub(crate) fn is_refused(self) -> bool {
        match self {
            Self::DynamicImport | Self::ImportMeta => false,
            Self::AstralName => true,
            _ => matches!(self.remedy(), Remedy::Advice(_)),
        }
    }

    /// Whether it is a construct of classes, or `super` or `new.target`.
    pub(crate) fn is_of_classes(self) -> bool {
        matches!(
            self,
            Self::Class
                | Self::ObjectSuper
                | Self::NewTarget
                | Self::ClassField
                | Self::PrivateMember
                | Self::StaticBlock
                | Self::PrivateIn
        )
    }

    /// Whether it is a construct of regular expressions.
    pub(crate) fn is_pattern(self) -> bool {
        matches!(
            self,
            Self::StickyRegex
                | Self::UnicodeRegex
                | Self::DotAllRegex
                | Self::NamedGroups
                | Self::LookBehind
                | Self::UnicodeProperty
                | Self::RegexIndices
                | Self::UnicodeSets
                | Self::RegexModifiers
                | Self::DuplicateGroups
        )
    }
}
