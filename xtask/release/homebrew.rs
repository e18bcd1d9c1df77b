//! The formula of Homebrew, for the archives that are in the folder.

use std::fmt::Write as _;

use crate::{
    platform::Platform,
    release::{self, Release},
    sums,
};

/// What installs an archive, and proves that it works.
const INSTALL: &str = r#"
  def install
    bin.install "bundle"
    man1.install "man/bundle.1"
    bash_completion.install "completions/bundle.bash" => "bundle"
    zsh_completion.install "completions/_bundle"
    fish_completion.install "completions/bundle.fish"
    doc.install "THIRD-PARTY.txt"
  end

  test do
    (testpath/"a.js").write "console.log(1);\n"
    system bin/"bundle", "a.js", "--out-file", "b.js"
    assert_match "console.log(1)", (testpath/"b.js").read
  end
end
"#;

/// Returns the formula. On Linux it is for glibc, as Homebrew is.
pub fn formula(release: &Release, platforms: &[Platform]) -> Result<String, String> {
    let mut text = format!(
        "class Bundle < Formula
  desc \"Front-end bundler for pages rendered by PHP\"
  homepage \"{}\"
  version \"{}\"
  license \"MIT\"
",
        homepage(&release.url),
        release.version
    );
    for (os, block) in [("darwin", "on_macos"), ("linux", "on_linux")] {
        let mut inner = String::new();
        for (cpu, block) in [("arm64", "on_arm"), ("x64", "on_intel")] {
            let is_it = |platform: &&Platform| {
                platform.os == os && platform.cpu == cpu && platform.libc.as_deref() != Some("musl")
            };
            let Some(platform) = platforms.iter().find(is_it) else { continue };
            let name = format!("{}.tar.gz", platform.archive(&release.version));
            let path = release.out.join(&name);
            if path.is_file() {
                let sum = sums::of(&release::read(&path)?);
                let _ = write!(
                    inner,
                    "    {block} do
      url \"{}/{name}\"
      sha256 \"{sum}\"
    end
",
                    release.url
                );
            }
        }
        if !inner.is_empty() {
            let _ = write!(text, "\n  {block} do\n{inner}  end\n");
        }
    }
    Ok(text + INSTALL)
}

/// The project of a release's address.
fn homepage(url: &str) -> &str {
    url.split("/releases/").next().unwrap_or(url)
}
