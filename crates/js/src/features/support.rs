//! The constructs that a target supports. Editions of ECMAScript are years. Browsers are looked up
//! in the tables of swc's preset, and in a small table here for constructs that those lack.

use bundle_base::config::Target;
use swc_ecma_preset_env::{BrowserData, Caniuse, EnvConfig, Feature as Pass, Targets, Version};

use super::table::{Feature, Remedy};

/// The constructs that a target supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Support {
    /// One bit for each construct.
    has: u64,
    /// One bit for each of `BUGFIXES` that the target does not need.
    is_free_of: u8,
}

/// Constructs that some browsers have with a bug, and the small pass that works around it.
const BUGFIXES: [(Feature, Pass); 3] = [
    (Feature::AsyncFunction, Pass::BugfixAsyncArrowsInClass),
    (Feature::Parameters, Pass::BugfixEdgeDefaultParam),
    (Feature::Destructuring, Pass::BugfixSafariIdDestructuringCollisionInFunctionExpression),
];

impl Support {
    /// Returns what a target supports. Cheap enough to call for every module.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Ecma(version) => Self::where_(|feature| feature.year() <= *version),
            Target::Browsers(browsers) => {
                let known = versions(browsers);
                let tables = EnvConfig::from(preset_of(&known)).get_feature_config();
                let edition = browsers
                    .iter()
                    .filter(|(name, _)| name == Target::EDITION)
                    .map(|(_, year)| year.parse());
                let edition: u16 = edition.flatten().min().unwrap_or(u16::MAX);
                let mut support = Self::where_(|feature| match own_table(feature) {
                    _ if feature.year() > edition => false,
                    Some(table) => browsers.iter().all(|browser| table.has(browser)),
                    None => passes(feature).iter().all(|pass| tables.caniuse(*pass)),
                });
                for (bit, (_, bugfix)) in BUGFIXES.iter().enumerate() {
                    support.is_free_of &= !(u8::from(!tables.caniuse(*bugfix)) << bit);
                }
                support
            }
        }
    }

    fn where_(understands: impl Fn(Feature) -> bool) -> Self {
        let bits = Feature::ALL.iter().filter(|feature| understands(**feature));
        Self {
            has: bits.fold(0, |bits, feature| bits | 1 << (*feature as u8)),
            is_free_of: u8::MAX,
        }
    }

    /// Whether the target supports a construct.
    pub fn has(self, feature: Feature) -> bool {
        self.has & 1 << (feature as u8) != 0
    }

    /// Returns the passes that work around the target's bugs in the constructs that a program uses.
    pub fn bugfixes(self, uses: impl Fn(Feature) -> bool) -> impl Iterator<Item = Pass> {
        let needed = BUGFIXES
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.is_free_of & 1 << bit == 0);
        needed.filter(move |(_, (feature, _))| uses(*feature)).map(|(_, (_, pass))| pass)
    }

    /// Whether the target supports every construct of an edition and of those before it.
    pub fn has_edition(self, year: u16) -> bool {
        Feature::ALL
            .iter()
            .filter(|feature| feature.year() <= year)
            .all(|feature| self.has(*feature))
    }

    /// Whether the target supports every construct that we know.
    pub fn is_everything(self) -> bool {
        self == Self::where_(|_| true)
    }
}

fn preset_of(versions: &BrowserData<Option<Version>>) -> swc_ecma_preset_env::Config {
    swc_ecma_preset_env::Config {
        targets: Some(Targets::Versions(*versions)),
        bugfixes: true,
        ..Default::default()
    }
}

