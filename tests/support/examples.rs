//! The example project as its users meet it: built by README's first command, served by PHP, opened in browsers.
//! The build and the server work on a copy, so that the tests leave no file in the repository.

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
        ("codeigniter-admin::chromium", || in_browser(engines::chromium)),
        ("codeigniter-admin::phantomjs", || in_browser(engines::phantom)),
        ("codeigniter-admin::files", files),
        ("codeigniter-admin::component-is-small", small),
    ]
}

/// The project, built in a folder of its own.
fn built() -> Result<PathBuf, String> {
    let copy = work::fresh_directory("codeigniter-admin")?;
    tree::copy(&work::root().join("fixtures/examples/codeigniter-admin"), &copy)?;
    for entry in ["orders.js", "account"] {
        // What a developer built by hand in the repository must not help.
        let old = copy.join("application/scripts").join(entry);
        let _ = if old.is_dir() { std::fs::remove_dir_all(old) } else { std::fs::remove_file(old) };
    }
    let above = copy.parent().expect("a fresh directory has a parent").to_owned();
    let config = "codeigniter-admin/bundle.config.json";
    builds::bundle_or_fail(&above, &["--config".to_owned(), config.to_owned()])?;
    let vue = work::root().join("tests/node_modules/vue/dist/vue.runtime.min.js");
    std::fs::copy(vue, copy.join("assets/vendor/vue.js")).map_err(|error| format!("vue: {error}"))?;
    Ok(copy)
}

/// Exactly the scripts that the configuration names, beside the file that was there.
fn files() -> Result<(), String> {
    let copy = built()?;
    let written = tree::contents(&copy.join("application/scripts"))?;
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    let scripts = ["account/settings.js", "orders.js"];
    let components = ["hello_world/HelloWorld.css", "hello_world/HelloWorld.js", "members.css", "members.js"];
    let components = components.map(|name| format!("vue/{name}"));
    let expected = [".htaccess"].into_iter().chain(scripts).chain(components.iter().map(String::as_str));
    if names != expected.collect::<Vec<_>>() {
        return Err(format!("application/scripts holds {}", names.join(", ")));
    }
    work::remove(&copy);
    Ok(())
}

/// A component with a scoped style and without Vue, minified. The same is 1,406 bytes of webpack and 1,484 of Rspack.
fn small() -> Result<(), String> {
    let copy = built()?;
    let minified = ["--config", "bundle.config.json", "--minify"].map(str::to_owned);
    builds::bundle_or_fail(&copy, &minified)?;
    let script = copy.join("application/scripts/vue/hello_world/HelloWorld.js");
    let size = std::fs::metadata(script).map_err(|error| error.to_string())?.len();
    work::remove(&copy);
    if size <= 1400 { Ok(()) } else { Err(format!("HelloWorld.js has {size} bytes")) }
}

fn in_browser(open: Browser) -> Result<(), String> {
    let copy = built()?;
    let server = Server::start(&copy, &["index.php"])?;
    let orders = server.url("orders");
    let first = open(&orders, &[])?;
    expect(&first, &["waiting for payment", "&lt;Dohyun &amp; Co&gt;", "<td id=\"total\">104,700 KRW</td>"])?;
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
    shown(&[], &["1,569,900 KRW", "&lt;Dohyun &amp; Co&gt;", "4 members", "grade-gold", "calls on Mondays"])?;
    shown(&["label input"], &["310,000 KRW", "2 members"])?;
    shown(&["#search<-COMPANY do"], &["1 member<", "id=\"total\">9,900 KRW<"])?;
    shown(&["#search<-nobody"], &["Nobody is like that."])?;
    shown(&["#add"], &["New member", "role=\"dialog\""])?;
    shown(&["#add", "#member [type=submit]"], &["Everybody has a name"])?;
    let added = ["#add", "#member [name=name]<-Ha-neul", "#member [name=bought]<-100", "#member [type=submit]"];
    shown(&added, &["Ha-neul", "1,570,000 KRW", "5 members"])?;
    let edited = open(&screen, &["button.edit", "#member [name=name]<-Min-seo", "#cancel"])?;
    expect(&edited, &["Minseo", "4 members"])?;
    if edited.body.contains("role=\"dialog\"") { Err("the dialog is still there".to_owned()) } else { Ok(()) }
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
    if shown == ids { Ok(()) } else { Err(format!("the rows are {shown:?}, not {ids:?}:\n{}", page.body)) }
}

/// PHP's own server over the project, ended when it goes out of scope.
pub struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// `router`: the script that answers requests, if files alone do not.
    pub fn start(project: &Path, router: &[&str]) -> Result<Self, String> {
        // A port that was free a moment ago; PHP cannot choose one itself.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.map_err(|error| error.to_string())?.to_string();
        let mut command = Command::new("php");
        command.args(["-S", &address]).args(router).current_dir(project);
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = started.map_err(|error| format!("php: {error}"))?;
        let server = Self { process, address };
        let begun = Instant::now();
        while TcpStream::connect(&server.address).is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                return Err("php -S does not answer".to_owned());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// The address of a page.
    pub fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
