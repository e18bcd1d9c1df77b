//! `defineProps`, `withDefaults`, `defineEmits` and `defineExpose`: calls that declare options of
//! the component. They are removed from the setup function, and what they declare is written as
//! options beside it.

use bundle_base::{Diagnostics, Label, Span};
use bundle_js::block_span;
use swc_common::Spanned;
use swc_ecma_ast::{CallExpr, Expr, Module, ObjectLit, Pat, TsType};

use super::{
    calls::{self, call, plain},
    file::File,
    options::{self, Names},
    report::report,
    types::{self, Shape},
};
use crate::{
    expression::{Mention, mentions},
    messages::script as messages,
};

/// The macro calls of a component.
#[derive(Default)]
pub(super) struct Macros<'a> {
    pub props: Option<Props<'a>>,
    pub emits: Option<Emits<'a>>,
    /// The call of `defineExpose`.
    pub expose: Option<Span>,
}

/// The call of `defineProps`.
pub(super) struct Props<'a> {
    call: Span,
    /// `defineProps({ … })`.
    pub runtime: Option<&'a Expr>,
    /// `defineProps<{ … }>()`.
    pub shape: Option<Shape<'a>>,
    /// `withDefaults(defineProps<{ … }>(), { … })`.
    pub defaults: Option<&'a ObjectLit>,
    /// The name or pattern that the result is assigned to.
    pub target: Option<&'a Pat>,
}

/// The call of `defineEmits`.
pub(super) struct Emits<'a> {
    call: Span,
    /// `defineEmits([ … ])`.
    pub runtime: Option<&'a Expr>,
    /// `defineEmits<{ … }>()`.
    pub shape: Option<Shape<'a>>,
    /// The name or pattern that the result is assigned to.
    pub target: Option<&'a Pat>,
}

/// Reads macros and reports their mistakes.
pub(super) struct Reader<'a, 'm> {
    pub file: File<'a>,
    /// The modules that may declare their types, the nearest first.
    pub modules: &'m [&'a Module],
    pub log: &'m mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    /// Reads an expression. Returns whether it is a macro that is removed from the function.
    /// `target`: what the result is assigned to.
    pub fn read(
        &mut self,
        expression: &'a Expr,
        target: Option<&'a Pat>,
        macros: &mut Macros<'a>,
    ) -> bool {
        let Some((name, call)) = call(expression) else { return false };
        match name {
            "defineProps" => self.props(call, target, macros),
            "withDefaults" => self.with_defaults(call, target, macros),
            "defineEmits" => self.emits(call, target, macros),
            _ => return false,
        }
        true
    }

    /// Returns the span of the callee if an expression calls `defineExpose`.
    pub fn read_expose(&mut self, expression: &Expr, macros: &mut Macros<'a>) -> Option<Span> {
        let (_, call) = call(expression).filter(|(name, _)| *name == "defineExpose")?;
        let place = block_span(call.span);
        if let Some(first) = macros.expose.replace(place) {
            self.repeated("defineExpose", place, first);
        }
        Some(block_span(call.callee.span()))
    }

    fn props(&mut self, call: &'a CallExpr, target: Option<&'a Pat>, macros: &mut Macros<'a>) {
        let place = block_span(call.span);
        if let Some(first) = &macros.props {
            return self.repeated("defineProps", place, first.call);
        }
        let (runtime, shape) = self.arguments(call, "defineProps", false);
        macros.props = Some(Props { call: place, runtime, shape, defaults: None, target });
    }

    fn emits(&mut self, call: &'a CallExpr, target: Option<&'a Pat>, macros: &mut Macros<'a>) {
        let place = block_span(call.span);
        if let Some(first) = &macros.emits {
            return self.repeated("defineEmits", place, first.call);
        }
        let (runtime, shape) = self.arguments(call, "defineEmits", true);
        macros.emits = Some(Emits { call: place, runtime, shape, target });
    }

    fn with_defaults(
        &mut self,
        call: &'a CallExpr,
        target: Option<&'a Pat>,
        macros: &mut Macros<'a>,
    ) {
        let first = call.args.first().map(|argument| &*argument.expr);
        let Some((_, inner)) =
            first.and_then(calls::call).filter(|(name, _)| *name == "defineProps")
        else {
            let at = first.map_or_else(|| self.file.label(call), |first| self.file.label(first));
            return report(self.log, messages::defaults_without_props(at));
        };
        let is_first = macros.props.is_none();
        self.props(inner, target, macros);
        let Some(props) = macros.props.as_mut().filter(|_| is_first) else { return };
        if props.runtime.is_some() {
            return report(self.log, messages::defaults_of_runtime_props(self.file.label(call)));
        }
        match call.args.get(1).map(|argument| plain(&argument.expr)) {
            Some(Expr::Object(defaults)) => props.defaults = Some(defaults),
            Some(other) => {
                report(self.log, messages::defaults_not_written_out(self.file.label(other)));
            }
            None => report(self.log, messages::defaults_not_written_out(self.file.label(call))),
        }
    }

    /// Returns the argument of a macro, as a value or as a type.
    fn arguments(
        &mut self,
        call: &'a CallExpr,
        name: &str,
        is_emits: bool,
    ) -> (Option<&'a Expr>, Option<Shape<'a>>) {
        let runtime = call.args.first().map(|argument| plain(&argument.expr));
        let types =
            call.type_args.as_deref().map(|arguments| (arguments, arguments.params.first()));
        match (runtime, types) {
            (Some(value), Some((types, _))) => {
                report(
                    self.log,
                    messages::macro_with_type_and_value(
                        self.file.label(types),
                        name,
                        self.file.label(value),
                    ),
                );
                (None, None)
            }
            (None, Some((_, Some(of)))) => (None, self.shape(of, is_emits)),
            (runtime, _) => (runtime, None),
        }
    }

    fn shape(&mut self, of: &'a TsType, is_emits: bool) -> Option<Shape<'a>> {
        let shape = types::resolve(of, self.modules, is_emits);
        if shape.is_none() {
            let at = self.file.label(of);
            report(
                self.log,
                if is_emits { messages::type_of_emits(at) } else { messages::type_of_props(at) },
            );
        }
        shape
    }

    fn repeated(&mut self, name: &str, place: Span, first: Span) {
        let label = |span| Label::new(self.file.source, span);
        report(self.log, messages::macro_called_twice(label(place), name, label(first)));
    }
}

impl<'a> Macros<'a> {
    /// Whether the names of all props are known, and the props are not destructured.
    pub fn knows_props(&self) -> bool {
        self.props.as_ref().is_none_or(|props| {
            let is_apart = props.target.is_some_and(|target| !target.is_ident());
            !is_apart && props.runtime.is_none_or(options::are_all_keys)
        })
    }

    /// Reports arguments that mention names of the setup function: they are moved out of it, where
    /// these names do not exist.
    pub fn check_scope(&self, declared: &Names, file: File<'a>, log: &mut Diagnostics) {
        let mut check = |mentions: Vec<Mention>, name: &str| {
            for mention in
                mentions.iter().filter(|mention| declared.contains_key(mention.name.as_str()))
            {
                report(
                    log,
                    messages::macro_sees_local(
                        Label::new(file.source, mention.span),
                        name,
                        &mention.name,
                    ),
                );
            }
        };
        if let Some(props) = &self.props {
            check(props.runtime.map(mentions).unwrap_or_default(), "defineProps");
            check(props.defaults.map(mentions).unwrap_or_default(), "withDefaults");
        }
        let events = self.emits.as_ref().and_then(|emits| emits.runtime);
        check(events.map(mentions).unwrap_or_default(), "defineEmits");
    }
}