/// Returns the passes whose tables show which browsers have a construct.
fn passes(feature: Feature) -> &'static [Pass] {
    match feature.remedy() {
        // Safari 10 has `let`, but confuses two variables of one name in nested scopes. It counts
        // as lacking `let`, which is then lowered.
        _ if feature == Feature::BlockScoping => {
            &[Pass::BlockScoping, Pass::BugfixTransformSafariBlockShadowing]
        }
        // Safari before 13 makes a new strings object each time a tagged template runs. There is a
        // pass for that, but its output is newer than some of these browsers.
        _ if feature == Feature::TemplateLiteral => {
            &[Pass::TemplateLiterals, Pass::BugfixTaggedTemplateCaching]
        }
        Remedy::Passes(passes) => passes,
        Remedy::Ours | Remedy::Advice(_) => match feature {
            Feature::ArrowFunction => &[Pass::ArrowFunctions],
            Feature::Class => &[Pass::Classes, Pass::NewTarget, Pass::ObjectSuper],
            Feature::ObjectSuper => &[Pass::ObjectSuper],
            Feature::NewTarget => &[Pass::NewTarget],
            Feature::ClassField => &[Pass::ClassProperties],
            Feature::PrivateMember => &[Pass::ClassProperties, Pass::PrivateMethods],
            Feature::StaticBlock => &[Pass::ClassStaticBlock],
            Feature::PrivateIn => &[Pass::PrivatePropertyInObject],
            Feature::Destructuring => &[Pass::Destructuring],
            Feature::Parameters => &[Pass::Parameters],
            Feature::Spread => &[Pass::Spread],
            Feature::ForOf => &[Pass::ForOf],
            Feature::ComputedKey => &[Pass::ComputedProperties],
            Feature::Shorthand => &[Pass::ShorthandProperties, Pass::FunctionName],
            Feature::DuplicateKey => &[Pass::DuplicateKeys],
            Feature::TypeofSymbol => &[Pass::TypeOfSymbol],
            Feature::ObjectRestSpread => &[Pass::ObjectRestSpread],
            Feature::InvalidEscapeInTemplate => &[Pass::TemplateLiterals],
            Feature::BlockFunction => &[Pass::BlockScopedFunctions],
            Feature::RadixLiteral => &[Pass::Literals],
            Feature::CodePointEscape | Feature::AstralName => &[Pass::UnicodeEscapes],
            Feature::StickyRegex => &[Pass::StickyRegex],
            Feature::UnicodeRegex => &[Pass::UnicodeRegex],
            Feature::DotAllRegex => &[Pass::DotAllRegex],
            Feature::NamedGroups => &[Pass::NamedCapturingGroupsRegex],
            Feature::UnicodeProperty => &[Pass::UnicodePropertyRegex],
            Feature::Exponent => &[Pass::ExponentiationOperator],
            Feature::OptionalCatchBinding => &[Pass::OptionalCatchBinding],
            Feature::Nullish => &[Pass::NullishCoalescing],
            Feature::OptionalChain => &[Pass::OptionalChaining],
            Feature::LogicalAssignment => &[Pass::LogicalAssignmentOperators],
            Feature::LineSeparatorInString => &[Pass::JsonStrings],
            Feature::NumericSeparator => &[Pass::NumericSeparator],
            Feature::UnicodeSets => &[Pass::UnicodeSetsRegex],
            Feature::Using => &[Pass::ExplicitResourceManagement],
            _ => &[],
        },
    }
}

/// Whether the tables know a browser.
pub(super) fn is_known(name: &str, version: &str) -> bool {
    versions(&[(name.to_owned(), version.to_owned())]).iter().any(|(_, known)| known.is_some())
}

/// Returns the lowest version of each browser, by the names of the preset's tables. Browsers that
/// the tables do not know (Opera Mini, UC and others) are ignored, as everywhere.
fn versions(browsers: &[(String, String)]) -> BrowserData<Option<Version>> {
    let mut lowest = BrowserData::<Option<Version>>::default();
    for (name, version) in browsers {
        let Some((major, minor)) = parse_version(version) else { continue };
        let version = Version { major, minor, patch: 0 };
        let slot = match name.as_str() {
            "chrome" | "and_chr" => &mut lowest.chrome,
            "firefox" | "and_ff" => &mut lowest.firefox,
            "safari" => &mut lowest.safari,
            "ios_saf" => &mut lowest.ios,
            "edge" => &mut lowest.edge,
            "ie" | "ie_mob" => &mut lowest.ie,
            "opera" => &mut lowest.opera,
            "op_mob" => &mut lowest.opera_mobile,
            "samsung" => &mut lowest.samsung,
            "android" => &mut lowest.android,
            "node" => &mut lowest.node,
            "electron" => &mut lowest.electron,
            _ => continue,
        };
        if slot.is_none_or(|known| (known.major, known.minor) > (major, minor)) {
            *slot = Some(version);
        }
    }
    lowest
}

