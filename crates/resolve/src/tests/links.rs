//! Symbolic links, pnpm, names outside the project.

use bundle_base::fs::MemoryFs;

use super::over;

fn pnpm() -> MemoryFs {
    let store = "/p/node_modules/.pnpm";
    let fs = MemoryFs::new()
        .with("/p/entry.js", "")
        .with(
            format!("{store}/a@1.0.0/node_modules/a/package.json"),
            r#"{ "name": "a", "version": "1.0.0", "main": "lib/a.js" }"#,
        )
        .with(format!("{store}/a@1.0.0/node_modules/a/lib/a.js"), "")
        .with(format!("{store}/b@2.0.0/node_modules/b/index.js"), "");
    fs.link("/p/node_modules/a", ".pnpm/a@1.0.0/node_modules/a");
    fs.link(format!("{store}/a@1.0.0/node_modules/b"), "../../b@2.0.0/node_modules/b");
    fs
}

#[test]
fn pnpm_packages_find_what_they_depend_on() {
    let w = over("", pnpm());
    let a = "node_modules/.pnpm/a@1.0.0/node_modules/a/lib/a.js";
    assert_eq!(w.import("main.js", "a"), a);
    assert_eq!(w.import(a, "b"), "node_modules/.pnpm/b@2.0.0/node_modules/b/index.js");
    assert!(w.import("main.js", "b").starts_with("missing-package"), "not declared, not found");
    assert_eq!(w.package("main.js", "a").version.as_deref(), Some("1.0.0"));
}

#[test]
fn links_can_be_kept() {
    let w = over(r#""followSymlinks": false"#, pnpm());
    assert_eq!(w.import("main.js", "a"), "node_modules/a/lib/a.js");
}

#[test]
fn packages_outside_the_project_go_by_their_name() {
    let fs = MemoryFs::new()
        .with("/p/entry.js", "")
        .with(
            "/work/ui/package.json",
            r#"{ "name": "@team/ui", "version": "3.1.0", "main": "src/index.ts" }"#,
        )
        .with("/work/ui/src/index.ts", "")
        .with("/work/plain/package.json", r#"{ "name": "plain" }"#)
        .with("/work/plain/index.js", "")
        .with("/shared/x.js", "")
        .with("/node_modules/up/index.js", "");
    fs.link("/p/node_modules/@team/ui", "/work/ui");
    fs.link("/p/node_modules/plain", "../../work/plain");
    let w = over("", fs);
    assert_eq!(w.import("main.js", "@team/ui"), "@team/ui@3.1.0/src/index.ts");
    assert_eq!(w.import("main.js", "plain"), "plain/index.js");
    assert_eq!(
        w.import("main.js", "../shared/x"),
        ".../shared/x.js",
        "they share nothing but the machine"
    );
    assert_eq!(w.import("main.js", "up"), ".../up/index.js");
}

#[test]
fn files_beside_the_project_are_named_from_it() {
    let fs = MemoryFs::new().with("/p/entry.js", "").with("/home/me/shared/x.js", "");
    let mut config = super::configured("", &fs);
    config.project = "/home/me/app".into();
    let resolver = crate::Resolver::new(&config, std::sync::Arc::new(fs));
    assert_eq!(resolver.name("/home/me/shared/x.js".into()), "../shared/x.js");
    assert_eq!(resolver.name("/home/me/app/src/x.js".into()), "src/x.js");
    assert_eq!(resolver.name("/etc/deep/er/x.js".into()), ".../er/x.js");
}

#[test]
fn a_project_reached_through_a_link_is_still_inside() {
    let fs = MemoryFs::new().with("/real/entry.js", "").with("/real/src/a.js", "");
    fs.link("/p", "/real");
    let w = over("", fs);
    assert_eq!(w.import("src/main.js", "./a"), "src/a.js");
}

#[test]
fn links_to_files_lead_to_one_module() {
    let fs = MemoryFs::new().with("/p/entry.js", "").with("/p/a.js", "");
    fs.link("/p/b.js", "a.js");
    fs.link("/p/dir", ".");
    let w = over("", fs);
    assert_eq!(w.import("main.js", "./b"), "a.js");
    assert_eq!(w.import("main.js", "./dir/dir/a"), "a.js");
}

#[test]
fn links_that_lead_nowhere_are_reported() {
    let fs = MemoryFs::new().with("/p/entry.js", "");
    fs.link("/p/x.js", "y.js");
    fs.link("/p/y.js", "x.js");
    fs.link("/p/dead.js", "gone.js");
    fs.special("/p/pipe.js");
    fs.special("/p/pipe");
    let w = over("", fs);
    assert!(
        w.import("main.js", "./x.js")
            .starts_with("link-loop: x.js is a symbolic link that leads back")
    );
    assert!(w.import("main.js", "./x").starts_with("link-loop: x.js"));
    assert!(
        w.import("main.js", "./dead")
            .starts_with("dead-link: dead.js is a symbolic link to gone.js")
    );
    assert!(w.import("main.js", "./pipe").starts_with("not-a-file: pipe is a FIFO"));
    assert!(w.import("main.js", "./pipe.js").starts_with("not-a-file: pipe.js is a FIFO"));
}

#[test]
fn a_long_chain_of_links_ends_where_the_system_ends_it() {
    let fs = MemoryFs::new().with("/p/entry.js", "").with("/p/0.js", "");
    for link in 1..20_000 {
        fs.link(format!("/p/{link}.js"), format!("{}.js", link - 1));
    }
    let w = over("", fs);
    assert_eq!(w.import("main.js", "./30"), "0.js");
    assert!(w.import("main.js", "./19999").starts_with("link-loop: 19999.js"));
}
