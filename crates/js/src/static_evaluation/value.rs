//! Values of a configuration script that is read without being run. What the script computes from
//! its own text is plain data; what comes from elsewhere, such as a package, is a `Symbol` that
//! remembers how it was made.

use std::{cell::RefCell, collections::HashMap, fmt::Write as _, rc::Rc};

use indexmap::IndexMap;

/// Where something is written: a file of `Script::file` and a line, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScriptLocation {
    /// Number of the file, in the order in which files were read.
    pub file: usize,
    /// Line number, from 1.
    pub line: usize,
}

/// A value of the script. Objects and lists are shared, as in JavaScript.
#[derive(Clone, Default)]
pub enum Value {
    /// `undefined`, and everything that has no value.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// A regular expression: its source and its flags.
    Pattern(String, String),
    /// An array.
    List(Rc<RefCell<Vec<Value>>>),
    /// An object with its properties in the order of the text.
    Object(Rc<RefCell<Object>>),
    /// A function of the script.
    Function(Rc<Function>),
    /// Something that only running the script would give.
    Symbol(Rc<Symbol>),
}

/// The properties of an object.
pub type Object = IndexMap<String, Field>;

/// The value of a property, and where it is written.
#[derive(Clone, Default)]
pub struct Field {
    /// The value.
    pub value: Value,
    /// Where the property is written.
    pub place: ScriptLocation,
}

/// A function of the script with the scope that it sees.
pub struct Function {
    pub(super) parameters: Vec<swc_ecma_ast::Pat>,
    pub(super) body: Body,
    pub(super) scope: Rc<Scope>,
    /// Where it is written.
    pub place: ScriptLocation,
}

impl Function {
    /// Returns how many parameters it declares.
    pub fn arity(&self) -> usize {
        self.parameters.len()
    }
}

/// The body of a function.
pub(super) enum Body {
    Statements(Vec<swc_ecma_ast::Stmt>),
    Expression(Box<swc_ecma_ast::Expr>),
}

/// Something that only running the script would give, as the expression that makes it.
pub struct Symbol {
    /// How it is made.
    pub origin: Origin,
    /// Where it is written.
    pub place: ScriptLocation,
    /// Properties that the script has assigned.
    pub(super) assigned: RefCell<Object>,
    /// Properties that the script has read, which may have assigned ones of their own.
    pub(super) members: RefCell<IndexMap<String, Rc<Symbol>>>,
}

/// How a symbol is made.
pub enum Origin {
    /// An undeclared name, or a parameter that the reader passed.
    Name(String),
    /// The exports of a package.
    Module(String),
    /// A property of another symbol.
    Member(Rc<Symbol>, String),
    /// The result of a call of another symbol, or of `new`.
    Call(Rc<Symbol>, Vec<Value>),
    /// Anything else, such as a sum with a symbol.
    Unknown,
}

impl Value {
    /// Makes a list.
    pub fn list(values: Vec<Value>) -> Self {
        Self::List(Rc::new(RefCell::new(values)))
    }

    /// Makes an object.
    pub fn object(fields: Object) -> Self {
        Self::Object(Rc::new(RefCell::new(fields)))
    }

    /// Makes a string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a symbol.
    pub fn symbol(origin: Origin, place: ScriptLocation) -> Self {
        Self::Symbol(Symbol::new(origin, place))
    }

    /// Returns the string; `None` if it is something else.
    pub fn as_text(&self) -> Option<String> {
        if let Self::Text(text) = self { Some(text.clone()) } else { None }
    }

    /// Returns the symbol; `None` if it is something else.
    pub fn as_symbol(&self) -> Option<&Rc<Symbol>> {
        if let Self::Symbol(symbol) = self { Some(symbol) } else { None }
    }

    /// Returns a copy of the properties of an object; none for anything else.
    pub fn fields(&self) -> Object {
        if let Self::Object(fields) = self { fields.borrow().clone() } else { Object::new() }
    }

    /// Returns a copy of the elements of a list; none for anything else.
    pub fn elements(&self) -> Vec<Value> {
        if let Self::List(values) = self { values.borrow().clone() } else { Vec::new() }
    }

    /// Returns the property of an object; `Undefined` if there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Value {
        match self {
            Self::Object(fields) => {
                fields.borrow().get(key).map(|field| field.value.clone()).unwrap_or_default()
            }
            Self::Symbol(symbol) => {
                symbol.assigned.borrow().get(key).map(|f| f.value.clone()).unwrap_or_default()
            }
            _ => Self::Undefined,
        }
    }

    /// Whether the value is truthy; `None` if only running the script would show that.
    pub fn is_true(&self) -> Option<bool> {
        match self {
            Self::Undefined | Self::Null => Some(false),
            Self::Boolean(is_true) => Some(*is_true),
            Self::Number(number) => Some(*number != 0.0 && !number.is_nan()),
            Self::Text(text) => Some(!text.is_empty()),
            Self::Symbol(symbol) => symbol.is_module().then_some(true),
            Self::Pattern(..) | Self::List(_) | Self::Object(_) | Self::Function(_) => Some(true),
        }
    }

    /// Returns the value as JSON; `None` if a part of it is not known, or contains itself.
    pub fn to_json(&self) -> Option<String> {
        /// The most values that contain each other.
        const DEPTH: usize = 100;
        self.json(DEPTH)
    }

    fn json(&self, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        match self {
            Self::Undefined | Self::Null => Some("null".to_owned()),
            Self::Boolean(value) => Some(value.to_string()),
            Self::Number(value) => Some(value.to_string()),
            Self::Text(text) => Some(quoted(text)),
            Self::List(values) => {
                let texts: Option<Vec<String>> =
                    values.borrow().iter().map(|value| value.json(depth)).collect();
                Some(format!("[{}]", texts?.join(",")))
            }
            Self::Object(fields) => {
                let fields = fields.borrow();
                let pair = |(key, field): (&String, &Field)| {
                    Some(format!("{}:{}", quoted(key), field.value.json(depth)?))
                };
                let pairs: Option<Vec<String>> = fields.iter().map(pair).collect();
                Some(format!("{{{}}}", pairs?.join(",")))
            }
            Self::Pattern(..) | Self::Function(_) | Self::Symbol(_) => None,
        }
    }

    /// Whether there is no value.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }
}

