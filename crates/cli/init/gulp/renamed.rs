//! gulp-rename with a function, which changes the parts of a path.

use bundle_js::static_evaluation::{Field, Object, Value};
use camino::Utf8Path;

use super::super::{plan::tidy, reading::Reading};

/// Returns the name that a file gets: another one, or the same with another beginning or end.
pub(super) fn of_one(reading: &mut Reading<'_>, rename: Option<&Value>, name: &str) -> String {
    let Some(rename) = rename else { return name.to_owned() };
    if let Some(name) = rename.as_text() {
        return name;
    }
    if let Some(path) = path(reading, Some(rename), name) {
        return path;
    }
    let own = Utf8Path::new(name);
    let part = |key: &str| rename.get(key).as_text();
    let stem = part("basename").unwrap_or_else(|| own.file_stem().unwrap_or_default().to_owned());
    let extension = own.extension().map(|extension| format!(".{extension}")).unwrap_or_default();
    let [prefix, suffix] = ["prefix", "suffix"].map(|key| part(key).unwrap_or_default());
    format!("{prefix}{stem}{suffix}{}", part("extname").unwrap_or(extension))
}

/// Returns the path that the function returns for one; `None` if `rename` is not a function, or if
/// only running it would give the path.
pub(super) fn path(
    reading: &mut Reading<'_>,
    rename: Option<&Value>,
    path: &str,
) -> Option<String> {
    let function = rename.filter(|rename| matches!(rename, Value::Function(_)))?;
    let path = tidy(path);
    let path = Utf8Path::new(&path);
    let folder = path.parent().map(Utf8Path::as_str).filter(|folder| !folder.is_empty());
    let extension = path.extension().map(|extension| format!(".{extension}"));
    let field = |key: &str, text: &str| {
        (key.to_owned(), Field { value: Value::text(text), ..Field::default() })
    };
    let parts = Value::object(Object::from([
        field("dirname", folder.unwrap_or(".")),
        field("basename", path.file_stem().unwrap_or_default()),
        field("extname", extension.as_deref().unwrap_or_default()),
    ]));
    let returned = reading.script.call(function, vec![parts.clone()]);
    let parts = if let Value::Object(_) = returned { returned } else { parts };
    let names = ["dirname", "basename", "extname"].map(|key| parts.get(key).as_text());
    if let [Some(folder), Some(stem), Some(extension)] = names {
        return Some(tidy(&format!("{folder}/{stem}{extension}")));
    }
    let remedy = "mend the names of the outputs in \"areas\"";
    let place = parts.fields().values().map(|field| field.place).find(|place| place.line > 0);
    reading.note(place.unwrap_or_default(), "names that a function of gulp-rename gives", remedy);
    None
}
