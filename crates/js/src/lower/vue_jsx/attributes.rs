//! Sorts attributes into Vue's data object: `class`, `key` and similar ones are at its root;
//! `onClick`, `domPropsInnerHTML` and `props-value` go into the group with which they begin;
//! `v-show` becomes a directive; everything else is an attribute.
//!
//! Only the first letters of a name decide its group, as in Vue's preset: `onclick` is the event
//! `click`. Unlike the preset, which drops it, this keeps what follows a colon
//! (`on-update:visible`, `xlink:href`).

use rustc_hash::FxHashMap;
use swc_common::{DUMMY_SP, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, Ident, JSXAttr, JSXAttrOrSpread, JSXAttrValue, JSXExpr,
    Lit, Prop, PropName, PropOrSpread, SpreadElement,
};

use super::{
    build::{array, boolean, expression_of, name_of, object, property, string, text_value},
    names,
};

const ROOT: &[&str] =
    &["staticClass", "class", "style", "key", "ref", "refInFor", "slot", "scopedSlots", "model"];
/// The groups, in the order in which they are tried.
const GROUPS: &[&str] = &["props", "domProps", "on", "nativeOn", "hook", "attrs"];

/// Whether a name is the name of a group, whose value is an object.
pub(super) fn is_group(name: &str) -> bool {
    GROUPS.contains(&name)
}

/// Returns the data object, or a call of `merge` for several; `None` without attributes. `tag`: the
/// element's tag.
pub(super) fn data(
    tag: &Expr,
    attributes: Vec<JSXAttrOrSpread>,
    helpers: SyntaxContext,
) -> Option<Expr> {
    let element = Element::new(tag, &attributes);
    let mut parts: Vec<Expr> = Vec::new();
    let mut data = Data::default();
    for attribute in attributes {
        match attribute {
            JSXAttrOrSpread::JSXAttr(attribute) => match whole_group(&attribute) {
                Some(group) => {
                    parts.extend(std::mem::take(&mut data).object());
                    parts.push(group);
                }
                None => data.add(attribute, &element),
            },
            JSXAttrOrSpread::SpreadElement(spread) => match groups_of(*spread.expr) {
                Ok(groups) => {
                    for (group, value) in groups {
                        data.spread(&group, value);
                    }
                }
                Err(value) => {
                    parts.extend(std::mem::take(&mut data).object());
                    parts.push(value);
                }
            },
        }
    }
    let is_merged = !parts.is_empty();
    parts.extend(data.object());
    if !is_merged {
        return parts.pop();
    }
    let list = array(parts.into_iter().map(ExprOrSpread::from).collect());
    Some(Expr::Call(CallExpr {
        callee: Callee::Expr(Box::new(Expr::Ident(Ident::new(
            "_merge_jsx_props".into(),
            DUMMY_SP,
            helpers,
        )))),
        args: vec![list.into()],
        ..CallExpr::default()
    }))
}

/// Returns the value of an attribute for a whole group: `on={handlers}` is like
/// `{...{ on: handlers }}`, except that it does not override other attributes of the group.
fn whole_group(attribute: &JSXAttr) -> Option<Expr> {
    let name = name_of(attribute);
    let value = expression_of(attribute).filter(|_| is_group(&name))?;
    Some(object(vec![property(&name, value.clone())]))
}

/// Returns the groups of `{...{ on: handlers, props }}`. `Err`: the expression is not such a
/// literal.
fn groups_of(expr: Expr) -> Result<Vec<(String, Box<Expr>)>, Expr> {
    let literal = match expr {
        Expr::Paren(inner) => return groups_of(*inner.expr),
        Expr::Object(literal) => literal,
        other => return Err(other),
    };
    if literal.props.iter().any(|property| group_of(property).is_none()) {
        return Err(Expr::Object(literal));
    }
    Ok(literal.props.iter().filter_map(group_of).collect())
}

