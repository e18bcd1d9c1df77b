//! S3 and compatible servers. Requests are signed by the scheme "AWS Signature Version 4"
//! in headers, which all of these servers take.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use sha2::{Digest, Sha256};
use ureq::{
    Body,
    http::{Response, StatusCode},
};

use crate::{
    Failure,
    address::Address,
    http::{self, Client, Header, Resources},
    store::Name,
};

/// A clock that differs by more seconds from the server's is corrected: servers refuse more than
/// fifteen minutes.
const SKEW: i64 = 300;

/// A bucket.
pub(crate) struct S3 {
    client: Client,
    address: Address,
    /// Scheme, host and port, and before names the bucket, if it is not in the host.
    origin: String,
    bucket: String,
    region: String,
    credentials: Option<Credentials>,
    /// Seconds by which the server's clock is ahead of ours.
    ahead: AtomicI64,
}

struct Credentials {
    key: String,
    secret: String,
    session: Option<String>,
}

impl S3 {
    /// Credentials are those of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
    /// `AWS_SESSION_TOKEN`; without them, requests are not signed, as public buckets take them.
    pub fn new(address: &Address, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| variable(name));
        let region = address.region.clone();
        let region = region.or_else(|| first(&["AWS_REGION", "AWS_DEFAULT_REGION"]));
        let region = region.unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint = Some(address.host.clone()).filter(|host| !host.is_empty());
        let endpoint = endpoint.or_else(|| first(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]));
        let amazon = || format!("https://{}.s3.{region}.amazonaws.com", address.bucket);
        let (origin, bucket) = endpoint.map_or_else(
            || (amazon(), String::new()),
            |origin| (origin.trim_end_matches('/').to_owned(), format!("/{}", address.bucket)),
        );
        let credentials = variable("AWS_ACCESS_KEY_ID").and_then(|key| {
            let secret = variable("AWS_SECRET_ACCESS_KEY")?;
            Some(Credentials { key, secret, session: variable("AWS_SESSION_TOKEN") })
        });
        let (client, ahead) = (Client::default(), AtomicI64::new(0));
        Self { client, address: address.clone(), origin, bucket, region, credentials, ahead }
    }

    fn send(&self, method: &str, name: &Name, sent: &[u8]) -> Result<Response<Body>, Failure> {
        let path = format!("{}/{}", self.bucket, self.address.inside(name.as_str()));
        let url = format!("{}{path}", self.origin);
        let Some(credentials) = &self.credentials else {
            return self.client.send(method, &url, &[], sent);
        };
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        let signed = Signed {
            method,
            path: &path,
            host,
            region: &self.region,
            seconds: now() + self.ahead.load(Ordering::Relaxed),
            hash: hex(&Sha256::digest(sent)),
        };
        let (date, authorization) = (signed.date(), signed.authorization(credentials));
        let mut headers: Vec<Header<'_>> = vec![
            ("authorization", &authorization),
            ("x-amz-content-sha256", &signed.hash),
            ("x-amz-date", &date),
        ];
        headers.extend(
            credentials.session.iter().map(|token| ("x-amz-security-token", token.as_str())),
        );
        self.client.send(method, &url, &headers, sent)
    }

    /// Takes the time of an answer, if this machine's clock is wrong. Returns whether it is.
    fn learn_time(&self, response: &Response<Body>) -> bool {
        let date = response.headers().get("date").and_then(|date| date.to_str().ok());
        let Some(server) = date.and_then(seconds_of) else { return false };
        let ahead = server - now();
        let was = self.ahead.swap(ahead, Ordering::Relaxed);
        (ahead - was).abs() > SKEW
    }
}

impl Resources for S3 {
    const NOWHERE: &str = "there is no such bucket";

    fn ask(
        &self,
        method: &str,
        name: &Name,
        sent: &[u8],
    ) -> Result<Option<Response<Body>>, Failure> {
        let mut response = self.send(method, name, sent)?;
        if response.status() == StatusCode::FORBIDDEN && self.learn_time(&response) {
            response = self.send(method, name, sent)?;
        }
        http::checked(response)
    }
}

