//! Redis, and servers that speak its protocol (RESP 2): Valkey, `KeyDB`, Dragonfly.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::{
    Failure,
    address::Address,
    store::{Name, Store},
};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// Values that no build writes again go after thirty days, so that a server needs no care.
const LIFETIME: &str = "2592000";
/// The longest line of an answer, in bytes.
const LINE: u64 = 1 << 12;

/// A database of a server.
pub(crate) struct Redis {
    address: Address,
    user: Option<(String, String)>,
    /// Connections that nobody uses at the moment.
    idle: Mutex<Vec<Connection>>,
}

type Connection = BufReader<TcpStream>;

/// An answer.
enum Answer {
    Done,
    Nothing,
    Bytes(Vec<u8>),
}

impl Redis {
    /// Credentials: those of the address, else `BUNDLE_CACHE_USER` and `BUNDLE_CACHE_PASSWORD`.
    pub fn new(address: &Address, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let password = variable("BUNDLE_CACHE_PASSWORD");
        let given =
            password.map(|password| (variable("BUNDLE_CACHE_USER").unwrap_or_default(), password));
        let user = address.user.clone().or(given);
        Self { address: address.clone(), user, idle: Mutex::default() }
    }

    /// Sends a command and reads the answer, of at most `limit` bytes.
    fn ask(&self, words: &[&[u8]], limit: u64) -> Result<Answer, Failure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connected()?,
        };
        let answer = exchange(&mut connection, words, limit);
        // After an error of the server the connection is as good as before; after any other it may
        // be in the middle of an answer.
        if !matches!(answer, Err(Failure::Unreachable(_) | Failure::Damaged(_))) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        answer
    }

    fn connected(&self) -> Result<Connection, Failure> {
        let host = &self.address.host;
        let addresses = host.to_socket_addrs().map_err(|error| unreachable(&error))?;
        let mut failed = Failure::Unreachable(format!("{host} has no address"));
        for address in addresses {
            match TcpStream::connect_timeout(&address, CONNECT).and_then(prepared) {
                Ok(stream) => return self.greeted(BufReader::new(stream)),
                Err(error) => failed = unreachable(&error),
            }
        }
        Err(failed)
    }

    fn greeted(&self, mut connection: Connection) -> Result<Connection, Failure> {
        if let Some((user, password)) = &self.user {
            let (user, password) = (user.as_bytes(), password.as_bytes());
            let words: &[&[u8]] =
                if user.is_empty() { &[b"AUTH", password] } else { &[b"AUTH", user, password] };
            exchange(&mut connection, words, LINE)?;
        }
        if self.address.bucket != "0" {
            exchange(&mut connection, &[b"SELECT", self.address.bucket.as_bytes()], LINE)?;
        }
        Ok(connection)
    }
}

impl Store for Redis {
    fn get(&self, name: &Name, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
        let key = self.address.inside(name.as_str());
        match self.ask(&[b"GET", key.as_bytes()], limit)? {
            Answer::Bytes(bytes) => Ok(Some(bytes)),
            Answer::Nothing => Ok(None),
            Answer::Done => Err(Failure::Wrong("GET has no value for an answer".into())),
        }
    }

    fn put(&self, name: &Name, bytes: &[u8]) -> Result<(), Failure> {
        let key = self.address.inside(name.as_str());
        let words = [b"SET", key.as_bytes(), bytes, b"EX", LIFETIME.as_bytes()];
        self.ask(&words, LINE).map(drop)
    }

    fn delete(&self, name: &Name) -> Result<(), Failure> {
        let key = self.address.inside(name.as_str());
        self.ask(&[b"DEL", key.as_bytes()], LINE).map(drop)
    }
}

fn prepared(stream: TcpStream) -> io::Result<TcpStream> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    Ok(stream)
}

fn exchange(connection: &mut Connection, words: &[&[u8]], limit: u64) -> Result<Answer, Failure> {
    let mut command = format!("*{}\r\n", words.len()).into_bytes();
    for word in words {
        command.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
        command.extend_from_slice(word);
        command.extend_from_slice(b"\r\n");
    }
    connection.get_mut().write_all(&command).map_err(|error| unreachable(&error))?;
    answer(connection, limit)
}

/// Reads an answer. Those of the commands that are used here are a line, a number, or a string.
fn answer(connection: &mut impl BufRead, limit: u64) -> Result<Answer, Failure> {
    let mut line = Vec::new();
    let read = connection.by_ref().take(LINE).read_until(b'\n', &mut line);
    read.map_err(|error| unreachable(&error))?;
    let text = String::from_utf8_lossy(&line);
    let Some(text) = text.strip_suffix("\r\n") else {
        return Err(Failure::Damaged("the answer ends too early".into()));
    };
    let rest = text.get(1..).unwrap_or_default();
    match text.as_bytes().first() {
        Some(b'+' | b':') => Ok(Answer::Done),
        Some(b'-') => Err(refused(rest)),
        Some(b'$') if rest == "-1" => Ok(Answer::Nothing),
        Some(b'$') => {
            let length: u64 =
                rest.parse().ok().filter(|length| *length <= limit).ok_or_else(|| {
                    Failure::Damaged("the answer is larger than what was written".into())
                })?;
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 2);
            let read = connection.by_ref().take(length + 2).read_to_end(&mut bytes);
            read.map_err(|error| unreachable(&error))?;
            if bytes.len() as u64 != length + 2 || !bytes.ends_with(b"\r\n") {
                return Err(Failure::Damaged("the answer ends too early".into()));
            }
            bytes.truncate(bytes.len() - 2);
            Ok(Answer::Bytes(bytes))
        }
        _ => Err(Failure::Damaged("this is no answer of Redis".into())),
    }
}

fn refused(why: &str) -> Failure {
    let is_denied = ["NOAUTH", "WRONGPASS", "NOPERM", "ERR invalid password", "ERR AUTH"];
    if is_denied.iter().any(|word| why.starts_with(word)) {
        Failure::Denied(why.to_owned())
    } else {
        Failure::Wrong(why.to_owned())
    }
}

fn unreachable(error: &io::Error) -> Failure {
    Failure::Unreachable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Answer, answer};
    use crate::Failure;

    #[test]
    fn answers_are_read_to_their_end_and_no_further() {
        let mut two: &[u8] = b"$3\r\na\r\n\r\n+OK\r\n";
        assert!(matches!(answer(&mut two, 3), Ok(Answer::Bytes(bytes)) if bytes == b"a\r\n"));
        assert!(matches!(answer(&mut two, 3), Ok(Answer::Done)));
        assert!(matches!(answer(&mut &b"$-1\r\n"[..], 3), Ok(Answer::Nothing)));
    }

    #[test]
    fn what_is_no_whole_answer_is_a_failure() {
        let failed = |bytes: &[u8]| answer(&mut &*bytes, 10).err().expect("it fails");
        assert!(matches!(failed(b"$11\r\n12345678901\r\n"), Failure::Damaged(_)));
        assert!(matches!(failed(b"$5\r\n123"), Failure::Damaged(_)));
        assert!(matches!(failed(b"$99999999999999999999\r\n"), Failure::Damaged(_)));
        assert!(matches!(failed(b""), Failure::Damaged(_)));
        assert!(matches!(failed(b"HTTP/1.1 400 Bad Request\r\n"), Failure::Damaged(_)));
        assert!(matches!(failed(b"-NOAUTH Authentication required.\r\n"), Failure::Denied(_)));
        assert!(matches!(failed(b"-OOM command not allowed\r\n"), Failure::Wrong(_)));
    }
}
