//! Views, whose edits reload pages: other files that appear in their folders build nothing.

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
    vec![
        ("files-beside-views-build-nothing", files_beside_views),
        ("outputs-are-no-views", outputs_are_no_views),
    ]
}

fn outputs_are_no_views() -> Result<(), String> {
    let folder = work::fresh_directory("outputs-are-no-views")?.join("project");
    let config = r#"{
      "outDir": "public/js", "areas": { "app": "app.js" }, "watch": { "reload": ["public/**/*"] }
    }"#;
    write(&folder, "bundle.config.json", config)?;
    write(&folder, "app.js", "document.title = 'one';\n")?;
    write(&folder, "public/js/own.php", "<?php\n")?;
    let (mut watching, _) = Watching::start(&folder)?;
    let views = || {
        let path = folder.join("public/js/bundle-dev/status.json");
        let status = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let (_, rest) = status.split_once("\"views\":").ok_or("the status has no views")?;
        let count = rest.trim().split(|c: char| !c.is_ascii_digit()).next();
        count.and_then(|count| count.parse::<u32>().ok()).ok_or_else(|| status.clone())
    };
    let mut edited = |text: &str| {
        watching.fence("app.js", &format!("document.title = '{text}';\n"))?;
        thread::sleep(Duration::from_millis(400));
        views()
    };
    // A view that was written just before the start may count once.
    let before = edited("two")?;
    for text in ["three", "four"] {
        let now = edited(text)?;
        if now != before {
            return Err(format!("{before} edits of views became {now} by an edit of a script"));
        }
    }
    write(&folder, "public/js/own.php", "<?php 1")?;
    watching.settled_after("public/js/own.php")?;
    if views()? != before + 1 {
        return Err(format!("{before} edits of views became {} by one more", views()?));
    }
    drop(watching);
    work::remove(folder.parent().expect("it has a parent"));
    Ok(())
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
        // Later writes belong to another burst of changes.
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
