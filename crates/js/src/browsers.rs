//! Resolves browserslist queries to browsers with versions. The answer depends on the query alone:
//! with configuration files, `extends` or the machine's own Node, the same source would get
//! different outputs in different places.

use browserslist::{Error, Opts, resolve};
use bundle_base::{config::Browsers, diagnostic::nearest};

/// The names that queries use for browsers, for suggestions.
const NAMES: &[&str] = &[
    "android", "chrome", "edge", "electron", "explorer", "firefox", "ie", "ios", "kaios", "node",
    "opera", "safari", "samsung",
];

/// Resolves a query to the browsers that it names. `Err` gives the reason in a few words.
pub fn browsers(query: &str) -> Browsers {
    let words: Vec<&str> = query.split([' ', ',']).collect();
    if words.contains(&"extends") {
        return Err("`extends` is not followed; write its queries out".to_owned());
    }
    if query.contains("current node") {
        return Err("`current node` differs from machine to machine; write a version".to_owned());
    }
    // The same answers as npm's browserslist without options: an unknown version is an error, and a
    // mobile browser that updates itself has only its latest version.
    let found = resolve([query], &Opts::default()).map_err(|error| words_for(&error))?;
    Ok(found
        .iter()
        .map(|browser| (browser.name().to_owned(), browser.version().to_owned()))
        .collect())
}

fn words_for(error: &Error) -> String {
    if let Error::BrowserNotFound(name) = error {
        return unknown_browser(name);
    }
    if let Error::UnknownBrowserVersion(name, version) = error {
        return format!("there is no version {version} of {name}");
    }
    if let Error::Nom(rest) | Error::UnknownQuery(rest) = error {
        return match rest.trim_matches([' ', ',']) {
            "" => "it is not understood".to_owned(),
            rest => format!("\"{rest}\" is not understood"),
        };
    }
    if let Error::NotAtFirst(_) = error {
        return "it cannot begin with \"not\"".to_owned();
    }
    error.to_string()
}

fn unknown_browser(name: &str) -> String {
    let lower = name.to_lowercase();
    let near = if lower.contains("explorer") {
        Some("ie")
    } else {
        nearest(&lower, NAMES.iter().copied())
    };
    match near {
        Some(near) => format!("there is no browser \"{name}\"; did you mean \"{near}\"?"),
        None => format!("there is no browser \"{name}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_refusals() {
        let pair = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        assert_eq!(browsers("ie 9, chrome 49"), Ok(vec![pair("chrome", "49"), pair("ie", "9")]));
        assert_eq!(browsers("ie >= 10").map(|b| b.len()), Ok(2));
        assert!(browsers("last 2 versions, not dead").is_ok_and(|b| b.len() > 5));
        assert!(browsers("chrom 49").is_err_and(|why| why.contains("did you mean \"chrome\"")));
        for query in [
            "chrome 9999",
            "not ie 9",
            "frobnicate",
            ">= 9 ie",
            "extends x",
            "current node",
            "(",
            "",
            " , ",
            "ie 9 ie",
        ] {
            assert!(
                browsers(query).is_err() || query.trim_matches([' ', ',']).is_empty(),
                "{query}"
            );
        }
    }
}
