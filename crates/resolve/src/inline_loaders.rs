//! webpack's loaders in specifiers (`script-loader!./old.js`, `!!raw-loader!./a.txt`) as queries.
//! Loaders for what is built in are left out, and a few others have a query of their own.

/// What a loader means here.
enum Use {
    /// What the file gets without it too.
    BuiltIn,
    /// The compiler of the file's language.
    Compiler,
    /// A query of ours.
    Query(String),
    /// Page globals that get the module's exports, with commas.
    Exposed(String),
}

/// Returns a specifier without its loaders, and with the query that replaces them; `None` if it has
/// no loaders, or an unknown one.
pub fn as_query(specifier: &str) -> Option<String> {
    let (loaders, file) = without_match(specifier).rsplit_once('!')?;
    if file.is_empty() {
        return None;
    }
    let (mut query, mut compiles, mut globals) = (None, false, Vec::new());
    for loader in loaders.split('!').filter(|loader| !loader.is_empty()) {
        match meaning(loader, file)? {
            Use::BuiltIn => {}
            Use::Compiler => compiles = true,
            Use::Query(meant) => query = query.or(Some(meant)),
            Use::Exposed(names) => globals.push(names),
        }
    }
    if !globals.is_empty() {
        query = query.is_none().then(|| format!("expose={}", globals.join(",")));
        compiles = false;
        query.as_ref()?;
    }
    // A query applies to the file as it is, not to the output of a compiler.
    let is_of_program = |query: &str| query.starts_with("script") || query == "worker";
    if compiles && query.as_deref().is_some_and(|query| !is_of_program(query)) {
        return None;
    }
    Some(match query {
        Some(query) if !file.contains('?') => format!("{file}?{query}"),
        Some(_) | None => file.to_owned(),
    })
}

/// Whether a specifier begins with a loader that has options: `file-loader?name=a!./b`. What is in
/// front of a `?` looks like a package then, and is none.
pub fn has_options(specifier: &str) -> bool {
    let loaders = without_match(specifier).rsplit_once('!');
    loaders
        .and_then(|(loaders, _)| loaders.split_once('?'))
        .is_some_and(|(name, _)| name.split('!').all(|loader| loader.ends_with("-loader")))
}

/// Returns a specifier without the name that rules see, webpack's `matchResource`: `a.js` of
/// `a.js!=!loader!./b`.
fn without_match(specifier: &str) -> &str {
    let rest = specifier.split_once("!=!").map_or(specifier, |(_, rest)| rest);
    rest.trim_start_matches(['!', '-'])
}

fn meaning(loader: &str, file: &str) -> Option<Use> {
    // What `@symfony/stimulus-bridge` imports.
    if loader == "./webpack/loader" && file == "@symfony/stimulus-bridge/controllers.json" {
        return Some(Use::Query("stimulus".to_owned()));
    }
    let (name, options) = loader.split_once('?').unwrap_or((loader, ""));
    if name == "@svgr/webpack" {
        return Some(Use::Query("react".to_owned()));
    }
    let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches("-loader");
    let query = match name {
        "cache" | "css" | "eslint" | "json" | "source-map" | "style" | "thread" | "vue-style" => {
            return Some(Use::BuiltIn);
        }
        "babel" | "buble" | "esbuild" | "less" | "postcss" | "sass" | "stylus" | "swc" | "ts"
        | "vue" => return Some(Use::Compiler),
        "expose" => return exposed(options).map(Use::Exposed),
        "exports" => match export(options) {
            Some(global) => format!("script&exports={global}"),
            None => return None,
        },
        "file" | "url" => "url".to_owned(),
        "html" | "raw" | "svg-inline" | "text" => "raw".to_owned(),
        "imports" => return imports(options),
        // `@symfony/stimulus-bridge/lazy-controller-loader`
        "lazy-controller" if options.is_empty() => "stimulus".to_owned(),
        "lazy-controller" => format!("stimulus&{options}"),
        "script" => "script".to_owned(),
        "svg-sprite" => "sprite".to_owned(),
        "worker" => "worker".to_owned(),
        _ => return None,
    };
    Some(Use::Query(query))
}

/// Returns the meaning of imports-loader: `this=>window` makes a classic script, and `define` does
/// not exist anyway. No query gives a file other names.
fn imports(options: &str) -> Option<Use> {
    let names = options.split([',', '&']).map(|one| one.split('=').next().unwrap_or(one));
    let mut is_script = false;
    for name in names {
        match name {
            "this" => is_script = true,
            "define" => {}
            _ => return None,
        }
    }
    Some(if is_script { Use::Query("script".to_owned()) } else { Use::BuiltIn })
}

