//! Laravel Elixir: `elixir(mix => mix.sass("app.scss").browserify("main.js"))`.

use std::rc::Rc;

use bundle_js::static_evaluation::{Symbol, Value};
use camino::Utf8Path;

use crate::{
    mix,
    plan::tidy,
    reading::{Reading, call_of, texts},
    webpack,
};

/// `elixir.config`: what elixir.json has, and what the script assigns.
struct Settings {
    file: Value,
    assigned: Value,
}

impl Settings {
    fn of(reading: &mut Reading<'_>) -> Self {
        let path = reading.project().join("elixir.json");
        let is_json = serde_json::from_str::<serde_json::Value>(&reading.facts.text(&path)).is_ok();
        let file = if is_json { reading.script.read_json5(&path) } else { Value::Undefined };
        let assigned = reading.script.calls().iter().find_map(|call| {
            let (elixir, _) = call.call().filter(|_| call.root() == "laravel-elixir")?;
            elixir.changes().shift_remove("config").map(|field| field.value)
        });
        Self { file, assigned: assigned.unwrap_or_default() }
    }

    /// Returns a setting, or its default.
    fn text(&self, keys: &[&str], default: &str) -> String {
        let of = |all: &Value| keys.iter().fold(all.clone(), |value, key| value.get(key)).as_text();
        let text = of(&self.assigned).or_else(|| of(&self.file));
        text.map_or_else(|| default.to_owned(), |text| tidy(&text).trim_end_matches('/').to_owned())
    }

    /// Returns the folder of the sources of a task, that of its outputs, and their extension.
    fn folders<'e>(&self, extension: &'e str, own: &str) -> (String, String, &'e str) {
        let folder = if own == extension {
            self.text(&[extension, "folder"], own)
        } else {
            self.text(&[extension, own, "folder"], own)
        };
        let outputs = self.text(&[extension, "outputFolder"], extension);
        let assets = self.text(&["assetsPath"], "resources/assets");
        let public = self.text(&["publicPath"], "public");
        (format!("{assets}/{folder}"), tidy(&format!("{public}/{outputs}")), extension)
    }
}

/// Reads the calls of `mix`.
pub(super) fn read(reading: &mut Reading<'_>) {
    let calls: Vec<Rc<Symbol>> =
        reading.script.calls().iter().filter(|call| call.root() == "mix").map(Rc::clone).collect();
    let settings = Settings::of(reading);
    reading.plan.out_dir = Some(settings.text(&["publicPath"], "public"));
    reading.plan.set("publicPath", "/");
    for call in &calls {
        let (name, arguments) = call_of(call);
        let (folder, to, extension) = match name {
            "sass" | "rubySass" => settings.folders("css", "sass"),
            "less" => settings.folders("css", "less"),
            "styles" => settings.folders("css", "css"),
            "browserify" | "scripts" | "webpack" | "rollup" | "babel" => {
                settings.folders("js", "js")
            }
            "copy" => {
                let to = arguments.get(1).and_then(Value::as_text).unwrap_or_default();
                for from in arguments.first().map(|from| reading.paths_of(from)).unwrap_or_default()
                {
                    reading.plan.copy_within(&tidy(&from), &tidy(&to));
                }
                continue;
            }
            "version" => {
                reading.note(
                    call.place,
                    "mix.version(): names with versions in public/build",
                    "use \"manifest\": [\"mix\"] and the helper mix() in views",
                );
                continue;
            }
            "browserSync" | "phpUnit" | "task" | "exec" | "" | "vueify" => continue,
            name => {
                reading.note(
                    call.place,
                    format!("mix.{name}()"),
                    "find out whether you need what it does",
                );
                continue;
            }
        };
        let base = arguments.get(2).and_then(Value::as_text).unwrap_or(folder);
        let output = arguments.get(1).and_then(Value::as_text);
        let sources = arguments.first().map(texts).unwrap_or_default();
        let is_joined = ["styles", "scripts", "babel"].contains(&name);
        for source in &sources {
            let inner = if source.starts_with("./") {
                tidy(source)
            } else {
                tidy(&format!("{base}/{source}"))
            };
            let first = sources.first().map(String::as_str).unwrap_or_default();
            let stem = Utf8Path::new(if is_joined { first } else { source })
                .file_stem()
                .unwrap_or_default();
            let default = if is_joined {
                format!("{to}/all.{extension}")
            } else {
                format!("{to}/{stem}.{extension}")
            };
            let path = match &output {
                Some(path) if path.ends_with(extension) => tidy(path),
                Some(folder) => {
                    format!("{}/{stem}.{extension}", tidy(folder).trim_end_matches('/'))
                }
                None => default,
            };
            if is_joined {
                mix::add_joined(reading, &path, &inner);
            } else {
                webpack::add(reading, &path, &inner);
            }
        }
    }
    if reading.facts.major("vue") == Some(2) {
        reading.plan.put("alias", "vue$", "vue/dist/vue.common.js");
    }
}
