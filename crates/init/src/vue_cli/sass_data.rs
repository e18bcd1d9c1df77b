//! Sass that every stylesheet begins with: what the configuration writes, then what
//! vue-cli-plugin-vuetify adds, then the files of style-resources-loader.

use super::super::reading::Reading;

const VUETIFY: &str = "vue-cli-plugin-vuetify";

/// Adds the imports of vue-cli-plugin-vuetify: the project's variables, then Vuetify's.
pub(super) fn of_vuetify(reading: &mut Reading<'_>) {
    let major = reading.facts.major(VUETIFY).unwrap_or_default();
    if major == 0 || reading.facts.major("vue") == Some(3) {
        return;
    }
    let mut addresses = addresses(reading, "variables");
    if major > 1 && addresses.is_empty() {
        return;
    }
    addresses.push("~vuetify/src/styles/styles.sass".to_owned());
    if major == 1 {
        addresses.extend(self::addresses(reading, "lists"));
    }
    add(reading, &imports(&addresses));
    let text = format!("additionalData: with the imports that {VUETIFY} adds by itself");
    reading.plan.comment("sass", text);
}

/// Adds lines to what every stylesheet begins with.
pub(super) fn add(reading: &mut Reading<'_>, lines: &str) {
    let own = reading.plan.keys.get("sass").and_then(|sass| sass["additionalData"].as_str());
    let own = own.unwrap_or_default().trim_end();
    // The data of the indented syntax may end without a semicolon.
    let end = if own.is_empty() {
        ""
    } else if own.ends_with([';', '}', '{', '/']) {
        "\n"
    } else {
        ";\n"
    };
    let text = format!("{own}{end}{lines}");
    reading.plan.put("sass", "additionalData", "");
    if let Some(sass) = reading.plan.keys.get_mut("sass") {
        sass["additionalData"] = text.into();
    }
}

/// Returns imports on lines of their own, which the indented syntax needs.
pub(super) fn imports(addresses: &[String]) -> String {
    let lines = addresses.iter().map(|address| format!("@import \"{address}\";\n"));
    lines.collect::<Vec<_>>().concat()
}

/// Returns the addresses of the project's files with a name that the plugin looks for.
fn addresses(reading: &Reading<'_>, name: &str) -> Vec<String> {
    let folders = ["sass", "scss", "styles"].into_iter();
    let paths = folders
        .flat_map(|folder| ["sass", "scss"].map(|ending| format!("{folder}/{name}.{ending}")));
    paths
        .filter(|path| reading.is_file(&format!("src/{path}")))
        .map(|path| format!("@/{path}"))
        .collect()
}
