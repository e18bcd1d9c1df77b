//! Where chains write to: `gulp.dest("public")`, or a function of each file.

use bundle_js::static_evaluation::{Field, Object, Value};
use indexmap::IndexSet;

use super::{
    steps::{restricted, sources},
    streams::Steps,
};
use crate::reading::Reading;

/// Returns the folders that a chain writes to, each with the chain of its files. `to`: the argument
/// of `gulp.dest`. A function is called for each folder that the chain begins with, and gets it as
/// `file.base`. `None`: only running the script would give the folder.
pub(super) fn of(
    reading: &mut Reading<'_>,
    steps: Steps,
    to: &Value,
) -> Vec<(Steps, Option<String>)> {
    if !matches!(to, Value::Function(_)) {
        let folder = reading.path_of(to);
        return vec![(steps, folder)];
    }
    let bases: IndexSet<String> =
        sources(reading, &steps).into_iter().map(|source| source.base).collect();
    let mut chains = Vec::new();
    for base in &bases {
        let path = reading.project().join(base.trim_end_matches('/'));
        let field = Field { value: Value::text(path.as_str()), ..Field::default() };
        let file = Value::object(Object::from([("base".to_owned(), field)]));
        let returned = reading.script.call(to, vec![file]);
        let folder = reading.path_of(&returned);
        chains.push((restricted(reading, &steps, base), folder));
    }
    if chains.is_empty() { vec![(steps, None)] } else { chains }
}
