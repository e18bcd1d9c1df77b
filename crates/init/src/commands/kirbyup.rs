//! Calls of kirbyup, which builds plugins of Kirby's panel: one script and one stylesheet. The
//! panel has Vue.

use camino::Utf8Path;
use serde_json::json;

use super::{
    super::{facts::ProjectFacts, plan::Plan, reading::path_below},
    call::Words,
    outputs::{add, files},
};

/// Configurations that it reads.
const CONFIGURED: [&str; 3] = ["kirbyup.config.js", "kirbyup.config.mjs", "kirbyup.config.ts"];

/// Adds `kirbyup ENTRY --out-dir FOLDER`. The outputs are `index.js` and `index.css` in the folder,
/// which is that of the project by default.
pub(super) fn read(facts: &ProjectFacts, plan: &mut Plan, words: &[String]) {
    let words = Words::of(words, &["-d", "--out-dir"]);
    let folder = words.path(facts, &["-d", "--out-dir"]).unwrap_or_default();
    let Some(entry) = files(facts, &words.local(facts), "js").into_iter().next() else { return };
    add(facts, plan, &path_below(facts, &folder, "index.js"), &entry);
    let own = Utf8Path::new(&entry).parent().map(Utf8Path::as_str).unwrap_or_default();
    let own = format!("./{own}");
    for name in ["~", "@"] {
        plan.put("alias", name, own.trim_end_matches('/'));
    }
    plan.put("externals", "vue", "Vue");
    plan.set("env", json!(["VITE_", "KIRBYUP_"]));
    plan.set("target", "es2020");
    plan.comment("target", "as kirbyup writes by default; without this line it is es5");
    // The panel joins the scripts of all plugins: none can load another one.
    plan.set("splitting", false);
    if let Some(file) = CONFIGURED.into_iter().find(|file| facts.is_file(file)) {
        let remedy = "write its aliases into \"alias\", and its options of Vite into their keys";
        plan.note(file, "the configuration of kirbyup", remedy);
    }
}
