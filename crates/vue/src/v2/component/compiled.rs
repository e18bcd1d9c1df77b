//! The compiled blocks of a component.

use std::sync::Arc;

use bundle_base::{Source, mapped_text::MappedText, stylesheet::exports::Exports};

use crate::{descriptor::Block, mapped_code::MappedCode, v2::script::CompiledScript};

/// The compiled blocks of a component.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The attribute that scoped styles select elements by: `data-v-7ba5bd90`.
    pub id: String,
    /// `None` if there is no script, if it is another file (`src`), or if it has errors.
    pub script: Option<CompiledScript>,
    /// `None` if there is no template or it has errors.
    pub template: Option<Template>,
    /// The stylesheets without errors, in the order of the file.
    pub styles: Vec<Style>,
    /// The content of each `<i18n>` block, as JSON.
    pub messages: Vec<String>,
    /// The names of all custom blocks, `i18n` included.
    pub custom: Vec<String>,
}

/// The render functions of a template.
#[derive(Debug)]
pub struct Template {
    /// `var render = …; var staticRenderFns = …`.
    pub code: MappedCode,
    /// The file that contains the template.
    pub source: Arc<Source>,
    /// `<template functional>`.
    pub is_functional: bool,
}

/// A stylesheet.
#[derive(Debug)]
pub struct Style {
    /// The CSS, scoped, with class names as written.
    pub code: MappedText,
    /// Its rules apply only to elements of this component (`<style scoped>`).
    pub is_scoped: bool,
    /// The renamed stylesheet of a `<style module>`.
    pub module: Option<StyleExports>,
}

impl Style {
    /// Returns a placeholder for a finished stylesheet of the build before, with the facts that
    /// other parts need.
    pub(crate) fn taken_over(block: &Block) -> Self {
        Self {
            code: MappedText::default(),
            is_scoped: block.attribute("scoped").is_some(),
            module: None,
        }
    }
}

/// The names of a style module.
#[derive(Debug)]
pub struct StyleExports {
    /// The property of the instance that holds the names: `$style`.
    pub property: String,
    /// The names, and the unique names that they have in the stylesheet.
    pub exports: Exports,
    /// The stylesheet with the new names.
    pub code: MappedText,
}
