//! The constructs of JavaScript that some targets lack: their edition, their name for users, and
//! how each is handled.

/// How a construct that the target lacks is handled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Remedy {
    /// A pass of this crate lowers it, always or where possible.
    Ours,
    /// It cannot be lowered. The text is the advice for users.
    Advice(&'static str),
}

macro_rules! features {
    ($($variant:ident, $year:literal, $name:literal, $remedy:expr;)*) => {
        /// A construct that some targets lack.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Feature { $($variant,)* }

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
                use Remedy::{Advice, Ours};
                match self { $(Feature::$variant => $remedy,)* }
            }
        }
    };
}

features! {
    ArrowFunction, 2015, "an arrow function", Ours;
    Class, 2015, "a class", Ours;
    TemplateLiteral, 2015, "a template literal", Ours;
    BlockScoping, 2015, "`let` or `const`", Ours;
    Destructuring, 2015, "destructuring", Ours;
    Parameters, 2015, "a default value or rest parameter", Ours;
    OwnNameInPattern, 2015, "a destructured parameter with the name of its function", Ours;
    Spread, 2015, "spread `...`", Ours;
    ForOf, 2015, "a `for`-`of` loop", Ours;
    Generator, 2015, "a generator function", Ours;
    ComputedKey, 2015, "a computed property name", Ours;
    Shorthand, 2015, "a shorthand property or method", Ours;
    ObjectSuper, 2015, "`super` in an object's method", Ours;
    NewTarget, 2015, "`new.target`", Ours;
    DuplicateKey, 2015, "an object literal with the same key twice, in strict mode", Ours;
    TypeofSymbol, 2015, "a comparison of `typeof` with \"symbol\"", Ours;
    BlockFunction, 2015, "a function declared in a block, in strict mode", Ours;
    RadixLiteral, 2015, "a binary or octal number", Ours;
    CodePointEscape, 2015, "a `\\u{…}` escape", Ours;
    AstralName, 2015, "a name with a character beyond U+FFFF", Ours;
    StickyRegex, 2015, "a regular expression with the flag `y`", Advice("use only `exec`, `test` \
        and `lastIndex` of it, where it is written or through a constant of the module");
    UnicodeRegex, 2015, "a regular expression with the flag `u` that cannot be \
                         rewritten", Advice("write it without the flag `u`: a match that begins \
                                             with the second half of a surrogate pair is beyond \
                                             old engines");
    Exponent, 2016, "the operator `**`", Ours;
    AsyncFunction, 2017, "an async function", Ours;
    ObjectRestSpread, 2018, "`...` in an object", Ours;
    AsyncGenerator, 2018, "an async generator or `for await`", Ours;
    InvalidEscapeInTemplate, 2018, "an escape in a tagged template that no string may \
                                    have", Ours;
    DotAllRegex, 2018, "a regular expression with the flag `s`", Ours;
    NamedGroups, 2018, "a regular expression with named groups", Advice("use it where it is \
        written, or through a constant of the module, with `exec`, `test`, `match` or `replace`; \
        or use numbered groups");
    LookBehind, 2018, "a regular expression with look-behind", Advice("match what comes before as \
        well, and take a group");
    UnicodeProperty, 2018, "a regular expression with a `\\p{…}` that cannot be \
                            rewritten", Advice("write the strings that it matches, or build the \
                                                expression at run time with `new RegExp` where \
                                                the engine can");
    OptionalCatchBinding, 2019, "`catch` without a parameter", Ours;
    LineSeparatorInString, 2019, "a line separator (U+2028 or U+2029) in a string", Ours;
    Nullish, 2020, "the operator `??`", Ours;
    OptionalChain, 2020, "the operator `?.`", Ours;
    ExportNamespace, 2020, "`export * as`", Ours;
    BigInt, 2020, "a BigInt literal", Ours;
    DynamicImport, 2020, "`import()`", Advice("choose a target that has it, or another format");
    ImportMeta, 2020, "`import.meta`", Advice("choose a target that has it, or another format");
    LogicalAssignment, 2021, "a logical assignment (`??=`, `||=`, `&&=`)", Ours;
    NumericSeparator, 2021, "a number with `_`", Ours;
    ClassField, 2022, "a class field", Ours;
    PrivateMember, 2022, "a private member", Ours;
    StaticBlock, 2022, "a static block", Ours;
    PrivateIn, 2022, "a `#name in object` check", Ours;
    RegexIndices, 2022, "a regular expression with the flag `d`", Advice("compute the places from \
        `match.index` and the lengths of the groups");
    TopLevelAwait, 2022, "`await` at the top level", Advice("move it into an async function");
    UnicodeSets, 2024, "a regular expression with the flag `v`", Ours;
    RegexModifiers, 2025, "a regular expression with modifiers `(?i:…)`", Advice("use the flag for \
        the whole expression: `^`, and references to groups, cannot have flags of their own");
    DuplicateGroups, 2025, "a regular expression with two groups of one name", Ours;
    Using, 2026, "a `using` declaration", Ours;
}

impl Feature {
    /// Whether it is reported in the source where it cannot be lowered. The linker handles `import()`
    /// and `import.meta`.
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
