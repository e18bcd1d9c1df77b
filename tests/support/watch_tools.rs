//! Files that only a tool in the project's Node process reads: an edit of one makes the tool run
//! again, and no outdated output stays.

use std::fs;
use std::path::{Path, PathBuf};

use super::watch_accidents::write;
use super::watching::Watching;
use super::{tree, updates, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("configuration-of-postcss-that-is-a-module", configuration_of_postcss),
        ("script-that-tailwind-reads", read_by_tailwind),
        ("file-that-a-template-in-pug-includes", included_in_pug),
        ("modules-of-vues-compiler", compiler_of_vue),
        ("file-that-a-plugin-reads-for-a-block", read_for_a_block),
        ("file-that-a-configuration-of-postcss-requires", required_by_postcss),
        ("plugin-of-babel-that-a-configuration-names", named_for_babel),
        ("script-that-a-plugin-imports", imported_by_a_plugin),
        ("configuration-of-tailwind-that-is-mended", mended_for_tailwind),
        ("include-of-pug-that-is-mended", mended_for_pug),
    ]
}

/// A project with these files beside its packages; `more` are keys of its configuration.
fn project(files: &[(&str, &str)], more: &str) -> Result<PathBuf, String> {
    let folder = work::fresh_directory("tools")?.join("project");
    let config = format!("{{ \"outDir\": \"out\", \"areas\": {{ \"app\": \"app.js\" }}{more} }}");
    write(&folder, "bundle.config.json", &config)?;
    files.iter().try_for_each(|(name, text)| write(&folder, name, text))?;
    tree::link(&work::root().join("tests/node_modules"), &folder.join("node_modules"))?;
    Ok(folder)
}

/// Edits `file`, twice, and expects what each edit makes in `output`.
fn edited(
    folder: &Path,
    (file, output): (&str, &str),
    [first, second, third]: [&str; 3],
) -> Result<(), String> {
    let (mut watching, _) = Watching::start(folder)?;
    let output = folder.join("out").join(output);
    let read = || fs::read_to_string(&output).map_err(|error| error.to_string());
    expect(&read()?, first)?;
    for (before, after) in [(first, second), (second, third)] {
        updates::change(&folder.join(file), before, after)?;
        watching.settled_after(file)?;
        expect(&read()?, after)?;
    }
    drop(watching);
    work::remove(folder.parent().expect("it has a parent"));
    Ok(())
}

fn expect(text: &str, part: &str) -> Result<(), String> {
    if text.contains(part) { Ok(()) } else { Err(format!("there is no {part} in {text}")) }
}

/// Breaks `file`, and mends it with another text.
fn mended(
    folder: &Path,
    (file, output): (&str, &str),
    [good, bad, after]: [&str; 3],
) -> Result<(), String> {
    let (mut watching, _) = Watching::start(folder)?;
    updates::change(&folder.join(file), good, bad)?;
    let settled = watching.settled_after(file)?;
    if settled.is_built {
        return Err(format!("{file} is broken: {settled:?}"));
    }
    updates::change(&folder.join(file), bad, after)?;
    let settled = watching.settled_after(file)?;
    if !settled.is_built {
        return Err(format!("{file} is mended: {settled:?}"));
    }
    let text = fs::read_to_string(folder.join("out").join(output));
    expect(&text.map_err(|error| error.to_string())?, after)?;
    drop(watching);
    work::remove(folder.parent().expect("it has a parent"));
    Ok(())
}

fn configuration_of_postcss() -> Result<(), String> {
    let config = "export default { plugins: [{
      postcssPlugin: 'own',
      Once(root, { Rule, Declaration }) {
        const nodes = [new Declaration({ prop: 'color', value: 'red' })];
        root.append(new Rule({ selector: '.own', nodes }));
      },
    }] };\n";
    let files = [
        ("app.js", "import './app.css';\n"),
        ("app.css", ".a { color: blue }\n"),
        ("postcss.config.mjs", config),
    ];
    edited(&project(&files, "")?, ("postcss.config.mjs", "app.css"), ["red", "green", "brown"])
}

/// Pages get the script's update before Tailwind has run; both outputs are right afterwards.
fn read_by_tailwind() -> Result<(), String> {
    let files = [
        ("app.js", "import './app.css';\nimport { mark } from './mark.js';\nconsole.log(mark);\n"),
        ("mark.js", "export const mark = 'p-[101px]';\n"),
        ("app.css", "@tailwind utilities;\n"),
        ("postcss.config.js", "module.exports = { plugins: { tailwindcss: {} } };\n"),
        ("tailwind.config.js", "module.exports = { content: ['./*.js'] };\n"),
    ];
    edited(&project(&files, "")?, ("mark.js", "app.css"), ["101px", "102px", "103px"])
}

