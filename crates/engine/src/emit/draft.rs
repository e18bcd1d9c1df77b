//! Drafts a chunk: its files, whose names and texts still have hash placeholders.

use bundle_base::{Config, FxIndexMap, Source, asset::ContentHash, config::Format};
use bundle_graph::{chunk::Chunk, module::ModuleId};

use super::{
    chunk_text::{self, Script},
    files::{DraftFile, WithMap},
    glue::Scope,
    input::EmitInput,
    previous::{self, PreviousChunk, PreviousEmit, Stylesheets},
    skeleton::Skeleton,
    styles,
};
use crate::scan::Scan;

/// A chunk whose files have no final names yet.
#[derive(Default)]
pub(super) struct Draft {
    /// `None`: the chunk has nothing but styles, or it is in the files of another chunk.
    pub script: Option<DraftFile>,
    pub bytes: FxIndexMap<ModuleId, usize>,
    pub exports: Vec<String>,
    /// The chunk's stylesheet, then the parts that it imports; then the same for pages that are
    /// read from right to left.
    pub styles: Vec<DraftFile>,
    /// What the script and the stylesheets are made of, for comparison in the next build.
    pub made_of: (Option<Skeleton>, Stylesheets),
    /// A hash of a script whose text is not joined yet, if pages are updated after edits.
    pub hash: Option<ContentHash>,
    /// The script of the previous build, if it is the same.
    pub known_script: Option<WithMap>,
    /// The stylesheets of the previous build, if they are the same.
    pub known_styles: Option<Vec<WithMap>>,
}

impl Draft {
    /// A chunk that has not changed since the previous build.
    pub fn of(previous: PreviousChunk) -> Self {
        let PreviousChunk { script, styles: (stylesheets, styles) } = previous;
        let (skeleton, known_script) = script.unzip();
        Self {
            known_script,
            known_styles: Some(styles),
            made_of: (skeleton, stylesheets),
            ..Self::default()
        }
    }

    /// Drafts a chunk. What the previous build wrote of the same pieces is taken from `previous`.
    pub fn made(chunk: &Chunk, input: &EmitInput<'_>, previous: &PreviousEmit) -> Self {
        let EmitInput { config, scan, graph, rendered, changed } = input;
        let mut draft = Self::default();
        let updated = changed.and_then(|_| previous.updated_skeleton(chunk, graph, rendered));
        let script = match updated {
            Some(skeleton) => Script::Skeleton(skeleton),
            None => draft.written(chunk, input),
        };
        let has_script = has_script(chunk, scan);
        match script {
            Script::Text(script) if has_script => draft.script = Some(script),
            Script::Skeleton(skeleton) if has_script => {
                draft.known_script = previous.script(chunk, &skeleton).cloned();
                if draft.known_script.is_none() {
                    draft.hash = config.output.updates.then(|| skeleton.hash());
                    // A name with a hash needs the text now. Otherwise `finish` joins it.
                    let is_wanted = !previous::may_keep(config);
                    draft.script = is_wanted
                        .then(|| skeleton.joined(chunk.files.script.clone(), draft.hash, config));
                }
                draft.made_of.0 = Some(skeleton);
            }
            Script::Text(_) | Script::Skeleton(_) => {}
        }
        draft.made_of.1 = Stylesheets::of(chunk, graph, scan);
        draft.known_styles = previous.styles(chunk, &draft.made_of.1).map(<[_]>::to_vec);
        if draft.known_styles.is_none() {
            draft.styles = styles::of(chunk, graph, scan, config);
        }
        draft
    }

    /// Writes the script, and records its modules' bytes and its exports.
    fn written(
        &mut self,
        chunk: &Chunk,
        EmitInput { config, scan, graph, rendered, .. }: &EmitInput<'_>,
    ) -> Script {
        let injected = styles::injected(chunk, graph, scan, config);
        let modules = |chunk: &Chunk| &rendered.chunks[chunk.id.index()];
        let scope = |chunk| Scope::new(config, graph, chunk, modules(chunk));
        let entry = graph.entry_within(chunk).map(scope);
        let scope = scope(chunk);
        let text = chunk_text::write(&scope, entry.as_ref(), &scan.parts, &injected);
        (self.bytes, self.exports) = (text.bytes, text.exports);
        match text.script {
            Script::Text(mut script) if has_script(chunk, scan) && scope.is_compressed_whole() => {
                script.text = smaller(script.text, chunk, config) + &text.names_for_node;
                Script::Text(script)
            }
            script @ (Script::Text(_) | Script::Skeleton(_)) => script,
        }
    }
}

/// Whether a chunk has a script; otherwise its styles alone are written.
fn has_script(chunk: &Chunk, scan: &Scan) -> bool {
    !chunk.links.has_no_script && !styles::is_alone(chunk, scan)
}

/// Returns the text of a chunk, compressed as a whole.
fn smaller(text: String, chunk: &Chunk, config: &Config) -> String {
    let layers = usize::from(chunk.has_sloppy_layer());
    let depth = match config.output.format {
        Format::Iife => 1 + layers,
        Format::Cjs => layers,
        Format::Esm => 0,
    };
    let source =
        Source::new(config.output.dir.join(&chunk.files.script), chunk.files.script.as_str(), text);
    bundle_js::minify_chunk(&source, depth, !chunk.has_sloppy_layer(), config)
}
