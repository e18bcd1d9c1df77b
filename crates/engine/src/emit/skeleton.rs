//! The skeleton of a registry's script: the text around its modules, and which module goes where.
//! Two builds with the same skeleton and the same modules write the same script and the same map,
//! so a chunk without a changed module is not joined again.

use std::{ops::Range, sync::Arc};

use bundle_base::{Config, asset::ContentHash, config::SourceMap, place::Place};

use super::{
    DraftFile,
    sections::{self, Section, then},
};
use crate::memo::Rendered;

/// A script without the text of its modules.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    pub text: String,
    /// In their order in the text.
    pub tables: Vec<Table>,
    /// The same.
    pub runtimes: Vec<Runtime>,
    /// Whether modules are separated by a comma alone.
    pub is_minified: bool,
}

/// The modules of a script, or of one of two scripts in a file.
#[derive(Debug)]
pub(super) struct Table {
    /// Where they go, in bytes of the skeleton's text.
    pub at: usize,
    pub rows: Vec<Arc<Rendered>>,
    /// Lines of the same table come behind them.
    pub is_followed: bool,
}

/// Functions of our runtime that modules of a script call, in bytes of the skeleton's text.
#[derive(Clone, Debug)]
pub(super) struct Runtime {
    /// Their declarations.
    pub functions: Range<usize>,
    /// The object that has those that modules call.
    pub helpers: Range<usize>,
}

impl Skeleton {
    /// True if it makes the same script as another one.
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

    /// The same around other modules. `rows`: of each table.
    pub fn with_rows(&self, rows: impl Iterator<Item = Vec<Arc<Rendered>>>) -> Self {
        let table = |(table, rows): (&Table, _)| Table { rows, ..*table };
        Self {
            text: self.text.clone(),
            tables: self.tables.iter().zip(rows).map(table).collect(),
            runtimes: self.runtimes.clone(),
            is_minified: self.is_minified,
        }
    }

    /// The script at a path, with its map if there is to be one. `hash`: its own, where pages learn
    /// of edits.
    pub fn joined(&self, path: String, hash: Option<ContentHash>, config: &Config) -> DraftFile {
        let map = || (config.output.source_map != SourceMap::None).then(|| self.map(&path, config));
        let (text, map) = rayon::join(|| self.script(), map);
        DraftFile { path, text, map, hash }
    }

    /// A hash of the script: of its own text, and of those of its modules, which are hashed once.
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
        // With the line that names the map.
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

    /// What stands behind a row.
    fn separator(&self, table: &Table, row: usize) -> &'static str {
        match (row + 1 < table.rows.len() || table.is_followed, self.is_minified) {
            (true, true) => ",",
            (true, false) => ",\n",
            (false, true) => "",
            (false, false) => "\n",
        }
    }
}

pub(super) fn text_of(row: &Rendered) -> &str {
    &row.registered.as_ref().expect("a module of a registry is rendered for it").text
}
