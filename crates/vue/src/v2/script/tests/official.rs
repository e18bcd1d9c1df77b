//! What we make of every component in a file that a variable names, one JSON string per line there and here.

use super::*;

#[test]
#[ignore = "prints for a comparison: VUE_COMPONENTS=FILE cargo test --workspace --lib vue_components -- --ignored --nocapture"]
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it is a program in the guise of a test")]
fn vue_components() {
    let file = std::env::var("VUE_COMPONENTS").expect("VUE_COMPONENTS names a file");
    let is_production = std::env::var("VUE_PRODUCTION").is_ok();
    let components = std::fs::read_to_string(file).expect("it can be read");
    for text in components.split('\0') {
        let component = Component::new(text);
        let options = ScriptOptions { source: &component.source, id: "xxxxxxxx", is_production, name: "FooBar" };
        let (compiled, log) = component.compile(&options);
        let messages: Vec<String> =
            log.iter().map(|said| quoted(&format!("{:?} {}", said.severity, said.message))).collect();
        let (code, mut names) = match &compiled {
            Some(compiled) => {
                let names =
                    compiled.bindings.names.iter().map(|(name, binding)| format!("{}:\"{binding:?}\"", quoted(name)));
                (quoted(compiled.code.text()), names.collect::<Vec<_>>())
            }
            None => ("null".to_owned(), Vec::new()),
        };
        names.sort();
        println!("{{\"code\":{code},\"names\":{{{}}},\"messages\":[{}]}}", names.join(","), messages.join(","));
    }
}

fn quoted(text: &str) -> String {
    Code::made(text).quoted().text().to_owned()
}
