//! The disk cache: what a build stores for the next process. The next build makes the same outputs
//! with the cache as without it.

use std::sync::Arc;

use bundle_base::fs::MemoryFs;

use super::{
    Build, ONE, Session, built, config, random::random_modules::Random, session, shown, small, text,
};
use crate::{Cache, EntrySelection, Unusable};

const PAGES: &str = r#"{ "areas": { "a": "a.js", "b": "b.js" }, "outDir": "out", "sourcemap": "file", "minify": true, "splitting": true,
    "sass": { "loadPaths": ["lib"] } }"#;

/// Scripts, a component, stylesheets with partials, and an asset that one of these refers to.
fn pages() -> Arc<MemoryFs> {
    let component = "<template><p :title=\"t\">{{ text }}</p></template>\n<script>\nimport { one } \
                     from './shared.js';\nexport default { data() { return { text: one(), t: '' } \
                     } };\n</script>\n<style scoped lang=\"scss\">\n@use 'theme';\np { color: \
                     theme.$ink; background: url(./dot.png?url) }\n</style>\n";
    Arc::new(
        MemoryFs::new()
            .with(
                "/p/a.js",
                "import './a.scss';\nimport App from './App.vue';\nconsole.log(App);\n",
            )
            .with("/p/b.js", "import { one } from './shared.js';\nconsole.log(one() + 1);\n")
            .with("/p/shared.js", "export const one = () => `${1}`;\nexport const two = () => 2;\n")
            .with("/p/App.vue", component)
            .with("/p/a.scss", "@use 'parts/button';\n.a { top: 0 }\n")
            .with("/p/parts/_button.scss", ".button { width: 10px }\n")
            .with("/p/lib/_theme.scss", "$ink: red;\n")
            .with("/p/dot.png", "no picture, but bytes"),
    )
}

/// Builds with the cache of an earlier build (`kept`). Returns the build, the cache that it stores
/// (`None`: the old one is still right), and whether `kept` could be used.
fn with(
    settings: &str,
    fs: &Arc<MemoryFs>,
    kept: &[u8],
) -> (Build, Option<Vec<u8>>, Result<(), Unusable>) {
    let mut cache = Cache::new(&config(settings, fs), "this version");
    let restored = if kept.is_empty() { Ok(()) } else { cache.restore(kept.to_vec()) };
    let mut session = session(settings, fs).with_cache(cache);
    let build = built(&mut session);
    (build, snapshot(&session), restored)
}

fn snapshot(session: &Session) -> Option<Vec<u8>> {
    let cache = session.cache().expect("the session has one");
    cache.snapshot().map(|snapshot| snapshot.pieces().collect::<Vec<_>>().concat())
}

fn first(settings: &str, fs: &Arc<MemoryFs>) -> Vec<u8> {
    with(settings, fs, &[]).1.expect("nothing was there")
}

/// Builds with the stored cache, and compares with a build without it.
fn same(settings: &str, fs: &Arc<MemoryFs>, kept: &[u8]) -> Build {
    let (build, _, restored) = with(settings, fs, kept);
    assert_eq!(restored, Ok(()));
    let clean = built(&mut session(settings, fs));
    assert!(build.outputs == clean.outputs, "other outputs with the cache than without");
    assert_eq!(build.warnings, clean.warnings);
    build
}

#[test]
fn an_unchanged_project_is_neither_compiled_nor_rendered_again() {
    let fs = pages();
    let (clean, kept, _) = with(PAGES, &fs, &[]);
    assert_eq!(clean.counts.restored, 0);
    let kept = kept.expect("nothing was there");
    let build = same(PAGES, &fs, &kept);
    assert_eq!((build.counts.analysed, build.counts.rendered), (0, 0));
    assert!(build.counts.restored > 10, "{:?}", build.counts);
    assert_eq!(with(PAGES, &fs, &kept).1, None, "there is nothing to write");
}

#[test]
fn entries_are_kept_if_the_end_of_the_build_shows_demand() {
    let fs = small();
    for has_demand in [true, false] {
        let mut cache = Cache::new(&config(ONE, &fs), "this version");
        cache.keep_on(Box::new(move || has_demand));
        let mut session = session(ONE, &fs).with_cache(cache);
        built(&mut session);
        let cache = session.cache().expect("the session has one");
        assert_eq!(cache.is_incomplete(), !has_demand);
        assert_eq!(cache.new_segments(EntrySelection::Made).is_empty(), !has_demand);
    }
}

#[test]
fn an_edit_costs_what_it_touches() {
    let fs = pages();
    let kept = first(PAGES, &fs);
    fs.write("/p/b.js", "import { one } from './shared.js';\nconsole.log(one() + 2);\n");
    let counts = same(PAGES, &fs, &kept).counts;
    assert_eq!((counts.analysed, counts.rendered), (1, 1));
    // The record of `shared.js` is in the cache, but its plan is new: only now it is parsed.
    fs.write("/p/b.js", "import { one, two } from './shared.js';\nconsole.log(one() + two());\n");
    let counts = same(PAGES, &fs, &kept).counts;
    assert_eq!((counts.analysed, counts.rendered), (1, 2));
}

