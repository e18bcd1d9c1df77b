//! Views, whose edits reload pages: what else appears in the folders where they are looked for
//! builds nothing.

use std::fs;
use std::thread;
use std::time::Duration;

use super::watch_accidents::write;
use super::watching::Watching;
use super::work;

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("files-beside-views-build-nothing", files_beside_views)]
}

fn files_beside_views() -> Result<(), String> {
    let folder = work::fresh_directory("views")?.join("project");
    let config = r#"{
      "outDir": "out", "areas": { "app": "app.js" }, "watch": { "reload": ["**/*.php"] }
    }"#;
    write(&folder, "bundle.config.json", config)?;
    write(&folder, "app.js", "document.title = 'one';\n")?;
    write(&folder, "views/page.php", "<?php\n")?;
    write(&folder, "node_modules/package/index.js", "")?;
    let (mut watching, _) = Watching::start(&folder)?;
    for round in ["two", "three"] {
        write(&folder, &format!("{round}.log"), round)?;
        fs::create_dir(folder.join("views").join(round)).map_err(|error| error.to_string())?;
        // What is written later belongs to another burst of changes.
        thread::sleep(Duration::from_millis(400));
        let text = format!("document.title = '{round}';\n");
        let settled = watching.fence("app.js", &text)?;
        if settled.written != [["out/app.js"]] {
            return Err(format!("{round}: the builds wrote {:?}", settled.written));
        }
    }
    for text in ["<?php 1", "<?php 2"] {
        write(&folder, "views/two/new.php", text)?;
        watching.settled_after("views/two/new.php")?;
    }
    drop(watching);
    work::remove(folder.parent().expect("it has a parent"));
    Ok(())
}
