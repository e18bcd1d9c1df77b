//! Writes children: their list, whether the runtime has to flatten it, texts, and `<slot>`.

use super::{
    super::{
        literal::push_without_line_ends,
        spelling,
        tree::{Element, Node, Property},
    },
    generator::{Done, Generator},
};
use crate::{expression::Piece, mapped_code::MappedCode};

impl<'a> Generator<'a, '_> {
    /// Writes the list of children, `[…]`. `of_element`: for the children of an element, the kind
    /// of normalization follows. There is at least one child.
    pub(super) fn children(&mut self, element: &'a Element, of_element: bool) {
        // A single repeated child is already a list.
        if let [Node::Element(id)] = element.children[..] {
            let child = &self.tree[id];
            if child.is_repeated() && !matches!(&*child.tag, "template" | "slot") {
                self.element(id, Done::default());
                if of_element {
                    self.push(if child.maybe_component() { ",1" } else { ",0" });
                }
                return;
            }
        }
        self.push("[");
        for (index, child) in element.children.iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.node(child);
        }
        self.push("]");
        if of_element {
            self.push(match self.normalization(element) {
                Normalization::None => "",
                Normalization::Simple => ",1",
                Normalization::Full => ",2",
            });
        }
    }

    fn node(&mut self, node: &'a Node) {
        match node {
            Node::Element(id) => self.element(*id, Done::default()),
            Node::Expression { code, .. } => {
                self.call_of("_v");
                self.value(code);
                self.push(")");
            }
            Node::Text(text) => {
                self.call_of("_v");
                self.out.push_quoted(text);
                self.push(")");
            }
            Node::Comment(text) => {
                self.call_of("_e");
                self.out.push_quoted(text);
                self.push(")");
            }
        }
    }

    fn normalization(&self, element: &Element) -> Normalization {
        let mut found = Normalization::None;
        for child in &element.children {
            let Node::Element(id) = child else { continue };
            let child = &self.tree[*id];
            let branches = child.branches.iter().map(|branch| &self.tree[branch.element]);
            for element in branches.chain([child]) {
                if element.repeat.is_some() || matches!(&*element.tag, "template" | "slot") {
                    return Normalization::Full;
                }
                if element.maybe_component() {
                    found = Normalization::Simple;
                }
            }
        }
        found
    }

    /// Writes a `<slot>` as `_t(name,function(){return fallback},props,object)`.
    pub(super) fn outlet(&mut self, element: &'a Element) {
        self.call_of("_t");
        match element.slot_name.as_ref().filter(|name| !name.is_empty()) {
            Some(name) => self.value(name),
            None => self.push("\"default\""),
        }
        let has_props = element.data.attrs.is_some() || element.data.dynamic_attrs.is_some();
        let object = element
            .attribute("v-bind")
            .map(|attribute| &attribute.value)
            .filter(|value| !value.is_empty());
        if !element.children.is_empty() {
            self.push(",function(){return ");
            self.children(element, false);
            self.push("}");
        } else if has_props || object.is_some() {
            self.push(",null");
        }
        if has_props {
            self.push(",");
            self.outlet_props(element);
        } else if object.is_some() {
            self.push(",null");
        }
        if let Some(object) = object {
            self.push(",");
            self.value(object);
        }
        self.push(")");
    }

    fn outlet_props(&mut self, element: &Element) {
        let props = element.data.attrs.iter().chain(&element.data.dynamic_attrs).flatten();
        let camelized: Vec<Property> =
            props.map(|prop| Property { name: camelized(&prop.name), ..prop.clone() }).collect();
        self.properties(camelized.iter());
    }

    /// Writes `{"a":1}`, or, with names that are known only at run time, `_d({"a":1},[name,2])`.
    pub(super) fn properties<'p>(
        &mut self,
        properties: impl Iterator<Item = &'p Property> + Clone,
    ) {
        let has_dynamic = properties.clone().any(|property| property.is_dynamic);
        if has_dynamic {
            self.call_of("_d");
        }
        self.push("{");
        for (index, property) in
            properties.clone().filter(|property| !property.is_dynamic).enumerate()
        {
            self.push(if index == 0 { "" } else { "," });
            self.key(&property.name);
            self.property_value(&property.value);
        }
        self.push("}");
        if !has_dynamic {
            return;
        }
        for (index, property) in properties.filter(|property| property.is_dynamic).enumerate() {
            self.push(if index == 0 { ",[" } else { "," });
            self.value(&property.name);
            self.push(",");
            self.property_value(&property.value);
        }
        self.push("])");
    }

    fn property_value(&mut self, value: &MappedCode) {
        let start = self.out.text().len();
        push_without_line_ends(&mut self.out, value);
        self.read(start, Piece::Value);
    }
}

fn camelized(name: &MappedCode) -> MappedCode {
    if !name.text().contains('-') {
        return name.clone();
    }
    let mut code = MappedCode::default();
    code.push_made_of(&spelling::camelized(name.text()), name.origin(0));
    code
}

/// How the runtime has to flatten a list of children.
enum Normalization {
    None,
    /// The list may contain lists.
    Simple,
    /// The list may contain lists of lists.
    Full,
}
