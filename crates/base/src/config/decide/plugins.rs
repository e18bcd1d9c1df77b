//! Decides which plugins run.

use serde_json::{Value, json};

use super::deciding::Deciding;
use crate::{
    asset::ContentHash,
    config::{
        evaluate::thrown_at,
        host::Host,
        messages,
        paths::absolute,
        plugins::{Plugin, PluginsConfig},
        raw::RawPlugin,
    },
    node,
    tools::{LIMIT, NodeRequest, Unanswered},
};

impl Deciding<'_> {
    pub(super) fn plugins(&mut self) -> PluginsConfig {
        let raw = &self.raw.plugins;
        let seconds = raw.timeout.as_ref().map(|written| written.value as u64);
        let timeout = seconds.filter(|seconds| *seconds > 0).unwrap_or(LIMIT.as_secs());
        let (list, digest) = if raw.named.is_empty() {
            (raw.described.clone(), raw.digest)
        } else {
            self.loaded(&raw.named)
        };
        for plugin in list.iter().filter(|plugin| !plugin.ignored.is_empty()) {
            self.log.push(messages::unsupported_hooks(&plugin.name, &plugin.ignored));
        }
        let (postcss, babel) = (self.postcss(), self.babel());
        PluginsConfig { list, digest, timeout, postcss, babel }
    }

    /// Loads the plugins that the configuration names. Reads the files of the project among them,
    /// so that a watcher knows them.
    fn loaded(&mut self, named: &[RawPlugin]) -> (Vec<Plugin>, Option<ContentHash>) {
        let paths = named.iter().filter(|plugin| plugin.name.value.starts_with('.'));
        let texts: Vec<_> = paths
            .map(|plugin| absolute(self.host.project, &plugin.name.value))
            .map(|path| node::script_digest(&path, self.host.fs).to_string())
            .collect();
        let with_options: Vec<Value> =
            named.iter().map(|plugin| json!([plugin.name.value, plugin.options])).collect();
        let request = NodeRequest {
            value: json!({
                "do": "plugins",
                "named": with_options,
                "mode": self.mode.name(),
                "project": self.host.project,
            }),
            is_setup: true,
            is_pure: false,
            limit: LIMIT,
        };
        let digest = Some(ContentHash::of_value(&(texts, request.value.to_string())));
        let answer = self.host.tools.ask(&request, &mut |_| Value::Null);
        match answer {
            Ok(value) => (serde_json::from_value(value).unwrap_or_default(), digest),
            Err(why) => {
                let failure = match &why {
                    Unanswered::Failed(failure) => Some(failure),
                    Unanswered::Tool(_) => None,
                };
                let name = failure.and_then(|failure| failure.plugin.as_deref());
                let plugin = named.iter().find(|plugin| Some(plugin.name.value.as_str()) == name);
                let Host { fs, project, .. } = self.host;
                let thrown_at = failure.and_then(|failure| thrown_at(failure, *fs, project));
                if let Some(plugin) = plugin.or(named.first()) {
                    let origin = &plugin.name.origin;
                    self.log.push(messages::plugin_not_loaded(origin, &why, thrown_at));
                }
                (Vec::new(), None)
            }
        }
    }
}
