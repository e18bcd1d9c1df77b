//! Lowers modern syntax. The program is scanned first, and only constructs that it uses and the
//! target lacks are lowered, so most packages are left unchanged. What cannot be lowered is an
//! error at its place in the source.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Label, Source,
    config::{Charset, Format, Minify, Mode},
    search,
};
use swc_common::Span;
use swc_ecma_ast::{Id, Program};

use super::{
    astral_names, big_ints, block_functions, body_variables, classes,
    constant_assignment::{self, Writes},
    es2015, function_constructors, generators, hidden_names, literals,
    names::NameTable,
    operators, reassigned_classes, regexes, temporal_dead_zone, unmapped_arguments, using,
};
use crate::{
    analyse::awaits,
    ast,
    features::{self, Feature, Remedy, Scan, Support},
    messages::{self, Allowed},
    scopes::{self, Scopes},
};

/// The inputs of lowering.
pub(super) struct Setting<'a> {
    pub source: &'a Arc<Source>,
    pub config: &'a Config,
    /// Whether the top level is an ES module, and so strict code.
    pub is_module: bool,
    /// Whether class fields are assignments (TypeScript without `useDefineForClassFields`),
    /// whatever the target.
    pub assigns_fields: bool,
    /// Whether constructors define fields that have decorators.
    pub has_decorated_fields: bool,
}

impl Setting<'_> {
    /// Whether the program may be sloppy code, and the output is an ES module, which is strict.
    fn lacks_sloppy_code(&self) -> bool {
        !self.is_module && self.config.output.format == Format::Esm
    }

    /// Whether a construct that the target lacks, and that cannot be lowered, is only a warning.
    fn allows(&self, feature: Feature) -> bool {
        self.config.severities.allows_excess() || feature.is_pattern() && self.allows_patterns()
    }

    /// Whether a regular expression that cannot be lowered becomes a call, which throws only where
    /// it runs. Nobody can edit those of packages, which other bundlers leave as they are.
    fn allows_patterns(&self) -> bool {
        let severities = &self.config.severities;
        severities.allows_excess()
            || self.source.is_of_a_package() && !severities.refuses_excess_of_packages()
    }
}

/// Lowers a program in place. Returns warnings. `Err` holds the constructs that cannot be lowered.
pub(super) fn lower(
    program: &mut Program,
    setting: &Setting<'_>,
    names: &mut NameTable,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let target = Support::of(&setting.config.script.target);
    let is_strict = setting.is_module || features::is_strict(program);
    names.renumber(program, is_strict);
    if !needs_look(target, setting, names) {
        return Ok(Vec::new());
    }
    let found = features::scan(program, is_strict, target);
    let support = as_lowered(&found, target);
    let mut writes = if names.table().has_constant_writes() || names.table().has_class_writes() {
        Writes::of(program, is_strict)
    } else {
        Writes::default()
    };
    let mut warnings = constant_assignment::warnings(&writes, setting.source);
    let lacking: Vec<(Feature, Span)> = found.exceeding(support).collect();
    let lacks_of_classes = classes_to_lower(&found, support, setting);
    let moves_functions = setting.lacks_sloppy_code() && found.functions.in_blocks;
    let changes = !lacking.is_empty() || lacks_of_classes.is_some() || moves_functions;
    if changes || found.has(Feature::AstralName) {
        names.will_change();
    }

    // Regular expressions are lowered in calls, which `?.` hides.
    let operators = operators_to_lower(&found, support, &setting.source.text);
    operators::lower(program, operators, names.table());
    let left = lower_names_and_patterns(program, &found, support, setting);
    let (allowed, errors): (Vec<_>, Vec<_>) =
        left.into_iter().partition(|(feature, _)| setting.allows(*feature));
    let report = |(feature, at)| excess(feature, at, setting);
    if !errors.is_empty() {
        return Err(errors.into_iter().map(report).collect());
    }
    warnings.extend(allowed.into_iter().map(report));
    let table = names.table();
    let passes = Passes { setting, support, is_strict, found, lacking, table };
    passes.declarations(program, &mut writes, lacks_of_classes);
    if passes.syntax(program, &writes, lacks_of_classes) {
        names.names_were_inserted();
    }
    Ok(warnings)
}

