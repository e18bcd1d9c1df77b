//! webpack's loaders in specifiers (`script-loader!./old.js`, `!!raw-loader!./a.txt`), as queries:
//! loaders for what is built in say nothing, and a few others have a query of their own.

/// What a loader stands for.
enum Use {
    /// A language that is built in.
    BuiltIn,
    /// A query of ours.
    Query(String),
}

/// Returns a specifier without its loaders, and with the query that stands for them; `None` if it
/// has no loaders, or an unknown one.
pub fn as_query(specifier: &str) -> Option<String> {
    let (loaders, file) = specifier.trim_start_matches(['!', '-']).rsplit_once('!')?;
    let mut queries = Vec::new();
    for loader in loaders.split('!').filter(|loader| !loader.is_empty()) {
        if let Use::Query(query) = meaning(loader)? {
            queries.push(query);
        }
    }
    let query = queries.into_iter().next().unwrap_or_default();
    let separator = if query.is_empty() || file.contains('?') { "" } else { "?" };
    let query = if file.contains('?') { String::new() } else { query };
    (!file.is_empty()).then(|| format!("{file}{separator}{query}"))
}

fn meaning(loader: &str) -> Option<Use> {
    let (name, options) = loader.split_once('?').unwrap_or((loader, ""));
    let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches("-loader");
    let query = match name {
        "babel" | "cache" | "css" | "eslint" | "json" | "less" | "postcss" | "sass" | "style"
        | "stylus" | "thread" | "ts" | "vue" | "vue-style" => return Some(Use::BuiltIn),
        "exports" => match export(options) {
            Some(global) => format!("script&exports={global}"),
            None => return None,
        },
        "file" | "url" => "url".to_owned(),
        "html" | "raw" | "svg-inline" | "text" => "raw".to_owned(),
        "imports" if options.starts_with("this=") => "script".to_owned(),
        "script" => "script".to_owned(),
        "svg-sprite" => "sprite".to_owned(),
        _ => return None,
    };
    Some(Use::Query(query))
}

/// Returns the global that exports-loader exports: `exports-loader?Foo`, `?exports=default|Foo`.
fn export(options: &str) -> Option<&str> {
    let name = options.rsplit(['|', '=']).next()?;
    let is_path = |name: &str| {
        name.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
        })
    };
    Some(name).filter(|name| is_path(name))
}

#[cfg(test)]
mod tests {
    use super::as_query;

    #[test]
    fn loaders_become_queries() {
        let of = |specifier: &str| as_query(specifier).unwrap_or_else(|| "unknown".to_owned());
        assert_eq!(of("script-loader!jsonlint"), "jsonlint?script");
        assert_eq!(of("!!raw-loader!./a.txt"), "./a.txt?raw");
        assert_eq!(of("style-loader!css-loader?modules!./a.css"), "./a.css");
        assert_eq!(of("-!url-loader?limit=10!@/a.png"), "@/a.png?url");
        assert_eq!(of("exports-loader?Foo.bar!./foo"), "./foo?script&exports=Foo.bar");
        assert_eq!(of("exports-loader?exports=default|Foo!./foo"), "./foo?script&exports=Foo");
        assert_eq!(of("imports-loader?this=>window!./foo"), "./foo?script");
        assert_eq!(of("raw-loader!./a?b"), "./a?b");
        for unknown in ["worker-loader!./a", "./a!", "./a", "imports-loader?$=jquery!./a"] {
            assert_eq!(of(unknown), "unknown", "{unknown}");
        }
    }
}
