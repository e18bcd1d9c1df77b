//! Outputs that cannot be written and inputs that cannot be read: full and read-only disks, missing
//! permissions, links that lead nowhere, folders that vanish. Every case ends with exit code 1,
//! reports the cause and a remedy, and leaves every file as it was. A case that cannot be set up on
//! this machine is reported on standard error. If the variable `CI` is set, it fails: `.ci/run` runs
//! as root, where all of them can be set up.

use std::{
    io::Write,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    process::Stdio,
    time::Duration,
};

use super::*;

const TWO: [(&str, &str); 4] = [
    ("src/a.js", "console.log(1);\n"),
    ("src/b.js", "console.log(2);\n"),
    ("dist/a.js", "old"),
    ("dist/b.js", "old"),
];
const BUILD_TWO: [&str; 2] = ["src/a.js", "src/b.js"];

fn mode(project: &Project, path: &str, mode: u32) {
    fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).expect("it is ours");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("there is `id`");
    id.stdout == b"0\n"
}

/// Runs a command and returns whether it worked. Its output is ignored.
fn works(program: &str, arguments: &[&str]) -> bool {
    let status =
        Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Reports a case that cannot be set up. Where all of them can, it fails.
fn impossible(what: &str) {
    assert!(std::env::var_os("BUNDLE_TEST_ALL").is_none(), "not possible on this machine: {what}");
    // Written past the capture of the test harness, which shows it of failed tests only.
    let _ = writeln!(std::io::stderr(), "not possible on this machine: {what}");
}

/// Arguments of `setpriv`, to run as nobody. Permissions do not stop root.
const NOBODY: [&str; 4] = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];

/// Runs the binary as somebody whom permissions stop; `None`, and said, if that is not possible.
fn run_stoppable(project: &Project, arguments: &[&str]) -> Option<Ended> {
    let binary = env!("CARGO_BIN_EXE_bundle");
    let mut command = if is_root() {
        if !works("setpriv", &[&NOBODY[..], &[binary, "--version"]].concat()) {
            impossible(
                "to run as another user than root: `setpriv` is missing, or may not run the binary",
            );
            return None;
        }
        let mut command = Command::new("setpriv");
        command.args(NOBODY).arg(binary);
        command
    } else {
        Command::new(binary)
    };
    let output = command.args(arguments).current_dir(&project.folder).output().expect("it starts");
    Some(Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the output is text"),
        stderr: String::from_utf8(output.stderr).expect("the output is text"),
    })
}

fn give_to_nobody(project: &Project) {
    if is_root() {
        assert!(works("chown", &["-R", "65534:65534", &project.folder.display().to_string()]));
    }
}

/// The message of a build while `path` has these permissions. Every file stays as it is.
fn refuse_with(
    project: &Project,
    (path, locked): (&str, u32),
    arguments: &[&str],
) -> Option<String> {
    give_to_nobody(project);
    let before = project.files();
    let usual = fs::metadata(project.path(path)).expect("it is there").permissions();
    mode(project, path, locked);
    let ended = run_stoppable(project, arguments);
    fs::set_permissions(project.path(path), usual).expect("it is ours");
    let ended = ended?;
    assert_eq!(ended.code, Some(1), "{}{}", ended.stdout, ended.stderr);
    assert_eq!(ended.stdout, "");
    assert_eq!(before, project.files());
    Some(ended.stderr)
}

#[test]
fn an_output_folder_without_write_permission() {
    let project = Project::new(&TWO);
    let Some(said) = refuse_with(&project, ("dist", 0o555), &BUILD_TWO) else { return };
    assert_eq!(codes(&said), "not-written not-written");
    assert!(said.contains("cannot write dist/a.js: permission denied"), "{said}");
    assert!(said.contains("cannot write dist/b.js: permission denied"), "{said}");
    assert!(
        said.contains("help: give yourself write permission to the folder, or name another"),
        "{said}"
    );
}

#[test]
fn an_output_folder_that_may_not_be_made() {
    let project = Project::new(&[MAIN, ("locked/keep", "")]);
    let arguments = ["src/main.js", "--out-dir", "locked/new/deep"];
    let Some(said) = refuse_with(&project, ("locked", 0o555), &arguments) else { return };
    assert!(
        said.contains("cannot write locked/new/deep/main.js: permission denied\nhelp: "),
        "{said}"
    );
    let Some(said) = refuse_with(&project, ("locked", 0), &arguments) else { return };
    assert!(
        said.contains("cannot write locked/new/deep/main.js: permission denied\nhelp: "),
        "{said}"
    );
}

