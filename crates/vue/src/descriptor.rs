//! Splits a `.vue` file into its top-level blocks: template, scripts, styles and custom blocks.
//! Tags inside a block matter only for finding where the block ends. Nothing here depends on the
//! version of Vue.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostics, Label, Source, Span};

use crate::{
    html::{self, Event, StartTag, Tags},
    mapped_code::{MappedCode, offset},
    messages,
};

#[cfg(test)]
mod tests;

/// A top-level element of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// `template`, `script`, `style`, or the name of a custom block.
    pub tag: String,
    pub attributes: Vec<Attribute>,
    /// The text between its tags, as a range of bytes of the file.
    pub content: Range<usize>,
    pub start_tag: Span,
}

/// An attribute of a block's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub name: String,
    /// The value, with entities decoded. Empty if the attribute has none.
    pub value: String,
    /// The place of the value, or of the whole attribute if it has no value.
    pub span: Span,
}

/// The blocks of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Descriptor {
    pub template: Option<Block>,
    pub script: Option<Block>,
    /// The `<script setup>` block.
    pub setup: Option<Block>,
    pub styles: Vec<Block>,
    pub custom: Vec<Block>,
}

impl Block {
    /// Returns the attribute of a name; the last one if the tag has several.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rev().find(|attribute| attribute.name == name)
    }

    /// Returns the value of an attribute. `None` if there is no such attribute or its value is
    /// empty.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name)
            .map(|attribute| attribute.value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub fn lang(&self) -> Option<&str> {
        self.value("lang")
    }

    /// Returns the `src` attribute, which names the file that has the content of the block.
    pub fn src(&self) -> Option<&Attribute> {
        self.attribute("src").filter(|src| !src.value.is_empty())
    }

    /// Returns the content without the indentation that its lines share. Vue compiles templates and
    /// styles in this form.
    pub fn deindented(&self, source: &Source) -> MappedCode {
        deindented(&source.text[self.content.clone()], offset(self.content.start))
    }

    /// Whether the content is empty or only white space.
    pub fn is_blank(&self, source: &Source) -> bool {
        source.text[self.content.clone()].trim().is_empty()
    }
}

/// Splits a file into its blocks. Reports blocks that are never closed, and second blocks of a kind
/// that may occur only once.
pub(crate) fn read(source: &Arc<Source>, log: &mut Diagnostics) -> Descriptor {
    let mut reading =
        Reading { source, descriptor: Descriptor::default(), open: None, depth: 0, log };
    for event in html::tokenize(&source.text, Tags::AsWritten) {
        reading.event(event);
    }
    reading.descriptor
}

struct Reading<'a> {
    source: &'a Arc<Source>,
    descriptor: Descriptor,
    /// The block whose end tag has not been found yet.
    open: Option<Block>,
    depth: usize,
    log: &'a mut Diagnostics,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                if self.depth == 0 {
                    let block = block(&tag, self.source);
                    if tag.is_unary { self.add(block) } else { self.open = Some(block) }
                }
                self.depth += usize::from(!tag.is_unary);
            }
            Event::End { span, .. } => {
                self.depth -= 1;
                if self.depth == 0
                    && let Some(mut block) = self.open.take()
                {
                    // A stray `</p>` begins and ends an element.
                    block.content.end = span.start.max(block.content.start);
                    self.add(block);
                }
            }
            Event::Unclosed { tag, start_tag } if self.depth == 1 => {
                let label = Label::new(self.source, span(start_tag));
                self.log.push(messages::unclosed_block(label, tag));
            }
            Event::Unclosed { .. }
            | Event::Stray { .. }
            | Event::Malformed(_)
            | Event::Text(_)
            | Event::Comment { .. } => {}
        }
    }

    fn add(&mut self, block: Block) {
        let descriptor = &mut self.descriptor;
        let place = match block.tag.as_str() {
            "template" => &mut descriptor.template,
            "script" if block.attribute("setup").is_some() => &mut descriptor.setup,
            "script" => &mut descriptor.script,
            "style" => return descriptor.styles.push(block),
            _ => return descriptor.custom.push(block),
        };
        if let Some(first) = place.replace(block) {
            let again = place.as_ref().map_or(first.start_tag, |block| block.start_tag);
            let label = |span| Label::new(self.source, span);
            self.log.push(messages::block_twice(label(first.start_tag), &first.tag, label(again)));
        }
    }
}

fn block(tag: &StartTag<'_>, source: &Source) -> Block {
    let attribute = |attribute: &html::Attribute<'_>| {
        let value = attribute.value.clone().filter(|value| !value.is_empty());
        let text = value
            .clone()
            .map(|value| html::decode_attribute(MappedCode::copied(&source.text[value], 0)));
        Attribute {
            name: attribute.name.to_owned(),
            value: text.map(|text| text.text().to_owned()).unwrap_or_default(),
            span: span(value.unwrap_or_else(|| attribute.span.clone())),
        }
    };
    Block {
        tag: tag.name.to_owned(),
        attributes: tag.attributes.iter().map(attribute).collect(),
        content: tag.span.end..tag.span.end,
        start_tag: span(tag.span.clone()),
    }
}

/// Removes the indentation that all lines with text share. Only the character that indents the
/// first of them (space or tab) counts as indentation.
fn deindented(text: &str, from: u32) -> MappedCode {
    let whole = || MappedCode::copied(text, from);
    let starts_indented = text.trim_start_matches(['\r', '\n']).starts_with(char::is_whitespace);
    if !starts_indented {
        return whole();
    }
    let is_full = |line: &&str| !line.trim_start().is_empty();
    let lines: Vec<&str> = lines(text).collect();
    let first = lines.iter().copied().find(is_full).and_then(|line| line.bytes().next());
    let Some(indent @ (b' ' | b'\t')) = first else {
        // A content without any text becomes its line breaks alone.
        return if first.is_some() {
            whole()
        } else {
            MappedCode::made("\n".repeat(lines.len() - 1))
        };
    };
    let indentation = |line: &str| line.bytes().take_while(|byte| *byte == indent).count();
    let width = lines.iter().copied().filter(is_full).map(indentation).min().unwrap_or(0);
    let mut code = MappedCode::with_capacity(text.len());
    let mut at = from;
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            code.push_made_of("\n", at - 1);
        }
        let shown = line.strip_suffix('\r').unwrap_or(line);
        // A line without text may be shorter than the indentation, or have other white space.
        let skipped = shown.char_indices().nth(width).map_or(shown.len(), |(skipped, _)| skipped);
        code.push_copied(&shown[skipped..], at + offset(skipped));
        at += offset(line.len()) + 1;
    }
    code
}

/// Splits a text at line feeds. Most lines are so short that searching byte by byte is the fastest
/// way.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == b'\n');
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

fn span(range: Range<usize>) -> Span {
    Span::new(offset(range.start), offset(range.end))
}