/// A request that is signed.
struct Signed<'r> {
    method: &'r str,
    path: &'r str,
    host: &'r str,
    region: &'r str,
    /// The time, in seconds since 1970.
    seconds: i64,
    /// The SHA-256 of the body.
    hash: String,
}

impl Signed<'_> {
    /// The time as `20130524T000000Z`.
    fn date(&self) -> String {
        let ((year, month, day), second) =
            (civil(self.seconds.div_euclid(86_400)), self.seconds.rem_euclid(86_400));
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
    }

    /// The value of the header `Authorization`.
    fn authorization(&self, credentials: &Credentials) -> String {
        let date = self.date();
        let day = &date[..8];
        let mut headers =
            vec![("host", self.host), ("x-amz-content-sha256", &self.hash), ("x-amz-date", &date)];
        headers.extend(
            credentials.session.iter().map(|token| ("x-amz-security-token", token.as_str())),
        );
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let mut request = format!("{}\n{}\n\n", self.method, encoded(self.path));
        for (name, value) in headers {
            let _ = writeln!(request, "{name}:{value}");
        }
        let _ = write!(request, "\n{names}\n{}", self.hash);
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let text = format!(
            "AWS4-HMAC-SHA256\n{date}\n{scope}\n{}",
            hex(&Sha256::digest(request.as_bytes()))
        );
        let first = hmac(format!("AWS4{}", credentials.secret).as_bytes(), day.as_bytes());
        let key = [self.region, "s3", "aws4_request"]
            .iter()
            .fold(first, |key, part| hmac(&key, part.as_bytes()));
        let signature = hex(&hmac(&key, text.as_bytes()));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            credentials.key
        )
    }
}

/// Encodes a path as the signature needs it.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// HMAC with SHA-256 (RFC 2104).
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the seconds since 1970 by this machine's clock.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Returns year, month and day of a number of days since 1970 in the Gregorian calendar (Howard
/// Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Returns the days since 1970 of a date: `days_from_civil` of the same source.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

/// Returns the seconds since 1970 of a date as HTTP writes it: `Fri, 24 May 2013 00:00:00 GMT`.
fn seconds_of(date: &str) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = date.split_once(", ")?.1.split(' ');
    let day: i64 = words.next()?.parse().ok()?;
    let month = i64::try_from(MONTHS.find(words.next()?)? / 3).ok()?;
    let year: i64 = words.next()?.parse().ok()?;
    let time = words.next()?.split(':').map(|part| part.parse::<i64>().ok());
    let [hour, minute, second] = time.collect::<Option<Vec<_>>>()?.try_into().ok()?;
    let days = days_since_1970((1970..=9999).contains(&year).then_some(year)?, month + 1, day);
    (civil(days) == (year, month + 1, day)).then_some(())?;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Signed, civil, seconds_of};

    /// The signature is botocore 1.43's for this request, with the keys of Amazon's examples.
    #[test]
    fn a_request_has_the_signature_that_other_clients_make() {
        let credentials = Credentials {
            key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session: None,
        };
        let signed = Signed {
            method: "GET",
            path: "/bucket/team/bundle-1/main~2fx/a.json",
            host: "127.0.0.1:9000",
            region: "us-east-1",
            seconds: 1_369_353_600,
            hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".into(),
        };
        assert_eq!(signed.date(), "20130524T000000Z");
        let signature = "35089fd6ce711310d2befb76e1908e62cf047dd04f1216d49f59d828ce03377d";
        let scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
        let names = "host;x-amz-content-sha256;x-amz-date";
        let wanted = format!(
            "AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={names}, Signature={signature}"
        );
        assert_eq!(signed.authorization(&credentials), wanted);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(seconds_of("Fri, 24 May 2013 00:00:00 GMT"), Some(1_369_353_600));
        assert_eq!(seconds_of("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199));
        assert_eq!(seconds_of("Thu, 31 Dec 2026 12:00:00 GMT"), Some(1_798_718_400));
        assert_eq!(seconds_of("yesterday"), None);
        assert_eq!(seconds_of("Sat, 31 Feb 2026 00:00:00 GMT"), None);
        assert_eq!(seconds_of("Sat, 99 Jan 9223372036854775807 00:00:00 GMT"), None);
        assert_eq!(seconds_of("Fri, 24 Mai 2013 00:00:00 GMT"), None);
    }
}
