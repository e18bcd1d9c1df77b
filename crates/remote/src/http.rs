//! Stores that speak HTTP: the client that they share, and `WebDAV`. A server needs `GET` and
//! `PUT`, and folders that appear when a file is put into them (`create_full_put_path` of nginx).

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use rustls::crypto::ring;
use ureq::{
    Agent, Body, Error,
    http::{Request, Response, StatusCode},
    tls::{RootCerts, TlsConfig},
};

use crate::{
    Failure,
    address::Address,
    store::{Name, Store},
};

/// How long connecting may take. Builds do not wait so long, they go on without.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one request may take.
const REQUEST: Duration = Duration::from_mins(1);

/// A client whose connections stay open for the next request. It is made when it is first used:
/// reading the machine's certificates takes some milliseconds.
#[derive(Default)]
pub(crate) struct Client(OnceLock<Agent>);

/// A header and its value.
pub(crate) type Header<'h> = (&'h str, &'h str);

impl Client {
    fn agent(&self) -> &Agent {
        self.0.get_or_init(|| {
            let tls = TlsConfig::builder()
                .root_certs(RootCerts::PlatformVerifier)
                .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
                .build();
            Agent::config_builder()
                .tls_config(tls)
                .http_status_as_error(false)
                .timeout_connect(Some(CONNECT))
                .timeout_global(Some(REQUEST))
                .user_agent("bundle")
                .max_idle_connections_per_host(16)
                .build()
                .new_agent()
        })
    }

    /// Sends a request and returns the answer, of any status.
    pub fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[Header<'_>],
        body: &[u8],
    ) -> Result<Response<Body>, Failure> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = if body.is_empty() && method != "PUT" {
            request.body(()).map(|request| self.agent().run(request))
        } else {
            request.body(body).map(|request| self.agent().run(request))
        };
        sent.map_err(|error| Failure::Missing(error.to_string()))?.map_err(|error| failure(&error))
    }
}

/// Reads a body of at most `limit` bytes.
pub(crate) fn body(mut response: Response<Body>, limit: u64) -> Result<Vec<u8>, Failure> {
    let read = response.body_mut().with_config().limit(limit.saturating_add(1)).read_to_vec();
    match read {
        Ok(bytes) if bytes.len() as u64 <= limit => Ok(bytes),
        Ok(_) | Err(Error::BodyExceedsLimit(_)) => {
            Err(Failure::Damaged("the answer is larger than what was written".into()))
        }
        Err(error) => Err(failure(&error)),
    }
}

/// Returns what the status of an answer means for a store: `None` for a value that is not there.
pub(crate) fn checked(response: Response<Body>) -> Result<Option<Response<Body>>, Failure> {
    let status = response.status();
    let why = || status.to_string();
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(Failure::Denied(why())),
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::CONFLICT | StatusCode::NOT_IMPLEMENTED => {
            Err(Failure::Missing(format!("{}: this server does not take files", why())))
        }
        _ if status.is_success() => Ok(Some(response)),
        _ => Err(Failure::Wrong(why())),
    }
}

/// A store in which values are resources of HTTP: they are read by `GET`, written by `PUT` and
/// removed by `DELETE`.
pub(crate) trait Resources: Send + Sync {
    /// What is missing if a value cannot be written because there is no place for it.
    const NOWHERE: &str;

    /// Sends a request for a value, with a body. `None`: there is no such value.
    fn ask(
        &self,
        method: &str,
        name: &Name,
        sent: &[u8],
    ) -> Result<Option<Response<Body>>, Failure>;
}

impl<T: Resources> Store for T {
    fn get(&self, name: &Name, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
        self.ask("GET", name, &[])?.map(|response| body(response, limit)).transpose()
    }

    fn put(&self, name: &Name, bytes: &[u8]) -> Result<(), Failure> {
        let refused = || Failure::Missing(Self::NOWHERE.into());
        self.ask("PUT", name, bytes)?.map(drop).ok_or_else(refused)
    }

    fn delete(&self, name: &Name) -> Result<(), Failure> {
        self.ask("DELETE", name, &[]).map(drop)
    }
}

fn failure(error: &Error) -> Failure {
    let why = error.to_string();
    if why.contains("certificate") {
        Failure::Untrusted(why)
    } else if matches!(error, Error::Protocol(_)) {
        Failure::Wrong(why)
    } else {
        Failure::Unreachable(why)
    }
}

/// `WebDAV`, and servers that have just `GET`, `PUT` and `DELETE`.
pub(crate) struct WebDav {
    client: Client,
    address: Address,
    authorization: Option<String>,
}

impl WebDav {
    /// Credentials: those of the address; else `BUNDLE_CACHE_TOKEN`, else `BUNDLE_CACHE_USER` and
    /// `BUNDLE_CACHE_PASSWORD`.
    pub fn new(address: &Address, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let basic = |(user, password): (String, String)| {
            let pair = bundle_base::asset::base64(format!("{user}:{password}").as_bytes());
            format!("Basic {pair}")
        };
        let token = || variable("BUNDLE_CACHE_TOKEN").map(|token| format!("Bearer {token}"));
        let user = || {
            let password = variable("BUNDLE_CACHE_PASSWORD").unwrap_or_default();
            Some((variable("BUNDLE_CACHE_USER")?, password))
        };
        let authorization = match address.user.clone() {
            Some(pair) => Some(basic(pair)),
            None => token().or_else(|| user().map(basic)),
        };
        Self { client: Client::default(), address: address.clone(), authorization }
    }
}

impl Resources for WebDav {
    const NOWHERE: &str = "404 Not Found";

    fn ask(
        &self,
        method: &str,
        name: &Name,
        sent: &[u8],
    ) -> Result<Option<Response<Body>>, Failure> {
        let url = format!("{}/{}", self.address.host, self.address.inside(name.as_str()));
        let headers: Vec<Header<'_>> =
            self.authorization.iter().map(|value| ("authorization", value.as_str())).collect();
        checked(self.client.send(method, &url, &headers, sent)?)
    }
}
