//! Warnings about templates that Vue's compiler accepts, but whose author probably meant something
//! else. A wrong warning is worse than none, and one file does not show everything: an application
//! can give components, mixins and properties to all of its components. So an unknown name is
//! reported only if it is nearly a known one.

use bundle_base::Diagnostics;

use self::input::Declared;
use super::{
    bindings::{Bindings, Facts},
    generate::Context,
    tree::{Element, ElementId, Node, Tree},
};

mod components; // tags that are almost the name of a component
mod handlers; // functions that are never called
mod input; // what the warnings follow from
mod names; // assigned props, and names that are almost a declared one
mod slips; // whether one word was meant to be another

pub(super) use input::CompiledTemplate;
pub use input::Script;

/// Reports probable mistakes. The tree is not too deep to be walked recursively.
pub(super) fn check(
    template: CompiledTemplate<'_>,
    cx: Context<'_>,
    script: Script<'_>,
    log: &mut Diagnostics,
) {
    let tree = template.tree;
    let mut elements = Elements { tree, components: Vec::new(), has_inline: false, log, cx };
    if let Some(root) = tree.root {
        elements.visit(root);
    }
    let Elements { components, has_inline, .. } = elements;
    // The names of a functional template come from the render context; those of an inline template
    // come from another component.
    let names = if cx.is_functional || has_inline { &[] } else { template.names };
    let template = CompiledTemplate { names, ..template };
    let mut all = |bindings: &Bindings, facts: &Facts| {
        let declared = Declared { source: cx.source, bindings, facts };
        components::check(&components, &declared, log);
        names::check(template, &declared, log);
    };
    match script {
        Script::Unknown => {}
        Script::Setup(facts) => all(cx.setup().unwrap_or(&Bindings::default()), facts),
        Script::Unread(script) => {
            let is_asked = components::may_be_wrong(&components, script)
                || names::may_assign(template, script);
            if let Some((bindings, facts)) = is_asked.then(|| script.read()).flatten() {
                all(&bindings, &facts);
            }
        }
    }
}

/// Visits the elements of a template, except those in `v-pre` and those that belong to another
/// component (`inline-template`).
struct Elements<'a, 'l> {
    tree: &'a Tree,
    /// The elements that are components according to their tags.
    components: Vec<&'a Element>,
    has_inline: bool,
    log: &'l mut Diagnostics,
    cx: Context<'a>,
}

impl Elements<'_, '_> {
    fn visit(&mut self, id: ElementId) {
        let tree = self.tree;
        let element = &tree[id];
        if element.is_pre {
            return;
        }
        handlers::check(element, self.cx.source, self.log);
        // Vue's lists do not have all elements of SVG and MathML.
        if element.namespace.is_none() && element.maybe_component() {
            self.components.push(element);
        }
        let branches = element.branches.iter().skip(1).map(|branch| branch.element);
        for other in branches.chain(element.slot.scoped.iter().map(|(_, slot)| *slot)) {
            self.visit(other);
        }
        if element.is_inline_template {
            self.has_inline = true;
            return;
        }
        for child in &element.children {
            if let Node::Element(child) = child {
                self.visit(*child);
            }
        }
    }
}
