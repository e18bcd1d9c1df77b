//! The dependencies that are reported to a watcher: all of them once, then only new ones, and all
//! of them again when some are no longer needed.

use std::sync::Arc;

use bundle_base::fs::{MemoryFs, Question};
use camino::Utf8PathBuf;

use super::{Build, ONE, built, changed, session, small, text};
use crate::{ChangeSet, Dependencies};

fn reported(dependencies: &Dependencies) -> (bool, Vec<&str>) {
    let contents =
        dependencies.reads.iter().filter(|(_, question)| *question == Question::Contents);
    let scripts = contents.map(|(path, _)| path).filter(|path| path.extension() == Some("js"));
    let names = scripts.filter_map(|path| path.file_name());
    (dependencies.is_complete, names.collect())
}

#[test]
fn a_rebuild_tells_only_what_came_in_addition() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    assert_eq!(reported(&session.take_dependencies()), (true, vec!["a.js", "b.js", "main.js"]));
    fs.write("/p/a.js", "export const a = 'second';\n");
    session.apply(&changed("/p/a.js"));
    built(&mut session);
    let dependencies = session.take_dependencies();
    assert_eq!(reported(&dependencies), (false, vec!["a.js"]));
    assert!(dependencies.seen.existence.is_empty(), "nothing was asked: {:?}", dependencies.seen);
}

#[test]
fn a_new_import_is_reported_with_the_places_that_were_tried() {
    let fs = small();
    fs.write("/p/c/index.js", "export default 1;\n");
    let mut session = session(ONE, &fs);
    built(&mut session);
    session.take_dependencies();
    fs.write("/p/a.js", "export { default as a } from './c';\n");
    session.apply(&changed("/p/a.js"));
    built(&mut session);
    let dependencies = session.take_dependencies();
    assert_eq!(reported(&dependencies), (false, vec!["a.js", "index.js"]));
    assert!(dependencies.reads.iter().any(|(path, _)| path == "/p/c.js"), "it may appear");
    assert!(dependencies.seen.existence.contains(&("/p/c.js".into(), false)));
}

#[test]
fn everything_is_reported_again_when_a_file_is_not_needed_any_more() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    session.take_dependencies();
    fs.write("/p/main.js", "import './b.js';\n");
    session.apply(&changed("/p/main.js"));
    built(&mut session);
    assert_eq!(reported(&session.take_dependencies()), (true, vec!["b.js", "main.js"]));
}

#[test]
fn everything_is_reported_again_when_answers_are_asked_anew() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    session.take_dependencies();
    fs.write("/p/b/index.js", "");
    fs.remove("/p/b.js");
    session.apply(&ChangeSet { removed: vec!["/p/b.js".into()], ..ChangeSet::default() });
    session.build().expect_err("b.js is not there");
    assert!(session.take_dependencies().is_complete);
}

#[test]
fn a_file_that_appears_beside_its_importer_comes_before_the_package() {
    let files = MemoryFs::new()
        .with("/p/main.js", "import 'lib';\nimport './pages/cart.js';\n")
        .with("/p/pages/cart.js", "import 'lib';\n")
        .with("/p/node_modules/lib/index.js", "console.log('the package');\n");
    let fs = Arc::new(files);
    let settings = format!(r#"{{ "preferRelative": true, {}"#, &ONE[1..]);
    let mut session = session(&settings, &fs);
    let shows = |build: &Build| {
        let shows = |part: &str| text(build).contains(part);
        (shows("the package"), shows("beside cart.js"))
    };
    assert_eq!(shows(&built(&mut session)), (true, false));
    let (beside, seen) = (Utf8PathBuf::from("/p/pages/lib.js"), session.take_dependencies());
    assert!(seen.reads.iter().any(|(path, _)| *path == beside), "it may appear");
    fs.write(&beside, "console.log('beside cart.js');\n");
    session.apply(&ChangeSet { created: vec![beside.clone()], ..ChangeSet::default() });
    assert_eq!(shows(&built(&mut session)), (true, true), "main.js has none beside it");
    fs.remove(&beside);
    session.apply(&ChangeSet { removed: vec![beside], ..ChangeSet::default() });
    assert_eq!(shows(&built(&mut session)), (true, false));
}
