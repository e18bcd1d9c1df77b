//! Apache that serves a site, with PHP as its module, from Debian's packages: a process of its own,
//! with a configuration of its own and nothing of the system's. It answers one request after the
//! other (`-X`), so that ending the process ends all of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::examples::Server;
use super::{builds, tree};

const MODULES: &str = "/usr/lib/apache2/modules";

/// By what a site is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// The server's address.
    Address,
    /// A name of the network; other names get an error.
    Named(&'static str),
    /// The same over https, with a certificate that nobody knows.
    Secure(&'static str),
}

impl Server {
    /// Serves a copy of a site, at the root of the server or in folders below.
    pub fn apache(site: &Path, below: &str) -> Result<Self, String> {
        Self::apache_as(Host::Address, site, below)
    }

    /// The same, asked for in another way.
    pub fn apache_as(host: Host, site: &Path, below: &str) -> Result<Self, String> {
        let (place, address) = (place(), Self::free_address()?);
        let documents = place.join("documents");
        tree::copy(site, &documents.join(below))?;
        fs::create_dir_all(place.join("logs")).map_err(|error| error.to_string())?;
        let configuration = place.join("apache.conf");
        fs::write(&configuration, configured(&place, &documents, (&address, host))?)
            .map_err(|error| error.to_string())?;
        let mut command = Command::new("/usr/sbin/apache2");
        command.arg("-X").arg("-d").arg(&place).arg("-f").arg(&configuration).env("TZ", "UTC");
        let started =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = started.map_err(|error| {
            format!("apache2: {error} (`cargo xtask test` installs what tests need)")
        })?;
        let said = || fs::read_to_string(place.join("logs/error.log")).unwrap_or_default();
        let origin = host.origin(&address);
        let server =
            Self { process, address, origin, below: below.to_owned(), place: Some(place.clone()) };
        server.answering().map_err(|error| format!("{error}: {}", said()))?;
        Ok(server)
    }

    /// Where the files lie that Apache serves.
    pub fn documents(&self) -> PathBuf {
        self.place.as_ref().expect("it is Apache's").join("documents").join(&self.below)
    }
}

impl Host {
    fn origin(self, address: &str) -> String {
        let port = address.rsplit(':').next().unwrap_or_default();
        match self {
            Self::Address => format!("http://{address}"),
            Self::Named(name) => format!("http://{name}:{port}"),
            Self::Secure(name) => format!("https://{name}:{port}"),
        }
    }

    /// The virtual hosts: the first one answers those who ask for another name.
    fn configured(self, place: &Path, documents: &Path, address: &str) -> Result<String, String> {
        let (name, secure) = match self {
            Self::Address => return Ok(String::new()),
            Self::Named(name) => (name, String::new()),
            Self::Secure(name) => (name, certified(place, name)?),
        };
        let host = |name: &str, what: &str| {
            format!(
                "<VirtualHost {address}>\n    ServerName {name}\n{secure}{what}</VirtualHost>\n"
            )
        };
        let refused = host(
            "other.test",
            "    <Location \"/\">\n        Require all denied\n    </Location>\n",
        );
        Ok(refused + &host(name, &format!("    DocumentRoot \"{}\"\n", documents.display())))
    }
}

/// Makes a certificate, and gives what a host says of it.
fn certified(place: &Path, name: &str) -> Result<String, String> {
    let (key, certificate) = (place.join("key.pem"), place.join("certificate.pem"));
    let mut command = Command::new("openssl");
    command.args([
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        &format!("/CN={name}"),
    ]);
    command.args(["-addext", &format!("subjectAltName=DNS:{name}")]).arg("-keyout").arg(&key);
    command.arg("-out").arg(&certificate);
    let ended = builds::run(command, std::time::Duration::from_mins(1))?;
    if ended.code != Some(0) {
        return Err(format!("openssl: {}", ended.stderr));
    }
    let (key, certificate) = (key.display(), certificate.display());
    Ok(format!(
        "    SSLEngine on\n    SSLCertificateFile \"{certificate}\"\n    SSLCertificateKeyFile \
         \"{key}\"\n"
    ))
}

/// A new folder that every user may read: started by root, Apache answers as another one, who may
/// not look into root's folders.
fn place() -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("bundle-apache-{}-{number}", std::process::id()))
}

fn configured(
    place: &Path,
    documents: &Path,
    (address, host): (&str, Host),
) -> Result<String, String> {
    let hosts = host.configured(place, documents, address)?;
    let mut modules = vec!["mpm_prefork", "authz_core", "dir", "mime", "rewrite", "headers"];
    modules.extend(matches!(host, Host::Secure(_)).then_some("ssl"));
    let load = |module: &str| format!("LoadModule {module}_module {MODULES}/mod_{module}.so\n");
    let loads: String = modules.into_iter().map(load).collect();
    let (place, documents) = (place.display(), documents.display());
    Ok(format!(
        r#"{loads}LoadModule php_module {php}
{user}ServerName {address}
Listen {address}
PidFile "{place}/apache.pid"
ErrorLog "{place}/logs/error.log"
KeepAlive Off
TypesConfig /dev/null
AddType text/javascript .js
AddType text/css .css
AddType image/png .png
DocumentRoot "{documents}"
DirectoryIndex index.php
<FilesMatch "\.php$">
    SetHandler application/x-httpd-php
</FilesMatch>
<Directory "/">
    AllowOverride None
    Require all denied
</Directory>
<Directory "{documents}">
    AllowOverride All
    Require all granted
</Directory>
{hosts}"#,
        php = php_module()?.display(),
        user = user()?,
    ))
}

/// It has the version of PHP in its name.
fn php_module() -> Result<PathBuf, String> {
    let all = fs::read_dir(MODULES).map_err(|error| format!("{MODULES}: {error}"))?;
    let is_php = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libphp"))
    };
    let found = all.filter_map(|entry| Some(entry.ok()?.path())).find(is_php);
    found.ok_or_else(|| format!("{MODULES} has no PHP: run `cargo xtask test`"))
}

/// Who answers, if root starts it.
fn user() -> Result<&'static str, String> {
    let mut id = Command::new("id");
    id.arg("-u");
    let ended = builds::run(id, std::time::Duration::from_secs(10))?;
    Ok(if ended.stdout.trim() == "0" { "User www-data\nGroup www-data\n" } else { "" })
}