#[test]
fn what_a_compiled_file_asked_is_asked_again() {
    let fs = pages();
    let kept = first(PAGES, &fs);
    let restored = same(PAGES, &fs, &kept).counts.restored;
    fs.write("/p/lib/_theme.scss", "$ink: blue;\n");
    assert_eq!(same(PAGES, &fs, &kept).counts.restored, restored - 1, "a partial of the component");
    fs.write("/p/lib/_theme.scss", "$ink: red;\n");
    assert_eq!(same(PAGES, &fs, &kept).counts.restored, restored, "changed back");
    fs.write("/p/parts/button.css", ".button { width: 20px }\n");
    fs.remove("/p/parts/_button.scss");
    let build = same(PAGES, &fs, &kept);
    assert!(build.counts.restored < restored, "another file of that name");
    fs.write("/p/dot.png", "other bytes");
    same(PAGES, &fs, &kept);
    fs.write("/p/_theme.scss", "$ink: green;\n");
    same(PAGES, &fs, &kept);
}

#[test]
fn an_empty_entry_is_said_every_time() {
    let fs = small();
    fs.write("/p/main.js", "// later\n");
    let kept = first(ONE, &fs);
    assert_eq!(same(ONE, &fs, &kept).warnings.len(), 1);
}

#[test]
fn warnings_are_said_every_time() {
    let fs = small();
    fs.write(
        "/p/b.js",
        "switch (a) { case 1: case 1: }\nconst o = { a: 1, a: 2 };\nconsole.log(o, \
                         typeof o === 'strnig');\nvar a = eval('1');\n",
    );
    let kept = first(ONE, &fs);
    let build = same(ONE, &fs, &kept);
    assert!(!build.warnings.is_empty(), "{}", text(&build));
}

#[test]
fn other_settings_have_another_file() {
    let fs = small();
    let name = |settings: &str, build: &str| Cache::new(&config(settings, &fs), build).name();
    let defined = ONE.replace("\"mode\"", "\"define\": { \"X\": \"1\" }, \"mode\"");
    let others = [name(&defined, "1"), name(&ONE.replace("es2020", "es5"), "1"), name(ONE, "2")];
    assert!(!others.contains(&name(ONE, "1")));
    assert_eq!(
        name(ONE, "1"),
        name(&ONE.replace("\"out\"", "\"elsewhere\""), "1"),
        "where outputs go is no matter"
    );
    let kept = first(ONE, &fs);
    let mut other = Cache::new(&config(&defined, &fs), "this version");
    assert_eq!(other.restore(kept.clone()), Err(Unusable::OtherVersion));
    let mut later = kept;
    later[7] += 1;
    assert_eq!(with(ONE, &fs, &later).2, Err(Unusable::OtherVersion));
}

#[test]
fn damage_is_noticed_and_changes_no_output() {
    let fs = pages();
    let kept = first(PAGES, &fs);
    let clean = built(&mut session(PAGES, &fs));
    let random = &mut Random(7);
    let (mut of_all, mut of_one) = (0, 0);
    for round in 0..200 {
        let mut bytes = kept.clone();
        let at = random.below(bytes.len());
        bytes[at] ^= 1 << random.below(8);
        if round % 10 == 0 {
            bytes.truncate(at);
        }
        let mut cache = Cache::new(&config(PAGES, &fs), "this version");
        let restored = cache.restore(bytes);
        let mut session = session(PAGES, &fs).with_cache(cache);
        assert!(built(&mut session).outputs == clean.outputs, "round {round}: byte {at}");
        let is_noticed = session.cache().is_some_and(Cache::is_damaged);
        of_all += usize::from(restored.is_err());
        of_one += usize::from(is_noticed);
        assert!(restored.is_err() || is_noticed, "round {round}: byte {at}");
        let kept = snapshot(&session).expect("what is damaged is written anew");
        assert_eq!(same(PAGES, &fs, &kept).counts.rendered, 0, "round {round}: byte {at}");
    }
    assert!(of_all > 10 && of_one > 10, "{of_all} {of_one}");
}

#[test]
fn what_is_not_used_goes_after_a_while() {
    let fs = small();
    let mut kept = first(ONE, &fs);
    let mut sizes = Vec::new();
    for number in 0..30 {
        fs.write("/p/a.js", format!("export const a = 'number {number:02}';\n"));
        kept = with(ONE, &fs, &kept).1.expect("there is something new");
        sizes.push(kept.len());
    }
    assert!(sizes[2] > sizes[1] && sizes[29] == sizes[10], "{sizes:?}");
    fs.write("/p/a.js", "export const a = 'number 28';\n");
    assert_eq!(same(ONE, &fs, &kept).counts.analysed, 0, "changes are taken back");
}

#[test]
fn a_build_that_fails_with_a_cache_fails_as_without() {
    let fs = small();
    let kept = first(ONE, &fs);
    fs.write("/p/b.js", "export const b = ;\n");
    let failed = shown(&super::session(ONE, &fs).build().expect_err("a syntax error"));
    for _ in 0..2 {
        let mut cache = Cache::new(&config(ONE, &fs), "this version");
        assert_eq!(cache.restore(kept.clone()), Ok(()));
        let mut session = session(ONE, &fs).with_cache(cache);
        assert_eq!(shown(&session.build().expect_err("the same")), failed);
        assert_eq!(snapshot(&session), None, "nothing is kept of it");
    }
}
