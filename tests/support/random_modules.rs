//! Random modules for tests of rebuilding, in memory (the engine's) and on the disk (`watching`):
//! both include this file. They are built and never run, so their imports matter more than their
//! code.

/// A generator of numbers that are the same on every machine (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// A whole number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("below a usize")
    }

    /// True once in `one_in` times, on average.
    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    /// One of several things.
    pub fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

/// Paths of modules: the first three in JavaScript beside each other, then other languages and a
/// folder too.
pub fn names(count: usize) -> Vec<String> {
    let name = |index: usize| match index % 8 {
        3 => format!("lib/m{index}.js"),
        4 => format!("m{index}.ts"),
        5 => format!("m{index}.json"),
        6 => format!("lib/m{index}.ts"),
        7 => format!("m{index}.mjs"),
        _ => format!("m{index}.js"),
    };
    (0..count).map(name).collect()
}

/// The text of the module at `at`, which imports, requires and re-exports some of `names` at
/// random; sometimes it is wrong.
pub fn module(random: &mut Random, at: &str, names: &[String]) -> String {
    let extension = at.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension == "json" {
        let end = if random.chance(20) { "" } else { "}" };
        return format!("{{ \"v\": {}, \"w\": [1, 2] {end}\n", random.below(1000));
    }
    let is_typed = extension == "ts";
    let is_commonjs = extension == "js" && random.chance(4);
    let mut text = String::new();
    for line in 0..random.below(4) {
        text.push_str(&request(random, line, (at, is_commonjs), names));
    }
    let (value, typed) = (random.below(1000), if is_typed { ": number" } else { "" });
    let exported = match (is_commonjs, random.below(40)) {
        (true, _) => format!("exports.v = {value};\n"),
        (false, 0) => "export let v = ;\n".to_owned(),
        (false, 1) => format!("log({value});\n"),
        (false, 2..=12) => {
            format!("export const v{typed} = {value}; export default function () {{ return v; }}\n")
        }
        (false, _) => {
            format!(
                "export let v{typed} = {value}; export default class {{ get() {{ return `${{v}}`; \
                 }} }}\n"
            )
        }
    };
    let objects = match (is_commonjs, random.below(6)) {
        (true, _) | (_, 0) => String::new(),
        (false, 1) => format!("export const c = {{ lit: {value} }}; c.lit++;\n"),
        (false, _) if is_typed => {
            format!("export const c = {{ lit: {value} }}; export enum E {{ A = {value}, B }}\n")
        }
        (false, _) => {
            format!(
                "export const c = {{ lit: {value}, f() {{}} }}; export const E = Object.freeze({{ \
                 A: 'a' }});\n"
            )
        }
    };
    text + &exported + &objects
}

/// One line that asks for another module, or for all of a folder.
fn request(
    random: &mut Random,
    line: usize,
    (at, is_commonjs): (&str, bool),
    names: &[String],
) -> String {
    let name = random.of(names);
    // Every second time without its extension.
    let name = if random.chance(2) {
        name.as_str()
    } else {
        name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem)
    };
    let above = if at.contains('/') { "../" } else { "./" };
    let from = format!("{above}{name}");
    match (is_commonjs, random.below(if is_commonjs { 7 } else { 17 })) {
        (true, 0..=3) => format!("var r{line} = require('{from}'); log(typeof r{line});\n"),
        (true, 4..=5) => format!("function later{line}() {{ return require('{from}'); }}\n"),
        (true, _) => format!("try {{ require('{from}'); }} catch (e) {{ log(e); }}\n"),
        (false, 0..=1) => format!("import * as n{line} from '{from}'; log(n{line}.v);\n"),
        (false, 2..=3) => format!("import d{line} from '{from}'; log(typeof d{line});\n"),
        (false, 4..=5) => format!("export * from '{from}';\n"),
        (false, 6..=7) => format!("export {{ v as w{line} }} from '{from}';\n"),
        (false, 8..=9) => format!("import('{from}').then(log);\n"),
        (false, 13) => {
            format!("new Worker(new URL('{from}', import.meta.url), {{ type: 'module' }});\n")
        }
        (false, 14..=15) => {
            format!(
                "import * as o{line} from '{from}'; log(() => [o{line}.c.lit, o{line}.E.A, \
                 o{line}.E.B]);\n"
            )
        }
        (false, 16) => format!("import * as p{line} from '{from}'; log(() => p{line}.c.lit++);\n"),
        (false, 10) => format!("log(import.meta.glob('{above}lib/*'));\n"),
        (false, _) => format!("import {{ v as v{line} }} from '{from}'; log(() => v{line});\n"),
    }
}
