//! Reads and checks metafiles that earlier builds wrote.

use bundle_base::{
    Diagnostics,
    config::absolute,
    decode::decode_lossy,
    diagnostic::nearest,
    fs::{FileSystem, OsFs},
};
use bundle_report::parsed_metafile::Metafile;
use camino::Utf8Path;
use serde_json::Value;

use crate::messages;

/// Reads a stored metafile. Errors name the flag that gave the file.
pub fn read(flag: &str, file: &str, cwd: &Utf8Path) -> Result<Value, Diagnostics> {
    let path = absolute(cwd, file);
    let mut log = Diagnostics::new();
    match OsFs.read(&path) {
        Err(why) => {
            let siblings = OsFs.list(path.parent().unwrap_or(cwd)).unwrap_or_default();
            let near = nearest(
                path.file_name().unwrap_or_default(),
                siblings.iter().map(|e| e.name.as_str()),
            );
            log.push(messages::missing_metafile(flag, file, &why.to_string(), near));
        }
        Ok(bytes) => {
            let value: serde_json::Result<Value> = serde_json::from_str(&decode_lossy(&bytes));
            match value.and_then(|value| Metafile::of(&value).map(|_| value)) {
                Ok(value) => return Ok(value),
                Err(why) => log.push(messages::no_metafile(flag, file, &why.to_string())),
            }
        }
    }
    Err(log)
}
