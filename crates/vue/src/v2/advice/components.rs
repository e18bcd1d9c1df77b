//! Reports tags that are almost the name of a component which the file knows.

use std::cell::LazyCell;

use bundle_base::{Diagnostics, Label, Span, diagnostic::typing_mistakes};
use rustc_hash::FxHashSet;

use super::{input::Declared, slips::is_slip};
use crate::{
    mapped_code::offset,
    messages::advice as messages,
    v2::{report::report, script::Unread, spelling::spellings, tree::Element},
};

/// The most letters of a library's prefix.
const LONGEST_PREFIX: usize = 3;

/// Reports tags that mean no component of the file, but are almost the name of one.
pub(super) fn check(elements: &[&Element], declared: &Declared<'_>, log: &mut Diagnostics) {
    let known = names_of_components(declared);
    let has_dynamic = elements.iter().any(|element| element.component.is_some());
    let (right, wrong): (Vec<&Element>, Vec<&Element>) =
        by_tag(elements).partition(|element| means_one(&element.tag, &known));
    let used: FxHashSet<String> =
        right.iter().flat_map(|element| spellings(&element.tag)).collect();
    for element in wrong {
        let is_free = |name: &&&str| !has_dynamic && !used.contains(**name);
        let same_letters = known.iter().find(|name| letters(name) == letters(&element.tag));
        let meant = same_letters.or_else(|| {
            known
                .iter()
                .filter(is_free)
                .find(|name| is_slip(&letters(&element.tag), &letters(name)))
                .filter(|name| !is_of_a_library(&element.tag, name))
        });
        if let Some(meant) = meant {
            let start = element.start_tag.start + 1;
            let label =
                Label::new(declared.source, Span::new(start, start + offset(element.tag.len())));
            report(
                log,
                messages::misspelled_component(
                    label,
                    &element.tag,
                    meant,
                    &spelt_like(&element.tag, meant),
                ),
            );
        }
    }
}

/// False if certainly nothing has to be reported: each tag means a component, or is not similar to
/// any word that may name one.
pub(super) fn may_be_wrong(elements: &[&Element], script: Unread<'_>) -> bool {
    let mut tags = by_tag(elements).map(|element| element.tag.as_str()).peekable();
    if tags.peek().is_none() {
        return false;
    }
    let words: FxHashSet<&str> = script.component_words().collect();
    // This is lazy because most tags mean a component that the script names.
    let folded = LazyCell::new(|| words.iter().map(|word| letters(word)).collect::<Vec<String>>());
    tags.any(|tag| {
        let is_known = spellings(tag).iter().any(|name| words.contains(name.as_str()));
        let tag = letters(tag);
        !is_known && folded.iter().any(|word| *word == tag || is_slip(&tag, word))
    })
}

/// Returns the elements whose tag decides which component they are.
fn by_tag<'e>(elements: &[&'e Element]) -> impl Iterator<Item = &'e Element> {
    elements
        .iter()
        .copied()
        .filter(|element| element.component.is_none() && !is_of_vue(&element.tag))
}

/// Returns the names of the components that the file knows, sorted. Variables of `<script setup>`
/// count as components if they begin with a capital letter.
fn names_of_components<'a>(declared: &Declared<'a>) -> Vec<&'a str> {
    let (bindings, facts) = (declared.bindings, declared.facts);
    let variables = bindings.names.iter().filter(|(name, kind)| {
        bindings.is_setup
            && kind.is_setup()
            && name.starts_with(|first: char| first.is_ascii_uppercase())
    });
    let variables = variables.map(|(name, _)| name.as_str());
    let mut known: Vec<&str> =
        facts.components.iter().map(String::as_str).chain(variables).collect();
    known.sort_unstable();
    known
}

fn means_one(tag: &str, known: &[&str]) -> bool {
    spellings(tag).iter().any(|name| known.contains(&name.as_str()))
}

/// True for components that every application may use.
fn is_of_vue(tag: &str) -> bool {
    let [_, _, pascal] = spellings(tag);
    matches!(
        &*pascal,
        "KeepAlive"
            | "Transition"
            | "TransitionGroup"
            | "RouterLink"
            | "RouterView"
            | "Component"
            | "Slot"
    )
}

/// Returns a name without hyphens and underscores, in lower case.
fn letters(name: &str) -> String {
    name.replace(['-', '_'], "").to_lowercase()
}

/// Whether two names differ in the prefix that libraries give to their components: `el-container`
/// and `DeContainer`, `b-breadcrumb` and `breadcrumbs`.
fn is_of_a_library(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(words);
    let (longer, shorter) = if one.len() > other.len() { (&one, &other) } else { (&other, &one) };
    let Some((prefix, rest)) = longer.split_first() else { return false };
    let length = |word: &str| word.chars().count();
    match longer.len() - shorter.len() {
        0 => {
            let most = length(prefix).max(length(&shorter[0]));
            rest == &shorter[1..] && 2 * typing_mistakes(prefix, &shorter[0]) >= most
        }
        1 => {
            length(prefix) <= LONGEST_PREFIX
                && typing_mistakes(&rest.concat(), &shorter.concat()) <= 1
        }
        _ => false,
    }
}

/// Returns the words of a name in lower case: those of `el-container` and `ElContainer` are the
/// same.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        let begins = c == '-' || c == '_' || c.is_ascii_uppercase();
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c != '-' && c != '_') {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Returns the name of a component as a tag. It has hyphens if the wrong tag is in lower case and
/// the hyphenated form means the component.
fn spelt_like(tag: &str, name: &str) -> String {
    let mut hyphenated = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !hyphenated.is_empty() {
            hyphenated.push('-');
        }
        hyphenated.push(c.to_ascii_lowercase());
    }
    let is_like_tag = !tag.contains(|c: char| c.is_ascii_uppercase());
    if is_like_tag && spellings(&hyphenated).iter().any(|one| one == name) {
        hyphenated
    } else {
        name.to_owned()
    }
}
