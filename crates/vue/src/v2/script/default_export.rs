//! Turns the default export of a module into a constant that can be extended:
//! `export default { … }` becomes `const __default__ = { … }`.

use bundle_base::Span;
use bundle_js::block_span;
use swc_common::Spanned;
use swc_ecma_ast::{
    Class, DefaultDecl, ExportSpecifier, Expr, Ident, Module, ModuleDecl, ModuleExportName,
    ModuleItem, NamedExport, ObjectLit, Prop, PropName, PropOrSpread,
};

use super::{
    calls::plain,
    file::{File, after_blank},
};

/// The name of the constant.
pub(super) const CONSTANT: &str = "__default__";
/// The name given to a class without a name that has to be a declaration.
const CLASS: &str = "__Default__";

/// The default export of a module.
#[derive(Clone, Copy)]
pub(super) enum DefaultExport<'a> {
    /// `export default {}`.
    Value {
        /// `export default`.
        keywords: Span,
        /// The end of a function or class, which needs no semicolon as a declaration but does as a
        /// value.
        end: Option<u32>,
        /// The value if it is an object, or the object that a function is called with.
        options: Option<&'a ObjectLit>,
    },
    /// `export default class Name {}`.
    Class {
        keywords: Span,
        end: u32,
        name: &'a str,
        /// Where to insert the name, if the class has none of its own.
        unnamed: Option<u32>,
        /// It has decorators or is abstract, so it has to be a declaration.
        is_declaration: bool,
    },
    /// `export { name as default }`.
    Named {
        /// The range to remove from the file.
        removed: Span,
        /// The local name as written.
        name: &'a str,
        /// The specifier that it is re-exported from, with its quotes.
        from: Option<&'a str>,
    },
}

/// Finds the default export of a module. `None` if it has none.
pub(super) fn find<'a>(module: &'a Module, file: File<'a>) -> Option<DefaultExport<'a>> {
    module.body.iter().find_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            let keywords = keywords(file, block_span(export.span).start)?;
            Some(DefaultExport::Value { keywords, end: None, options: options(&export.expr) })
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
            DefaultDecl::Class(class) => {
                of_class(file, &class.class, class.ident.as_ref(), block_span(export.span))
            }
            DefaultDecl::Fn(_) => {
                let keywords = keywords(file, block_span(export.span).start)?;
                Some(DefaultExport::Value {
                    keywords,
                    end: Some(block_span(export.span).end),
                    options: None,
                })
            }
            // A type does not exist at run time.
            DefaultDecl::TsInterfaceDecl(_) => None,
        },
        ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) if !export.type_only => {
            named(export, file)
        }
        _ => None,
    })
}

fn of_class<'a>(
    file: File<'a>,
    class: &'a Class,
    name: Option<&'a Ident>,
    export: Span,
) -> Option<DefaultExport<'a>> {
    // Decorators are before `export`, or after `default`.
    let decorators = class.decorators.iter().map(|decorator| block_span(decorator.span));
    let start = keywords(file, export.start);
    let keywords =
        start.or_else(|| decorators.rev().find_map(|decorator| keywords(file, decorator.end)))?;
    let is_declaration = class.is_abstract || !class.decorators.is_empty();
    Some(match name {
        Some(name) => DefaultExport::Class {
            keywords,
            end: export.end,
            name: &name.sym,
            unnamed: None,
            is_declaration,
        },
        None if is_declaration => {
            let decorators =
                class.decorators.iter().map(|decorator| block_span(decorator.span).end);
            let unnamed = Some(behind_class(file, decorators.fold(keywords.end, u32::max))?);
            DefaultExport::Class { keywords, end: export.end, name: CLASS, unnamed, is_declaration }
        }
        None => DefaultExport::Value { keywords, end: Some(export.end), options: None },
    })
}

/// Returns the position after the word `class` of a declaration whose rest begins at `start`.
fn behind_class(file: File<'_>, start: u32) -> Option<u32> {
    let text = file.source.text.get(start as usize..)?;
    let word = after_blank(text);
    let class = word.strip_prefix("abstract").map_or(word, after_blank);
    let rest = class.strip_prefix("class")?;
    Some(start + u32::try_from(text.len() - rest.len()).expect("texts are smaller than 4 GiB"))
}

/// Returns the span of `export default` if the file has it at `start`, after white space and
/// comments.
fn keywords(file: File<'_>, start: u32) -> Option<Span> {
    let text = file.source.text.get(start as usize..)?;
    let word = after_blank(text);
    let default = after_blank(word.strip_prefix("export")?);
    let rest = default.strip_prefix("default")?;
    let place = |rest: &str| {
        start + u32::try_from(text.len() - rest.len()).expect("texts are smaller than 4 GiB")
    };
    Some(Span::new(place(word), place(rest)))
}

fn options(value: &Expr) -> Option<&ObjectLit> {
    let value = match plain(value) {
        Expr::Call(call) => {
            plain(&call.args.first().filter(|argument| argument.spread.is_none())?.expr)
        }
        value => value,
    };
    match value {
        Expr::Object(options) => Some(options),
        _ => None,
    }
}

impl<'a> DefaultExport<'a> {
    /// Returns the options, if they are an object literal.
    pub fn options(&self) -> Option<&'a ObjectLit> {
        match self {
            Self::Value { options, .. } => *options,
            Self::Class { .. } | Self::Named { .. } => None,
        }
    }

    /// Whether the options name the component.
    pub fn has_name(&self) -> bool {
        let Some(options) = self.options() else { return false };
        options.props.iter().filter_map(PropOrSpread::as_prop).any(|property| match &**property {
            Prop::Shorthand(name) => name.sym == "name",
            Prop::KeyValue(property) => {
                matches!(&property.key, PropName::Ident(name) if name.sym == "name")
            }
            _ => false,
        })
    }
}

/// Finds the default export of `export { a, b as default }`.
fn named<'a>(export: &'a NamedExport, file: File<'a>) -> Option<DefaultExport<'a>> {
    let specifiers = &export.specifiers;
    let index = specifiers.iter().position(|specifier| match specifier {
        ExportSpecifier::Named(named) => {
            let exported = named.exported.as_ref().unwrap_or(&named.orig);
            !named.is_type_only
                && matches!(exported, ModuleExportName::Ident(name) if name.sym == "default")
        }
        ExportSpecifier::Namespace(_) | ExportSpecifier::Default(_) => false,
    })?;
    let ExportSpecifier::Named(specifier) = &specifiers[index] else { return None };
    let span = |index: usize| block_span(specifiers[index].span());
    let removed = if specifiers.len() == 1 {
        block_span(export.span)
    } else if index + 1 < specifiers.len() {
        Span::new(span(index).start, span(index + 1).start)
    } else {
        Span::new(span(index - 1).end, span(index).end)
    };
    let from = export.src.as_deref().map(|source| file.written(source));
    Some(DefaultExport::Named { removed, name: file.written(&specifier.orig), from })
}
