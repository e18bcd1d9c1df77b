//! The cost of a change in projects with workers: each worker is a program of its own, so its
//! change affects no other output.

use std::sync::Arc;

use bundle_base::{FileSystem, fs::MemoryFs};

use super::{ONE, built, changed, config, session};
use crate::{Build, ChangeSet, Session};

fn project() -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with(
                "/p/main.js",
                "import { a } from './a.js';\nimport { start } from './start.js';\nstart(a);\n",
            )
            .with(
                "/p/start.js",
                "export const start = () => new Worker(new URL('./job.js', import.meta.url));\n",
            )
            .with("/p/job.js", "import { a } from './a.js';\npostMessage(a);\n")
            .with("/p/a.js", "export const a = 'first';\n"),
    )
}

fn file<'b>(build: &'b Build, path: &str) -> Option<&'b str> {
    let found = build.outputs.files.iter().find(|file| file.path == path)?;
    Some(std::str::from_utf8(&found.bytes).expect("scripts are text"))
}

const WORKER: &str = "workers/job.js";

#[test]
fn an_edit_of_a_worker_renders_it_alone_and_leaves_its_creator() {
    for more in ["", r#", "splitting": true"#, r#", "modules": "registry""#, r#", "format": "esm""#]
    {
        let settings = ONE.replacen(" }", &format!(" }}{more}"), 1);
        let fs = project();
        let mut warm = session(&settings, &fs);
        let before = built(&mut warm);
        fs.write("/p/job.js", "import { a } from './a.js';\npostMessage(a + ' again');\n");
        warm.apply(&changed("/p/job.js"));
        let after = built(&mut warm);
        assert!(file(&after, WORKER).is_some_and(|text| text.contains("again")), "{settings}");
        assert_ne!(file(&before, WORKER), file(&after, WORKER), "{settings}");
        assert_eq!(file(&before, "main.js"), file(&after, "main.js"), "{settings}");
        let counts = after.counts;
        assert_eq!(
            (counts.loaded, counts.analysed, counts.resolved, counts.rendered),
            (1, 1, 0, 1),
            "{settings}"
        );
        assert_eq!(after.outputs, built(&mut session(&settings, &fs)).outputs, "{settings}");
    }
}

#[test]
fn a_worker_that_nobody_starts_any_more_is_not_written() {
    let fs = project();
    let mut warm = session(ONE, &fs);
    assert!(file(&built(&mut warm), WORKER).is_some());
    fs.write("/p/start.js", "export const start = (a) => console.log(a);\n");
    warm.apply(&changed("/p/start.js"));
    let without = built(&mut warm);
    let files: Vec<&str> = without.outputs.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, ["main.js", "entrypoints.json"]);
    assert_eq!(without.outputs, built(&mut session(ONE, &fs)).outputs);
    fs.write(
        "/p/start.js",
        "export const start = () => new Worker(new URL('./job', import.meta.url));\n",
    );
    warm.apply(&changed("/p/start.js"));
    let again = built(&mut warm);
    assert!(file(&again, WORKER).is_some());
    assert_eq!(again.outputs, built(&mut session(ONE, &fs)).outputs);
}

#[test]
fn a_worker_that_appears_is_found() {
    let fs = project();
    fs.remove(camino::Utf8Path::new("/p/job.js"));
    let mut warm = session(ONE, &fs);
    warm.build().expect_err("it is not there");
    fs.write("/p/job.js", "postMessage('here');\n");
    warm.apply(&ChangeSet { created: vec!["/p/job.js".into()], ..ChangeSet::default() });
    assert!(file(&built(&mut warm), WORKER).is_some_and(|text| text.contains("here")));
}

#[test]
fn the_metafile_tells_workers_from_entries() {
    let fs = project();
    let metafile = built(&mut session(ONE, &fs)).outputs.metafile.expect("it was asked for");
    let outputs = &metafile["outputs"];
    let worker = &outputs["out/workers/job.js"];
    assert_eq!(
        (&worker["entryPoint"], &worker["worker"]),
        (&"job.js".into(), &true.into()),
        "{metafile:#}"
    );
    assert!(worker["inputs"]["a.js"].is_object(), "{metafile:#}");
    let main = &outputs["out/main.js"];
    assert_eq!(main["worker"], serde_json::Value::Null);
    assert!(main["inputs"].get("job.js").is_none(), "{metafile:#}");
    assert_eq!(main["imports"][0]["kind"], "new-worker");
    assert_eq!(main["imports"][0]["path"], "out/workers/job.js");
    assert_eq!(metafile["inputs"]["start.js"]["imports"][0]["kind"], "new-worker");
}

#[test]
fn pages_learn_which_stylesheets_and_workers_belong_to_a_script() {
    let fs = project();
    fs.write("/p/job.js", "postMessage(new Worker(new URL('./next.js', import.meta.url)));\n");
    fs.write("/p/next.js", "postMessage('next');\n");
    let text = r#"{ "areas": { "main": "main.js", "other": "a.js" }, "outDir": "out",
        "mode": "development", "modules": "registry" }"#;
    let mut config = config(text, &fs);
    Arc::make_mut(&mut config).output.updates = true;
    let shared: Arc<dyn FileSystem> = Arc::<MemoryFs>::clone(&fs);
    let mut warm = Session::new(config, shared);
    let attached = |build: &Build| build.outputs.attached.get("main.js").cloned();
    let workers = [WORKER.to_owned(), "workers/next.js".to_owned()];
    let first = built(&mut warm);
    assert_eq!(attached(&first), Some(workers.to_vec()));
    assert_eq!(first.outputs.attached.get("other.js"), None);
    // A stylesheet that was empty.
    fs.write("/p/start.js", "import './a.css';\nexport const start = () => 1;\n");
    fs.write("/p/a.css", ".a { top: 0 }\n");
    warm.apply(&ChangeSet { created: vec!["/p/a.css".into()], ..changed("/p/start.js") });
    assert_eq!(attached(&built(&mut warm)), Some(vec!["main.css".to_owned()]));
}
