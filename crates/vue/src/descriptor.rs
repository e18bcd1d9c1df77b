//! A `.vue` file as its blocks: template, scripts, styles and whatever else stands at the top
//! level. Tags inside of blocks count only for where these end. Free of any Vue version.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostics, Label, Source, Span};

use crate::{
    code::{Code, offset},
    html::{self, Event, StartTag, Tags},
    messages,
};

#[cfg(test)]
mod tests;

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// `template`, `script`, `style`, or the name of a custom block.
    pub tag: String,
    pub attributes: Vec<Attribute>,
    /// What stands between its tags, in bytes of the file.
    pub content: Range<usize>,
    pub start_tag: Span,
}

/// An attribute of a block's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub name: String,
    /// Empty if there is none.
    pub value: String,
    /// Where the value stands; the whole attribute if there is none.
    pub span: Span,
}

/// A file's blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Descriptor {
    pub template: Option<Block>,
    pub script: Option<Block>,
    /// `<script setup>`.
    pub setup: Option<Block>,
    pub styles: Vec<Block>,
    pub custom: Vec<Block>,
}

impl Block {
    /// The attribute of a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rev().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute that has one.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name)
            .map(|attribute| attribute.value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub fn lang(&self) -> Option<&str> {
        self.value("lang")
    }

    /// The file that its content is in.
    pub fn src(&self) -> Option<&Attribute> {
        self.attribute("src").filter(|src| !src.value.is_empty())
    }

    /// Its content, moved to the left as far as its first line is indented: styles and templates
    /// are read so.
    pub fn deindented(&self, source: &Source) -> Code {
        deindented(&source.text[self.content.clone()], offset(self.content.start))
    }

    /// True if there is nothing in it.
    pub fn is_blank(&self, source: &Source) -> bool {
        source.text[self.content.clone()].trim().is_empty()
    }
}

/// Reads a file. Blocks that nothing closes are reported, and those of which there may be one only.
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
    /// The block that is open, until its end is found.
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
                    block.content.end = span.start;
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
        let text =
            value.clone().map(|value| html::decode_attribute(Code::copied(&source.text[value], 0)));
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

/// Takes the indentation of the first line that has text from every line, or as much of it as all
/// have.
fn deindented(text: &str, from: u32) -> Code {
    let whole = || Code::copied(text, from);
    let starts_indented = text.trim_start_matches(['\r', '\n']).starts_with(char::is_whitespace);
    if !starts_indented {
        return whole();
    }
    let is_full = |line: &&str| !line.trim_start().is_empty();
    let lines: Vec<&str> = lines(text).collect();
    let first = lines.iter().copied().find(is_full).and_then(|line| line.bytes().next());
    let Some(indent @ (b' ' | b'\t')) = first else {
        // Without any text there is no first line, and all white space goes.
        return if first.is_some() { whole() } else { Code::made("\n".repeat(lines.len() - 1)) };
    };
    let indentation = |line: &str| line.bytes().take_while(|byte| *byte == indent).count();
    let width = lines.iter().copied().filter(is_full).map(indentation).min().unwrap_or(0);
    let mut code = Code::with_capacity(text.len());
    let mut at = from;
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            code.push_made_of("\n", at - 1);
        }
        let shown = line.strip_suffix('\r').unwrap_or(line);
        // What is not full may have any white space.
        let skipped = shown.char_indices().nth(width).map_or(shown.len(), |(skipped, _)| skipped);
        code.push_copied(&shown[skipped..], at + offset(skipped));
        at += offset(line.len()) + 1;
    }
    code
}

/// Most lines are so short that looking for their ends byte by byte is quicker than any other way.
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
