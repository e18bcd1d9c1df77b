//! The example projects as their users meet them: built by README's first command, served by PHP,
//! opened in browsers. The build and the server work on a copy, so that the tests leave no file in
//! the repository.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::engines::{self, Page};
use super::{builds, tree, work};

/// A browser: opens a page and clicks.
type Browser = fn(&str, &[&str]) -> Result<Page, String>;

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("codeigniter-admin::chromium", || admin(engines::chromium)),
        ("codeigniter-admin::phantomjs", || admin(engines::phantom)),
        ("codeigniter-admin::in-a-sub-folder", || admin_pages(|copy| Server::below(copy, ""))),
        ("codeigniter-admin::apache", || admin_pages(|copy| Server::apache(copy, ""))),
        ("codeigniter-admin::apache-in-a-sub-folder", || {
            admin_pages(|copy| Server::apache(copy, "back/office"))
        }),
        ("codeigniter-admin::apache-denies-the-rest", denied),
        ("codeigniter-admin::files", || files(&ADMIN, ADMIN_FILES)),
        ("codeigniter-admin::looks", || looks(&ADMIN)),
        ("codeigniter-admin::component-is-small", small),
        ("laravel-market::chromium", || market(engines::chromium)),
        ("laravel-market::phantomjs", || market(engines::phantom)),
        ("laravel-market::in-a-sub-folder", market_pages),
        ("laravel-market::files", || files(&MARKET, MARKET_FILES)),
        ("laravel-market::looks", || looks(&MARKET)),
    ]
}

/// What differs between the projects.
struct Example {
    name: &'static str,
    /// The folder that is built.
    scripts: &'static str,
    /// Where pages look for the global `Vue`.
    vue: &'static str,
    /// Further arguments of PHP's server.
    server: &'static [&'static str],
}

const ADMIN: Example = Example {
    name: "codeigniter-admin",
    scripts: "application/scripts",
    vue: "assets/vendor",
    server: &["index.php"],
};

const ADMIN_FILES: &[&str] = &[
    ".htaccess",
    "account/settings.js",
    "assets/letterhead-0ae72877.png",
    "entrypoints.json",
    "orders.css",
    "orders.js",
    "vue/hello_world/HelloWorld.css",
    "vue/hello_world/HelloWorld.js",
    "vue/members.css",
    "vue/members.js",
];

const MARKET: Example = Example {
    name: "laravel-market",
    scripts: "public/scripts",
    vue: "public/vendor",
    server: &["-t", "public", "public/index.php"],
};

const MARKET_FILES: &[&str] = &[
    "assets/chair-6c33dca4.png",
    "assets/lamp-395fa749.png",
    "assets/market-digits-299b8176.woff",
    "assets/summer-banner-0bea2abb.png",
    "assets/winter-banner-7b5be170.png",
    "auth.js",
    "bundle.php",
    "chunks/shared~events-summer-sale+events-winter.js",
    "common.js",
    "entrypoints.json",
    "events/summer-sale.js",
    "events/winter.js",
    "libraries.js",
    "sass/app.css",
    "sass/events.css",
    "services.js",
    "trade/buy.css",
    "trade/buy.js",
    "trade/sell.css",
    "trade/sell.js",
    "utils.js",
];

/// The project, built in a folder of its own.
fn built(example: &Example, arguments: &[&str]) -> Result<PathBuf, String> {
    let copy = work::fresh_directory(example.name)?;
    tree::copy(&work::root().join("fixtures/examples").join(example.name), &copy)?;
    forget_builds(&copy.join(example.scripts))?;
    let above = copy.parent().expect("a fresh directory has a parent").to_owned();
    let config = format!("{}/bundle.config.json", example.name);
    let all: Vec<String> =
        ["--config", &config].iter().chain(arguments).map(ToString::to_string).collect();
    builds::bundle_or_fail(&above, &all)?;
    let vendor = copy.join(example.vue);
    let vue = work::root().join("tests/node_modules/vue/dist/vue.runtime.min.js");
    let copied =
        std::fs::create_dir_all(&vendor).and_then(|()| std::fs::copy(vue, vendor.join("vue.js")));
    copied.map_err(|error| format!("vue: {error}"))?;
    Ok(copy)
}

/// Removes what a developer built by hand in the repository, so that no test depends on it.
fn forget_builds(scripts: &Path) -> Result<(), String> {
    let Ok(written) = std::fs::read_dir(scripts) else { return Ok(()) };
    for old in written.filter_map(Result::ok).map(|entry| entry.path()) {
        if old.ends_with(".htaccess") {
            continue;
        }
        let removed =
            if old.is_dir() { std::fs::remove_dir_all(&old) } else { std::fs::remove_file(&old) };
        removed.map_err(|error| format!("{}: {error}", old.display()))?;
    }
    Ok(())
}

