//! The assets that modules refer to, as files of the output folder. Files with the same contents
//! become one file, with the name of the first in the order of the graph.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, Diagnostics,
    asset::{Address, Asset, ContentHash},
    config::{Format, Platform},
};
use bundle_graph::module;
use rustc_hash::FxHashMap;

use super::node::Node;
use crate::{
    loaders::{finds_itself, is_wasm_module},
    messages,
};

/// Assets by their contents, and the modules that refer to them.
#[derive(Default)]
pub(crate) struct Assets {
    files: FxHashMap<ContentHash, Arc<Asset>>,
    /// By the name of each file that modules refer to: its contents.
    names: BTreeMap<Arc<str>, ContentHash>,
    /// By output path: the contents that have it.
    taken: FxHashMap<Arc<str>, ContentHash>,
    /// By symbol id: the key of the SVG module that has it.
    symbols: FxHashMap<String, Arc<str>>,
    /// Per module of the graph: the asset that it is.
    pub own: Vec<Option<ContentHash>>,
    /// Per module of the graph: the assets that its stylesheet refers to.
    pub of_stylesheets: Vec<Vec<ContentHash>>,
}

impl Assets {
    /// Adds the assets of the next module of the graph.
    pub fn add(&mut self, node: &Node, config: &Config, log: &mut Diagnostics) {
        let own = match &node.address {
            Some(Address::File(asset)) => Some(self.file(asset, config, log)),
            Some(Address::Inline(url)) => {
                warn_of_size(&node.name, url.len(), config, log);
                None
            }
            None => None,
        };
        if let Some(id) = node.file.as_ref().and_then(|file| file.loaded.as_ref()?.symbol.clone())
            && let Some(first) = self.symbols.insert(id.clone(), Arc::clone(&node.name))
        {
            log.push(messages::symbol_twice(&id, &first, &node.name));
        }
        self.own.push(own);
        let of_stylesheet = node.assets.iter().map(|asset| self.file(asset, config, log)).collect();
        self.of_stylesheets.push(of_stylesheet);
    }

    fn file(&mut self, asset: &Arc<Asset>, config: &Config, log: &mut Diagnostics) -> ContentHash {
        if !self.files.contains_key(&asset.hash) {
            if let Some(other) = self.taken.insert(Arc::clone(&asset.path), asset.hash) {
                log.push(messages::asset_name_taken(
                    &asset.path,
                    &self.files[&other].name,
                    &asset.name,
                ));
            }
            warn_of_size(&asset.name, asset.bytes.len(), config, log);
            self.files.insert(asset.hash, Arc::clone(asset));
        }
        self.names.insert(Arc::clone(&asset.name), asset.hash);
        asset.hash
    }

    /// Returns the asset with these contents.
    pub fn get(&self, hash: ContentHash) -> &Arc<Asset> {
        &self.files[&hash]
    }

    /// Iterates over the names of files, each with the path of the output that has its contents.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(name, hash)| (&**name, &*self.get(*hash).path))
    }

    /// Returns the address of a module's asset, as the running program gets it; `None` if the
    /// module is not an asset. `is_set_at_run_time`: modules name `__webpack_public_path__`.
    pub fn address(
        &self,
        node: &Node,
        is_set_at_run_time: bool,
        config: &Config,
    ) -> Option<module::Address> {
        let asset = match node.address.as_ref()? {
            Address::Inline(url) => return Some(module::Address::Known(Arc::clone(url))),
            Address::File(asset) => self.get(asset.hash),
        };
        let output = &config.output;
        // In Node, a module that runs a WebAssembly file reads the file.
        let is_read = config.resolve.platform == Platform::Node && is_wasm_module(&node.name);
        Some(match output.format {
            _ if is_read => module::Address::Beside(Arc::clone(&asset.path)),
            Format::Iife if is_set_at_run_time => module::Address::Page(Arc::clone(&asset.path)),
            _ if !output.public_path.is_empty() => module::Address::Known(
                format!("{}{}", output.public_path, bundle_base::asset::encoded(&asset.path))
                    .into(),
            ),
            Format::Iife => module::Address::Page(Arc::clone(&asset.path)),
            Format::Esm if finds_itself(config) => module::Address::Beside(Arc::clone(&asset.path)),
            Format::Esm | Format::Cjs => module::Address::Known(Arc::clone(&asset.path)),
        })
    }
}

fn warn_of_size(name: &str, bytes: usize, config: &Config, log: &mut Diagnostics) {
    let limit = config.assets.warn_above;
    if bytes > limit {
        log.push(messages::large_asset(name, bytes, limit));
    }
}