fn group_of(property: &PropOrSpread) -> Option<(String, Box<Expr>)> {
    let (name, value) = match &**property.as_prop()? {
        Prop::KeyValue(property) => match &property.key {
            PropName::Ident(name) => (name.sym.to_string(), property.value.clone()),
            _ => return None,
        },
        Prop::Shorthand(name) => (name.sym.to_string(), Box::new(Expr::Ident(name.clone()))),
        _ => return None,
    };
    is_group(&name).then_some((name, value))
}

/// The properties of an element that decide which of its values are DOM properties.
struct Element {
    tag: Option<String>,
    kind: Option<String>,
}

impl Element {
    fn new(tag: &Expr, attributes: &[JSXAttrOrSpread]) -> Self {
        let tag = match tag {
            Expr::Lit(Lit::Str(tag)) => Some(tag.value.to_string_lossy().into_owned()),
            _ => None,
        };
        let kind = attributes.iter().find_map(|attribute| match attribute {
            JSXAttrOrSpread::JSXAttr(attribute) if name_of(attribute) == "type" => match &attribute
                .value
            {
                Some(JSXAttrValue::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
                _ => None,
            },
            _ => None,
        });
        Self { tag, kind }
    }

    fn has_property(&self, name: &str) -> bool {
        match (self.tag.as_deref(), name) {
            (Some("input" | "textarea" | "option" | "select"), "value") => {
                self.kind.as_deref() != Some("button")
            }
            (Some("option"), "selected")
            | (Some("input"), "checked")
            | (Some("video"), "muted") => true,
            _ => false,
        }
    }
}

/// An object under construction: its entries in the order of first mention.
#[derive(Default)]
struct Data(Vec<(String, Entry)>);

enum Entry {
    Value(Expr),
    Group(Group),
    Directives(Vec<ExprOrSpread>),
}

impl Data {
    fn add(&mut self, attribute: JSXAttr, element: &Element) {
        let written = name_of(&attribute);
        let is_expression = matches!(attribute.value, Some(JSXAttrValue::JSXExprContainer(_)));
        let name = Name::new(&written);
        let value = value(attribute.value);
        if ROOT.contains(&name.stem.as_str()) {
            return self.set(&name.stem, value);
        }
        if names::is_directive(&name.stem) {
            return self.direct(&name, value);
        }
        let is_property = is_expression && element.has_property(&name.stem);
        let group = if is_property { "domProps" } else { name.group };
        self.add_entry(group, &name.full_name(), value);
    }

    fn set(&mut self, name: &str, value: Expr) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, entry)) => *entry = Entry::Value(value),
            None => self.0.push((name.to_owned(), Entry::Value(value))),
        }
    }

    fn direct(&mut self, name: &Name<'_>, value: Expr) {
        let mut entries = vec![
            property("name", string(&names::kebab_case(&name.stem[1..]), DUMMY_SP)),
            property("value", value),
        ];
        if let Some(argument) = name.argument {
            entries.push(property("arg", string(argument, DUMMY_SP)));
        }
        if !name.modifiers.is_empty() {
            let flags =
                name.modifiers.iter().map(|modifier| property(modifier, boolean())).collect();
            entries.push(property("modifiers", object(flags)));
        }
        let directive = ExprOrSpread::from(object(entries));
        match self.0.iter_mut().find_map(|(_, entry)| match entry {
            Entry::Directives(directives) => Some(directives),
            _ => None,
        }) {
            Some(directives) => directives.push(directive),
            None => self.0.push(("directives".to_owned(), Entry::Directives(vec![directive]))),
        }
    }

    /// Adds an entry to a group. Several handlers of one event become a list; otherwise the last
    /// value wins.
    fn add_entry(&mut self, group: &str, name: &str, value: Expr) {
        let entries = self.group(group);
        let Some(known) = entries.value(name) else { return entries.push(name, value) };
        match known {
            known if !matches!(group, "on" | "nativeOn") => *known = value,
            Expr::Array(list) => list.elems.push(Some(value.into())),
            known => {
                let first = known.take();
                *known = array(vec![first.into(), value.into()]);
            }
        }
    }

    fn spread(&mut self, group: &str, expr: Box<Expr>) {
        let is_listened = matches!(group, "on" | "nativeOn");
        let group = self.group(group);
        group.properties.push(PropOrSpread::Spread(SpreadElement { dot3_token: DUMMY_SP, expr }));
        if !is_listened {
            // A spread may override what came before, so later entries must come after it.
            group.by_name.clear();
        }
    }

    fn group(&mut self, name: &str) -> &mut Group {
        let at = self
            .0
            .iter()
            .position(|(known, entry)| known == name && matches!(entry, Entry::Group(_)));
        let at = at.unwrap_or_else(|| {
            self.0.push((name.to_owned(), Entry::Group(Group::default())));
            self.0.len() - 1
        });
        match &mut self.0[at].1 {
            Entry::Group(group) => group,
            Entry::Value(_) | Entry::Directives(_) => unreachable!("it was looked for as a group"),
        }
    }

    fn object(self) -> Option<Expr> {
        let properties: Vec<PropOrSpread> =
            self.0.into_iter().map(|(name, entry)| property(&name, entry.expr())).collect();
        (!properties.is_empty()).then(|| object(properties))
    }
}