/// Exactly the files that the configuration asks for, beside what was there. In development: then
/// no name has a hash.
fn files(example: &Example, expected: &[&str]) -> Result<(), String> {
    let copy = built(example, &["--mode", "development"])?;
    let written = tree::contents(&copy.join(example.scripts))?;
    if !written.keys().eq(expected) {
        let names: Vec<&str> = written.keys().map(String::as_str).collect();
        return Err(format!("{} holds {}", example.scripts, names.join(", ")));
    }
    work::remove(&copy);
    Ok(())
}

/// A component with a scoped style and without Vue, minified. The same is 1,406 bytes of webpack
/// and 1,484 of Rspack.
fn small() -> Result<(), String> {
    let copy = built(&ADMIN, &["--minify"])?;
    let script = copy.join("application/scripts/vue/hello_world/HelloWorld.js");
    let size = std::fs::metadata(script).map_err(|error| error.to_string())?.len();
    work::remove(&copy);
    if size <= 1400 { Ok(()) } else { Err(format!("HelloWorld.js has {size} bytes")) }
}

/// Every page of `looks.json` looks as it says there, as it goes to production and in development.
fn looks(example: &Example) -> Result<(), String> {
    let read = |name: &str| {
        std::fs::read_to_string(work::support(name)).map_err(|error| format!("{name}: {error}"))
    };
    let (all, looking) = (read("looks.json")?, read("looks.js")?);
    let examples: BTreeMap<String, BTreeMap<String, serde_json::Value>> =
        serde_json::from_str(&all).map_err(|error| format!("looks.json: {error}"))?;
    for mode in [&["--mode", "production", "--minify"][..], &["--mode", "development"]] {
        let copy = built(example, mode)?;
        let server = Server::start(&copy, example.server)?;
        let script = copy.join("looks.js");
        for (page, expected) in &examples[example.name] {
            std::fs::write(&script, format!("{looking}({expected})"))
                .map_err(|error| error.to_string())?;
            let shown = engines::chromium_looking(&script, &server.url(page))?;
            expect(&shown, &[]).map_err(|error| format!("/{page}, {}: {error}", mode[1]))?;
        }
        drop(server);
        work::remove(&copy);
    }
    Ok(())
}

/// Both modes, in both browsers.
fn in_both_modes(
    example: &Example,
    shown: impl Fn(&Path, Browser) -> Result<(), String>,
) -> Result<(), String> {
    for mode in [&["--mode", "production", "--minify"][..], &["--mode", "development"]] {
        let copy = built(example, mode)?;
        for (name, open) in
            [("chromium", engines::chromium as Browser), ("phantomjs", engines::phantom)]
        {
            shown(&copy, open).map_err(|error| format!("{name}, {}: {error}", mode[1]))?;
        }
        work::remove(&copy);
    }
    Ok(())
}

/// Every page of the admin, wherever it is served.
fn admin_pages(serve: fn(&Path) -> Result<Server, String>) -> Result<(), String> {
    in_both_modes(&ADMIN, |copy, open| {
        let server = serve(copy)?;
        let shown = |page: &str, steps: &[&str], parts: &[&str]| {
            expect(&open(&server.url(page), steps)?, parts)
        };
        shown("orders", &["#paid-only"], &["38,700 KRW"])?;
        shown("members", &[], &["1,569,900 KRW", "grade-gold"])?;
        shown("members/hello", &[".hello button"], &["Hello, Minseo!"])?;
        shown("account/settings", &["#settings [type=submit]"], &["Saved, Kim Ha-neul"])
    })
}

/// Files that are not for browsers stay denied. Without the `.htaccess` of the scripts, the scripts
/// are denied too.
fn denied() -> Result<(), String> {
    let copy = built(&ADMIN, &[])?;
    let server = Server::apache(&copy, "")?;
    for file in ["application/config/routes.php", "application/assets/js/orders/order.js"] {
        server.expect_status(file, 403)?;
    }
    server.expect_status("application/scripts/orders.js", 200)?;
    std::fs::remove_file(server.documents().join("application/scripts/.htaccess"))
        .map_err(|error| error.to_string())?;
    server.expect_status("application/scripts/orders.js", 403)?;
    work::remove(&copy);
    Ok(())
}

