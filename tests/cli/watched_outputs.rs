//! The output folders of `--watch`: what becomes of the old one if the configuration names another,
//! and of outputs that other programs remove.

use std::{fs, thread, time::Duration};

use super::{Project, codes};

fn config(dir: &str) -> String {
    format!(
        "{{ \"areas\": {{ \"a\": \"src/a.js\", \"b/c\": \"src/b.js\", \"d\": \"src/d.js\" }}, \
         \"outDir\": \"{dir}\", \"sourcemap\": true }}"
    )
}

fn project(dir: &str) -> Project {
    Project::new(&[
        ("src/a.js", "console.log('first');\n"),
        ("src/b.js", "console.log('b');\n"),
        ("src/d.js", "console.log('d');\n"),
        ("bundle.config.json", &config(dir)),
    ])
}

const OUTPUTS: [&str; 7] =
    ["a.js", "a.js.map", "b/c.js", "b/c.js.map", "d.js", "d.js.map", "entrypoints.json"];

/// The files of a folder, relative to it.
fn files(project: &Project, folder: &str) -> Vec<String> {
    let folder = project.path(folder);
    let all = project.files().into_iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/");
        (text.is_some() && !name.is_empty() && !name.starts_with("bundle-dev")).then_some(name)
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

#[test]
fn another_output_folder_has_everything_and_the_old_one_nothing() {
    let project = project("public/js");
    fs::create_dir(project.path("public")).expect("it can be made");
    let _watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    assert_eq!(files(&project, "public/js"), OUTPUTS);

    // While nothing is built into the new folder, pages may use the old one.
    project.write("src/a.js", "console.log(;\n");
    project.wait_for("stdout.txt", |said| said.contains("the last good outputs are kept"));
    project.write("bundle.config.json", &config("public/js2"));
    project.wait_for("stdout.txt", |said| said.matches("outputs are kept").count() == 2);
    assert_eq!(files(&project, "public/js"), OUTPUTS);
    let other = project.refuse(&["src/d.js", "--watch", "--out-dir", "public/js"]);
    assert_eq!(codes(&other), "already-watched");
    project.write("src/a.js", "console.log('second');\n");
    project.wait_for("stdout.txt", |said| said.contains("corrected: rebuilt public/js2/a.js"));
    assert_eq!(files(&project, "public/js2"), OUTPUTS);
    assert!(!project.path("public/js").exists(), "the watcher made it");

    // A folder that was there stays, as do a file that had the right contents, and what another
    // program has written.
    project.write("old/notes.txt", "mine\n");
    project.write("old/b/c.js", &project.read("public/js2/b/c.js"));
    project.write("bundle.config.json", &config("old"));
    project.wait_for("stdout.txt", |said| said.contains("rebuilt old/a.js"));
    project.write("old/d.js", "mine\n");
    project.write("bundle.config.json", &config("public"));
    project.wait_for("stdout.txt", |said| said.contains("rebuilt public/a.js"));
    assert_eq!(files(&project, "old"), ["b/c.js", "d.js", "notes.txt"]);
    assert_eq!(project.read("old/d.js"), "mine\n");

    // A build of another program has made the folder its own, with assets that it found there.
    let manifest = project.read("public/entrypoints.json");
    project.write("public/entrypoints.json", &manifest.replace("\"a.js\"", "\"z.js\""));
    project.write("bundle.config.json", &config("dist"));
    project.wait_for("stdout.txt", |said| said.contains("rebuilt dist/a.js"));
    assert_eq!(files(&project, "public"), OUTPUTS);
}

/// The old output is a source of the new configuration.
#[test]
fn an_old_output_that_is_read_stays() {
    let project = project("old");
    let _watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    project.write("bundle.config.json", &config("new").replace("src/d.js", "old/d.js"));
    project.wait_for("stdout.txt", |said| said.contains("rebuilt new/a.js"));
    assert_eq!(files(&project, "new"), OUTPUTS);
    let left = files(&project, "old");
    assert!(left.contains(&"d.js".to_owned()) && !left.contains(&"a.js".to_owned()), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_that_another_program_removes_are_written_again_at_once() {
    let project = project("out");
    let _watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    let before = project.read("out/a.js");
    fs::remove_dir_all(project.path("out")).expect("it is there");
    let changed = "another program has changed or removed out/a.js and 6 more; all outputs are \
                   written again\n  rebuilt out/a.js";
    project.wait_for("stdout.txt", |said| said.contains(changed));
    assert_eq!(files(&project, "out"), OUTPUTS);
    assert!(project.path("out/bundle-dev/status.json").exists());
    assert_eq!(project.read("out/a.js"), before);

    // Emptied in the folder that was made again. Own writes were no reason to write.
    project.write("out/a.js", "");
    project.wait_for("stdout.txt", |said| said.matches("rebuilt out/a.js in").count() == 1);
    assert_eq!(project.read("out/a.js"), before);
    thread::sleep(Duration::from_secs(1));
    assert_eq!(project.read("stdout.txt").matches("another program").count(), 2);
    assert_eq!(project.read("stdout.txt").matches("rebuilt").count(), 2);
}

/// A build for production, or a deployment: the watcher does not write over it before an edit.
#[test]
fn outputs_that_another_program_writes_stay_until_the_next_rebuild() {
    let project = project("out");
    let _watching = project.watch(&[]);
    project.wait_for("stdout.txt", |said| said.contains("watching"));
    fs::remove_file(project.path("out/a.js.map")).expect("it is there");
    project.write("out/a.js", "theirs\n");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(project.read("out/a.js"), "theirs\n");
    project.write("src/d.js", "console.log('edited');\n");
    project.wait_for("out/d.js", |text| text.contains("edited"));
    project.wait_for("stdout.txt", |said| said.contains("removed out/a.js and 1 more"));
    assert!(project.read("out/a.js").contains("first"));
}
