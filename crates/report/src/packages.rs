//! Finds the package of a module, by its key. Two copies of a package in two folders count as two
//! packages.

/// A package, as the keys of its modules describe it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package<'k> {
    /// Its name: `lodash`, `@vue/x`.
    pub name: &'k str,
    /// The folder, or `name@version` of a package outside of the project.
    pub folder: &'k str,
    /// The version, if the key has it.
    pub version: Option<&'k str>,
}

const FOLDER: &str = "node_modules/";

/// Returns the package of a module. `None` if the module belongs to the project itself.
pub fn of(key: &str) -> Option<Package<'_>> {
    if let Some(at) = key.rfind(FOLDER).filter(|at| *at == 0 || key.as_bytes()[at - 1] == b'/') {
        let start = at + FOLDER.len();
        let name = first_name(&key[start..])?;
        return Some(Package { name, folder: &key[..start + name.len()], version: None });
    }
    // The key of a package outside of the project: `vue@2.7.16/dist/vue.js`.
    let name = first_name(key)?;
    let (package, version) = name.rsplit_once('@').filter(|(package, _)| !package.is_empty())?;
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    is_version.then_some(Package { name: package, folder: name, version: Some(version) })
}

/// Returns the package name at the start of a path: `lodash`, `@scope/name`.
fn first_name(path: &str) -> Option<&str> {
    let slashes = usize::from(path.starts_with('@'));
    path.match_indices('/').nth(slashes).map(|(end, _)| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::{Package, of};

    #[test]
    fn keys_contain_their_packages() {
        let folder = |name, folder| Some(Package { name, folder, version: None });
        assert_eq!(of("node_modules/lodash/a.js"), folder("lodash", "node_modules/lodash"));
        assert_eq!(
            of("web/node_modules/@vue/x/node_modules/b/i.js"),
            folder("b", "web/node_modules/@vue/x/node_modules/b")
        );
        assert_eq!(of("node_modules/@vue/x/i.js?script"), folder("@vue/x", "node_modules/@vue/x"));
        let outside = Package { name: "@vue/x", folder: "@vue/x@2.1.0", version: Some("2.1.0") };
        assert_eq!(of("@vue/x@2.1.0/dist/x.js"), Some(outside));
        assert_eq!(of("src/user@home/x.js"), None);
        assert_eq!(of("src/my_node_modules/x/y.js"), None);
    }
}