impl Symbol {
    pub(super) fn new(origin: Origin, place: ScriptLocation) -> Rc<Self> {
        let (assigned, members) = Default::default();
        Rc::new(Self { origin, place, assigned, members })
    }

    /// Returns the property of a symbol: the same one each time.
    pub(super) fn member(self: &Rc<Self>, key: &str, place: ScriptLocation) -> Rc<Self> {
        let make = || Self::new(Origin::Member(Rc::clone(self), key.to_owned()), place);
        let mut members = self.members.borrow_mut();
        Rc::clone(members.entry(key.to_owned()).or_insert_with(make))
    }

    /// Returns everything that the script has assigned to the symbol and to its properties.
    pub fn changes(&self) -> Object {
        let mut changes = self.assigned.borrow().clone();
        for (key, member) in self.members.borrow().iter() {
            let inner = member.changes();
            if !inner.is_empty() && !changes.contains_key(key) {
                let field = Field { value: Value::object(inner), place: member.place };
                changes.insert(key.clone(), field);
            }
        }
        changes
    }

    fn is_module(&self) -> bool {
        matches!(self.origin, Origin::Module(_))
    }

    /// Whether a function of a package returns it.
    pub fn is_made_by_package(&self) -> bool {
        match &self.origin {
            Origin::Call(of, _) => of.is_of_package(),
            Origin::Name(_) | Origin::Module(_) | Origin::Member(..) | Origin::Unknown => false,
        }
    }

    fn is_of_package(&self) -> bool {
        match &self.origin {
            Origin::Module(_) => true,
            Origin::Member(of, _) | Origin::Call(of, _) => of.is_of_package(),
            Origin::Name(_) | Origin::Unknown => false,
        }
    }

    /// Returns the name or package that the symbol begins with, `laravel-mix` for instance.
    pub fn root(&self) -> &str {
        match &self.origin {
            Origin::Name(name) | Origin::Module(name) => name,
            Origin::Member(of, _) | Origin::Call(of, _) => of.root(),
            Origin::Unknown => "",
        }
    }

    /// Returns the properties and calls from the root on, calls without their arguments: `["js",
    /// "sass"]` for `mix.js(…).sass(…)`.
    pub fn path(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Member(of, name) => {
                let mut path = of.path();
                path.push(name);
                path
            }
            Origin::Call(of, _) => of.path(),
            Origin::Name(_) | Origin::Module(_) | Origin::Unknown => Vec::new(),
        }
    }

    /// Returns what is called, and with which arguments; `None` if the symbol is not a call.
    pub fn call(&self) -> Option<(&Rc<Symbol>, &[Value])> {
        if let Origin::Call(callee, arguments) = &self.origin {
            Some((callee, arguments))
        } else {
            None
        }
    }

    /// Returns what the last property of the path is read from: the call `src(…)` for
    /// `src(…).pipe`.
    pub fn receiver(&self) -> Option<&Rc<Symbol>> {
        match &self.origin {
            Origin::Member(of, _) => Some(of),
            Origin::Call(callee, _) => callee.receiver(),
            Origin::Name(_) | Origin::Module(_) | Origin::Unknown => None,
        }
    }
}

/// The variables of a function or of a file. Blocks share those of their function.
#[derive(Default)]
pub struct Scope {
    names: RefCell<HashMap<String, Value>>,
    outer: Option<Rc<Scope>>,
}

impl Scope {
    /// Makes a scope within another one.
    pub fn within(outer: &Rc<Scope>) -> Rc<Self> {
        Rc::new(Self { names: RefCell::default(), outer: Some(Rc::clone(outer)) })
    }

    /// Returns the value of a name; `None` if it is not declared.
    pub fn get(&self, name: &str) -> Option<Value> {
        let own = self.names.borrow().get(name).cloned();
        own.or_else(|| self.outer.as_ref()?.get(name))
    }

    /// Declares a name here.
    pub fn declare(&self, name: &str, value: Value) {
        self.names.borrow_mut().insert(name.to_owned(), value);
    }

    /// Assigns to a name where it is declared, or here.
    pub fn assign(&self, name: &str, value: Value) {
        if self.names.borrow().contains_key(name) || self.get(name).is_none() {
            self.declare(name, value);
        } else if let Some(outer) = &self.outer {
            outer.assign(name, value);
        }
    }
}

/// Quotes a text as JSON does.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