/// Parses `10`, `10.3`, `10.0-10.2` (the lower end) or `TP` (a preview: newer than all).
pub(crate) fn parse_version(text: &str) -> Option<(u32, u32)> {
    if text.eq_ignore_ascii_case("tp") {
        return Some((9999, 0));
    }
    let first = text.split('-').next().unwrap_or(text);
    let mut parts = first.split('.');
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

/// For a construct that the preset's tables lack: the first version of each browser that has it.
struct Table {
    chrome: (u32, u32),
    edge: (u32, u32),
    firefox: (u32, u32),
    safari: (u32, u32),
    ios: (u32, u32),
    opera: (u32, u32),
    op_mob: (u32, u32),
    samsung: (u32, u32),
    node: (u32, u32),
    electron: (u32, u32),
}

impl Table {
    fn has(&self, (name, version): &(String, String)) -> bool {
        let first = match name.as_str() {
            "chrome" | "and_chr" | "android" => self.chrome,
            "edge" => self.edge,
            "firefox" | "and_ff" => self.firefox,
            "safari" => self.safari,
            "ios_saf" => self.ios,
            "opera" => self.opera,
            "op_mob" => self.op_mob,
            "samsung" => self.samsung,
            "node" => self.node,
            "electron" => self.electron,
            "ie" | "ie_mob" => return false,
            _ => return true,
        };
        parse_version(version).is_none_or(|version| version >= first)
    }
}

fn own_table(feature: Feature) -> Option<Table> {
    let table = |chrome, versions: [(u32, u32); 9]| {
        let [edge, firefox, safari, ios, opera, op_mob, samsung, node, electron] = versions;
        Table { chrome, edge, firefox, safari, ios, opera, op_mob, samsung, node, electron }
    };
    Some(match feature {
        Feature::BigInt => table(
            (67, 0),
            [(79, 0), (68, 0), (14, 0), (14, 0), (54, 0), (48, 0), (9, 0), (10, 4), (4, 0)],
        ),
        Feature::LookBehind => table(
            (62, 0),
            [(79, 0), (78, 0), (16, 4), (16, 4), (49, 0), (46, 0), (8, 0), (8, 10), (3, 0)],
        ),
        Feature::RegexIndices => table(
            (90, 0),
            [(90, 0), (88, 0), (15, 0), (15, 0), (76, 0), (64, 0), (15, 0), (16, 0), (13, 0)],
        ),
        Feature::RegexModifiers => table(
            (125, 0),
            [(125, 0), (132, 0), (26, 0), (26, 0), (111, 0), (83, 0), (27, 0), (23, 0), (31, 0)],
        ),
        Feature::DuplicateGroups => table(
            (126, 0),
            [(126, 0), (129, 0), (17, 4), (17, 4), (112, 0), (84, 0), (28, 0), (23, 0), (31, 0)],
        ),
        Feature::TopLevelAwait => table(
            (89, 0),
            [(89, 0), (89, 0), (15, 0), (15, 0), (75, 0), (63, 0), (15, 0), (14, 8), (12, 0)],
        ),
        Feature::DynamicImport => table(
            (63, 0),
            [(79, 0), (67, 0), (11, 1), (11, 3), (50, 0), (46, 0), (8, 0), (13, 2), (3, 0)],
        ),
        Feature::ImportMeta => table(
            (64, 0),
            [(79, 0), (62, 0), (11, 1), (12, 0), (51, 0), (47, 0), (9, 0), (10, 4), (3, 0)],
        ),
        _ => return None,
    })
}
