//! The address of a store, as `cache.remote` and `BUNDLE_CACHE_REMOTE` have it.

/// An address, in its parts. Names of values begin with the folder in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which protocol the store speaks.
    pub(crate) scheme: Scheme,
    /// For HTTP: scheme, host and port, `https://cache.example.org:8443`. For Redis: host and port.
    /// For S3: the endpoint, if another than Amazon's is written.
    pub(crate) host: String,
    /// The folder in the store, without slashes at its ends. For S3 without the bucket.
    pub(crate) folder: String,
    /// `user:password` of the address, decoded.
    pub(crate) user: Option<(String, String)>,
    /// The bucket of S3, or the number of the database of Redis.
    pub(crate) bucket: String,
    /// The region of S3.
    pub(crate) region: Option<String>,
}

/// Which protocol a store speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `GET`, `PUT` and `DELETE`: `WebDAV`, and servers that have just these.
    Http,
    /// S3 and what is compatible with it.
    S3,
    /// Redis and what speaks its protocol.
    Redis,
    /// The cache of GitHub Actions.
    GitHub,
}

/// The forms of addresses, for messages.
pub const FORMS: [&str; 4] = [
    "https://HOST/FOLDER: WebDAV, or any server that takes GET and PUT",
    "s3://BUCKET/FOLDER?region=REGION, with &endpoint=https://HOST for servers other than Amazon's",
    "redis://HOST:6379/0",
    "github: the cache of GitHub Actions, inside a workflow",
];

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It has none of the forms.
    Form,
    /// A part is missing or wrong; the part.
    Part(&'static str),
}

impl Address {
    /// Parses an address.
    pub fn parse(written: &str) -> Result<Self, Mistake> {
        let written = written.trim();
        if written == "github" {
            return Ok(Self::of(Scheme::GitHub));
        }
        let (scheme, rest) = written.split_once("://").ok_or(Mistake::Form)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = match host.rsplit_once('@') {
            Some((user, host)) => {
                let (name, password) = user.split_once(':').unwrap_or((user, ""));
                (Some((decoded(name), decoded(password))), host)
            }
            None => (None, host),
        };
        let folder = folder.trim_matches('/').to_owned();
        if folder.split('/').any(|name| name == "..") || folder.contains([' ', '#', '\\']) {
            return Err(Mistake::Part("folder"));
        }
        let mut address = match scheme {
            "http" | "https" => {
                Self { host: format!("{scheme}://{host}"), folder, user, ..Self::of(Scheme::Http) }
            }
            "s3" if user.is_some() => return Err(Mistake::Part("bucket")),
            "s3" => Self { bucket: host.to_owned(), folder, ..Self::of(Scheme::S3) },
            "redis" => {
                let (database, folder) = folder.split_once('/').unwrap_or((&folder, ""));
                let bucket = if database.is_empty() { "0" } else { database }.to_owned();
                if bucket.parse::<u16>().is_err() {
                    return Err(Mistake::Part("database"));
                }
                // The address of IPv6 has colons itself.
                let has_port = host.rsplit(']').next().is_some_and(|end| end.contains(':'));
                let host = if has_port { host.to_owned() } else { format!("{host}:6379") };
                Self { host, bucket, folder: folder.to_owned(), user, ..Self::of(Scheme::Redis) }
            }
            _ => return Err(Mistake::Form),
        };
        if host.is_empty() || host.contains([' ', '#', '\\']) {
            return Err(Mistake::Part(if scheme == "s3" { "bucket" } else { "host" }));
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or(Mistake::Part("query"))?;
            match (scheme, key) {
                ("s3", "region") => address.region = Some(decoded(value)),
                ("s3", "endpoint") => {
                    decoded(value).trim_matches('/').clone_into(&mut address.host);
                }
                _ => return Err(Mistake::Part("query")),
            }
        }
        if scheme == "s3" && !address.host.is_empty() && !address.host.contains("://") {
            return Err(Mistake::Part("endpoint"));
        }
        Ok(address)
    }

    fn of(scheme: Scheme) -> Self {
        let (host, folder, bucket) = Default::default();
        Self { scheme, host, folder, user: None, bucket, region: None }
    }

    /// Returns the address without what is secret in it, for messages.
    pub fn shown(&self) -> String {
        let folder =
            if self.folder.is_empty() { String::new() } else { format!("/{}", self.folder) };
        match self.scheme {
            Scheme::Http => format!("{}{folder}", self.host),
            Scheme::S3 => format!("s3://{}{folder}", self.bucket),
            Scheme::Redis => format!("redis://{}/{}{folder}", self.host, self.bucket),
            Scheme::GitHub => "github".to_owned(),
        }
    }

    /// Returns a name inside the folder.
    pub(crate) fn inside(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }
}

/// Decodes `%20` and the like; everything else stays.
fn decoded(written: &str) -> String {
    let bytes = written.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digits = written.get(at + 1..at + 3).filter(|_| byte == b'%');
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Address, Mistake, Scheme};

    fn parsed(written: &str) -> Address {
        Address::parse(written).expect("it is an address")
    }

    #[test]
    fn every_form_is_understood() {
        let dav = parsed("https://me:p%40ss@cache.example.org:8443/team/js/");
        assert_eq!(
            (dav.host.as_str(), dav.folder.as_str()),
            ("https://cache.example.org:8443", "team/js")
        );
        assert_eq!(dav.user, Some(("me".into(), "p@ss".into())));
        assert_eq!(dav.shown(), "https://cache.example.org:8443/team/js");
        let s3 = parsed("s3://bucket/a/b?region=eu-west-1&endpoint=http://127.0.0.1:9000/");
        assert_eq!((s3.bucket.as_str(), s3.folder.as_str()), ("bucket", "a/b"));
        assert_eq!(
            (s3.region.as_deref(), s3.host.as_str()),
            (Some("eu-west-1"), "http://127.0.0.1:9000")
        );
        let redis = parsed("redis://:secret@cache/3/team");
        assert_eq!((redis.host.as_str(), redis.bucket.as_str()), ("cache:6379", "3"));
        assert_eq!(redis.inside("x"), "team/x");
        assert_eq!(redis.shown(), "redis://cache:6379/3/team");
        assert_eq!(parsed("redis://[::1]/0").host, "[::1]:6379");
        assert_eq!(parsed("redis://[::1]:7000/0").host, "[::1]:7000");
        assert_eq!(parsed("github").scheme, Scheme::GitHub);
    }

    #[test]
    fn mistakes_name_the_part() {
        assert_eq!(Address::parse("cache.example.org"), Err(Mistake::Form));
        assert_eq!(Address::parse("ftp://host/x"), Err(Mistake::Form));
        assert_eq!(Address::parse("https:///x"), Err(Mistake::Part("host")));
        assert_eq!(Address::parse("s3:///x"), Err(Mistake::Part("bucket")));
        assert_eq!(Address::parse("s3://b?endpoint=minio:9000"), Err(Mistake::Part("endpoint")));
        assert_eq!(Address::parse("s3://b?regoin=x"), Err(Mistake::Part("query")));
        assert_eq!(Address::parse("s3://b?region"), Err(Mistake::Part("query")));
        assert_eq!(Address::parse("s3://key:secret@b"), Err(Mistake::Part("bucket")));
        assert_eq!(Address::parse("redis://host/cache"), Err(Mistake::Part("database")));
        assert_eq!(Address::parse("https://host/a/../b"), Err(Mistake::Part("folder")));
    }
}
