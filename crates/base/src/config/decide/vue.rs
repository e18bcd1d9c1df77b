//! Decides how Vue components are compiled.

use indexmap::IndexMap;

use super::deciding::Deciding;
use crate::config::{ScopeId, VueConfig, Whitespace, messages};

impl Deciding<'_> {
    /// Options that are not configured are as in vue-loader 15.
    pub(super) fn vue(&mut self) -> VueConfig {
        let raw = &self.raw.vue;
        let default = VueConfig::default();
        let whitespace = [("preserve", Whitespace::Preserve), ("condense", Whitespace::Condense)];
        let scope_id = [("path", ScopeId::Path), ("vue-loader", ScopeId::VueLoader)];
        VueConfig {
            is_installed: self.is_installed(),
            whitespace: self
                .word(raw.whitespace.as_ref(), "white space", &whitespace)
                .unwrap_or(default.whitespace),
            comments: raw.comments.as_ref().map_or(default.comments, |comments| comments.value),
            delimiters: self.delimiters().unwrap_or(default.delimiters),
            asset_urls: self.asset_urls().unwrap_or(default.asset_urls),
            scope_id: self
                .word(raw.scope_id.as_ref(), "scope id", &scope_id)
                .unwrap_or(default.scope_id),
            compiler: raw
                .compiler
                .as_ref()
                .and_then(|written| self.script_of_tool("vue.compiler", written)),
        }
    }

    fn is_installed(&mut self) -> bool {
        let Some(version) = &self.raw.vue.version else { return true };
        let versions = [("auto", "auto"), ("2", "2"), ("2.7", "2"), ("3", "3")];
        let word = self.word(Some(version), "version of Vue", &versions);
        if word == Some("3") {
            self.log.push(messages::vue_3(&version.origin));
        }
        word == Some("auto")
    }

    fn delimiters(&mut self) -> Option<(String, String)> {
        let written = self.raw.vue.delimiters.as_ref()?;
        match written.value.as_slice() {
            [open, close] if !open.is_empty() && !close.is_empty() => {
                Some((open.clone(), close.clone()))
            }
            _ => {
                self.log.push(messages::bad_delimiters(&written.origin));
                None
            }
        }
    }

    fn asset_urls(&self) -> Option<IndexMap<String, Vec<String>>> {
        let written = self.raw.vue.asset_urls.as_ref()?;
        Some(
            written.iter().map(|pair| (pair.key.value.clone(), pair.value.value.clone())).collect(),
        )
    }
}