#[test]
fn a_protected_output_is_not_replaced_and_no_other_is() {
    let project = Project::new(&TWO);
    let Some(said) = refuse_with(&project, ("dist/b.js", 0o444), &BUILD_TWO) else { return };
    assert!(
        said.contains("cannot write dist/b.js: the file is read-only\n = note: give"),
        "{said}"
    );
    assert_eq!(codes(&said), "not-written");
    // If it is as it should be, nobody wants to write it.
    project.run_ok(&BUILD_TWO);
    mode(&project, "dist/b.js", 0o444);
    give_to_nobody(&project);
    let ended = run_stoppable(&project, &BUILD_TWO).expect("it was possible before");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn the_last_of_several_that_cannot_be_replaced_leaves_the_first_as_it_was() {
    if !is_root() {
        impossible("files of another user in a folder where everybody may delete only their own");
        return;
    }
    let project = Project::new(&TWO);
    project.write("src/new.js", "console.log(3);");
    give_to_nobody(&project);
    // As in /tmp: nobody may write everything here, and replace only what is theirs.
    assert!(works("chown", &["0:0", &project.path("dist").display().to_string()]));
    assert!(works("chown", &["0:0", &project.path("dist/b.js").display().to_string()]));
    mode(&project, "dist", 0o1777);
    mode(&project, "dist/b.js", 0o666);
    let before = project.files();
    let Some(ended) = run_stoppable(&project, &["src/a.js", "src/new.js", "src/b.js"]) else {
        return;
    };
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("cannot write dist/b.js: permission denied"), "{}", ended.stderr);
    assert!(ended.stderr.contains("every output is as it was before"), "{}", ended.stderr);
    assert_eq!(before, project.files());
}

#[test]
fn who_replaces_the_file_of_another_user_does_not_take_it() {
    if !is_root() {
        impossible("to replace a file of another user and pass it back");
        return;
    }
    let project = Project::new(&TWO);
    give_to_nobody(&project);
    project.run_ok(&BUILD_TWO);
    let owner = fs::metadata(project.path("dist/a.js")).expect("it was written").uid();
    assert_eq!(owner, 65534);
}

#[test]
fn a_full_and_a_read_only_disk() {
    let project = Project::new(&TWO);
    let disk = project.path("dist").display().to_string();
    if !works("mount", &["-t", "tmpfs", "-o", "size=64k", "tmpfs", &disk]) {
        impossible("to mount a small disk; a limit on file sizes stands in for it in another test");
        return;
    }
    let mounted = Mounted(disk.clone());
    project.write("dist/a.js", "old");
    project.write("dist/b.js", "old");
    project.write("src/b.js", &format!("console.log('{}');", "x".repeat(70_000)));
    let said = project.refuse(&["src/a.js", "src/b.js", "--metafile", "dist/meta.json"]);
    assert!(
        said.contains("cannot write dist/b.js: the disk is full\nhelp: make room on the disk"),
        "{said}"
    );
    assert_eq!(codes(&said), "not-written");
    assert!(works("mount", &["-o", "remount,ro", &disk]));
    let said = project.refuse(&["src/a.js"]);
    assert!(
        said.contains(
            "cannot write dist/a.js: the file system is read-only\nhelp: name a folder on"
        ),
        "{said}"
    );
    drop(mounted);
}

/// A mounted folder, let go at the end.
struct Mounted(String);

impl Drop for Mounted {
    fn drop(&mut self) {
        works("umount", &[&self.0]);
    }
}

#[test]
fn files_that_may_not_be_read() {
    let files = [("src/main.js", "import './in/b.js';\n"), ("src/in/b.js", "console.log(1);\n")];
    let project = Project::new(&files);
    let denied = |path: &str| refuse_with(&project, (path, 0), &["src/main.js"]);
    let Some(said) = denied("src/main.js") else { return };
    assert!(
        said.contains("error[unreadable-file]: src/main.js cannot be read: permission denied"),
        "{said}"
    );
    assert!(said.contains("check the permissions"), "{said}");
    let said = denied("src/in/b.js").expect("it was possible before");
    assert!(
        said.contains("src/in/b.js cannot be read: permission denied\n --> src/main.js:1:8"),
        "{said}"
    );
    let said = denied("src/in").expect("it was possible before");
    assert!(
        said.contains("src/in/b.js cannot be read: permission denied\n --> src/main.js:1:8"),
        "{said}"
    );
}

#[test]
fn folders_that_may_not_be_read() {
    let config = "{ \"areas\": { \"x\": \"src/*/index.js\" } }";
    let project = Project::new(&[("src/one/index.js", "1"), ("src/two/index.js", "2")]);
    let Some(said) = refuse_with(&project, ("src", 0o444), &["src/one/index.js"]) else { return };
    assert!(
        said.contains("error[unreadable-file]: the entry src/one/index.js cannot be read"),
        "{said}"
    );
    assert!(said.contains("check the permissions") && !said.contains("did you mean"), "{said}");
    project.write("bundle.config.json", config);
    for locked in ["src", "src/two"] {
        let said = refuse_with(&project, (locked, 0), &[]).expect("it was possible before");
        assert!(
            said.contains(&format!("error[unreadable-file]: the folder {locked} cannot be read")),
            "{said}"
        );
    }
    let said =
        refuse_with(&project, ("bundle.config.json", 0), &[]).expect("it was possible before");
    assert!(
        said.contains("cannot read bundle.config.json: permission denied\n = note: check its"),
        "{said}"
    );
    project.write("package.json", "{ \"browserslist\": \"chrome 100\" }");
    let said = refuse_with(&project, ("package.json", 0), &[]).expect("it was possible before");
    assert!(said.contains("cannot read package.json: permission denied"), "{said}");
}

