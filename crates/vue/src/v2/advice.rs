//! What is probably not meant, though Vue's compiler has nothing against it. A warning where all is
//! right would be worse than none, and much is not seen from one file: components, mixins and
//! properties that an application gives to all of its components. So a name that nobody here knows
//! is told only where it is nearly one that is known.

use bundle_base::{Diagnostics, diagnostic::typing_mistakes};

use super::{
    bindings::{Bindings, Facts},
    generate::{Context, maybe_component},
    script::Unread,
    tree::{Element, ElementId, Node, Tree},
};
use crate::{code::Code, expression::FreeName};

mod components; // tags that are nearly the names of components
mod handlers; // functions that nobody calls
mod names; // props that are assigned, and names that are nearly known

/// What is known of the scripts.
#[derive(Clone, Copy)]
pub enum Script<'a> {
    /// There is none, or it is elsewhere.
    Unknown,
    /// `<script setup>`, whose names the template has anyway.
    Setup(&'a Facts),
    /// It is read if there is a question.
    Unread(Unread<'a>),
}

/// Reports what is probably not meant. `names`: the free names of the program that the template is.
/// The tree is not too deep to be walked recursively.
pub(super) fn check(
    tree: &Tree,
    (program, names): (&Code, &[FreeName]),
    (cx, script): (Context<'_>, Script<'_>),
    log: &mut Diagnostics,
) {
    let mut elements = Elements { tree, components: Vec::new(), has_inline: false, log, cx };
    if let Some(root) = tree.root {
        elements.visit(root);
    }
    let Elements { components, has_inline, .. } = elements;
    // What a functional template reads is the render context's. Of an inline template, the names
    // are another component's.
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

/// The elements of a template, but for those that stay as they are written (`v-pre`) and those that
/// are another component's.
struct Elements<'a, 'l> {
    tree: &'a Tree,
    /// Those that are components by their tags.
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
        // Of drawings and formulas, Vue does not know all elements.
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

/// How many letters only one of two words has; perhaps it is more. A mistake makes it two at most.
fn differing_letters(one: &str, other: &str) -> usize {
    let set = |word: &str| {
        word.chars().fold(0_u64, |set, letter| set | 1 << (u32::from(letter) % u64::BITS))
    };
    usize::try_from((set(one) ^ set(other)).count_ones()).expect("there are 64 bits")
}

/// True if one word was probably meant for the other: letters are wrong, missing, too many or
/// exchanged. A word that has the other at its beginning or end (`items` and `item`, `b-table` and
/// `table`) is another word, as those are that differ in their numbers.
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