fn market_pages() -> Result<(), String> {
    in_both_modes(&MARKET, |copy, open| {
        let server = Server::below(copy, "public")?;
        let shown = |page: &str, steps: &[&str], parts: &[&str]| {
            expect(&open(&server.url(page), steps)?, parts)
        };
        shown(
            "",
            &[],
            &["11 days left", "<a href=\"/laravel-market/public/\" class=\" active\">"],
        )?;
        shown("winter", &[], &["title=\"Warm things\""])?;
        shown(
            "buy",
            &[".card button"],
            &["1 in the basket", "/laravel-market/public/scripts/assets/lamp-"],
        )?;
        shown("sell", &["[type=submit]"], &["What do you sell?"])?;
        shown("login", &["[type=submit]"], &["That is no address, At least 8 characters"])
    })
}

/// The pages of the market, each with its feature's bundles.
fn market(open: Browser) -> Result<(), String> {
    let copy = built(&MARKET, &[])?;
    let server = Server::start(&copy, MARKET.server)?;
    let shown = |page: &str, steps: &[&str], parts: &[&str]| {
        expect(&open(&server.url(page), steps)?, parts)
    };
    shown("", &[], &["11 days left", "12,900", "<a href=\"/\" class=\" active\">"])?;
    shown("winter", &[], &["only today", "title=\"Warm things\""])?;
    shown(
        "buy",
        &[],
        &["Lamp &lt;small&gt;", "58,000", "0 in the basket", "alt=\"a lamp\"", "alt=\"a chair\""],
    )?;
    let both = [".card button", ".card:last-child button"];
    shown("buy", &both, &["2 in the basket", "70,900"])?;
    shown("sell", &["[type=submit]"], &["What do you sell?"])?;
    shown(
        "sell",
        &["[name=what]<-Lamp", "[name=price]<-100", "[type=submit]"],
        &["Thank you: Lamp"],
    )?;
    shown("login", &["[type=submit]"], &["That is no address, At least 8 characters"])?;
    shown(
        "login",
        &["[name=mail]<-a@b", "[name=password]<-12345678", "[type=submit]"],
        &["Welcome back"],
    )?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

fn admin(open: Browser) -> Result<(), String> {
    let copy = built(&ADMIN, &[])?;
    let server = Server::start(&copy, ADMIN.server)?;
    let orders = server.url("orders");
    let first = open(&orders, &[])?;
    expect(
        &first,
        &["waiting for payment", "&lt;Dohyun &amp; Co&gt;", "<td id=\"total\">104,700 KRW</td>"],
    )?;
    expect_order(&first, &[1001, 1002, 1003, 1004])?;
    let sorted = open(&orders, &["#sort"])?;
    expect_order(&sorted, &[1002, 1001, 1004, 1003])?;
    let paid = open(&orders, &["#sort", "#paid-only"])?;
    expect(&paid, &["38,700 KRW"])?;
    expect_order(&paid, &[1001, 1003])?;
    members(&server, open)?;
    let settings = open(&server.url("account/settings"), &["#settings [type=submit]"])?;
    expect(&settings, &["Saved, Kim Ha-neul"])?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// The screens made of Vue components.
fn members(server: &Server, open: Browser) -> Result<(), String> {
    let hello = open(&server.url("members/hello"), &[".hello button", ".hello button"])?;
    expect(&hello, &["Hello, Minseo!", "Greeted 2 times"])?;
    let screen = server.url("members");
    let shown = |steps: &[&str], parts: &[&str]| expect(&open(&screen, steps)?, parts);
    shown(
        &[],
        &[
            "1,569,900 KRW",
            "&lt;Dohyun &amp; Co&gt;",
            "4 members",
            "grade-gold",
            "calls on Mondays",
        ],
    )?;
    shown(&["label input"], &["310,000 KRW", "2 members"])?;
    shown(&["#search<-COMPANY do"], &["1 member<", "id=\"total\">9,900 KRW<"])?;
    shown(&["#search<-nobody"], &["Nobody is like that."])?;
    shown(&["#add"], &["New member", "role=\"dialog\""])?;
    shown(&["#add", "#member [type=submit]"], &["Everybody has a name"])?;
    let added = [
        "#add",
        "#member [name=name]<-Ha-neul",
        "#member [name=bought]<-100",
        "#member [type=submit]",
    ];
    shown(&added, &["Ha-neul", "1,570,000 KRW", "5 members"])?;
    let edited = open(&screen, &["button.edit", "#member [name=name]<-Min-seo", "#cancel"])?;
    expect(&edited, &["Minseo", "4 members"])?;
    if edited.body.contains("role=\"dialog\"") {
        Err("the dialog is still there".to_owned())
    } else {
        Ok(())
    }
}

fn expect(page: &Page, parts: &[&str]) -> Result<(), String> {
    if !page.errors.is_empty() {
        return Err(format!("the page complains:\n{}", page.errors.join("\n")));
    }
    match parts.iter().find(|part| !page.body.contains(**part)) {
        Some(part) => Err(format!("the page does not show {part:?}:\n{}", page.body)),
        None => Ok(()),
    }
}

/// The rows of the table, in this order and no others.
fn expect_order(page: &Page, ids: &[u32]) -> Result<(), String> {
    expect(page, &[])?;
    let rows = page.body.split("id=\"order-").skip(1);
    let shown: Vec<u32> = rows.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
    if shown == ids {
        Ok(())
    } else {
        Err(format!("the rows are {shown:?}, not {ids:?}:\n{}", page.body))
    }
}

/// PHP's own server over the project, or Apache (apache.rs), ended when it goes out of scope.
pub struct Server {
    pub(super) process: Child,
    pub(super) address: String,
    /// What addresses of pages begin with.
    pub(super) origin: String,
    /// The folder of the server that the site is in; none at its root.
    pub(super) below: String,
    /// Where Apache has all its files.
    pub(super) place: Option<PathBuf>,
}

impl Server {
    /// `router`: the script that answers requests, if files alone do not. Another process may take
    /// the port first, so there are several attempts.
    pub fn start(project: &Path, router: &[&str]) -> Result<Self, String> {
        let mut attempt = Self::attempt(project, router);
        for _ in 0..2 {
            if attempt.is_ok() {
                break;
            }
            attempt = Self::attempt(project, router);
        }
        attempt
    }

    fn attempt(project: &Path, router: &[&str]) -> Result<Self, String> {
        let address = Self::free_address()?;
        let mut command = Command::new("php");
        command.args(["-S", &address]).args(router).current_dir(project);
        let started =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = started.map_err(|error| format!("php: {error}"))?;
        let origin = format!("http://{address}");
        let mut server = Self { process, address, origin, below: String::new(), place: None };
        server.answering()?;
        match server.process.try_wait() {
            Ok(None) => Ok(server),
            ended => Err(format!("php ended: {ended:?}")),
        }
    }

    /// The server of the folder above a project, in which the site is `public` of that project.
    pub fn below(project: &Path, public: &str) -> Result<Self, String> {
        let above = project.parent().expect("a project lies in a folder");
        let mut server = Self::start(above, &[])?;
        let name = project.file_name().expect("a project has a name").to_string_lossy();
        server.below =
            if public.is_empty() { name.into_owned() } else { format!("{name}/{public}") };
        Ok(server)
    }

    /// A port that was free a moment ago; neither server can choose one itself.
    pub(super) fn free_address() -> Result<String, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        Ok(free.map_err(|error| error.to_string())?.to_string())
    }

    pub(super) fn answering(&self) -> Result<(), String> {
        let begun = Instant::now();
        // A socket may connect to itself while nothing listens at its port.
        let answers = || {
            TcpStream::connect(&self.address)
                .is_ok_and(|stream| stream.local_addr().ok() != stream.peer_addr().ok())
        };
        while !answers() {
            if begun.elapsed() > Duration::from_secs(10) {
                return Err("the server does not answer".to_owned());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// The address of a page.
    pub fn url(&self, page: &str) -> String {
        let slash = if self.below.is_empty() { "" } else { "/" };
        format!("{}{slash}{}/{page}", self.origin, self.below)
    }

    /// An answer, as it comes.
    pub fn get(&self, file: &str) -> Result<String, String> {
        let path = self.url(file);
        let path = path.strip_prefix(&self.origin).expect("it is an address of ours");
        let mut stream = TcpStream::connect(&self.address).map_err(|error| error.to_string())?;
        // In one piece: PHP's server takes the first for all.
        let accept = "Accept: text/html, */*";
        let request = format!("GET {path} HTTP/1.0\r\nHost: {}\r\n{accept}\r\n\r\n", self.address);
        let asked = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        asked.and_then(|()| stream.read_to_end(&mut answer)).map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// A file is answered with this status.
    pub fn expect_status(&self, file: &str, status: u16) -> Result<(), String> {
        let answer = self.get(file)?;
        let is = answer.split(' ').nth(1);
        if is == Some(status.to_string().as_str()) {
            Ok(())
        } else {
            Err(format!("{file} gets {is:?}, not {status}"))
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(place) = &self.place {
            let _ = std::fs::remove_dir_all(place);
        }
    }
}