/// The passes that rewrite a program, and what they have to know of it.
struct Passes<'a> {
    setting: &'a Setting<'a>,
    support: Support,
    /// Whether the top level is strict code.
    is_strict: bool,
    /// The constructs of the program before lowering.
    found: Scan,
    /// The constructs of the program that the target lacks.
    lacking: Vec<(Feature, Span)>,
    /// The bindings, except those that passes made.
    table: &'a Scopes,
}

impl Passes<'_> {
    fn lacks(&self, feature: Feature) -> bool {
        self.lacking.iter().any(|(lacking, _)| *lacking == feature)
    }

    /// Lowers declarations and parameters.
    fn declarations(
        &self,
        program: &mut Program,
        writes: &mut Writes,
        lacks_of_classes: Option<classes::Lacks>,
    ) {
        let (lacks, functions) = (|feature| self.lacks(feature), self.found.functions);
        if lacks(Feature::BlockScoping) && self.setting.config.mode == Mode::Development {
            temporal_dead_zone::check(program, self.table);
        }
        if lacks(Feature::BigInt) {
            big_ints::lower(program, scopes::free());
        }
        if lacks(Feature::Using) {
            using::lower(program);
        }
        if [Feature::AsyncFunction, Feature::AsyncGenerator, Feature::Generator]
            .iter()
            .any(|it| lacks(*it))
            && function_constructors::are_mentioned(&self.setting.source.text)
        {
            function_constructors::lower(program);
        }
        if self.table.has_class_writes()
            && lacks_of_classes.is_some_and(|lacks| lacks.class || lacks.members)
        {
            reassigned_classes::lower(program, writes);
        }
        if lacks(Feature::Parameters)
            && functions.in_parameters
            && self.table.has_redeclared_parameters()
        {
            body_variables::lower(program);
        }
    }

    /// Lowers all other syntax. Returns whether assignments to constants throw now.
    fn syntax(
        &self,
        program: &mut Program,
        writes: &Writes,
        lacks_of_classes: Option<classes::Lacks>,
    ) -> bool {
        let (lacks, is_strict) = (|feature| self.lacks(feature), self.is_strict);
        let is_minified = self.setting.config.output.minify != Minify::No;
        let is_rewritten = !self.lacking.is_empty() || self.setting.lacks_sloppy_code();
        let is_dynamic = |(_, context): &Id| {
            let binding =
                scopes::index_of(*context).and_then(|index| self.table.bindings.get(index));
            !is_strict && binding.is_some_and(|it| self.table.list[it.scope].is_dynamic)
        };
        let throws = (is_rewritten || is_minified)
            && constant_assignment::lower(program, writes, is_dynamic);
        self.functions_in_blocks(program);
        if let Some(lacks) = lacks_of_classes {
            let known = classes::Known {
                table: self.table,
                keeps_names: !is_minified,
                has_weak_maps: self.support.has(Feature::Class),
                is_loose: self.setting.config.script.loose,
            };
            classes::lower(program, lacks, known, is_strict);
        }
        if lacks(Feature::OwnNameInPattern) && self.support.has(Feature::Destructuring) {
            hidden_names::lower(program);
        }
        literals::normalise(program, &self.lacking);
        self.editions(program);
        throws
    }

    /// Lowers functions in blocks, and `arguments` beside parameters that are lowered. Assignments
    /// to constants throw already: constants of a `switch` with functions become variables.
    fn functions_in_blocks(&self, program: &mut Program) {
        let (lacks, functions) = (|feature| self.lacks(feature), self.found.functions);
        let is_strict = self.is_strict;
        let in_blocks = block_functions::Lacks {
            strict: lacks(Feature::BlockFunction),
            variables: lacks(Feature::BlockScoping),
            asynchronous: lacks(Feature::AsyncFunction) || lacks(Feature::AsyncGenerator),
            generators: lacks(Feature::Generator),
            hoisting: self.setting.lacks_sloppy_code(),
            lowered_let: !self.support.has(Feature::BlockScoping) && !self.lowers_edition(),
        };
        // `using` puts functions into blocks.
        if in_blocks.has_work() && (functions.in_blocks || lacks(Feature::Using)) {
            block_functions::lower(program, is_strict, in_blocks);
        }
        if !is_strict
            && (lacks(Feature::Parameters) || lacks(Feature::Destructuring))
            && self.table.mentions_free("arguments")
        {
            unmapped_arguments::lower(program, is_strict);
        }
    }

    /// Whether a pass lowers all of ECMAScript 2015.
    fn lowers_edition(&self) -> bool {
        let wanted = features_to_lower(&self.lacking, &self.found, self.support);
        wanted.iter().any(|feature| is_of_edition(*feature))
    }

    /// Lowers the syntax of whole editions.
    fn editions(&self, program: &mut Program) {
        let wanted = features_to_lower(&self.lacking, &self.found, self.support);
        let is_wanted = |feature| wanted.contains(&feature);
        if wanted.iter().any(|feature| ES2015.contains(feature)) {
            let edition = wanted.iter().any(|feature| is_of_edition(*feature));
            let generators = edition
                && is_wanted(Feature::Generator)
                && [Feature::Generator, Feature::AsyncFunction, Feature::AsyncGenerator]
                    .into_iter()
                    .any(|feature| self.found.has(feature));
            let lacks = es2015::Lacks {
                edition,
                templates: edition || is_wanted(Feature::TemplateLiteral),
                captures: edition && self.found.functions.in_loops,
                generators,
                invalid_escapes: is_wanted(Feature::InvalidEscapeInTemplate),
                typeof_symbol: is_wanted(Feature::TypeofSymbol),
                is_loose: self.setting.config.script.loose,
            };
            es2015::lower(program, lacks, self.table);
        }
        if !is_wanted(Feature::Generator) {
            let async_functions = self.lacks(Feature::AsyncFunction);
            let async_generators = self.lacks(Feature::AsyncGenerator);
            if async_functions || async_generators {
                let lacks = generators::Lacks { async_functions, async_generators };
                generators::lower(program, lacks, self.table);
            }
        }
    }
}

