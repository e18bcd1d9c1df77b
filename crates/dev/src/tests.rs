//! Tests with real folders and the system's events. Every test waits for an expected change; none
//! depends on speed.
#![expect(clippy::disallowed_methods, reason = "a test writes its own files")]

use std::{
    fs,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, SystemTime},
};

use bundle_base::{
    config::Poll,
    fs::{Question, Reads},
};
use bundle_engine::{ChangeSet, Dependencies, Seen};
use camino::{Utf8Path, Utf8PathBuf};

use crate::Watcher;

/// The time limit of a wait; only a change that never comes reaches it.
const LIMIT: Duration = Duration::from_mins(1);

/// A temporary folder with files.
struct Folder {
    path: Utf8PathBuf,
}

static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Folder {
    fn new(files: &[&str]) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bundle-dev-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder is writable");
        let path = Utf8PathBuf::from_path_buf(path)
            .expect("its name is ours")
            .canonicalize_utf8()
            .expect("it is there");
        let folder = Self { path };
        for file in files {
            folder.write(file, "first");
        }
        folder
    }

    fn at(&self, path: &str) -> Utf8PathBuf {
        // `.` is the folder itself.
        self.path.join(path).components().collect()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// Returns a watcher of these paths. Its `since` lies later than every file here, so that young
    /// files do not count as changed.
    fn watcher(&self, contents: &[&str], listings: &[&str]) -> Watcher {
        let mut reads = Reads::default();
        for path in contents {
            reads.add(&self.at(path), Question::Contents);
        }
        for path in listings {
            reads.add(&self.at(path), Question::Listing);
        }
        let mut watcher = Watcher::new(&self.path);
        watcher.watch(
            &complete(&reads, &Seen::default()),
            SystemTime::now() + Duration::from_hours(1),
        );
        assert!(watcher.polls_because().is_empty());
        watcher
    }

    fn shown(&self, changes: &ChangeSet) -> String {
        let name = |path: &Utf8Path| {
            path.strip_prefix(&self.path).expect("it lies in the folder").to_string()
        };
        changes
            .iter()
            .map(|(path, change)| format!("{change:?} {}", name(path)))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn complete(reads: &Reads, seen: &Seen) -> Dependencies {
    Dependencies { reads: reads.clone(), seen: seen.clone(), is_complete: true }
}

/// Sends changes as they come, until the receiver is dropped.
fn changes(mut watcher: Watcher) -> Receiver<ChangeSet> {
    let (sender, receiver) = channel();
    thread::spawn(
        move || while sender.send(watcher.next_change().expect("nobody rings")).is_ok() {},
    );
    receiver
}

fn next(receiver: &Receiver<ChangeSet>) -> ChangeSet {
    receiver.recv_timeout(LIMIT).expect("a change is noticed")
}

#[test]
fn a_write_is_a_change() {
    let folder = Folder::new(&["a.js", "b.js"]);
    let changes = changes(folder.watcher(&["a.js", "b.js"], &[]));
    folder.write("a.js", "second");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
    // Same length, perhaps the same tick of the clock.
    folder.write("a.js", "secund");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
}

#[test]
fn a_save_by_rename_is_a_change_and_its_temporary_file_is_nothing() {
    let folder = Folder::new(&["a.js"]);
    let changes = changes(folder.watcher(&["a.js"], &["."]));
    folder.write("a.js.new", "another text");
    fs::rename(folder.at("a.js.new"), folder.at("a.js")).expect("both are here");
    let shown = folder.shown(&next(&changes));
    // On a busy machine the temporary file may have been seen.
    assert!(shown.ends_with("Changed a.js") || shown == "Created a.js.new", "{shown}");
}

#[test]
fn what_nobody_asked_about_wakes_nobody() {
    let folder = Folder::new(&["a.js", "other.js"]);
    let changes = changes(folder.watcher(&["a.js"], &[]));
    folder.write("other.js", "second");
    folder.write("log/today.txt", "…");
    folder.write("a.js", "second");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
}

#[test]
fn missing_files_are_noticed_when_they_come_and_when_they_go() {
    let folder = Folder::new(&["a.js"]);
    let changes = changes(folder.watcher(&["a.js", "new/deep/b.js"], &[]));
    folder.write("new/deep/b.js", "first");
    assert_eq!(folder.shown(&next(&changes)), "Created new/deep/b.js");
    fs::remove_dir_all(folder.at("new")).expect("it is there");
    assert_eq!(folder.shown(&next(&changes)), "Removed new/deep/b.js");
    folder.write("new/deep/b.js", "again");
    assert_eq!(folder.shown(&next(&changes)), "Created new/deep/b.js");
    folder.write("new/deep/b.js", "and again");
    assert_eq!(folder.shown(&next(&changes)), "Changed new/deep/b.js");
}

#[test]
fn a_listed_folder_reports_its_new_and_removed_names() {
    let folder = Folder::new(&["pages/a.js"]);
    let changes = changes(folder.watcher(&[], &["pages"]));
    folder.write("pages/.b.js.swp", "an editor's");
    folder.write("pages/b.js", "first");
    assert_eq!(folder.shown(&next(&changes)), "Created pages/b.js");
    fs::remove_file(folder.at("pages/a.js")).expect("it is there");
    assert_eq!(folder.shown(&next(&changes)), "Removed pages/a.js");
}

#[test]
fn a_file_behind_a_linked_folder_changes_under_the_name_it_was_asked_by() {
    let folder = Folder::new(&["real/a.js"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.at("real"), folder.at("link"))
            .expect("a link can be made");
        let changes = changes(folder.watcher(&["link/a.js"], &[]));
        folder.write("real/a.js", "second");
        assert_eq!(folder.shown(&next(&changes)), "Changed link/a.js");
    }
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_noticed_when_it_comes() {
    let folder = Folder::new(&["main.js"]);
    std::os::unix::fs::symlink("second", folder.at("link")).expect("a link can be made");
    std::os::unix::fs::symlink("lib", folder.at("second")).expect("a link can be made");
    let changes = changes(folder.watcher(&["link", "link/a.js"], &[]));
    folder.write("lib/a.js", "first");
    // The folder may be noticed before the file is in it.
    let mut shown = folder.shown(&next(&changes));
    if !shown.contains("link/a.js") {
        shown = format!("{shown}, {}", folder.shown(&next(&changes)));
    }
    assert_eq!(shown, "Created link, Created link/a.js");
}

#[test]
fn what_changed_while_it_was_read_counts_as_changed() {
    let folder = Folder::new(&["a.js"]);
    let mut reads = Reads::default();
    reads.add(&folder.at("a.js"), Question::Contents);
    let mut watcher = Watcher::new(&folder.path);
    watcher.watch(&complete(&reads, &Seen::default()), SystemTime::now() - Duration::from_hours(1));
    assert_eq!(folder.shown(&next(&changes(watcher))), "Created a.js, Changed a.js");
}

#[test]
fn what_came_and_went_while_a_build_looked_is_a_change() {
    let folder = Folder::new(&["there.js", "pages/a.js"]);
    let mut reads = Reads::default();
    for path in ["there.js", "gone.js"] {
        reads.add(&folder.at(path), Question::Kind);
    }
    reads.add(&folder.at("pages"), Question::Listing);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let mut seen = Seen {
        existence: vec![(folder.at("there.js"), true), (folder.at("gone.js"), false)],
        listings: vec![(folder.at("pages"), names(&["a.js", ".a.js.swp"]))],
    };
    let later = SystemTime::now() + Duration::from_hours(1);
    let mut watcher = Watcher::new(&folder.path);
    watcher.watch(&complete(&reads, &seen), later);
    seen.existence = vec![(folder.at("there.js"), false), (folder.at("gone.js"), true)];
    seen.listings = vec![(folder.at("pages"), names(&["b.js"]))];
    watcher.watch(&complete(&reads, &seen), later);
    // A file system that contradicts itself must not lead to endless builds.
    let shown = folder.shown(&watcher.next_change_within(LIMIT).expect("it was mistaken"));
    assert_eq!(
        shown,
        "Created pages/a.js, Created there.js, Changed there.js, Removed gone.js, Removed \
         pages/b.js"
    );
    watcher.watch(&complete(&reads, &seen), later);
    assert_eq!(watcher.next_change_within(Duration::from_millis(100)), None);
}

#[test]
fn another_file_of_the_same_length_and_time_is_a_change() {
    let folder = Folder::new(&["a.js"]);
    let age = |path: &str| {
        let file = fs::File::options().write(true).open(folder.at(path)).expect("it is there");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(1)).expect("it is ours");
    };
    age("a.js");
    let changes = changes(folder.watcher(&["a.js"], &[]));
    folder.write("other.js", "other");
    age("other.js");
    fs::rename(folder.at("other.js"), folder.at("a.js")).expect("both are here");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
}

#[test]
fn a_project_that_goes_and_comes_back_is_noticed() {
    let folder = Folder::new(&["project/a.js"]);
    let mut reads = Reads::default();
    reads.add(&folder.at("project/a.js"), Question::Contents);
    let mut watcher = Watcher::new(&folder.at("project"));
    watcher.watch(&complete(&reads, &Seen::default()), SystemTime::now() + Duration::from_hours(1));
    let changes = changes(watcher);
    fs::rename(folder.at("project"), folder.at("aside")).expect("it is there");
    assert_eq!(folder.shown(&next(&changes)), "Removed project/a.js");
    fs::rename(folder.at("aside"), folder.at("project")).expect("it is there");
    assert_eq!(folder.shown(&next(&changes)), "Created project/a.js");
}

#[test]
fn our_own_outputs_are_nothing() {
    let folder = Folder::new(&["a.js", "out.js"]);
    let mut watcher = folder.watcher(&["a.js"], &["."]);
    watcher.ignore([folder.at("new.js")]);
    let changes = changes(watcher);
    folder.write("new.js", "written by us");
    folder.write("a.js", "second");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
}

#[test]
fn without_events_it_looks_by_itself() {
    let folder = Folder::new(&["a.js"]);
    let mut reads = Reads::default();
    reads.add(&folder.at("a.js"), Question::Contents);
    reads.add(&folder.at("new/b.js"), Question::Kind);
    let mut watcher = Watcher::new(&folder.path);
    watcher.set_poll(Poll::Always);
    watcher.watch(&complete(&reads, &Seen::default()), SystemTime::now() + Duration::from_hours(1));
    assert_eq!(watcher.polls_because().len(), 1);
    let changes = changes(watcher);
    folder.write("a.js", "longer");
    assert_eq!(folder.shown(&next(&changes)), "Changed a.js");
    folder.write("new/b.js", "first");
    assert_eq!(folder.shown(&next(&changes)), "Created new/b.js");
}

#[test]
fn what_is_watched_in_addition_does_not_replace_what_was() {
    let folder = Folder::new(&["a.js", "new/b.js"]);
    let mut watcher = folder.watcher(&["a.js"], &[]);
    let mut reads = Reads::default();
    reads.add(&folder.at("new/b.js"), Question::Contents);
    reads.add(&folder.at("new/c.js"), Question::Kind);
    let later = SystemTime::now() + Duration::from_hours(1);
    let seen = Seen { existence: vec![(folder.at("new/c.js"), false)], listings: Vec::new() };
    watcher.watch(&Dependencies { reads, seen, is_complete: false }, later);
    let changes = changes(watcher);
    for (path, expected) in [
        ("a.js", "Changed a.js"),
        ("new/b.js", "Changed new/b.js"),
        ("new/c.js", "Created new/c.js"),
    ] {
        folder.write(path, "second");
        assert_eq!(folder.shown(&next(&changes)), expected);
    }
}

#[test]
fn an_overtaken_build_is_reported_once_and_the_change_is_kept() {
    let folder = Folder::new(&["a.js"]);
    let mut watcher = folder.watcher(&["a.js"], &[]);
    assert!(!watcher.is_outdated());
    folder.write("a.js", "second");
    // The event takes a moment to arrive.
    while !watcher.is_outdated() {
        thread::yield_now();
    }
    let shown = folder.shown(&watcher.next_change_within(LIMIT).expect("it is kept"));
    assert_eq!(shown, "Changed a.js");
}
