//! A listener on this machine that notifies pages of finished builds, so that they need not poll
//! the status every half second. It implements as much HTTP as one `EventSource` needs, and it only
//! sends: the name of a build, which a page of any origin could read without harm, and heartbeats.
//! A request has no effect besides the answer, no file is read, and a refused client learns only a
//! status code (`request.rs` decides).
//!
//! One thread accepts, one thread per request lives for seconds at most, and one sends heartbeats
//! while pages are connected. At rest all of them wait.

use std::{
    io::{self, ErrorKind, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

mod request; // which requests are let in
#[cfg(test)]
mod tests;

use request::{Refusal, Rules};

/// The most connections at the same time, accepted or not.
const MOST_CONNECTIONS: usize = 64;
/// A request must be complete after this long.
const REQUEST_TIME: Duration = Duration::from_secs(2);
/// How often a heartbeat is sent; a browser that left without closing the connection is noticed
/// when a heartbeat cannot be sent.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How long to wait after a connection could not be accepted, for example because the process has
/// too many files open.
const NO_CONNECTION: Duration = Duration::from_millis(100);
/// How many bytes of a refused request are read after the answer, and for how long: closing a
/// connection with unread bytes resets it, and the answer may be lost.
const MOST_UNREAD: usize = 2 * 1024 * 1024;
const LINGER: Duration = Duration::from_millis(500);
/// The stack size of each thread, in bytes.
const STACK: usize = 128 * 1024;

/// The listener. Dropping it closes it and its connections.
pub struct EventStream {
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

/// The state that the threads share.
struct Shared {
    rules: Rules,
    /// Threads hold this lock only while they fill buffers of the operating system.
    state: Mutex<State>,
    /// Signals that a page has connected, or that the listener is closed.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Pages that were let in.
    pages: Vec<TcpStream>,
    /// Connections whose requests are being read.
    requests: usize,
    is_closed: bool,
}

/// A slot among the connections, which is free again when this is dropped.
struct ConnectionSlot(Arc<Shared>);

impl EventStream {
    /// Listens on a port of the loopback interface that the system chooses. `origins`: pages that
    /// may connect, besides those that a loopback name of this machine serves.
    pub fn open(origins: &[String]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let rules = Rules { port, token: random_token()?, origins: origins.to_vec() };
        let shared = Arc::new(Shared { rules, state: Mutex::default(), changed: Condvar::new() });
        let (accepting, beating) = (Arc::clone(&shared), Arc::clone(&shared));
        // The stream is made first: it closes the listener if the second thread cannot start.
        let stream = Self { acceptor: Some(spawn(move || accept(&listener, &accepting))?), shared };
        spawn(move || beating.beat())?;
        Ok(stream)
    }

    /// Returns the port that it listens on.
    pub fn port(&self) -> u16 {
        self.shared.rules.port
    }

    /// Returns the token that a page needs to connect.
    pub fn token(&self) -> &str {
        &self.shared.rules.token
    }

    /// Notifies all connected pages that a build has ended. `build` is its name: one line.
    pub fn send(&self, build: &str) {
        self.shared.state().send(format!("data: {build}\n\n").as_bytes());
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_closed = true;
        state.pages.clear();
        drop(state);
        self.shared.changed.notify_all();
        // The accepting thread checks whether it is closed when a connection comes.
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port()));
        let is_woken = TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| is_woken) {
            let _ = acceptor.join();
        }
    }
}

/// Returns 128 random bits of the operating system as text.
fn random_token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name("event stream".to_owned()).stack_size(STACK).spawn(work)
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    loop {
        let accepted = listener.accept();
        if shared.state().is_closed {
            return;
        }
        let Ok((connection, _)) = accepted else {
            thread::sleep(NO_CONNECTION);
            continue;
        };
        match shared.place() {
            // If no thread can start, the connection is closed and its slot is free again.
            Some(place) => drop(spawn(move || place.serve(connection))),
            None => refuse_at_once(connection),
        }
    }
}

/// Refuses a connection without waiting for its request.
fn refuse_at_once(mut connection: TcpStream) {
    let _ = connection.set_nonblocking(true);
    let _ = connection.write(refusal(Refusal::Crowded).as_bytes());
    let _ = connection.shutdown(Shutdown::Write);
    let _ = connection.read(&mut [0; 1024]);
}

