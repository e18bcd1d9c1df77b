//! The skeleton of a registry's script: its text without the modules, and where each module goes.
//! Two builds with the same skeleton and the same modules give the same script and the same map, so
//! a chunk without a changed module is not joined again.

use std::{ops::Range, sync::Arc};

use bundle_base::{Config, asset::ContentHash, config::SourceMap, place::Place};
use bundle_graph::{
    chunk::Chunk,
    module::{ModuleGraph, ModuleId},
};
use rustc_hash::FxHashMap;

use super::{
    files::DraftFile,
    sections::{self, then},
};
use crate::memo::{Rendered, Section};

/// A script without the text of its modules.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    pub text: String,
    /// The stylesheets that the script puts into the page.
    pub stylesheets: Option<InjectedStyles>,
    /// The tables of modules, in their order in the text.
    pub tables: Vec<Table>,
    /// The functions of our runtime, in their order in the text.
    pub runtimes: Vec<Runtime>,
    /// Whether modules are separated by a comma without a line break.
    pub is_minified: bool,
}

/// The stylesheets that a script puts into the page.
#[derive(Clone, Debug)]
pub(super) struct InjectedStyles {
    /// Their array, as bytes of the skeleton's text.
    pub array: Range<usize>,
    /// An expression for the function `address` on the page, if pages are updated after edits and
    /// the array calls the function.
    pub address: Option<String>,
}

/// The modules of one script. A file that holds a chunk and its entry has two tables.
#[derive(Debug)]
pub(super) struct Table {
    /// The byte of the skeleton's text where the modules go.
    pub at: usize,
    /// The rendered modules, in order.
    pub rows: Vec<Arc<Rendered>>,
    /// Whether entries for externals follow the modules.
    pub is_followed: bool,
}

/// Functions of our runtime that the modules of a script call, as bytes of the skeleton's text.
#[derive(Clone, Debug)]
pub(super) struct Runtime {
    /// The declarations of the functions.
    pub functions: Range<usize>,
    /// The object with the functions that modules call.
    pub helpers: Range<usize>,
}

impl Skeleton {
    /// Whether both skeletons give the same script.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same_row = |(a, b): (&Arc<Rendered>, &Arc<Rendered>)| Arc::ptr_eq(a, b);
        let is_same_table = |(a, b): (&Table, &Table)| {
            (a.at, a.is_followed, a.rows.len()) == (b.at, b.is_followed, b.rows.len())
                && a.rows.iter().zip(&b.rows).all(is_same_row)
        };
        self.text == other.text
            && self.tables.len() == other.tables.len()
            && self.tables.iter().zip(&other.tables).all(is_same_table)
    }

    /// Returns the same text with other modules. `rows` has the modules of each table.
    pub fn with_rows(&self, rows: impl Iterator<Item = Vec<Arc<Rendered>>>) -> Self {
        let table = |(table, rows): (&Table, _)| Table { rows, ..*table };
        Self {
            text: self.text.clone(),
            stylesheets: self.stylesheets.clone(),
            tables: self.tables.iter().zip(rows).map(table).collect(),
            runtimes: self.runtimes.clone(),
            is_minified: self.is_minified,
        }
    }

    /// Joins the script, with its map if one is configured. `hash` is the hash of the script, if
    /// pages are updated after edits.
    pub fn joined(&self, path: String, hash: Option<ContentHash>, config: &Config) -> DraftFile {
        let map = || (config.output.source_map != SourceMap::None).then(|| self.map(&path, config));
        let (text, map) = rayon::join(|| self.script(), map);
        DraftFile { path, text, map, hash, is_rtl: false }
    }

    /// Returns a hash of the script: of the skeleton's text and of its modules. Each module's text
    /// is hashed only once.
    pub fn hash(&self) -> ContentHash {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        let of_row = |row: &Arc<Rendered>| {
            *row.hash.get_or_init(|| ContentHash::of(text_of(row).as_bytes()))
        };
        let rows: Vec<ContentHash> = rows.map(of_row).collect();
        ContentHash::of_value(&(&self.text, rows))
    }

    fn script(&self) -> String {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        let length: usize = rows.map(|row| text_of(row).len() + 2).sum();
        // 256 bytes leave room for the line that names the map.
        let mut script = String::with_capacity(self.text.len() + length + 256);
        let mut done = 0;
        for table in &self.tables {
            script.push_str(&self.text[done..table.at]);
            done = table.at;
            for (number, row) in table.rows.iter().enumerate() {
                script.push_str(text_of(row));
                script.push_str(self.separator(table, number));
            }
        }
        script.push_str(&self.text[done..]);
        script
    }

    fn map(&self, script: &str, config: &Config) -> String {
        let mut list: Vec<(Place, &Section)> = Vec::new();
        let (mut done, mut place) = (0, Place::default());
        for table in &self.tables {
            place = place.after(&self.text[done..table.at]);
            done = table.at;
            for (number, row) in table.rows.iter().enumerate() {
                let section =
                    row.section.as_ref().expect("a module of a registry with maps has a section");
                list.push((place, section));
                place = then(place, section.end).after(self.separator(table, number));
            }
        }
        sections::json(&list, script, config)
    }

    /// Returns the separator after a row.
    fn separator(&self, table: &Table, row: usize) -> &'static str {
        match (row + 1 < table.rows.len() || table.is_followed, self.is_minified) {
            (true, true) => ",",
            (true, false) => ",\n",
            (false, true) => "",
            (false, false) => "\n",
        }
    }
}

/// Returns the text of a module in a registry.
pub(super) fn text_of(row: &Rendered) -> &str {
    &row.registered.as_ref().expect("a module of a registry is rendered for it").text
}

/// Returns the modules of a chunk's table, in execution order.
pub(super) fn rows(
    chunk: &Chunk,
    graph: &ModuleGraph,
    modules: &FxHashMap<ModuleId, Arc<Rendered>>,
) -> Vec<(ModuleId, Arc<Rendered>)> {
    let own = chunk.modules.iter().filter(|id| !graph.module(**id).is_runtime());
    own.map(|id| (*id, Arc::clone(&modules[id]))).collect()
}