/// Returns the globals that expose-loader sets: `expose-loader?$`, `?exposes=$,jQuery`,
/// `?exposes[]=$&exposes[]=jQuery`. `None` if one is an export of the module.
fn exposed(options: &str) -> Option<String> {
    let of_option = |option: &str| {
        let name = option.split_once('=').map_or(option, |(_, name)| name).to_owned();
        let name = name.replace("%24", "$");
        let is_path = name.split([',', '.']).all(is_name);
        is_path.then_some(name)
    };
    let names: Option<Vec<String>> = options.split('&').map(of_option).collect();
    names.map(|names| names.join(","))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
}

/// Returns the global that exports-loader exports: `exports-loader?Foo`, `?exports=default|Foo`.
fn export(options: &str) -> Option<&str> {
    let name = options.rsplit(['|', '=']).next()?;
    Some(name).filter(|name| name.split('.').all(is_name))
}

#[cfg(test)]
mod tests {
    use super::{as_query, has_options};

    #[test]
    fn loaders_become_queries() {
        let of = |specifier: &str| as_query(specifier).unwrap_or_else(|| "unknown".to_owned());
        assert_eq!(of("script-loader!jsonlint"), "jsonlint?script");
        assert_eq!(of("a.js!=!expose-loader?exposes=A!a"), "a?expose=A");
        assert_eq!(of("!!raw-loader!./a.txt"), "./a.txt?raw");
        assert_eq!(of("style-loader!css-loader?modules!./a.css"), "./a.css");
        assert_eq!(of("-!url-loader?limit=10!@/a.png"), "@/a.png?url");
        assert_eq!(of("exports-loader?Foo.bar!./foo"), "./foo?script&exports=Foo.bar");
        assert_eq!(of("exports-loader?exports=default|Foo!./foo"), "./foo?script&exports=Foo");
        assert_eq!(of("imports-loader?this=>window!./foo"), "./foo?script");
        assert_eq!(of("expose-loader?$!expose-loader?jQuery!jquery"), "jquery?expose=$,jQuery");
        assert_eq!(of("expose-loader?exposes[]=$&exposes[]=A.b!./a"), "./a?expose=$,A.b");
        assert_eq!(of("expose-loader?exposes=a|b!./a"), "unknown");
        assert_eq!(of("imports-loader?define=>false,this=>window!./a"), "./a?script");
        assert_eq!(of("imports-loader?define=>false!./a"), "./a");
        assert_eq!(of("raw-loader!./a?b"), "./a?b");
        assert_eq!(of("!svg-sprite-loader!./icons"), "./icons?sprite");
        assert_eq!(of("!!@svgr/webpack?-svgo!./a.svg"), "./a.svg?react");
        let bridge = "@symfony/stimulus-bridge";
        let all = format!("./webpack/loader!{bridge}/controllers.json");
        assert_eq!(of(&all), format!("{bridge}/controllers.json?stimulus"));
        assert_eq!(of(&format!("{bridge}/lazy-controller-loader!./a")), "./a?stimulus");
        let forced = format!("{bridge}/lazy-controller-loader?lazy=true&export=A!./a");
        assert_eq!(of(&forced), "./a?stimulus&lazy=true&export=A");
        assert_eq!(of("worker-loader?name=a.js!babel-loader!./a"), "./a?worker");
        let unknown = [
            "abc-loader!./a",
            "./webpack/loader!./a",
            "./a!",
            "./a",
            "imports-loader?$=jquery!./a",
        ];
        for unknown in unknown.into_iter().chain(["raw-loader!sass-loader!./a.scss"]) {
            assert_eq!(of(unknown), "unknown", "{unknown}");
        }
    }

    #[test]
    fn options_of_loaders_are_no_queries() {
        for specifier in
            ["file-loader?a=b!./a.txt", "!!babel-loader!raw-loader?a!./a", "@a/b-loader?!c"]
        {
            assert!(has_options(specifier), "{specifier}");
        }
        for specifier in ["raw-loader!./a.txt?b", "./a.svg?title=hi!", "./a-loader", "a?b!c"] {
            assert!(!has_options(specifier), "{specifier}");
        }
    }
}
