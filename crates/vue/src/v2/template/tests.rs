use std::fmt::Write;

use super::*;

/// For comparisons with Vue's own compiler: compiles every template of the folder that VUE_TEMPLATES names, `a.html` to `a.html.js`,
/// or what is wrong with it to `a.html.err`. `.functional.` and `.ts.` in a name mean what they say, `.condense.` removes white space.
#[test]
#[ignore = "it needs a folder of templates"]
#[expect(clippy::disallowed_methods, reason = "a tool in the form of a test")]
fn templates_of_a_folder() {
    let Ok(folder) = std::env::var("VUE_TEMPLATES") else { return };
    let mut seconds = 0.0;
    for entry in std::fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        let name = path.to_string_lossy().into_owned();
        if !name.ends_with(".html") {
            continue;
        }
        let source = Source::new(&*name, &*name, std::fs::read_to_string(&path).expect("it is a text"));
        let mut config = VueConfig::default();
        if name.contains(".condense.") {
            config.whitespace = bundle_base::config::Whitespace::Condense;
        }
        let options = TemplateOptions {
            source: &source,
            config: &config,
            is_production: false,
            is_functional: name.contains(".functional."),
            bindings: None,
            is_typescript: name.contains(".ts."),
        };
        let mut log = Diagnostics::new();
        let start = std::time::Instant::now();
        let code = compile(&Code::copied(&source.text, 0), &options, &mut log);
        seconds += start.elapsed().as_secs_f64();
        let mut said = String::new();
        for found in log.iter() {
            let place = found.primary.as_ref().map_or(0..0, |at| at.span.start as usize..at.span.end as usize);
            let words = found.primary.as_ref().map_or("", |at| &at.text);
            _ = writeln!(
                said,
                "{:?} {} {} [{}]: {:?}",
                found.severity, found.code, found.message, words, &source.text[place]
            );
        }
        std::fs::write(format!("{name}.err"), said).expect("it can be written");
        std::fs::write(format!("{name}.js"), code.as_ref().map_or("", Code::text)).expect("it can be written");
    }
    eprintln!("{:.1} ms", seconds * 1000.0);
}
