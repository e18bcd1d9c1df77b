//! `why`, `report`, budgets, sizes and reproducibility, through the real binary.

use serde_json::Value;

use super::{Project, codes};

/// Two entries, a re-export on the way, an import of which nothing stays, a package, and what is
/// loaded later.
const SHOP: &[(&str, &str)] = &[
    (
        "bundle.config.json",
        r#"{ "areas": { "shop": "src/shop.js", "admin": "src/admin.js" }, "splitting": true }"#,
    ),
    (
        "src/shop.js",
        "import { unused } from \"./dead\";\nimport { price } from \
         \"./lib\";\nconsole.log(price(1));\n",
    ),
    (
        "src/admin.js",
        "import { price } from \"./lib\";\nimport(\"./chart\").then((it) => \
         it.draw(price));\nclass A {}\nconsole.log(A);\n",
    ),
    ("src/dead.js", "import { tax } from \"./tax\";\nexport function unused() { return tax; }\n"),
    ("src/lib.js", "export { price } from \"./price\";\nexport * from \"./tax\";\n"),
    (
        "src/price.js",
        "import { rate } from \"./lib\";\nexport function price(n) { return n * rate(); }\n",
    ),
    ("src/tax.js", "export function tax() { return 1; }\nexport function rate() { return 2; }\n"),
    (
        "src/chart.js",
        "import pad from \"pad\";\nexport function draw(f) { console.log(pad(f(2))); }\n",
    ),
    ("node_modules/pad/package.json", r#"{ "name": "pad", "version": "1.2.3", "main": "pad.js" }"#),
    ("node_modules/pad/pad.js", "module.exports = function (n) { return \" \" + n; };\n"),
];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The places of the first chain of the first output.
fn chain(answer: &Value) -> String {
    let steps = answer["outputs"][0]["chains"][0]["steps"].as_array().expect("there is a chain");
    let place =
        |ask: &Value| format!("{}:{}", ask["path"].as_str().unwrap_or_default(), ask["line"]);
    let through = |step: &Value| {
        step["through"].as_array().into_iter().flatten().map(place).collect::<Vec<_>>()
    };
    steps
        .iter()
        .flat_map(|step| std::iter::once(place(step)).chain(through(step)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn why_leads_through_what_stays() {
    let project = Project::new(SHOP);
    let why = |what: &[&str]| json(&project.run_ok(&[&["why", "--json"], what].concat()).stdout);
    // Not by dead.js, which imports it too and is nearer.
    let tax = why(&["src/tax.js"]);
    assert_eq!(chain(&tax), "src/shop.js:2 src/lib.js:1 src/price.js:1 src/lib.js:2");
    assert_eq!(tax["outputs"].as_array().map(Vec::len), Some(1));
    assert_eq!(tax["outputs"][0]["names"][0]["name"], "rate");
    assert_eq!(tax["outputs"][0]["neededFor"].as_array().map(Vec::len), Some(2), "{tax}");
    let admin = why(&["price", "--entry", "admin"]);
    assert_eq!(chain(&admin), "src/admin.js:1 src/lib.js:1");
    // Without splitting each entry's output tells of itself.
    let areas = r#""areas": { "shop": "src/shop.js", "admin": "src/admin.js" }"#;
    project.write("bundle.config.json", &format!("{{ {areas}, \"splitting\": false }}"));
    let both = why(&["src/price.js"]);
    let outputs: Vec<&str> = both["outputs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|o| o["output"].as_str())
        .collect();
    assert_eq!(outputs, ["dist/shop.js", "dist/admin.js"]);
    assert_eq!(chain(&both), "src/shop.js:2 src/lib.js:1");
}

/// With `async` an entry is in one file with what it shares with its `import()`s.
#[test]
fn why_of_an_entry_with_chunks_of_its_own() {
    let project = Project::new(&[
        ("bundle.config.json", r#"{ "areas": { "shop": "shop.js" }, "splitting": "async" }"#),
        (
            "shop.js",
            "import { n } from './cart.js';\nlog(n);\nimport('./map.js').then((it) => log(it.map));\n",
        ),
        ("cart.js", "export let n = Math.random();\n"),
        ("map.js", "import { n } from './cart.js';\nexport const map = n;\n"),
    ]);
    let map = project.run_ok(&["why", "map.js", "--entry", "shop"]).stdout;
    assert!(map.starts_with("map.js is in dist/chunks/shop/map.js: "), "{map}");
    let chunk = project.run_ok(&["why", "dist/chunks/shop/map.js"]).stdout;
    assert!(chunk.contains("dist/shop.js loads it later"), "{chunk}");
    let shop = project.run_ok(&["why", "shop.js"]).stdout;
    assert!(shop.contains("only shop needs it") && !shop.contains("import() of"), "{shop}");
}

/// Three pages; two of them share a function that is not worth a request, and one of these a stylesheet
/// with the third.
#[test]
fn entries_that_load_a_module_without_need_are_reported() {
    let page = |name: &'static str, imports: &str| {
        (name, format!("import {{ all }} from './all.js';\n{imports}console.log(all());\n"))
    };
    let pair = "import { pair } from './pair.js';\nconsole.log(pair());\n";
    let files = [
        page("one.js", pair),
        page("two.js", &format!("{pair}import './a.css';\n")),
        page("three.js", "import './a.css';\n"),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let shared = [
        ("all.js", "export function all() { return 1; }"),
        ("pair.js", "export function pair() { return 2; }"),
        ("a.css", "p { color: red }"),
        (
            "bundle.config.json",
            r#"{ "areas": { "one": "one.js", "two": "two.js", "three": "three.js" } }"#,
        ),
    ];
    let project = Project::new(&[&files[..], &shared].concat());
    let graph = project.run_ok(&["inspect", "graph"]).stdout;
    let reported = |module: &str| {
        let lines =
            graph.lines().skip_while(|line| !line.starts_with(&format!("{module}  ("))).skip(1);
        lines.take_while(|line| line.starts_with(' ')).collect::<Vec<_>>().join("\n")
    };
    let all = "in dist/chunks/shared~one+two+three.js: exactly these need it:";
    assert_eq!(reported("all.js"), format!("  {all} one, two, three"));
    assert_eq!(
        reported("pair.js"),
        format!("  {all} one, two; three loads it too: one request for what they share")
    );
    assert_eq!(
        reported("a.css"),
        "  in dist/chunks/shared~two+three.css: exactly these need it: two, three"
    );
    let graph = json(&project.run_ok(&["inspect", "graph", "--json"]).stdout);
    assert_eq!(graph["pair.js"]["outputs"][0]["loadedFor"][0]["path"], "three.js", "{graph}");
    let pair = project.run_ok(&["why", "pair.js"]).stdout;
    assert!(pair.contains("one, two; three loads it too"), "{pair}");
    assert!(!pair.contains("  three.js:"), "no way leads there from the third page: {pair}");
    let shared = project.run_ok(&["why", "dist/chunks/shared~one+two+three.js"]).stdout;
    assert!(
        shared.contains("exactly these need it: one, two, three; each of them needs a part of it"),
        "{shared}"
    );
    let stylesheet = project.run_ok(&["why", "dist/chunks/shared~two+three.css"]).stdout;
    assert!(
        stylesheet.contains("exactly these need it: two, three\n")
            && stylesheet.contains("1 module\n"),
        "{stylesheet}"
    );
}

#[test]
fn why_a_package_a_helper_an_output() {
    let project = Project::new(SHOP);
    let why = |what: &str| project.run_ok(&["why", what]).stdout;
    let package = why("pad");
    assert!(package.starts_with("pad is in dist/chunks/chart.js: "), "{package}");
    assert!(
        package
            .contains("  src/admin.js:2:8   import(\"./chart\").then((it) => it.draw(price));\n"),
        "{package}"
    );
    assert!(package.contains("  src/chart.js:1:17  import pad from \"pad\";\n"), "{package}");
    assert!(
        package.contains("in this file because only import() of src/chart.js needs it\n"),
        "{package}"
    );
    let helper = why("runtime/helpers");
    assert!(
        helper.contains("  src/admin.js:3:7  class A {}\n  bundle:runtime/helpers\n"),
        "{helper}"
    );
    assert!(
        helper.contains(
            "these of its exports are used: create_class (src/admin.js:3:7), \
             check_new (src/admin.js:3:7)"
        ),
        "{helper}"
    );
    let output = why("dist/chunks/chart.js");
    assert!(
        output.contains(
            "because only import() of src/chart.js needs it\n  dist/admin.js loads it later\n"
        ),
        "{output}"
    );
    let entry = why("admin");
    assert!(entry.starts_with("dist/admin.js: "), "{entry}");
}

#[test]
fn why_not() {
    let project = Project::new(SHOP);
    let refused = |what: &[&str]| project.refuse(&[&["why"], what].concat());
    let away = refused(&["src/dead.js"]);
    assert_eq!(codes(&away), "not-in-output");
    assert!(away.contains("it is imported at src/shop.js:1:24, but"), "{away}");
    project.write(
        "src/chart.js",
        "import { WIDTH } from \"./wide\";\nconsole.log(WIDTH, new \
                                   URL(\"./a.pdf\", import.meta.url));\nexport function draw() \
                                   {}\n",
    );
    project.write("src/wide.js", "export const WIDTH = 7;\n");
    project.write("src/a.pdf", "something");
    let literal = refused(&["src/wide.js"]);
    assert!(
        literal.contains(
            "it is imported at src/chart.js:1:23, but only for values that are inlined: WIDTH"
        ),
        "{literal}"
    );
    assert!(
        refused(&["a.pdf"])
            .contains("its address is used at src/chart.js:2:28: it is a file of its own")
    );
    let elsewhere = refused(&["src/chart.js", "--entry", "shop"]);
    assert_eq!(codes(&elsewhere), "not-in-output");
    assert!(elsewhere.contains("it is in dist/chunks/chart.js"), "{elsewhere}");
    let near = refused(&["scr/tax.js"]);
    assert!(
        codes(&near) == "unknown-module" && near.contains("did you mean src/tax.js?"),
        "{near}"
    );
    let entry = refused(&["src/tax.js", "--entry", "adnim"]);
    assert!(codes(&entry) == "unknown-entry" && entry.contains("did you mean admin?"), "{entry}");
}

#[test]
fn stored_metafiles_serve_as_builds_do() {
    let project = Project::new(SHOP);
    project.run_ok(&["build", "--metafile", "meta.json"]);
    let fresh = project.run_ok(&["why", "pad", "--json"]).stdout;
    project.write("src/chart.js", "not at all");
    assert_eq!(project.run_ok(&["why", "pad", "--json", "--metafile", "meta.json"]).stdout, fresh);
    project.run_ok(&["report", "--metafile", "meta.json", "--out", "page.html"]);
    assert!(project.read("page.html").contains("node_modules/pad/pad.js"));
    // Once more over a page, and over nothing else.
    project.run_ok(&["report", "--metafile", "meta.json", "--out", "page.html"]);
    assert_eq!(
        codes(&project.refuse(&["report", "--metafile", "meta.json", "--out", "src/lib.js"])),
        "not-written"
    );
    let missing = project.refuse(&["report", "--metafile", "mета.json"]);
    assert_eq!(codes(&missing), "bad-metafile");
    project.write("wrong.json", r#"{ "outputs": [] }"#);
    let wrong = project.refuse(&["why", "pad", "--metafile", "wrong.json"]);
    assert!(
        codes(&wrong) == "bad-metafile" && wrong.contains("wrong.json is not a metafile"),
        "{wrong}"
    );
    project.write("src/chart.js", "export function draw() {}\n");
    // From a folder of the project paths lead there too.
    let inside = project.run_in("src", &["why", "price.js", "--json"]);
    assert_eq!(
        json(&inside.stdout)["outputs"][0]["output"],
        "../dist/chunks/shared~shop+admin.js",
        "{}",
        inside.stderr
    );
}

#[test]
fn the_metafile_tells_what_servers_send_and_versions() {
    let project = Project::new(SHOP);
    project.run_ok(&["build", "--metafile", "meta.json"]);
    let metafile = json(&project.read("meta.json"));
    let (bytes, gzip) = (
        &metafile["outputs"]["dist/shop.js"]["bytes"],
        &metafile["outputs"]["dist/shop.js"]["gzip"],
    );
    assert!(gzip.as_u64() > Some(100) && gzip.as_u64() < bytes.as_u64(), "{bytes} {gzip}");
    assert_eq!(metafile["packages"]["node_modules/pad"], "1.2.3");
}

#[test]
fn a_report_compares_with_a_stored_metafile() {
    let project = Project::new(SHOP);
    project.run_ok(&["build", "--metafile", "old.json"]);
    let same = project.run_ok(&["report", "--compare", "old.json"]).stdout;
    assert!(
        same.contains("outputs are as large as before\n") && same.contains(": no change\n"),
        "{same}"
    );
    project.write("src/tax.js", "export function rate() { return 1234567890123; }\n");
    project.write("src/new.js", "console.log(\"new\");\n");
    project.write(
        "src/shop.js",
        "import { price } from \"./lib\";\nimport \"./new\";\nconsole.log(price(1));\n",
    );
    project.write("src/admin.js", "import { price } from \"./lib\";\nconsole.log(price(1));\n");
    let text = project.run_ok(&["report", "--compare", "old.json"]).stdout;
    assert!(text.contains("  src/new.js  (new)\n"), "{text}");
    assert!(text.contains("  dist/chunks/chart.js  ") && text.contains("  gone\n"), "{text}");
    let reported = json(&project.run_ok(&["report", "--compare", "old.json", "--json"]).stdout);
    let find = |list: &str, key: &str, name: &str| {
        let found = reported[list].as_array().into_iter().flatten().find(|it| it[key] == name);
        found.unwrap_or_else(|| panic!("{name}: {reported}")).clone()
    };
    let new = find("modules", "module", "src/new.js");
    assert!(
        new["state"] == "new" && new["before"].is_null() && new["now"].as_u64() > Some(10),
        "{new}"
    );
    assert_eq!(find("modules", "module", "src/tax.js")["state"], "grown");
    assert_eq!(find("outputs", "output", "dist/chunks/chart.js")["state"], "gone");
    // esbuild's own metafile has less in it, and is one.
    project.write("esbuild.json", r#"{ "inputs": {}, "outputs": { "dist/shop.js": { "bytes": 10, "inputs": {}, "imports": [], "exports": [] } } }"#);
    assert!(
        project.run_ok(&["report", "--compare", "esbuild.json"]).stdout.contains("dist/shop.js")
    );
}

/// A project of two pages that share a script, with a budget.
fn shop_with(budgets: &str) -> Project {
    let project = Project::new(SHOP);
    let areas = r#""areas": { "trade/shop": "src/shop.js", "trade/admin": "src/admin.js" }, "splitting": true, "minify": false"#;
    project.write("bundle.config.json", &format!("{{ {areas},\n\"budgets\": {budgets} }}"));
    project
}

#[test]
fn a_page_over_its_budget_fails_the_build() {
    let project = shop_with(r#"{ "trade/*": "4 KB" }"#);
    let said = project.refuse(&["build"]);
    assert_eq!(codes(&said), "over-budget over-budget");
    assert!(
        said.contains("the page of trade/shop loads 5.9 kB")
            && said.contains(" more than its budget of 4.0 kB"),
        "{said}"
    );
    assert!(said.contains("--> bundle.config.json:2:25"), "{said}");
    assert!(said.contains("what is largest in it: bundle:runtime/chunks "), "{said}");
    // What only import() brings does not count, what is shared does.
    let files = said.lines().find(|line| line.contains("it loads")).unwrap_or_default();
    assert!(files.contains("shop+trade-admin.js ") && !files.contains("/chart.js "), "{files}");
}

#[test]
fn a_budget_names_what_grew() {
    let project = shop_with(r#"{ "*": { "js": "1 MB" } }"#);
    project.run_ok(&["build", "--metafile", "old.json"]);
    project.write(
        "src/tax.js",
        &format!(
            "export function tax() {{}}\nexport function rate() {{ return {:?}.length; }}\n",
            "x".repeat(4000)
        ),
    );
    let config = project.read("bundle.config.json");
    project.write("bundle.config.json", &config.replace("1 MB", "12 kb"));
    let said = project.refuse(&["build", "--compare", "old.json"]);
    assert!(said.contains("what grew most: src/tax.js +4.0 kB"), "{said}");
    // After gzip it is nothing.
    project.write("bundle.config.json", &config.replace(r#""1 MB""#, r#""12 kb", "gzip": true"#));
    project.run_ok(&["build"]);
}

#[test]
fn budgets_count_scripts_stylesheets_or_both() {
    let budget = |budgets: &str| {
        let project = shop_with(budgets);
        project.write("src/shop.js", "import \"./shop.css\";\nconsole.log(\"shop\");\n");
        project.write(
            "src/shop.css",
            &format!("p {{ background: url(data:x,{}) }}\n", "x".repeat(900)),
        );
        let said = project.run(&["build", "--no-minify"]).stderr;
        said.lines()
            .filter(|line| line.starts_with("error"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(budget(r#"{ "trade/shop": { "css": 2000, "js": "1.5 kib", "total": 3000 } }"#), "");
    let css = budget(r#"{ "trade/shop": { "css": "0.9 KB", "gzip": false } }"#);
    assert!(
        css.contains(
            "the page of trade/shop loads 936 B of stylesheets, 36 B more than its budget of 900 B"
        ),
        "{css}"
    );
    let js = budget(r#"{ "*shop": { "js": 20 } }"#);
    assert!(js.contains("B of scripts, ") && !js.contains("admin"), "{js}");
}

#[test]
fn mistakes_in_budgets() {
    let said = |budgets: &str| shop_with(budgets).run(&["build"]).stderr;
    let near = said(r#"{ "trade/shp": "1 MB" }"#);
    assert!(
        codes(&near) == "budget-without-entry" && near.contains("did you mean \"trade/shop\"?"),
        "{near}"
    );
    assert_eq!(codes(&said(r#"{ "*": "170 kilo" }"#)), "bad-size");
    assert_eq!(codes(&said(r#"{ "*": { "jss": 1, "js": true } }"#)), "unknown-key config-type");
}

#[test]
fn the_summary_says_what_has_changed_since_the_last_build() {
    let project = Project::new(SHOP);
    // The first build says no more than before.
    let first = project.run_ok(&["build"]).stdout;
    assert!(first.lines().all(|line| !line.ends_with("new") && !line.contains("gzip")), "{first}");
    project.write(
        "src/shop.js",
        "import \"./lib\";\nconsole.log(\"longer by some letters\");\nimport(\"./late\");\n",
    );
    project.write("src/late.js", "console.log(1);\n");
    let then = project.run_ok(&["build"]).stdout;
    let line = |name: &str| {
        then.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {then}"))
    };
    assert!(line("dist/chunks/late.js ").ends_with("  new"), "{then}");
    assert!(
        line("dist/shop.js ").contains("  +") || line("dist/shop.js ").contains("  -"),
        "{then}"
    );
    let again = project.run_ok(&["build"]).stdout;
    let (files, kind) = again.trim_end().rsplit_once('\n').expect("there are several lines");
    assert!(files.lines().all(|line| line.ends_with("  unchanged")), "{again}");
    assert_eq!(kind, "  production build: minified, no source maps");
    // Under another hash a file is the same one still.
    let config = project
        .read("bundle.config.json")
        .replace("\"splitting\"", "\"hash\": true, \"splitting\"");
    project.write("bundle.config.json", &config);
    project.run_ok(&["build", "--no-minify"]);
    project.write(
        "src/tax.js",
        "export function tax() {}\nexport function rate() { return 1234567; }\n",
    );
    let hashed = project.run_ok(&["build", "--no-minify"]).stdout;
    let shared =
        hashed.lines().find(|line| line.contains("chunks/shared~shop+admin.")).unwrap_or_default();
    assert!(shared.ends_with("  +6 B"), "{hashed}");
    let reported = project.run_ok(&["build", "--no-minify", "--log-format", "json"]).stdout;
    let file = reported
        .lines()
        .map(json)
        .find(|line| line["output"] == "dist/shop.js")
        .expect("it is told");
    assert_eq!(file["before"], file["bytes"]);
}

#[test]
fn sizes_as_servers_send_them() {
    let project = Project::new(SHOP);
    let text = project.run_ok(&["build", "--sizes"]).stdout;
    let gzip = text.lines().find(|line| line.contains("dist/shop.js ")).expect("it is told");
    assert!(gzip.contains(" kB    gzip ") || gzip.contains(" kB  gzip "), "{gzip}");
    assert!(gzip.contains("  brotli "), "{gzip}");
    assert!(
        text.contains("  page of shop, 2 files ") && text.contains("  page of admin, 2 files "),
        "{text}"
    );
    let reported: Vec<Value> = project
        .run_ok(&["build", "--sizes", "--log-format", "json"])
        .stdout
        .lines()
        .map(json)
        .collect();
    let sum = |of: &str| -> u64 {
        let files = ["dist/shop.js", "dist/chunks/shared~shop+admin.js"];
        let file = |file: &str| {
            reported.iter().find(|line| line["output"] == file).and_then(|line| line[of].as_u64())
        };
        files.iter().filter_map(|name| file(name)).sum()
    };
    let page = reported.iter().find(|line| line["page"] == "shop").expect("pages are told");
    for of in ["bytes", "gzip", "brotli"] {
        assert_eq!(page[of].as_u64(), Some(sum(of)), "{of}");
    }
    assert!(sum("brotli") < sum("gzip") && sum("gzip") < sum("bytes"));
}

#[test]
fn a_stylesheet_in_parts_is_one_page() {
    let rules: Vec<String> = (0..4200).map(|n| format!(".a{n} {{ top: {n}px }}\n")).collect();
    let config = r#"{ "areas": { "site": "site.css" }, "target": "ie >= 9" }"#;
    let project = Project::new(&[("bundle.config.json", config), ("site.css", &rules.concat())]);
    let text = project.run_ok(&["build", "--sizes"]).stdout;
    let pages: Vec<&str> = text.lines().filter(|line| line.contains("  page of ")).collect();
    assert!(pages.len() == 1 && pages[0].contains("page of site, 2 files"), "{text}");
}

#[test]
fn builds_that_are_made_twice() {
    let project = Project::new(SHOP);
    let said = project
        .run_ok(&["build", "--check-reproducible", "--minify", "--sourcemap", "file"])
        .stdout;
    assert!(
        said.contains("  reproducible: ")
            && said.ends_with(" files, the same with 1 thread and in another folder\n"),
        "{said}"
    );
    let files = project.files();
    // What is written is what is always written.
    project.run_ok(&["build", "--minify", "--sourcemap", "file", "--no-cache"]);
    assert!(files == project.files());
    // Folders that areas claim are there too.
    let config = project.read("bundle.config.json");
    let areas = r#""areas": { "common": { "entry": "src/common/index.js", "shared": true },"#;
    project.write("bundle.config.json", &config.replace("\"areas\": {", areas));
    project.write("src/common/index.js", "export function common() { console.log(\"common\"); }\n");
    project.write("src/late.js", "import { common } from \"./common\";\ncommon();\n");
    project.write("src/shop.js", "import \"./late\";\n");
    project.run_ok(&["build", "--check-reproducible"]);
    let why = project.run_ok(&["why", "src/common/index.js"]).stdout;
    assert!(why.contains("in this file because the shared area common claims it; "), "{why}");
    // Entries may be reported from the root of the disk, and one thread may be all that there is.
    let entry = project.path("src/shop.js");
    let entry = entry.to_str().expect("a path is text");
    let json_lines = ["--jobs", "1", "--log-format", "json"];
    let reported = project
        .run_ok(
            &[&["build", entry, "--no-config", "--check-reproducible"][..], &json_lines].concat(),
        )
        .stdout;
    let reported =
        reported.lines().map(json).find(|line| line["reproducible"] == true).expect("it is told");
    assert_eq!(reported["threads"], 4);
}

#[test]
fn a_command_that_prints_something_else_each_time() {
    let project = Project::new(SHOP);
    let config =
        r#"{ "areas": { "app": "src/app.js" }, "preprocess": { "less": "sh ../count.sh" } }"#;
    project.write("bundle.config.json", config);
    project.write("src/app.js", "import \"./plain.css\";\nimport \"./app.less\";\n");
    project.write("src/plain.css", "p { color: red }\n");
    project.write("src/app.less", "i { width: 1px }\n");
    project.write("count.sh", "cat; date +\"b { order: %N }\"\n");
    for flags in
        [&["build", "--check-reproducible"][..], &["build", "--check-reproducible", "--minify"]]
    {
        let said = project.refuse(flags);
        assert_eq!(codes(&said), "not-reproducible");
        assert!(
            said.contains("two builds of the same sources differ: dist/app.css at line "),
            "{said}"
        );
        assert!(said.contains(" --> src/app.less:1:"), "{said}");
    }
    project.write("count.sh", "cat\n");
    project.run_ok(&["build", "--check-reproducible"]);
}

#[test]
fn comments_of_webpack_name_chunks() {
    let project = Project::new(&[
        (
            "src/main.js",
            "import(/* webpackChunkName: 'about us' */ './about.js');\n\
             import(/* webpackMode: \"eager\" */ './eager.js');\n\
             window.lang = (x) => import(/* webpackChunkName: \"lang-[request]-[index]\" */\n\
             `./lang/${x}.js`);",
        ),
        ("src/about.js", "window.about = 1;"),
        ("src/eager.js", "window.eager = 'AT ONCE';"),
        ("src/lang/de.js", "export default 'DE';"),
        ("src/lang/en.js", "export default 'EN';"),
    ]);
    project.run_ok(&["src/main.js", "--out-dir", "out", "--splitting", "--no-cache"]);
    for file in ["about-us.js", "lang-de-js-0.js", "lang-en-js-1.js"] {
        assert!(project.path(&format!("out/chunks/{file}")).exists(), "{file}");
    }
    assert!(project.read("out/main.js").contains("AT ONCE"));
}
