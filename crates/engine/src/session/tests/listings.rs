//! Listings of folders, which answer the questions of the first scan: each folder is listed once,
//! and later builds see what appeared since.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, MemoryFs, Unfollowed},
};
use camino::{Utf8Path, Utf8PathBuf};

use super::{ONE, built, changed, config, text};
use crate::session::Session;

/// A file system that can list folders with one question, and notes what it is asked.
#[derive(Default)]
struct Listable {
    files: MemoryFs,
    listed: Mutex<Vec<Utf8PathBuf>>,
    read: Mutex<Vec<Utf8PathBuf>>,
    asked: AtomicUsize,
}

impl FileSystem for Listable {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        self.read.lock().expect("no test panics here").push(path.to_owned());
        self.files.read(path)
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.files.kind(path)
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.files.list(path)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.files.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.files.read_link(path)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.files.unfollowed(path)
    }

    fn names(&self, path: &Utf8Path) -> Option<Result<Vec<(String, Unfollowed)>, FsError>> {
        self.listed.lock().expect("no test panics here").push(path.to_owned());
        let name = |entry: DirEntry| {
            let found = self.files.unfollowed(&path.join(&entry.name))?;
            Some((entry.name, found))
        };
        Some(self.files.list(path).map(|found| found.into_iter().filter_map(name).collect()))
    }
}

/// A program whose main module imports this many modules of its folder. Each of them imports the
/// last one.
fn program(count: usize) -> MemoryFs {
    let files = MemoryFs::new();
    let imports: Vec<String> = (0..count).map(|n| format!("import './m{n}';\n")).collect();
    files.write("/p/main.js", imports.concat());
    for n in 0..count {
        files.write(format!("/p/m{n}.js"), format!("import './m{}';\nlog({n});\n", count - 1));
    }
    files
}

fn session(fs: &Arc<Listable>) -> Session {
    let files: Arc<dyn FileSystem> = Arc::clone(fs) as Arc<dyn FileSystem>;
    Session::new(config(ONE, &fs.files), files)
}

#[test]
fn a_folder_is_listed_once_instead_of_a_question_for_each_file() {
    let fs = Arc::new(Listable { files: program(40), ..Listable::default() });
    let mut session = session(&fs);
    let counts = built(&mut session).counts;
    let listed = fs.listed.lock().expect("no test panics here").clone();
    assert_eq!(listed.iter().filter(|folder| *folder == "/p").count(), 1, "{listed:?}");
    let asked = fs.asked.load(Ordering::Relaxed);
    assert!(asked < 30, "{asked} questions about 41 files");
    assert!(counts.avoided > 40, "{} answers of listings", counts.avoided);
    // The entry, and 40 specifiers. The last one is requested 41 times.
    assert_eq!(counts.resolved, 41);
}

#[test]
fn each_file_is_read_once() {
    let files = program(2)
        .with("/p/main.js", "import 'one'; import 'one/more.js'; import './m0';\n")
        .with("/p/package.json", "{}")
        .with("/p/node_modules/one/package.json", r#"{ "name": "one", "main": "main.js" }"#)
        .with("/p/node_modules/one/main.js", "log('main');\n")
        .with("/p/node_modules/one/more.js", "log('more');\n");
    let fs = Arc::new(Listable { files, ..Listable::default() });
    built(&mut session(&fs));
    let mut read = fs.read.lock().expect("no test panics here").clone();
    let all = read.len();
    read.sort();
    read.dedup();
    assert!(read.contains(&"/p/node_modules/one/package.json".into()));
    assert_eq!(read.len(), all, "something was read twice, of {read:?}");
}

#[test]
fn a_file_that_appears_after_the_first_build_is_found() {
    let fs = Arc::new(Listable { files: program(40), ..Listable::default() });
    let mut session = session(&fs);
    built(&mut session);
    // Nothing has asked for it, so no watcher reports it.
    let (appeared, edited) = ("log('later');\n", "import './later';\nlog(3);\n");
    fs.files.write("/p/later.js", appeared);
    fs.files.write("/p/m3.js", edited);
    session.apply(&changed("/p/m3.js"));
    let build = built(&mut session);
    assert!(text(&build).contains("later"));
    assert_eq!(build.counts.avoided, 0);
    assert_eq!(build.counts.parsed_bytes, appeared.len() + edited.len());
}