fn included_in_pug() -> Result<(), String> {
    let files = [
        ("app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("App.vue", "<template lang=\"pug\">\ndiv\n  include ./more.pug\n</template>\n"),
        ("more.pug", "p first\n"),
    ];
    edited(&project(&files, "")?, ("more.pug", "app.js"), ["first", "second", "third"])
}

fn compiler_of_vue() -> Result<(), String> {
    let compiler = "exports.modules = [{ preTransformNode(element) {
        element.attrsMap.title = element.attrsList[0].value = 'first';
    } }];\n";
    let files = [
        ("app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("App.vue", "<template><p title=\"a\">text</p></template>\n"),
        ("compiler.js", compiler),
    ];
    let folder = project(&files, ", \"vue\": { \"compiler\": \"compiler.js\" }")?;
    edited(&folder, ("compiler.js", "app.js"), ["first", "second", "third"])
}

fn read_for_a_block() -> Result<(), String> {
    let plugin = "const { readFileSync } = require('fs');
    const { join } = require('path');
    const file = join(__dirname, 'docs.txt');
    module.exports = () => ({
      name: 'docs',
      transform(code, id) {
        if (!id.includes('type=docs')) return null;
        this.addWatchFile(file);
        const text = JSON.stringify(readFileSync(file, 'utf8'));
        return `export default ({ options }) => { options.docs = ${text}; }`;
      },
    });\n";
    let files = [
        ("app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("App.vue", "<docs>x</docs>\n<template><p>text</p></template>\n"),
        ("docs.txt", "first\n"),
        ("plugin.js", plugin),
    ];
    let folder = project(&files, ", \"plugins\": [\"./plugin.js\"]")?;
    edited(&folder, ("docs.txt", "app.js"), ["first", "second", "third"])
}

fn required_by_postcss() -> Result<(), String> {
    let plugin = "module.exports = {
      postcssPlugin: 'own',
      Declaration(declaration) { declaration.value = 'red'; },
    };\n";
    let files = [
        ("app.js", "import './app.css';\n"),
        ("app.css", ".a { color: blue }\n"),
        ("postcss.config.js", "module.exports = { plugins: [require('./own')] };\n"),
        ("own.js", plugin),
    ];
    edited(&project(&files, "")?, ("own.js", "app.css"), ["red", "green", "brown"])
}

fn named_for_babel() -> Result<(), String> {
    let plugin = "module.exports = () => ({
      visitor: { StringLiteral(path) { path.node.value = 'first'; } },
    });\n";
    let files = [
        ("app.js", "console.log('text');\n"),
        ("babel.config.js", "module.exports = { plugins: ['./own.js'] };\n"),
        ("own.js", plugin),
    ];
    edited(&project(&files, "")?, ("own.js", "app.js"), ["first", "second", "third"])
}

fn imported_by_a_plugin() -> Result<(), String> {
    let plugin = "import { text } from './text.mjs';
    export default () => ({
      name: 'own',
      transform: (code, id) => id.endsWith('app.js') ? code.replace('text', text) : null,
    });\n";
    let files = [
        ("app.js", "console.log('text');\n"),
        ("plugin.mjs", plugin),
        ("text.mjs", "export const text = 'first';\n"),
    ];
    let folder = project(&files, ", \"plugins\": [\"./plugin.mjs\"]")?;
    edited(&folder, ("text.mjs", "app.js"), ["first", "second", "third"])
}

fn mended_for_tailwind() -> Result<(), String> {
    let config = "module.exports = { content: ['./*.js'], theme: { spacing: { p: '1px' } } };\n";
    let files = [
        ("app.js", "import './app.css';\nconsole.log('p-p');\n"),
        ("app.css", "@tailwind utilities;\n"),
        ("postcss.config.js", "module.exports = { plugins: { tailwindcss: {} } };\n"),
        ("tailwind.config.js", config),
    ];
    mended(&project(&files, "")?, ("tailwind.config.js", "app.css"), ["1px", "1px' '", "2px"])
}

fn mended_for_pug() -> Result<(), String> {
    let files = [
        ("app.js", "import App from './App.vue';\nconsole.log(App);\n"),
        ("App.vue", "<template lang=\"pug\">\ndiv\n  include ./more.pug\n</template>\n"),
        ("more.pug", "p first\n"),
    ];
    mended(&project(&files, "")?, ("more.pug", "app.js"), ["first", "#{first", "second"])
}