/// Whether a program may have something to lower or to warn of. The newest target has all syntax.
/// Then only names that need escapes for old engines are left, and wrong assignments.
fn needs_look(support: Support, setting: &Setting<'_>, names: &NameTable) -> bool {
    let text = &setting.source.text;
    let has_astral = || !text.is_ascii() && text.bytes().any(|byte| byte >= 0xf0);
    !support.is_everything()
        || setting.assigns_fields
        || setting.has_decorated_fields
        || setting.lacks_sloppy_code()
        || search::contains(text, "accessor")
        || names.table().has_constant_writes()
        || has_astral()
        || search::contains(text, "\\u{")
}

/// Rewrites names and regular expressions. Returns what cannot be lowered.
fn lower_names_and_patterns(
    program: &mut Program,
    found: &Scan,
    support: Support,
    setting: &Setting<'_>,
) -> Vec<(Feature, Span)> {
    let config = setting.config;
    let unresolved = scopes::free();
    let lacking: Vec<(Feature, Span)> = found.exceeding(support).collect();
    let mut left = unlowerable(&lacking, program, config);
    if lacking.iter().any(|(feature, _)| feature.is_pattern()) {
        let calls = setting.allows_patterns().then_some(unresolved);
        let helped = [Feature::NamedGroups, Feature::DuplicateGroups, Feature::StickyRegex];
        let needs_help = lacking.iter().any(|(feature, _)| helped.contains(feature));
        left.extend(regexes::rewrite(program, support, calls, needs_help));
    }
    let has_names = support.has(Feature::AstralName);
    if found.has(Feature::AstralName) && (config.script.charset == Charset::Ascii || !has_names) {
        let free = astral_names::lower(program, unresolved, has_names);
        left.extend(free.into_iter().map(|at| (Feature::AstralName, at)));
    }
    left
}

