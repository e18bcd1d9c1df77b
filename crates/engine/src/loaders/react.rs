//! `?react`: an SVG as a component of React, as `@svgr/webpack` and vite-plugin-svgr make it. The
//! component passes its properties on to `<svg>`. `?url-react` exports the address of the file by
//! default, and the component as `ReactComponent` only.

use std::fmt::Write as _;

use bundle_base::{
    asset::ContentHash,
    config::Jsx,
    json::quoted,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
};

use super::{asset::script, source_text::text, svg::Svg};

mod markup; // SVG -> JSX

/// Loads SVG files as components.
pub(super) struct ReactLoader {
    /// The default export is the address.
    pub with_address: bool,
}

impl Loader for ReactLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let svg = Svg::parse(&source).map_err(|wrong| cx.log.push(*wrong)).ok()?;
        let name = component_name(&file.name);
        // Drawings of one name are in several folders.
        let hash = ContentHash::of(file.name.as_bytes()).to_string();
        let prefix = format!("{name}-{}", &hash[..6]);
        let mut module = String::new();
        match &cx.config.script.jsx {
            Jsx::Classic { factory, .. } if factory.starts_with("React.") => {
                module.push_str("import * as React from \"react\";\n");
            }
            // JSX of Vue is another language.
            Jsx::Vue2 => module.push_str("/** @jsxRuntime automatic */\n"),
            Jsx::Classic { .. } | Jsx::Automatic { .. } => {}
        }
        let markup = markup::jsx(&svg, &prefix);
        let _ = writeln!(
            module,
            "const {name} = (props) => {markup};\nexport {{ {name} as ReactComponent }};"
        );
        if self.with_address {
            // The address is a module of its own, which is left out if nothing uses it.
            let is_small = file.bytes.len() < cx.config.assets.inline_below;
            let query = if is_small { "inline" } else { "url" };
            let itself = format!("./{}?{query}", file.path.file_name()?);
            let _ = writeln!(module, "export {{ default }} from {};", quoted(&itself));
        } else {
            let _ = writeln!(module, "export default {name};");
        }
        let content = PartContent::Script(Language::Jsx);
        Some(Loaded::of(Part { content, ..script(file, module) }))
    }
}

/// Returns the name of a component: `SvgCartPlus` for `icons/cart-plus.svg`.
fn component_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric());
    words.fold("Svg".to_owned(), |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.extend(letters);
        name
    })
}
