//! The cache of GitHub Actions, version 2 of its service (Twirp over HTTP, JSON). Values never
//! change there, so a manifest is a new value each time, and the newest whose key begins with its
//! name is read. GitHub keeps branches apart by itself: a run reads what its own and the base
//! branch wrote.

use bundle_base::asset::ContentHash;
use serde::Deserialize;
use serde_json::{Value, json};
use ureq::http::StatusCode;

use crate::{
    Failure,
    http::{self, Client, checked},
    store::{Name, Store},
};

/// Where the methods of the service are.
const SERVICE: &str = "twirp/github.actions.results.api.v1.CacheService";
/// The largest answer of the service, in bytes.
const ANSWER: u64 = 1 << 16;

/// The cache of the repository whose workflow runs.
pub(crate) struct GitHub {
    client: Client,
    /// Where the service is, with a slash at the end, and the token; `None`: this is not a
    /// workflow.
    service: Option<(String, String)>,
}

/// An answer of the service; each method has some of the fields.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    ok: bool,
    signed_download_url: String,
    signed_upload_url: String,
}

impl GitHub {
    /// Runners give actions `ACTIONS_RESULTS_URL` and `ACTIONS_RUNTIME_TOKEN`.
    pub fn new(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let service = variable("ACTIONS_RESULTS_URL").zip(variable("ACTIONS_RUNTIME_TOKEN"));
        let service =
            service.map(|(url, token)| (format!("{}/", url.trim_end_matches('/')), token));
        Self { client: Client::default(), service }
    }

    fn call(&self, method: &str, asked: &Value) -> Result<Option<Answer>, Failure> {
        let Some((url, token)) = &self.service else {
            let why = "ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN are not set";
            return Err(Failure::Missing(why.into()));
        };
        let (url, token) = (format!("{url}{SERVICE}/{method}"), format!("Bearer {token}"));
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        let sent = asked.to_string();
        let answer = self.client.send("POST", &url, &headers, sent.as_bytes())?;
        if answer.status() == StatusCode::CONFLICT {
            return Ok(None); // the key is taken
        }
        let Some(answer) = checked(answer)? else { return Ok(None) };
        let bytes = http::body(answer, ANSWER)?;
        let answer: Answer =
            serde_json::from_slice(&bytes).map_err(|error| Failure::Wrong(error.to_string()))?;
        Ok(Some(answer).filter(|answer| answer.ok))
    }
}

/// The service keeps values of different versions apart; our version identifies the form of our
/// values.
fn version() -> String {
    let half = ContentHash::of(b"bundle");
    format!("{half}{half}")
}

impl Store for GitHub {
    fn get(&self, name: &Name, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
        let prefixes = if name.is_replaced { vec![format!("{name}-")] } else { Vec::new() };
        let asked = json!({ "key": name.as_str(), "restore_keys": prefixes, "version": version() });
        let Some(answer) = self.call("GetCacheEntryDownloadURL", &asked)? else { return Ok(None) };
        let found = self.client.send("GET", &answer.signed_download_url, &[], &[])?;
        checked(found)?.map(|response| http::body(response, limit)).transpose()
    }

    fn put(&self, name: &Name, bytes: &[u8]) -> Result<(), Failure> {
        let key = if name.is_replaced {
            format!("{name}-{}", ContentHash::of(bytes))
        } else {
            name.as_str().to_owned()
        };
        let asked = json!({ "key": key, "version": version() });
        // What is there already is what is written.
        let Some(place) = self.call("CreateCacheEntry", &asked)? else { return Ok(()) };
        let headers =
            [("x-ms-blob-type", "BlockBlob"), ("content-type", "application/octet-stream")];
        let stored = self.client.send("PUT", &place.signed_upload_url, &headers, bytes)?;
        checked(stored)?;
        let asked =
            json!({ "key": key, "version": version(), "size_bytes": bytes.len().to_string() });
        let refused = || Failure::Wrong("the value was not taken".into());
        self.call("FinalizeCacheEntryUpload", &asked)?.map(drop).ok_or_else(refused)
    }

    /// GitHub removes what nobody has read for a week.
    fn delete(&self, _: &Name) -> Result<(), Failure> {
        Ok(())
    }
}
