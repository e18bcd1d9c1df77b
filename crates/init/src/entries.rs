//! Finds the entry of an output: its only source, or a small file that imports all its sources.

use std::fmt::Write as _;

use super::plan::{Plan, Sources};

impl Plan {
    /// Replaces a source that is itself an output with the sources of that output.
    pub(super) fn replace_intermediate(&mut self) {
        let known = self.outputs.clone();
        for (path, sources) in &mut self.outputs {
            let of = |source: &str| known.get(stem(source)).filter(|_| stem(source) != path);
            let is_single = sources.classic.len() == 1;
            for source in std::mem::take(&mut sources.classic) {
                match of(&source).filter(|_| !source.ends_with(".css")) {
                    Some(known) => {
                        if is_single && sources.global_name.is_none() {
                            sources.global_name.clone_from(&known.global_name);
                        }
                        sources.compiled.extend(known.modules.iter().cloned());
                        sources.classic.extend(known.modules.iter().chain(&known.classic).cloned());
                    }
                    None => sources.classic.push(source),
                }
            }
            for source in std::mem::take(&mut sources.styles) {
                match of(&source).filter(|_| source.ends_with(".css")) {
                    Some(known) => sources.styles.extend(known.styles.iter().cloned()),
                    None => sources.styles.push(source),
                }
            }
        }
    }

    /// Returns the entry of an output: its only source, or a small file that imports all of them.
    pub(super) fn entry(&mut self, name: &str, sources: &Sources) -> Option<String> {
        let Sources { modules, classic, styles, compiled, order, exports, .. } = sources;
        let all: Vec<&String> = modules.iter().chain(classic).chain(styles).collect();
        let first = (*all.first()?).clone();
        if all.len() == 1 && !first.contains('*') {
            if classic.len() == 1 && !compiled.contains(&first) {
                self.put("rules", &first, "script");
            }
            return Some(first);
        }
        let only_styles = modules.is_empty() && classic.is_empty();
        let extension = match only_styles {
            true if styles.iter().all(|path| is_of_sass(path)) && !is_css_later(sources) => "scss",
            true => "css",
            false => "js",
        };
        let file = format!("bundle.entries/{}.{extension}", name.replace('/', "-"));
        let header = "Written by `bundle init`: what the output consists of, in order.";
        let mut text =
            if extension == "css" { format!("/* {header} */\n") } else { format!("// {header}\n") };
        let mut lines: Vec<(&String, String)> = Vec::new();
        for path in modules {
            let statement = match exports {
                Some((of, true)) if of == path => {
                    format!(
                        "export * from \"../{path}\";\nexport {{ default }} from \"../{path}\";"
                    )
                }
                Some((of, false)) if of == path => format!("export * from \"../{path}\";"),
                Some(_) | None => format!("import \"../{path}\";"),
            };
            lines.push((path, statement));
        }
        for path in classic {
            let query = if compiled.contains(path) { "" } else { "?script" };
            lines.push((path, format!("import \"../{path}{query}\";")));
        }
        for path in styles {
            let keyword = if only_styles { "@import" } else { "import" };
            lines.push((path, format!("{keyword} \"../{path}\";")));
        }
        lines.sort_by_key(|(path, _)| order.iter().position(|one| one == *path));
        for (_, line) in lines {
            let _ = writeln!(text, "{line}");
        }
        self.files.texts.insert(file.clone(), text);
        Some(file)
    }
}

/// Whether Sass can import a stylesheet. Others are imported by CSS, each compiled alone.
fn is_of_sass(path: &str) -> bool {
    [".css", ".scss", ".sass"].iter().any(|ending| path.ends_with(ending))
}

/// Whether a stylesheet of CSS comes after one of Sass, which would put its text first.
fn is_css_later(sources: &Sources) -> bool {
    let mut styles: Vec<&String> = sources.styles.iter().collect();
    styles.sort_by_key(|path| sources.order.iter().position(|one| one == *path));
    let mut of_sass = styles.into_iter().skip_while(|path| path.ends_with(".css"));
    of_sass.any(|path| path.ends_with(".css"))
}

fn stem(path: &str) -> &str {
    path.strip_suffix(".js").or_else(|| path.strip_suffix(".css")).unwrap_or(path)
}