impl Shared {
    /// Locks the state. A thread that panicked while it held the lock leaves nothing half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(self: &Arc<Self>) -> Option<ConnectionSlot> {
        let mut state = self.state();
        state.forget_closed();
        if state.pages.len() + state.requests >= MOST_CONNECTIONS {
            return None;
        }
        state.requests += 1;
        Some(ConnectionSlot(Arc::clone(self)))
    }

    /// Lets a page in. Its browser reads the answer before it fetches the status, so it learns of
    /// every status that is written later.
    fn connect(&self, mut page: TcpStream, origin: &str) {
        let mut state = self.state();
        let is_ready = page.set_nonblocking(true).and_then(|()| page.set_nodelay(true)).is_ok();
        let has_place = !state.is_closed && state.pages.len() < MOST_CONNECTIONS;
        if has_place && is_ready && writes(&mut page, welcome(origin).as_bytes()) {
            state.pages.push(page);
            drop(state);
            self.changed.notify_all();
        }
    }

    /// Sends heartbeats until the listener is closed. Nothing wakes this thread while no page is
    /// connected.
    fn beat(&self) {
        let mut state = self.state();
        while !state.is_closed {
            if state.pages.is_empty() {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let wait = self.changed.wait_timeout_while(state, HEARTBEAT, |state| !state.is_closed);
            state = wait.unwrap_or_else(PoisonError::into_inner).0;
            state.send(b":\n\n");
        }
    }
}

impl State {
    /// Sends to all pages. A page that does not accept the bytes is closed.
    fn send(&mut self, bytes: &[u8]) {
        self.pages.retain_mut(|page| writes(page, bytes));
    }

    /// Drops closed pages, and pages that send something: an `EventSource` never does.
    fn forget_closed(&mut self) {
        self.pages.retain_mut(|page| {
            matches!(
                page.read(&mut [0; 1]),
                Err(error) if error.kind() == ErrorKind::WouldBlock
            )
        });
    }
}

/// Whether all bytes fit into the buffer of the operating system.
fn writes(connection: &mut TcpStream, bytes: &[u8]) -> bool {
    connection.write(bytes).is_ok_and(|written| written == bytes.len())
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.0.state().requests -= 1;
    }
}

impl ConnectionSlot {
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever sends a byte now and then must not stay for ever"
    )]
    fn serve(self, mut connection: TcpStream) {
        let end = Instant::now() + REQUEST_TIME;
        let head = request::head(&mut |piece| read_until(&mut connection, piece, end));
        match head.and_then(|head| request::judge(&head, &self.0.rules)) {
            Ok(origin) => {
                let shared = Arc::clone(&self.0);
                // The connection is counted among the pages from now on.
                drop(self);
                shared.connect(connection, &origin);
            }
            Err(refused) => {
                let _ = connection.write_all(refusal(refused).as_bytes());
                let _ = connection.shutdown(Shutdown::Write);
                let (mut piece, mut left, end) = ([0; 4096], MOST_UNREAD, Instant::now() + LINGER);
                while let Ok(read) = read_until(&mut connection, &mut piece, end)
                    && read > 0
                    && left > 0
                {
                    left = left.saturating_sub(read);
                }
            }
        }
    }
}

/// Reads once. `Err` if nothing arrives until `end`.
#[expect(clippy::disallowed_methods, reason = "as `serve`")]
fn read_until(connection: &mut TcpStream, piece: &mut [u8], end: Instant) -> io::Result<usize> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    connection.set_read_timeout(Some(left))?;
    connection.read(piece)
}

/// Headers of every answer. The answer is for one page, and no other page may use it.
const ALWAYS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\nVary: Origin\r\n";

fn welcome(origin: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: \
         {origin}\r\n\
         {ALWAYS}\r\n:\n\n"
    )
}

fn refusal(refused: Refusal) -> String {
    let status = refused.status();
    let allowed = if refused == Refusal::Method { "Allow: GET\r\n" } else { "" };
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{allowed}{ALWAYS}\r\n")
}
