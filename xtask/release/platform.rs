//! The platforms that a release is for. The table is npm/bundle/lib/platforms.json, because the
//! launcher of npm's package reads it too.

use std::path::Path;

use serde_json::Value;

use crate::release;

/// One platform.
pub struct Platform {
    /// Rust's name of it.
    pub target: String,
    /// Node's name of the operating system: linux, darwin, win32.
    pub os: String,
    /// Node's name of the processor: x64, arm64.
    pub cpu: String,
    /// On Linux: glibc or musl.
    pub libc: Option<String>,
}

impl Platform {
    /// Reads the table.
    pub fn all(root: &Path) -> Result<Vec<Self>, String> {
        let path = root.join("npm/bundle/lib/platforms.json");
        let table: Value =
            serde_json::from_str(&release::text(&path)?).map_err(|error| error.to_string())?;
        let rows = table.as_array().ok_or("platforms.json is not a list")?;
        Ok(rows.iter().map(Self::of).collect())
    }

    fn of(row: &Value) -> Self {
        let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let libc = row["libc"].as_str().map(str::to_owned);
        Self { target: word("target"), os: word("os"), cpu: word("cpu"), libc }
    }

    /// Whether programs end in `.exe`, and archives are zip files.
    pub fn is_windows(&self) -> bool {
        self.os == "win32"
    }

    /// Returns the name of the archive, without its ending.
    pub fn archive(&self, version: &str) -> String {
        format!("bundle-{version}-{}", self.target)
    }

    /// Returns Debian's name of the processor. Debian's library is glibc.
    pub fn debian(&self) -> Option<&'static str> {
        match (self.os.as_str(), self.libc.as_deref(), self.cpu.as_str()) {
            ("linux", Some("glibc"), "x64") => Some("amd64"),
            ("linux", Some("glibc"), "arm64") => Some("arm64"),
            _ => None,
        }
    }
}