/// Returns what `operators` lowers.
fn operators_to_lower(found: &Scan, support: Support, text: &str) -> operators::Lacks {
    let lacks = |feature| found.has(feature) && !support.has(feature);
    let powers = match lacks(Feature::Exponent) {
        false => operators::Powers::Stay,
        true if big_ints::are_mentioned(text, found.has(Feature::BigInt)) => {
            operators::Powers::OfBigInts
        }
        true => operators::Powers::OfNumbers,
    };
    let chains = if lacks(Feature::OptionalChain) {
        operators::Chains::All
    } else if (lacks(Feature::PrivateMember) || lacks(Feature::PrivateIn))
        && found.has(Feature::OptionalChain)
    {
        operators::Chains::Private
    } else {
        operators::Chains::Stay
    };
    operators::Lacks {
        powers,
        // `??=` becomes `??` first.
        nullish: !support.has(Feature::Nullish)
            && (found.has(Feature::Nullish) || found.has(Feature::LogicalAssignment)),
        logical_assignment: lacks(Feature::LogicalAssignment),
        chains,
        plain_catch: lacks(Feature::OptionalCatchBinding),
    }
}

/// Returns what is lowered of classes, if anything. The members of ECMAScript 2022 depend on each
/// other: if one that the program has is lowered, all are, except static blocks.
fn classes_to_lower(
    found: &Scan,
    support: Support,
    setting: &Setting<'_>,
) -> Option<classes::Lacks> {
    let lacks = |feature| found.has(feature) && !support.has(feature);
    let class = lacks(Feature::Class);
    let members = [Feature::ClassField, Feature::PrivateMember, Feature::PrivateIn];
    let has_members =
        found.has(Feature::StaticBlock) || members.into_iter().any(|feature| found.has(feature));
    let assigns_fields = setting.assigns_fields && found.has(Feature::ClassField);
    let asynchronous = [Feature::AsyncFunction, Feature::AsyncGenerator]
        .into_iter()
        .any(|feature| !support.has(feature) && found.has(feature));
    let lacks = classes::Lacks {
        class,
        members: members.into_iter().any(lacks)
            || (class || !support.has(Feature::ClassField)) && has_members
            || assigns_fields && !support.has(Feature::StaticBlock),
        static_blocks: lacks(Feature::StaticBlock),
        object_super: lacks(Feature::ObjectSuper),
        spread_super: found.has(Feature::ObjectSuper) && lacks(Feature::ObjectRestSpread),
        new_target: lacks(Feature::NewTarget),
        asynchronous: asynchronous && found.has(Feature::ObjectSuper),
        assigns_fields,
    };
    let has_work = !lacks.is_empty() || found.has_auto_accessor || setting.has_decorated_fields;
    has_work.then_some(lacks)
}

fn excess(feature: Feature, at: Span, setting: &Setting<'_>) -> Diagnostic {
    let advice = match feature.remedy() {
        Remedy::Advice(advice) => advice,
        Remedy::Lowered => "write it for the target, or choose a newer one",
    };
    let target = &setting.config.script.target;
    let (lacking, having) = (features::lacking(feature, target), features::having(feature, target));
    let at = Label::new(setting.source, ast::span(at));
    let found = messages::exceeds_target(at, feature.name(), &lacking, having.as_ref(), advice);
    if setting.allows(feature) {
        return messages::allowed_excess(found, kind_of_allowance(feature));
    }
    let is_own = !setting.source.is_of_a_package();
    if is_own && feature.is_pattern() { messages::may_be_allowed(found) } else { found }
}

fn kind_of_allowance(feature: Feature) -> Allowed {
    match feature {
        Feature::NamedGroups | Feature::StickyRegex => Allowed::Helped,
        _ if feature.is_pattern() => Allowed::Called,
        _ => Allowed::Kept,
    }
}

