//! The input of the warnings: the template, and the names that the component's script declares.

use std::sync::Arc;

use bundle_base::Source;

use crate::{
    expression::FreeName,
    mapped_code::MappedCode,
    v2::{
        bindings::{Bindings, Facts},
        script::Unread,
        tree::Tree,
    },
};

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

/// A template and the program that it was compiled to.
#[derive(Clone, Copy)]
pub(crate) struct CompiledTemplate<'a> {
    pub tree: &'a Tree,
    pub program: &'a MappedCode,
    /// The free names of the program, sorted by place.
    pub names: &'a [FreeName],
}

/// What the script of a component declares.
pub(super) struct Declared<'a> {
    /// The component's file.
    pub source: &'a Arc<Source>,
    pub bindings: &'a Bindings,
    pub facts: &'a Facts,
}
