//! The package for Debian, written without its tools so that any host can. Files are where Debian
//! looks for them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{
    ar::ar,
    archive::Contents,
    compress::gzip,
    entry::Entry,
    release::Release,
    tar::tar,
    texts::{BASH, FISH, ZSH},
    time,
};

const DOCUMENTS: &str = "usr/share/doc/bundle";

/// The field must have an address, and there is none that answers.
const MAINTAINER: &str = "the authors of bundle <bundle@bundle.invalid>";

/// Returns the version: each release is packaged once.
pub fn version(release: &Release) -> String {
    format!("{}-1", release.version)
}

/// Returns the package.
pub fn package(
    release: &Release,
    architecture: &str,
    contents: &Contents<'_>,
) -> Result<Vec<u8>, String> {
    let files = files(release, contents)?;
    let control = Entry::text("./control", control(release, architecture, (contents, &files)));
    let placed: Vec<Entry> = files
        .into_iter()
        .map(|entry| Entry { path: format!("./{}", entry.path), ..entry })
        .collect();
    let members = [
        ("debian-binary", b"2.0\n".to_vec()),
        ("control.tar.gz", gzip(&tar(&[control], release.time))),
        ("data.tar.gz", gzip(&tar(&placed, release.time))),
    ];
    Ok(ar(&members, release.time))
}

fn files(release: &Release, contents: &Contents<'_>) -> Result<Vec<Entry>, String> {
    let document = |name: &str, bytes: Vec<u8>| Entry::text(format!("{DOCUMENTS}/{name}"), bytes);
    let completions = |shell: usize| contents.texts.completions[shell].1.as_str();
    Ok(vec![
        Entry::program("usr/bin/bundle", contents.program),
        Entry::text("usr/share/bash-completion/completions/bundle", completions(BASH)),
        document("THIRD-PARTY.gz", gzip(contents.notices.as_bytes())),
        document("changelog.gz", gzip(release.text("CHANGELOG.md")?.as_bytes())),
        document("changelog.Debian.gz", gzip(changelog(release).as_bytes())),
        document("copyright", copyright(&release.text("LICENSE")?).into_bytes()),
        Entry::text("usr/share/fish/vendor_completions.d/bundle.fish", completions(FISH)),
        Entry::text("usr/share/man/man1/bundle.1.gz", gzip(contents.texts.manual.as_bytes())),
        Entry::text("usr/share/zsh/vendor-completions/_bundle", completions(ZSH)),
    ])
}

fn control(
    release: &Release,
    architecture: &str,
    (contents, files): (&Contents<'_>, &[Entry]),
) -> String {
    let kilobytes: usize = files.iter().map(|entry| entry.bytes.len().div_ceil(1024)).sum();
    let mut control = format!(
        "Package: bundle
Version: {}
Architecture: {architecture}
Maintainer: {MAINTAINER}
Installed-Size: {kilobytes}
",
        version(release)
    );
    let needs = needs(contents.program);
    if !needs.is_empty() {
        let _ = writeln!(control, "Depends: {}", needs.join(", "));
    }
    // Ruby's program of that name is in the same place.
    control.push_str(
        "Conflicts: ruby-bundler
Section: web
Priority: optional
Description: front-end bundler for pages rendered by PHP
 It compiles ES modules, TypeScript, Vue components and SCSS to scripts and
 stylesheets that a view includes, down to ES5, without Node.
",
    );
    control
}

/// Returns what a program needs of Debian: the newest version of glibc among those of its symbols,
/// and GCC's library if it names it.
fn needs(program: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(program);
    let versions = text.match_indices("GLIBC_2.").map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest[..digits].parse().unwrap_or(0)
    });
    let mut needs = BTreeMap::new();
    if let Some(minor) = versions.max() {
        let minor: u32 = minor;
        needs.insert("libc6", format!("libc6 (>= 2.{minor})"));
    }
    if text.contains("libgcc_s.so.1") {
        needs.insert("libgcc-s1", "libgcc-s1".to_owned());
    }
    needs.into_values().collect()
}

/// Returns the changes of the package, which are only those of the program.
fn changelog(release: &Release) -> String {
    let (version, date) = (version(release), time::mail(release.time));
    format!(
        "bundle ({version}) stable; urgency=medium

  * What changed in the program is in changelog.gz.

 -- {MAINTAINER}  {date}
"
    )
}

/// Returns the file about licences in Debian's form.
fn copyright(licence: &str) -> String {
    let mut lines = licence.lines().filter(|line| !line.is_empty());
    let holder = lines.clone().find_map(|line| line.strip_prefix("Copyright (c) "));
    let mut text = format!(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: bundle
Comment: the licences of the crates inside are in THIRD-PARTY.gz

Files: *
Copyright: {}
License: MIT
",
        holder.unwrap_or("the authors of bundle")
    );
    // The name and the line of the copyright have fields of their own.
    let body = lines
        .by_ref()
        .filter(|line| !line.starts_with("Copyright (c)") && !line.starts_with("MIT License"));
    for line in body {
        let _ = writeln!(text, " {line}");
    }
    text
}
