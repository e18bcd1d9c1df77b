//! Warnings about templates that Vue's compiler accepts, but whose author probably meant something
//! else. A wrong warning is worse than none, and one file does not show everything: an application
//! can give components, mixins and properties to all of its components. So an unknown name is
//! reported only if it is nearly a known one.

use bundle_base::{Diagnostics, diagnostic::typing_mistakes};

use super::{
    bindings::{Bindings, Facts},
    generate::{Context, maybe_component},
    script::Unread,
    tree::{Element, ElementId, Node, Tree},
};
use crate::{expression::FreeName, mapped_code::MappedCode};

mod components; // tags that are almost the name of a component
mod handlers; // functions that are never called
mod names; // assigned props, and names that are almost a declared one

/// What is known about the scripts of a component.
#[derive(Clone, Copy)]
pub enum Script<'a> {
    /// There is no script, or it is in another file.
    Unknown,
    /// A `<script setup>`. Its names are known to the template anyway.
    Setup(&'a Facts),
    /// A script without setup. It is parsed only if a warning depends on it.
    Unread(Unread<'a>),
}

/// Reports probable mistakes. `names`: the free names of the program that the template was compiled
/// to. The tree is not too deep to be walked recursively.
pub(super) fn check(
    tree: &Tree,
    (program, names): (&MappedCode, &[FreeName]),
    (cx, script): (Context<'_>, Script<'_>),
    log: &mut Diagnostics,
) {
    let mut elements = Elements { tree, components: Vec::new(), has_inline: false, log, cx };
    if let Some(root) = tree.root {
        elements.visit(root);
    }
    let Elements { components, has_inline, .. } = elements;
    // The names of a functional template come from the render context; those of an inline template
    // come from another component.
    let names = if cx.is_functional || has_inline { &[] } else { names };
    let mut all = |bindings: &Bindings, facts: &Facts| {
        components::check(&components, (bindings, facts), cx.source, log);
        names::check(program, names, (bindings, facts, cx.source), log);
    };
    match script {
        Script::Unknown => {}
        Script::Setup(facts) => all(cx.setup().unwrap_or(&Bindings::default()), facts),
        Script::Unread(script) => {
            let is_asked = components::may_be_wrong(&components, script)
                || names::may_assign(program, names, script);
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
        if element.namespace.is_none() && maybe_component(element) {
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

/// Returns how many letters occur in only one of two words; the true number may be larger. A typing
/// mistake accounts for two at most.
fn differing_letters(one: &str, other: &str) -> usize {
    let set = |word: &str| {
        word.chars().fold(0_u64, |set, letter| set | 1 << (u32::from(letter) % u64::BITS))
    };
    usize::try_from((set(one) ^ set(other)).count_ones()).expect("there are 64 bits")
}

/// True if one word was probably meant to be the other: letters are wrong, missing, superfluous or
/// exchanged. If one word begins or ends with the other (`items` and `item`, `b-table` and
/// `table`), or if they differ only in digits, they are different words.
fn is_slip(written: &str, meant: &str) -> bool {
    let letters = [written, meant].map(|word| word.chars().count());
    let allowed = match letters[0].min(letters[1]) {
        0..=3 => return false,
        4..=9 => 1,
        _ => 2,
    };
    if letters[0].abs_diff(letters[1]) > allowed || differing_letters(written, meant) > 2 * allowed
    {
        return false;
    }
    let without_digits = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    let has_it = |word: &str, other: &str| word.starts_with(other) || word.ends_with(other);
    let is_longer = has_it(written, meant) || has_it(meant, written);
    !is_longer
        && without_digits(written) != without_digits(meant)
        && typing_mistakes(written, meant) <= allowed
}
