//! The files of a rule: `test`, `include` and `exclude` as the globs of one or more `rules`.

use bundle_js::static_evaluation::Value;

use super::{
    super::reading::Reading,
    expressions::{Beginning, globs},
    test_patterns::extensions_of,
};

/// Extensions of scripts, which all packages contain.
const SCRIPTS: [&str; 6] = ["js", "mjs", "cjs", "jsx", "ts", "tsx"];

/// The files whose names a rule decides.
pub struct NamedFiles {
    /// Their extensions.
    pub extensions: Vec<String>,
    /// Their globs, if the extensions do not say everything.
    pub globs: Vec<String>,
}

/// Returns the files whose names a rule decides. Those that it excludes have an earlier rule.
pub fn named_files(reading: &Reading<'_>, rule: &Value) -> NamedFiles {
    let tests = alternatives(&rule.get("test"));
    let extensions = tests.iter().flat_map(extensions_of).collect();
    let mut fields = rule.fields();
    fields.shift_remove("exclude");
    let mut globs = files(reading, &Value::object(fields), Beginning::Anywhere);
    let is_kind =
        |glob: &String| glob.strip_prefix("*.").is_some_and(|rest| !rest.contains(['*', '/', '.']));
    if globs.iter().all(is_kind) {
        globs.clear();
    }
    NamedFiles { extensions, globs }
}

/// Returns the files of a rule as globs, such as `src/icons/**/*.svg`; none if globs cannot express
/// its conditions.
pub fn files(reading: &Reading<'_>, rule: &Value, beginning: Beginning) -> Vec<String> {
    if ["resource", "resourceQuery", "and", "not"].iter().any(|key| !rule.get(key).is_missing()) {
        return Vec::new();
    }
    let tested = of_condition(reading, &rule.get("test"), beginning);
    let included = of_condition(reading, &rule.get("include"), beginning);
    let globs = match (tested, included) {
        (Some(tested), Some(included)) if tested.is_empty() => included,
        (Some(tested), Some(included)) if included.is_empty() => tested,
        (Some(tested), Some(included)) => both(&tested, &included).unwrap_or_default(),
        (Some(_) | None, Some(_) | None) => Vec::new(),
    };
    let is_narrower = excludes(reading, &rule.get("exclude"), &globs, beginning);
    if is_narrower { Vec::new() } else { globs }
}

/// Returns the files of a rule in words, for notes.
pub fn described(reading: &Reading<'_>, rule: &Value) -> String {
    let globs = files(reading, rule, Beginning::Anywhere);
    if !globs.is_empty() {
        return globs.join(", ");
    }
    let conditions = ["test", "include", "exclude", "resourceQuery"].iter().filter_map(|key| {
        let value = rule.get(key);
        let texts: Vec<String> = alternatives(&value)
            .iter()
            .filter_map(|one| match one {
                Value::Pattern(source, flags) => Some(format!("/{source}/{flags}")),
                one => reading.path_of(one).filter(|path| !path.is_empty()),
            })
            .collect();
        let before = if *key == "test" { String::new() } else { format!("{key} ") };
        (!texts.is_empty()).then(|| before + &texts.join(", "))
    });
    let text = conditions.collect::<Vec<_>>().join(", ");
    if text.is_empty() { "files that only running the script would give".to_owned() } else { text }
}

/// Whether globs are for all scripts, those of packages too.
pub fn are_all_scripts(globs: &[String]) -> bool {
    let is_script = |glob: &String| {
        let extensions = glob.strip_prefix("*.").unwrap_or_default().trim_matches(['{', '}']);
        extensions.split(',').any(|one| SCRIPTS.contains(&one.replace("[jt]", "j").as_str()))
    };
    globs.iter().any(is_script)
}

/// Returns the conditions of a list, or the only one; none if it is not given.
pub fn alternatives(condition: &Value) -> Vec<Value> {
    match condition {
        Value::List(_) => condition.elements(),
        one if one.is_missing() => Vec::new(),
        one => vec![one.clone()],
    }
}

/// Returns the globs of a condition: none if it is not given or is the whole project. `None`: globs
/// cannot express it.
fn of_condition(
    reading: &Reading<'_>,
    condition: &Value,
    beginning: Beginning,
) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for one in alternatives(condition) {
        match &one {
            Value::Pattern(source, _) => all.extend(globs(source, beginning)?),
            one => {
                let written = one.as_text()?;
                let path = reading.path(&written);
                let path = path.trim_end_matches('/');
                if path.is_empty() {
                    return Some(Vec::new());
                }
                // `require.resolve("store")` is a package, and nothing else.
                let is_path = written.starts_with(['/', '.']);
                let is_folder = !reading.is_file(path)
                    && is_path
                    && (reading.is_folder(path) || !path.rsplit('/').next()?.contains('.'));
                all.push(if is_folder { format!("{path}/**/*") } else { path.to_owned() });
            }
        }
    }
    Some(all)
}

/// Returns the files that fit two lists of globs: names within folders. `None`: one glob cannot
/// express it.
fn both(names: &[String], places: &[String]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for place in places {
        // A file that is included by its path.
        if !place.contains('*') {
            all.push(place.clone());
            continue;
        }
        for name in names {
            // `src/icons/**/*` with `*.svg`
            let place = place.strip_suffix('*').filter(|_| !name.contains('/'))?;
            let name = if place.ends_with('/') { name } else { name.strip_prefix('*')? };
            let star = if place.ends_with('/') || name.starts_with('*') { "" } else { "*" };
            all.push(format!("{place}{star}{name}"));
        }
    }
    Some(all)
}

/// Whether `exclude` takes files away that no earlier rule of ours has. Packages have hardly any
/// files besides scripts that a rule is for.
fn excludes(
    reading: &Reading<'_>,
    exclude: &Value,
    globs: &[String],
    beginning: Beginning,
) -> bool {
    let rules = reading.plan.keys.get("rules").and_then(|rules| rules.as_object());
    let is_earlier = |glob: &String| rules.is_some_and(|rules| rules.contains_key(glob));
    alternatives(exclude).iter().any(|one| {
        let is_of_packages = match one {
            Value::Pattern(source, _) => {
                source.contains("node_modules") || source.contains("bower_components")
            }
            one => reading
                .path_of(one)
                .is_some_and(|path| format!("{path}/").contains("node_modules/")),
        };
        if is_of_packages {
            return are_all_scripts(globs);
        }
        let excluded = of_condition(reading, one, beginning);
        // Templates of pages, which no script imports.
        let is_page = |glob: &String| glob.ends_with(".html") || glob.ends_with(".ejs");
        if excluded.as_ref().is_some_and(|globs| globs.iter().all(is_page)) {
            return false;
        }
        let excluded = excluded.and_then(|excluded| both(globs, &excluded));
        !excluded.is_some_and(|excluded| excluded.iter().all(is_earlier))
    })
}