#[test]
fn links_in_a_cycle_on_the_way_to_an_output() {
    let project = Project::new(&[MAIN, ("out/keep", "")]);
    symlink("circle", project.path("dist")).expect("links can be made");
    symlink("dist", project.path("circle")).expect("links can be made");
    let said = project.refuse(&["src/main.js"]);
    assert!(
        said.contains("cannot write dist/main.js: its symbolic links form a cycle\n = note: "),
        "{said}"
    );
    let said = project.refuse(&["src/main.js", "--out-dir", "dist/js"]);
    assert!(
        said.contains("cannot write dist/js/main.js: its symbolic links form a cycle"),
        "{said}"
    );
    symlink("main.js", project.path("out/main.js")).expect("links can be made");
    let said = project.refuse(&["src/main.js", "--out-dir", "out"]);
    assert!(said.contains("cannot write out/main.js: its symbolic links form a cycle"), "{said}");
    assert!(fs::read_link(project.path("out/main.js")).is_ok());
}

#[test]
fn an_output_folder_that_is_a_link_to_nothing() {
    let project = Project::new(&[MAIN]);
    symlink("../gone/js", project.path("dist")).expect("links can be made");
    let said = project.refuse(&["src/main.js"]);
    assert!(
        said.contains("dist/main.js: dist is a symbolic link to ../gone/js, which does not exist"),
        "{said}"
    );
    assert!(said.contains("create the folder that it points to, or remove the link"), "{said}");
}

#[test]
fn a_link_to_an_output_that_is_not_there_yet_is_followed() {
    let project = Project::new(&[MAIN, ("web/keep", ""), ("dist/keep", "")]);
    symlink("../web/app.js", project.path("dist/main.js")).expect("links can be made");
    project.run_ok(&["src/main.js"]);
    assert!(project.read("web/app.js").contains("console.log(1)"));
    assert!(fs::read_link(project.path("dist/main.js")).is_ok());
    assert_eq!(project.names(), "dist/keep dist/main.js src/main.js web/app.js web/keep");
}

#[test]
fn two_outputs_that_lead_to_one_file() {
    let project = Project::new(&TWO);
    fs::remove_file(project.path("dist/a.js")).expect("it is ours");
    symlink("b.js", project.path("dist/a.js")).expect("links can be made");
    let said = project.refuse(&BUILD_TWO);
    assert!(
        said.contains(
            "error[duplicate-output]: dist/a.js and dist/b.js lead to the same file\n = note: "
        ),
        "{said}"
    );
}

#[test]
fn a_pipe_is_never_opened_and_never_replaced() {
    let project = Project::new(&[MAIN, ("dist/keep", "")]);
    assert!(works("mkfifo", &[&project.path("dist/main.js").display().to_string()]));
    let said = project.refuse(&["src/main.js"]);
    assert!(
        said.contains("cannot write dist/main.js: it is a FIFO, a socket or a device\n = note: "),
        "{said}"
    );
}

#[test]
fn names_that_differ_at_their_ends_only() {
    let project = Project::new(&TWO);
    let long = "x".repeat(230);
    project.run_ok(&[
        &format!("{long}1=src/a.js"),
        &format!("{long}2=src/b.js"),
        "--out-dir",
        "out",
    ]);
    assert!(project.read(&format!("out/{long}1.js")).contains("console.log(1)"));
    assert!(project.read(&format!("out/{long}2.js")).contains("console.log(2)"));
}

#[test]
fn an_output_folder_that_vanishes_meanwhile() {
    let project = Project::new(&TWO);
    let folder = project.path("out");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let _ = fs::remove_dir_all(&folder);
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        for _ in 0..15 {
            let ended = project.run(&["src/a.js", "src/b.js", "--out-dir", "out/deep/er"]);
            let is_reported = ended.code == Some(1)
                && codes(&ended.stderr).split(' ').all(|code| code == "not-written");
            assert!(ended.code == Some(0) || is_reported, "{:?}\n{}", ended.code, ended.stderr);
        }
        is_over.store(true, Ordering::Relaxed);
    });
    project.run_ok(&["src/a.js", "src/b.js", "--out-dir", "out/deep/er"]);
    assert!(!project.names().contains(".tmp"), "{}", project.names());
}
