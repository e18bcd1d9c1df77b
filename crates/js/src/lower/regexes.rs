//! Lowers regular expressions. Most constructs can be written out in the pattern; named groups and
//! the flag `y` need help at run time (runtime/helpers/regexes.js).
//!
//! ```text
//! text.match(/(?<year>\d{4})/)    becomes    match_groups(text.match(/(\d{4})/), { year: 1 })
//! ```
//!
//! An expression that the target lacks and that cannot be rewritten is reported. Wrapping such a
//! literal in `new RegExp(…)`, as other compilers do, only moves the error to run time, so it
//! happens only in packages, which nobody can edit, and if the configuration makes the error a
//! warning.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{BytePos, DUMMY_SP, Span, SyntaxContext};
use swc_ecma_ast::{CallExpr, Expr, Id, Ident, Lit, NewExpr, Pat, Program, Regex, VarDeclarator};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use self::{groups::names, rewriting::Needs, uses::Use};
use super::build;
use crate::{
    ast,
    features::{Feature, Support},
};

mod classes; // what a class matches
mod folding; // what the flag `i` does not distinguish
mod groups; // named groups, for helpers
mod pattern; // prints a lowered pattern
mod properties; // the code points of `\p{…}`
mod replacements; // `$<name>` in replacements
mod rewriting; // what one expression loses
mod sets; // sets of code points
mod survey; // what has to be known of a whole pattern
mod text; // characters and sets as text
mod uses; // what a program does with its expressions

/// Rewrites every regular expression that exceeds the target. Returns those that cannot be
/// rewritten. `calls`: the syntax context of free names, if these are to become calls.
pub(super) fn rewrite(
    program: &mut Program,
    support: Support,
    calls: Option<SyntaxContext>,
    needs_help: bool,
) -> Vec<(Feature, Span)> {
    let constants =
        if needs_help { uses::constants(program, support) } else { FxHashMap::default() };
    let mut regexes =
        Regexes { support, calls, constants, used: FxHashSet::default(), left: Vec::new() };
    program.visit_mut_with(&mut regexes);
    regexes.left
}

struct Regexes {
    support: Support,
    calls: Option<SyntaxContext>,
    /// Constants that hold expressions whose uses are all lowered.
    constants: FxHashMap<Id, Regex>,
    /// The positions of expressions whose uses are all lowered.
    used: FxHashSet<BytePos>,
    left: Vec<(Feature, Span)>,
}

impl Regexes {
    /// Returns how a call with an expression is lowered. An expression that is written in the call
    /// needs nothing else.
    fn use_of_call(&mut self, call: &CallExpr) -> Option<(Use, Needs)> {
        let (used, expression) = uses::of_call(call)?;
        let regex = match expression {
            Expr::Lit(Lit::Regex(regex)) => regex,
            Expr::Ident(name) => self.constants.get(&name.to_id())?,
            _ => return None,
        };
        let needs = rewriting::rewrite(&mut regex.clone(), self.support).ok()?;
        let is_own = matches!(used, Use::Exec | Use::Test);
        if !needs.is_sticky || is_own {
            self.used.insert(regex.span.lo);
        }
        let is_global = regex.flags.contains('g');
        let has_groups = match used {
            Use::Exec | Use::Replace => true,
            Use::Match => !is_global,
            Use::Test | Use::Search => false,
        };
        (has_groups && !needs.names.is_empty()).then_some((used, needs))
    }

    /// Lowers a literal.
    fn literal(&mut self, regex: &Regex) -> Option<Expr> {
        let mut new = regex.clone();
        let needs = match rewriting::rewrite(&mut new, self.support) {
            Ok(needs) => needs,
            Err(feature) => {
                self.left.push((feature, regex.span));
                return self.calls.map(|unresolved| call(regex, unresolved));
            }
        };
        let is_used = self.used.contains(&regex.span.lo);
        // The string methods of engines with the flag `y` call `exec`; those of older ones do not.
        if !is_used && !self.support.has(Feature::StickyRegex) {
            let unseen = [
                (needs.is_sticky, Feature::StickyRegex),
                (!needs.names.is_empty(), Feature::NamedGroups),
            ];
            let unseen = unseen.into_iter().find(|(needs, _)| *needs);
            self.left.extend(unseen.map(|(_, feature)| (feature, regex.span)));
        }
        let mut made = Expr::Lit(Lit::Regex(new));
        if needs.is_sticky {
            made = build::helper("sticky_regex", vec![made]);
        }
        if !needs.names.is_empty() && !is_used {
            made = build::helper("named_regex", with_source(made, &needs, regex));
        }
        Some(made)
    }
}

/// Returns the arguments of the helper for named groups. An engine that has them gets the
/// expression as it was written: programs may build others from its `source`.
fn with_source(lowered: Expr, needs: &Needs, regex: &Regex) -> Vec<Expr> {
    let mut arguments = vec![lowered, names(&needs.names)];
    arguments.extend(source(regex));
    arguments
}

/// Returns the pattern, and the flags if there are some.
fn source(regex: &Regex) -> impl Iterator<Item = Expr> {
    let flags = Some(&regex.flags).filter(|flags| !flags.is_empty());
    [&regex.exp].into_iter().chain(flags).map(|text| Expr::Lit(Lit::Str((&**text).into())))
}

/// Makes `new RegExp("pattern", "flags")`.
fn call(regex: &Regex, unresolved: SyntaxContext) -> Expr {
    let arguments = source(regex).map(ExprFactory::as_arg).collect();
    let callee = Ident::new("RegExp".into(), DUMMY_SP, unresolved);
    let made = NewExpr { span: regex.span, callee: Box::new(callee.into()), ..NewExpr::default() };
    NewExpr { args: Some(arguments), ..made }.into()
}

impl VisitMut for Regexes {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Lit(Lit::Regex(regex)) => {
                if let Some(new) = self.literal(regex) {
                    *expr = new;
                }
            }
            Expr::Call(call) if ast::is_context(&call.callee) => {}
            Expr::Call(call) => {
                let used = self.use_of_call(call);
                call.visit_mut_children_with(self);
                match used {
                    Some((Use::Replace, needs)) => replacements::lower(&mut call.args[1], &needs),
                    Some((_, needs)) => {
                        let result = std::mem::take(expr);
                        *expr = build::helper("match_groups", vec![result, names(&needs.names)]);
                    }
                    None => {}
                }
            }
            _ => expr.visit_mut_children_with(self),
        }
    }

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
            && let Expr::Lit(Lit::Regex(regex)) = &**value
            && self.constants.contains_key(&name.id.to_id())
        {
            self.used.insert(regex.span.lo);
        }
        declarator.visit_mut_children_with(self);
    }
}
