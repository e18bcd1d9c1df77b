//! Desktop notifications, and pages opened in the browser. The system's own programs do both; where
//! they are missing, nothing happens and nothing is reported.

use std::{
    fs::File,
    io::{self, Write as _},
    process::{Command, Stdio},
    thread,
};

use camino::{Utf8Path, Utf8PathBuf};

/// The script for `osascript`. The texts are its arguments, never part of the script.
const APPLE: &str =
    "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run";
/// The script for `powershell`. The texts are in its environment.
const WINDOWS: &str = "Add-Type -AssemblyName System.Windows.Forms, System.Drawing; \
    $icon = New-Object System.Windows.Forms.NotifyIcon; $icon.Icon = \
    [System.Drawing.SystemIcons]::Information; \
    $icon.Visible = $true; $icon.ShowBalloonTip(5000, $env:BUNDLE_TITLE, $env:BUNDLE_TEXT, \
    'None'); \
    Start-Sleep -Seconds 6; $icon.Dispose()";

/// Shows a notification with a title and a text.
pub fn show(title: &str, text: &str) {
    let command = if cfg!(target_os = "macos") {
        let mut command = Command::new("osascript");
        command.args(["-e", APPLE, title, text]);
        command
    } else if cfg!(windows) {
        let mut command = Command::new("powershell");
        command
            .args(["-NoProfile", "-Command", WINDOWS])
            .env("BUNDLE_TITLE", title)
            .env("BUNDLE_TEXT", text);
        command
    } else {
        let mut command = Command::new("notify-send");
        command.args(["--app-name", "bundle", "--", title, text]);
        command
    };
    start(command);
}

/// Opens a file in the default browser.
pub fn open(file: &Utf8Path) {
    let command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg(file);
        command
    } else if cfg!(windows) {
        let mut command = Command::new("explorer");
        command.arg(file);
        command
    } else {
        let mut command = Command::new("xdg-open");
        command.arg(file);
        command
    };
    start(command);
}

/// Starts a program without access to our terminal; a thread waits for its end.
fn start(mut command: Command) {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = command.spawn().map(|mut child| thread::spawn(move || child.wait()));
}

/// Writes a page to a new file among the temporary files, and returns its path.
pub fn keep(page: &str) -> io::Result<Utf8PathBuf> {
    let folder = Utf8PathBuf::from_path_buf(std::env::temp_dir());
    let folder = folder.map_err(|_| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut number = 0;
    loop {
        let path = folder.join(format!("bundle-report-{}-{number}.html", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            Ok(mut file) => return file.write_all(page.as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}
