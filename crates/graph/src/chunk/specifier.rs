//! The specifier by which a file in the output refers to another one.

/// Returns the specifier of a file for one that imports it; both paths are in the output folder.
pub fn specifier_from(importer: &str, target: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) =
        (importer.split('/').collect(), target.split('/').collect());
    let common =
        from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    let up = from.len() - 1 - common;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    start + &to[common..].join("/")
}
