//! Decides the key `rules`: how the files of a pattern are used.

use super::{
    super::{
        FilePattern, Rule, messages,
        paths::{absolute, glob_folder, glob_mistake, is_glob, relative},
        raw::{Origin, RawRule, Written},
    },
    deciding::Deciding,
    syntax::is_path,
};

/// What files may be used as. Each word is also a query: `./a.svg?sprite`.
const USES: [&str; 9] =
    ["inline", "module", "raw", "react", "script", "sprite", "url", "url-react", "worker"];

impl Deciding<'_> {
    /// Decides `rules`, in the order written.
    pub(super) fn rules(&mut self) -> Vec<Rule> {
        let raw = self.raw;
        let rules = &raw.resolve.rules;
        rules.iter().filter_map(|pair| self.rule(&pair.key, &pair.value)).collect()
    }

    fn rule(&mut self, key: &Written<String>, rule: &Written<RawRule>) -> Option<Rule> {
        let Some(word) = &rule.value.used_as else { return self.exposed(key, rule) };
        for name in &rule.value.expose {
            self.log.push(messages::exposed_and_more(&name.origin));
        }
        let word = Written { value: word.clone(), origin: rule.origin.clone() };
        let words = USES.map(|word| (word, word));
        let used_as = self.word(Some(&word), "use of files", &words)?;
        if let Some(global) = &rule.value.exports
            && (used_as != "script" || !is_path(&global.value))
        {
            self.log.push(messages::bad_rule_exports(&global.origin, &global.value));
        }
        let query = match &rule.value.exports {
            Some(global) => format!("?{used_as}&exports={}", global.value),
            None => format!("?{used_as}"),
        };
        let written = key.value.replace('\\', "/");
        Some(Rule { files: self.file_pattern(key), written, query })
    }

    /// Decides a rule for modules whose exports are page globals.
    fn exposed(&mut self, key: &Written<String>, rule: &Written<RawRule>) -> Option<Rule> {
        let names = &rule.value.expose;
        for name in names.iter().filter(|name| !is_path(&name.value)) {
            self.log.push(messages::bad_exposed(&name.origin, &name.value));
        }
        if let Some(global) = &rule.value.exports {
            self.log.push(messages::bad_rule_exports(&global.origin, &global.value));
        }
        let names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        let written = key.value.replace('\\', "/");
        let query = format!("?expose={}", names.join(","));
        (!names.is_empty()).then(|| Rule { files: self.file_pattern(key), written, query })
    }

    /// Decides which files a key applies to. Reports an invalid glob.
    pub(super) fn file_pattern(&mut self, key: &Written<String>) -> FilePattern {
        let written = key.value.replace('\\', "/");
        if let Some(why) = glob_mistake(&written) {
            self.log.push(messages::bad_glob(&key.origin, &key.value, &why));
        }
        let (folder, pattern) = self.places(&key.origin, &written);
        let folder = folder.map(|folder| relative(self.host.project, &folder));
        FilePattern::new(folder, pattern)
    }

    /// Returns the folder of a pattern and the rest. A pattern without a folder is for the names of
    /// files.
    fn places(&self, origin: &Origin, written: &str) -> (Option<camino::Utf8PathBuf>, String) {
        let base = self.base(origin);
        if !written.contains('/') {
            return (None, written.to_owned());
        }
        if !is_glob(written) {
            let file = absolute(base, written);
            let name = file.file_name().unwrap_or_default().to_owned();
            return (file.parent().map(ToOwned::to_owned), name);
        }
        let depth = written.split('/').take_while(|part| !is_glob(part)).count();
        let rest = written.split('/').skip(depth).collect::<Vec<_>>().join("/");
        (Some(glob_folder(base, written)), rest)
    }
}
