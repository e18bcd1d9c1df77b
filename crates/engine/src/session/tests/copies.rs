//! Files of `copy` rules are read once, and new ones are found.

use std::sync::Arc;

use bundle_base::fs::MemoryFs;

use super::{built, changed, session};
use crate::{ChangeSet, OutputKind};

const COPIES: &str =
    r#"{ "areas": { "a": "a.js" }, "outDir": "out", "copy": { "img/**/*.png": "i" } }"#;

#[test]
fn copies_follow_the_files_that_are_there() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/a.js", "console.log(1);\n")
            .with("/p/img/a.png", "a")
            .with("/p/img/b/b.png", "b"),
    );
    let mut session = session(COPIES, &fs);
    let shown = |session: &mut super::Session| {
        let build = built(session);
        let files = build.outputs.files.iter().filter(|file| file.kind == OutputKind::Asset);
        let shown: Vec<String> = files
            .map(|file| format!("{}={}", file.path, String::from_utf8_lossy(&file.bytes)))
            .collect();
        (shown.join(" "), build.counts.loaded)
    };
    assert_eq!(shown(&mut session), ("i/a.png=a i/b/b.png=b".to_owned(), 3));
    fs.write("/p/img/a.png", "A");
    session.apply(&changed("/p/img/a.png"));
    assert_eq!(shown(&mut session), ("i/a.png=A i/b/b.png=b".to_owned(), 1));
    fs.write("/p/img/b/c.png", "c");
    session.apply(&ChangeSet { created: vec!["/p/img/b/c.png".into()], ..ChangeSet::default() });
    assert_eq!(shown(&mut session), ("i/a.png=A i/b/b.png=b i/b/c.png=c".to_owned(), 1));
    assert!(
        session.take_dependencies().reads.iter().any(|(path, _)| path == "/p/img/b"),
        "a watcher has to know of the folders"
    );
}
