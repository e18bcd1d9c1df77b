//! The calls of `chainWebpack`: rules, aliases and pages. Names are in names.rs.

use std::rc::Rc;

use bundle_js::static_evaluation::{Field, Object, Origin, ScriptLocation, Symbol, Value};

use super::super::{
    reading::{Reading, call_of},
    vue_loader, webpack,
};

/// Follows `chainWebpack(config => …)` and returns the calls on `config`.
pub(super) fn calls(reading: &mut Reading<'_>, function: &Value) -> Vec<Rc<Symbol>> {
    let Value::Function(inner) = function else { return Vec::new() };
    let before = reading.script.calls().len();
    let config = Value::symbol(Origin::Name("webpack-chain".to_owned()), inner.place);
    reading.script.call(function, vec![config]);
    let calls = reading.script.calls()[before..].iter();
    calls.filter(|call| call.root() == "webpack-chain").map(Rc::clone).collect()
}

/// Returns what a call is about: for `plugin`, it is `html` in
/// `config.plugin("html").tap(…).tap(…)`.
pub(super) fn subject_of(call: &Symbol, method: &str) -> Option<String> {
    let mut receiver = call.receiver()?;
    loop {
        let (callee, arguments) = receiver.call()?;
        match callee.path().last().copied()? {
            name if name == method => return arguments.first()?.as_text(),
            "end" => return None,
            _ => receiver = receiver.receiver()?,
        }
    }
}

/// Whether the calls take all copies away: `config.plugin("copy").tap(() => [])`.
pub(super) fn empties_copies(reading: &mut Reading<'_>, calls: &[Rc<Symbol>]) -> bool {
    let mut taps = calls.iter().filter(|call| {
        call_of(call).0 == "tap" && subject_of(call, "plugin").as_deref() == Some("copy")
    });
    let last = taps.next_back().and_then(|call| call_of(call).1.first()).cloned();
    last.is_some_and(|function| {
        let field = |value| Field { value, place: ScriptLocation::default() };
        let pattern = Object::from([("from".to_owned(), field(Value::text("public")))]);
        let patterns = Value::list(vec![Value::object(pattern)]);
        let is_old = reading.facts.major("@vue/cli-service").is_some_and(|major| major < 5);
        let options = if is_old {
            patterns
        } else {
            Value::object(Object::from([("patterns".to_owned(), field(patterns))]))
        };
        let changed = reading.script.call(&function, vec![Value::list(vec![options])]);
        let first = changed.elements().into_iter().next().unwrap_or_default();
        let is_list = |value: &Value| matches!(value, Value::List(_));
        let patterns = if is_list(&first) { first.clone() } else { first.get("patterns") };
        is_list(&changed) && first.is_missing()
            || is_list(&patterns) && patterns.elements().is_empty()
    })
}

/// Reads the calls.
pub(super) fn read(reading: &mut Reading<'_>, calls: &[Rc<Symbol>]) {
    let mut rule = ChainedRule::default();
    for call in calls {
        chained(reading, call, &mut rule);
    }
    rule.finish(reading);
}

/// A rule that a chain of calls builds.
#[derive(Default)]
struct ChainedRule {
    name: String,
    test: Value,
    include: Vec<Value>,
    loader: String,
    options: Value,
    place: ScriptLocation,
}

impl ChainedRule {
    fn finish(&mut self, reading: &mut Reading<'_>) {
        if !self.loader.is_empty() {
            let fields = [
                ("test", self.test.clone()),
                ("include", Value::list(self.include.clone())),
                ("loader", Value::text(&self.loader)),
                ("options", self.options.clone()),
            ];
            let field =
                |(key, value): (&str, Value)| (key.to_owned(), Field { value, place: self.place });
            let rule = Value::object(fields.into_iter().map(field).collect());
            webpack::rule(reading, &rule, self.place);
        }
        self.loader.clear();
        self.options = Value::Undefined;
    }
}

/// Reads what `config.module.rule("vue").use("vue-loader").tap(options => …)` changes.
fn vue_options(reading: &mut Reading<'_>, function: &Value) {
    let field = |value| Field { value, place: ScriptLocation::default() };
    let is_old = reading.facts.major("@vue/cli-service").is_some_and(|major| major < 4);
    let own = ("whitespace".to_owned(), field(Value::text("condense")));
    let compiler = Value::object(Object::from_iter((!is_old).then_some(own)));
    let options = Value::object(Object::from([("compilerOptions".to_owned(), field(compiler))]));
    let changed = reading.script.call(function, vec![options.clone()]);
    vue_loader::read(reading, if changed.is_missing() { &options } else { &changed });
}

fn chained(reading: &mut Reading<'_>, call: &Symbol, rule: &mut ChainedRule) {
    let path = call.path();
    let (name, arguments) = call_of(call);
    let first = arguments.first().cloned().unwrap_or_default();
    let text = first.as_text().unwrap_or_default();
    if path.contains(&"rule") {
        match name {
            "rule" => {
                rule.finish(reading);
                if rule.name != text {
                    *rule = ChainedRule { name: text, place: call.place, ..ChainedRule::default() };
                }
            }
            "test" => rule.test = first,
            "add" if path.contains(&"include") => rule.include.push(first),
            "use" => rule.finish(reading),
            "loader" => rule.loader = text,
            "options" => rule.options = first,
            "tap" if rule.name == "vue" => vue_options(reading, &first),
            _ => {}
        }
        return;
    }
    match (path.first().copied(), name) {
        // `config.plugin("html").tap((args) => { args[0].title = "…"; return args; })`; a page of
        // `pages` has a plugin of its own, `html-NAME`.
        (_, "tap")
            if subject_of(call, "plugin").is_some_and(|plugin| plugin.starts_with("html")) =>
        {
            let options = Value::object(Object::new());
            let arguments = Value::list(vec![options.clone()]);
            reading.script.call(&first, vec![arguments]);
            let Some(title) = options.get("title").as_text() else { return };
            let plugin = subject_of(call, "plugin");
            let pages = reading.plan.keys.get_mut("html").and_then(|pages| pages.as_object_mut());
            for (file, page) in pages.into_iter().flatten() {
                let own = format!("html-{}", file.trim_end_matches(".html"));
                if plugin.as_deref().is_some_and(|plugin| plugin == "html" || plugin == own) {
                    page["title"] = title.clone().into();
                }
            }
        }
        (Some("resolve"), "set") if path.contains(&"alias") => {
            if let Some(to) = arguments.get(1) {
                webpack::alias(reading, &text, to, call.place);
            }
        }
        (Some("externals"), _) => webpack::externals(reading, &first, call.place),
        _ => {}
    }
}
