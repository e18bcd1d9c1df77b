//! Every message about packages and the fields of their package.json.

use bundle_base::Diagnostic;

use super::wording::{RequestPlace, list, quoted};
use crate::{
    builtin::has_shim,
    failure::{Conditions, Declared, MissingPackage, NotExported},
    path,
};

pub(super) fn missing_package(
    place: &RequestPlace,
    specifier: &str,
    missing: &MissingPackage,
) -> Diagnostic {
    let MissingPackage { package, near, install, declared, is_for_pages, looks_like_alias } =
        missing;
    if *looks_like_alias {
        return missing_alias_key(specifier);
    }
    let mut diagnostic =
        Diagnostic::error("missing-package", format!("the package {package} is not installed"));
    if let Some(near) = near {
        diagnostic.fix = Some(place.instead(near));
    }
    if let Some(Declared { package_json, is_peer, missing_link }) = declared {
        if let Some(path) = missing_link {
            return diagnostic
                .note(format!("{package_json} takes it from {path}, which does not exist"));
        }
        let command = if *is_peer {
            format!("{install} {package}")
        } else {
            format!("{} install", install.split(' ').next().unwrap_or("npm"))
        };
        let list = if *is_peer { "peer dependencies" } else { "dependencies" };
        return diagnostic.note(format!("{package_json} lists it in its {list}: run `{command}`"));
    }
    if near.is_some() && place.is_in_a_package() {
        return diagnostic;
    }
    if near.as_ref().is_some_and(|near| near.starts_with("./")) {
        return diagnostic.note("paths that are relative to the importer begin with \"./\"");
    }
    if near
        .as_ref()
        .is_some_and(|near| path::split_package(near).0.to_lowercase() == package.to_lowercase())
    {
        return diagnostic.note("package names are written in lower case");
    }
    // Do not suggest installing a name that is probably misspelt: anyone may have published a
    // package under that name.
    if near.is_some() {
        return diagnostic;
    }
    diagnostic.note(format!("install it with `{install} {package}`")).note(if *is_for_pages {
        format!("or, if the page already loads it: --external {package}=ItsGlobalName")
    } else {
        format!("or, to load it at run time: --external {package}")
    })
}

fn missing_alias_key(specifier: &str) -> Diagnostic {
    let message = format!("\"{specifier}\" looks like an alias, but none is configured for it");
    let key = specifier.split('/').next().unwrap_or(specifier);
    let folder = key.trim_start_matches(['@', '~']);
    let target = if folder.is_empty() { "./src".to_owned() } else { format!("./src/{folder}") };
    Diagnostic::error("missing-alias", message).note(format!(
        "configure it: \"alias\": {{ \"{key}\": \"{target}\" }} in bundle.config.json, \
         --alias {key}={target}, or \"paths\" in tsconfig.json",
    ))
}

pub(super) fn no_entry(package: &str, fields: &[(String, String)], has_types: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "package-without-entry",
        format!("the package {package} has no file to import"),
    );
    if let Some((field, file)) = fields.last() {
        let note =
            format!("its package.json says \"{field}\": \"{file}\", but that file does not exist");
        return diagnostic
            .note(note)
            .note("reinstall it; if it is your own package, build it first");
    }
    if has_types {
        return diagnostic.note("it only declares types: write `import type`");
    }
    diagnostic.note(
        "its package.json names no entry, and there is no index file: import one of \
                     its files by path",
    )
}

pub(super) fn not_exported(
    place: &RequestPlace,
    specifier: &str,
    hidden: &NotExported,
) -> Diagnostic {
    let NotExported { package, subpath, exported, conditions, is_there, .. } = hidden;
    if let Some(Conditions { wanted, given }) = conditions {
        return Diagnostic::error(
            "not-exported",
            format!("the package {package} does not export \"{subpath}\" for this build"),
        )
        .note(format!(
            "the package exports it for {}; the conditions of this build are {}",
            list(&quoted(wanted), "or"),
            list(&quoted(given), "and")
        ));
    }
    let mut diagnostic = Diagnostic::error(
        "not-exported",
        format!("the package {package} does not export \"{specifier}\""),
    );
    if *is_there {
        diagnostic = diagnostic.note(
            "the file exists, but \"exports\" in its package.json does not list it; \
                   \"severity\": { \"not-exported\": \"warn\" } uses it, as webpack 4 does",
        );
    }
    if let Some(near) =
        bundle_base::diagnostic::nearest(specifier, exported.iter().map(String::as_str))
    {
        diagnostic.fix = Some(place.instead(near));
    }
    if exported.is_empty() {
        return diagnostic.note("it exports nothing that can be imported");
    }
    diagnostic.note(format!("it exports {}", list(exported, "and")))
}

pub(super) fn broken_package(package_json: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("broken-package", format!("{package_json} cannot be used: {problem}"))
        .note("reinstall the package; if it is your own, correct it or build it first")
}

pub(super) fn missing_import(
    place: &RequestPlace,
    specifier: &str,
    package_json: Option<&str>,
    near: Option<&str>,
) -> Diagnostic {
    let message = match package_json {
        Some(file) => format!("{file} has no \"{specifier}\" under \"imports\""),
        None => format!("\"{specifier}\" needs a package.json with \"imports\", and there is none"),
    };
    let mut diagnostic = Diagnostic::error("missing-import", message);
    diagnostic.fix = near.map(|near| place.instead(near));
    diagnostic.note(format!("add it: \"imports\": {{ \"{specifier}\": \"./src/file.js\" }}"))
}

pub(super) fn builtin(
    place: &RequestPlace,
    name: &str,
    stand_in: Option<&str>,
    is_from_package: bool,
) -> Diagnostic {
    let importer = place.at.as_ref().map_or("the entry", |at| at.source.name.as_str());
    let diagnostic = Diagnostic::error(
        "node-builtin",
        format!(
            "\"{name}\" is a built-in module of Node, which browsers do not have; \
             {importer} imports it"
        ),
    );
    let diagnostic = match stand_in {
        Some(package) => diagnostic.note(format!(
            "`npm install {package}` installs a version for browsers, which is then used"
        )),
        None => diagnostic,
    };
    let empty = format!("\"alias\": {{ \"{name}\": false }} puts an empty module in its place");
    let diagnostic = match (is_from_package, stand_in) {
        (_, Some(_)) if has_shim(name) => diagnostic
            .note("\"node\": \"shims\" in the configuration uses a small version of our own"),
        (true, None) => diagnostic.note(format!("if the package works without it: {empty}")),
        (false, None) => {
            diagnostic.note(format!("do this on the server, or, if nothing needs it: {empty}"))
        }
        (_, Some(_)) => diagnostic,
    };
    diagnostic.note("if this runs in Node, not in pages: --platform node")
}

pub(super) fn yarn_pnp(package: &str, manifest: &str) -> Diagnostic {
    Diagnostic::error(
        "yarn-pnp",
        format!(
            "the package {package} is managed by Yarn Plug'n'Play ({manifest}), which is not \
                 supported"
        ),
    )
    .note("write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`")
}