/// Returns the constructs that the target lacks, that cannot be lowered, and that the linker does
/// not handle.
fn unlowerable(
    lacking: &[(Feature, Span)],
    program: &Program,
    config: &Config,
) -> Vec<(Feature, Span)> {
    let stays = |feature: Feature| match feature {
        // In other formats the linker reports it, for any target. An `await` that is the last
        // statement is rendered as a `return`, where the module is a function.
        Feature::TopLevelAwait => {
            config.output.format == Format::Esm
                && !program.as_module().is_some_and(|module| awaits::is_last(&module.body))
        }
        // Where a name cannot be lowered is found later.
        Feature::AstralName => false,
        _ => feature.is_refused() && !feature.is_pattern(),
    };
    lacking.iter().filter(|(feature, _)| stays(*feature)).copied().collect()
}

/// What `es2015` lowers. If the target lacks anything of ECMAScript 2015 that a program has, all of
/// that edition is lowered. Template literals alone are not a reason.
const ES2015: [Feature; 14] = [
    Feature::ArrowFunction,
    Feature::TemplateLiteral,
    Feature::BlockScoping,
    Feature::Destructuring,
    Feature::Parameters,
    Feature::Spread,
    Feature::ForOf,
    Feature::Generator,
    Feature::ComputedKey,
    Feature::Shorthand,
    Feature::DuplicateKey,
    Feature::TypeofSymbol,
    Feature::ObjectRestSpread,
    Feature::InvalidEscapeInTemplate,
];

/// Whether a construct is lowered with all others of ECMAScript 2015, because they depend on each
/// other.
fn is_of_edition(feature: Feature) -> bool {
    let is_alone =
        [Feature::TemplateLiteral, Feature::TypeofSymbol, Feature::DuplicateKey].contains(&feature);
    feature.year() == 2015 && !is_alone && (ES2015.contains(&feature) || feature.is_of_classes())
}

/// Returns what counts as supported for a program. Lowering may produce anything of ECMAScript
/// 2015: if it has work, and the target lacks a part of that edition, the whole edition counts as
/// unsupported.
fn as_lowered(found: &Scan, target: Support) -> Support {
    let lacks_edition = || {
        let mut edition = Feature::ALL.iter().filter(|feature| is_of_edition(**feature));
        edition.any(|feature| !target.has(*feature))
    };
    if found.exceeding(target).any(|(feature, _)| is_reason_to_lower(feature)) && lacks_edition() {
        target.without(|feature| is_of_edition(feature) || feature == Feature::BlockFunction)
    } else {
        target
    }
}

/// Whether a construct is one that `editions` and `classes` lower.
fn is_lowered(feature: Feature) -> bool {
    matches!(feature, Feature::Using | Feature::AsyncFunction | Feature::AsyncGenerator)
        || ES2015.contains(&feature)
        || feature.is_of_classes()
}

/// Whether a construct that the target lacks is a reason to lower others. A package in ECMAScript 5
/// that uses `typeof` with symbols is left as its authors wrote it. A function in a block becomes a
/// `let` first.
fn is_reason_to_lower(feature: Feature) -> bool {
    is_lowered(feature) && feature != Feature::TypeofSymbol || feature == Feature::BlockFunction
}

/// Returns the constructs to lower: those found, and all of the same or older editions that the
/// target lacks, because lowering may produce older syntax.
fn features_to_lower(lacking: &[(Feature, Span)], found: &Scan, support: Support) -> Vec<Feature> {
    let years = || {
        lacking
            .iter()
            .filter(|(feature, _)| is_reason_to_lower(*feature))
            .map(|(feature, _)| feature.year())
    };
    let newest = years().max().unwrap_or(0);
    // Lowering never produces these.
    let is_asked = |feature: Feature| match feature {
        Feature::TypeofSymbol | Feature::TemplateLiteral => found.has(feature),
        _ => true,
    };
    let wanted = Feature::ALL.iter().copied().filter(|feature| {
        is_lowered(*feature)
            && feature.year() <= newest
            && !support.has(*feature)
            && is_asked(*feature)
    });
    wanted.collect()
}
