//! Decides how names of CSS modules are made unique.

use super::deciding::Deciding;
use crate::config::{CssModulesConfig, messages};

impl Deciding<'_> {
    pub(super) fn css_modules(&mut self) -> CssModulesConfig {
        let raw = &self.raw.css_modules;
        let names = raw.names.as_ref().map_or("[local]_[hash]", |names| names.value.as_str());
        if let Some(written) = &raw.names {
            let rest = names.replacen("[local]", "", 1).replace("[name]", "").replace("[hash]", "");
            let is_plain =
                rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            let may_begin = !names.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                && !names.starts_with("[hash]");
            if !names.contains("[local]") || !is_plain || !may_begin {
                self.log.push(messages::bad_module_names(&written.origin, names));
            }
        }
        let camel_case = raw.camel_case.as_ref().is_some_and(|written| written.value);
        CssModulesConfig { names: names.to_owned(), camel_case }
    }
}