impl Entry {
    fn expr(self) -> Expr {
        match self {
            Self::Value(value) => value,
            Self::Group(group) => object(group.properties),
            Self::Directives(directives) => array(directives),
        }
    }
}

/// The entries of a group.
#[derive(Default)]
struct Group {
    properties: Vec<PropOrSpread>,
    /// The index in `properties` of each name.
    by_name: FxHashMap<String, usize>,
}

impl Group {
    fn push(&mut self, name: &str, value: Expr) {
        self.by_name.insert(name.to_owned(), self.properties.len());
        self.properties.push(property(name, value));
    }

    fn value(&mut self, name: &str) -> Option<&mut Expr> {
        match self.properties.get_mut(*self.by_name.get(name)?)? {
            PropOrSpread::Prop(property) => {
                property.as_mut_key_value().map(|property| &mut *property.value)
            }
            PropOrSpread::Spread(_) => None,
        }
    }
}

/// The parts of `vFoo:argument_modifier`, `onClick`, `nativeOn-click` or `xlinkHref`.
struct Name<'a> {
    group: &'static str,
    /// The name without group, argument and modifiers.
    stem: String,
    argument: Option<&'a str>,
    modifiers: Vec<&'a str>,
}

impl<'a> Name<'a> {
    fn new(written: &'a str) -> Self {
        let mut parts = written.split('_');
        let first = parts.next().unwrap_or_default();
        let (name, argument) = match first.split_once(':') {
            Some((name, argument)) => {
                (name, Some(argument).filter(|argument| !argument.is_empty()))
            }
            None => (first, None),
        };
        let (group, rest) = GROUPS
            .iter()
            .find_map(|group| Some((*group, name.strip_prefix(group)?)))
            .map_or(("attrs", name), |(group, rest)| {
                (group, rest.strip_prefix('-').unwrap_or(rest))
            });
        Self { group, stem: names::small_initial(rest), argument, modifiers: parts.collect() }
    }

    /// Returns the name in its group, where an underscore does not begin a modifier.
    fn full_name(&self) -> String {
        let mut whole = names::xlink(&self.stem);
        if let Some(argument) = self.argument {
            if !whole.is_empty() {
                whole.push(':');
            }
            whole.push_str(argument);
        }
        for modifier in &self.modifiers {
            whole.push('_');
            whole.push_str(modifier);
        }
        whole
    }
}

fn value(value: Option<JSXAttrValue>) -> Expr {
    match value {
        Some(JSXAttrValue::Str(text)) => text_value(&text),
        Some(JSXAttrValue::JSXExprContainer(container)) => match container.expr {
            JSXExpr::Expr(expr) => *expr,
            JSXExpr::JSXEmptyExpr(_) => boolean(),
        },
        Some(JSXAttrValue::JSXElement(element)) => Expr::JSXElement(element),
        Some(JSXAttrValue::JSXFragment(fragment)) => Expr::JSXFragment(fragment),
        None => boolean(),
    }
}
