//! Attacks by a foreign page, or by anything else that can connect. Each one is a published attack
//! on a development server, or on servers in general, and each has the status code of its refusal.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Ipv4Addr, TcpStream},
    thread,
    time::Duration,
};

use super::{EventStream, MOST_CONNECTIONS};

/// The time limit of a wait; only an answer that never comes reaches it.
const LIMIT: Duration = Duration::from_mins(1);

fn open() -> EventStream {
    EventStream::open(&["https://shop.example".to_owned()]).expect("a port is free")
}

fn connection(stream: &EventStream) -> TcpStream {
    let connection = TcpStream::connect((Ipv4Addr::LOCALHOST, stream.port())).expect("it listens");
    connection.set_read_timeout(Some(LIMIT)).expect("a time is no mistake");
    connection
}

/// Returns a request as a browser sends it.
fn good(stream: &EventStream) -> String {
    let (port, token) = (stream.port(), stream.token());
    format!(
        "GET /?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: keep-alive\r\n\
         Sec-Fetch-Site: cross-site\r\nAccept: text/event-stream\r\nOrigin: \
         http://localhost:8080\r\n\
         Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nReferer: http://localhost:8080/\r\n\r\n"
    )
}

/// Reads everything that is answered until the connection is closed.
fn all(connection: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match connection.read_to_end(&mut answer) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => {
            panic!("no end after {answer:?}: {error}")
        }
        Ok(_) | Err(_) => String::from_utf8(answer).expect("an answer is text"),
    }
}

/// Returns the status code of a refusal, and checks that it has the usual headers and admits no
/// page.
fn refused(answer: &str) -> &str {
    assert!(!answer.contains("Access-Control"), "{answer}");
    for header in [
        "Cache-Control: no-store",
        "nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
        "Vary: Origin",
    ] {
        assert!(answer.contains(header), "{answer}");
    }
    assert!(answer.ends_with("\r\n\r\n"), "an answer with contents: {answer}");
    answer.split(' ').nth(1).expect("an answer has a code")
}

fn asked(stream: &EventStream, request: &[u8]) -> String {
    let mut connection = connection(stream);
    // A client that is refused before the end of a long request need not finish sending it.
    let _ = connection.write_all(request);
    refused(&all(&mut connection)).to_owned()
}

/// Reads the answer until it ends with `end`.
fn until(connection: &mut TcpStream, end: &str) -> String {
    let mut answer = String::new();
    while !answer.ends_with(end) {
        let mut byte = [0];
        connection
            .read_exact(&mut byte)
            .unwrap_or_else(|error| panic!("{error}, after {answer:?}"));
        answer.push(char::from(byte[0]));
    }
    answer
}

/// Connects a page that is let in.
fn page(stream: &EventStream, request: &str) -> TcpStream {
    let mut page = connection(stream);
    page.write_all(request.as_bytes()).expect("it reads");
    let answer = until(&mut page, "\r\n\r\n:\n\n");
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"),
        "{answer}"
    );
    page
}

fn assert_receives(stream: &EventStream, page: &mut TcpStream) {
    stream.send("7-1");
    assert_eq!(until(page, "\n\n"), "data: 7-1\n\n");
}

#[test]
fn a_page_of_this_machine_receives_builds_and_nothing_else() {
    let stream = open();
    let origins = [
        "http://localhost",
        "https://localhost:8443",
        "http://shop.localhost:3000",
        "http://127.0.0.1:80",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "https://shop.example",
    ];
    for origin in origins {
        let request =
            good(&stream).replace("http://localhost:8080\r\nSec", &format!("{origin}\r\nSec"));
        let mut page = connection(&stream);
        page.write_all(request.as_bytes()).expect("it reads");
        let answer = until(&mut page, "\r\n\r\n:\n\n");
        let expected = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: \
             {origin}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nVary: Origin\r\n\r\n:\n\n"
        );
        assert_eq!(answer, expected);
        assert_receives(&stream, &mut page);
    }
    // Browsers that do not send these headers, and a page that uses the name `localhost`.
    let plain: String =
        good(&stream).split_inclusive('\n').filter(|line| !line.starts_with("Sec-")).collect();
    assert_receives(&stream, &mut page(&stream, &plain.replace("127.0.0.1:", "localhost:")));
    // The request in single bytes.
    let mut slow = connection(&stream);
    for byte in good(&stream).bytes() {
        slow.write_all(&[byte]).expect("it reads");
    }
    until(&mut slow, "\r\n\r\n:\n\n");
    assert_receives(&stream, &mut slow);
}

/// Replacements in a good request. `{token}` and `{port}` are filled in.
const CHANGED: &[(&str, &str, &str, &str)] = &[
    (
        "DNS rebinding: the host of a foreign page",
        "127.0.0.1:{port}",
        "rebound.example:{port}",
        "403",
    ),
    ("a host without its port", "127.0.0.1:{port}", "127.0.0.1", "403"),
    ("another port", "127.0.0.1:{port}", "127.0.0.1:80", "403"),
    ("another address of this machine", "127.0.0.1:{port}", "127.0.0.2:{port}", "403"),
    ("the host as IPv6", "127.0.0.1:{port}", "[::1]:{port}", "403"),
    ("a host that begins like ours", "127.0.0.1:{port}", "127.0.0.1:{port}.rebound.example", "403"),
    ("a host below localhost", "127.0.0.1:{port}", "rebound.localhost:{port}", "403"),
    ("a host with a name before it", "127.0.0.1:{port}", "a@127.0.0.1:{port}", "403"),
    ("an empty host", "127.0.0.1:{port}", "", "403"),
    ("no host", "Host: 127.0.0.1:{port}\r\n", "", "400"),
    ("two hosts", "Host:", "Host: rebound.example\r\nHost:", "400"),
    ("a foreign origin", "http://localhost:8080\r\nSec", "https://foreign.example\r\nSec", "403"),
    (
        "an origin that is an address of the network",
        "http://localhost:8080\r\nSec",
        "http://192.168.0.7:8080\r\nSec",
        "403",
    ),
    (
        "an origin that is a public address",
        "http://localhost:8080\r\nSec",
        "http://93.184.216.34\r\nSec",
        "403",
    ),
    (
        "an origin that is a public IPv6 address",
        "http://localhost:8080\r\nSec",
        "http://[2606:2800::1]\r\nSec",
        "403",
    ),
    (
        "an origin that is every address",
        "http://localhost:8080\r\nSec",
        "http://0.0.0.0:8080\r\nSec",
        "403",
    ),
    (
        "an origin that is IPv4 in IPv6",
        "http://localhost:8080\r\nSec",
        "http://[::ffff:127.0.0.1]\r\nSec",
        "403",
    ),
    (
        "an origin as no browser writes it",
        "http://localhost:8080\r\nSec",
        "http://127.1\r\nSec",
        "403",
    ),
    ("an origin as a number", "http://localhost:8080\r\nSec", "http://2130706433\r\nSec", "403"),
    (
        "a name that begins with localhost",
        "http://localhost:8080\r\nSec",
        "http://localhost.foreign.example\r\nSec",
        "403",
    ),
    (
        "a name that ends with localhost",
        "http://localhost:8080\r\nSec",
        "http://foreignlocalhost\r\nSec",
        "403",
    ),
    (
        "a name that begins with an address",
        "http://localhost:8080\r\nSec",
        "http://127.0.0.1.foreign.example\r\nSec",
        "403",
    ),
    ("a name below none", "http://localhost:8080\r\nSec", "http://.localhost\r\nSec", "403"),
    (
        "a user that is localhost",
        "http://localhost:8080\r\nSec",
        "http://localhost:8080@foreign.example\r\nSec",
        "403",
    ),
    (
        "a path behind an origin",
        "http://localhost:8080\r\nSec",
        "http://localhost:8080/\r\nSec",
        "403",
    ),
    ("a port that is none", "http://localhost:8080\r\nSec", "http://localhost:99999\r\nSec", "403"),
    (
        "a listed name with another scheme",
        "http://localhost:8080\r\nSec",
        "http://shop.example\r\nSec",
        "403",
    ),
    (
        "a listed name with another port",
        "http://localhost:8080\r\nSec",
        "https://shop.example:444\r\nSec",
        "403",
    ),
    (
        "a name below a listed one",
        "http://localhost:8080\r\nSec",
        "https://a.shop.example\r\nSec",
        "403",
    ),
    (
        "a listed name and more",
        "http://localhost:8080\r\nSec",
        "https://shop.example.foreign.example\r\nSec",
        "403",
    ),
    ("another scheme", "http://localhost:8080\r\nSec", "file://localhost\r\nSec", "403"),
    (
        "a browser's extension",
        "http://localhost:8080\r\nSec",
        "chrome-extension://localhost\r\nSec",
        "403",
    ),
    ("a frame without an origin", "http://localhost:8080\r\nSec", "null\r\nSec", "403"),
    ("an empty origin", "http://localhost:8080\r\nSec", "\r\nSec", "403"),
    (
        "no origin, as scripts, links and old sockets",
        "Origin: http://localhost:8080\r\n",
        "",
        "403",
    ),
    ("two origins", "Origin:", "Origin: https://foreign.example\r\nOrigin:", "400"),
    ("no token", "/?token={token}", "/", "403"),
    ("an empty token", "token={token}", "token=", "403"),
    ("the token of another watcher", "{token}", "0123456789abcdef0123456789abcdef", "403"),
    ("a token without its end", "{token} HTTP", "0123456789abcdef HTTP", "403"),
    ("a token and more", "{token}", "{token}0", "403"),
    ("a token behind another", "token={token}", "token=0&token={token}", "403"),
    ("a token with something behind it", "token={token}", "token={token}&raw", "403"),
    ("a token under another name", "token=", "Token=", "403"),
    ("a fragment", "{token} HTTP", "{token}#/../etc/passwd HTTP", "403"),
    ("a script of a foreign page", "empty\r\n", "script\r\n", "403"),
    ("an image", "empty\r\n", "image\r\n", "403"),
    ("a frame", "empty\r\n", "iframe\r\n", "403"),
    ("a worker", "empty\r\n", "sharedworker\r\n", "403"),
    ("an address that somebody follows", "Mode: cors", "Mode: navigate", "403"),
    ("a request that hides its answer", "Mode: cors", "Mode: no-cors", "403"),
    ("a socket's handshake", "Mode: cors", "Mode: websocket", "403"),
    ("an address that somebody types in", "cross-site", "none", "403"),
    ("a page of ours, which there is not", "cross-site", "same-origin", "403"),
    (
        "a purpose twice",
        "Sec-Fetch-Mode: cors",
        "Sec-Fetch-Mode: cors\r\nSec-Fetch-Mode: no-cors",
        "403",
    ),
    ("POST", "GET /", "POST /", "405"),
    ("OPTIONS, as before a request with headers", "GET /", "OPTIONS /", "405"),
    ("HEAD", "GET /", "HEAD /", "405"),
    ("PUT", "GET /", "PUT /", "405"),
    ("DELETE", "GET /", "DELETE /", "405"),
    ("TRACE", "GET /", "TRACE /", "405"),
    ("CONNECT", "GET /?token={token}", "CONNECT localhost:22", "405"),
    ("a method of no protocol", "GET /", "get /", "405"),
    ("a method that is no word", "GET /", "G(T /", "400"),
    ("no method", "GET /", "/", "400"),
    ("a whole address", "GET /", "GET http://127.0.0.1:{port}/", "400"),
    ("a whole address of somebody else", "GET /", "GET http://foreign.example/", "400"),
    ("an address of a proxy", "GET /?token={token}", "GET localhost:22", "400"),
    ("everything", "GET /?token={token}", "GET *", "400"),
    ("no slash", "GET /?", "GET ?", "400"),
    ("\\ instead of a slash", "GET /?", "GET \\?", "400"),
    ("a path with a space", "GET /?", "GET / ?", "400"),
    ("two spaces", "GET /", "GET  /", "400"),
    ("a tab", "GET /", "GET\t/", "400"),
    ("a version of 1996", "HTTP/1.1", "HTTP/1.0", "505"),
    ("a version of 2015", "HTTP/1.1", "HTTP/2.0", "505"),
    ("a version that is none", "HTTP/1.1", "HTTP/1.1.1", "400"),
    ("another protocol", "HTTP/1.1", "RTSP/1.0", "400"),
    (
        "WebSocket",
        "Connection: keep-alive",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
        "400",
    ),
    ("HTTP/2 by a header", "Connection: keep-alive", "Connection: Upgrade\r\nUpgrade: h2c", "400"),
    ("a body", "Accept:", "Content-Length: 4\r\nAccept:", "400"),
    ("a body in pieces", "Accept:", "Transfer-Encoding: chunked\r\nAccept:", "400"),
    (
        "two lengths of a body",
        "Accept:",
        "Content-Length: 0\r\nContent-Length: 5\r\nAccept:",
        "400",
    ),
    ("a header without a colon", "Accept:", "Accept", "400"),
    ("a header without a name", "Accept:", ":", "400"),
    ("a space before a colon", "Host:", "Host :", "400"),
    ("a header in two lines", "Accept: ", "Accept:\r\n ", "400"),
    ("a name that is no word", "Accept:", "__proto__[a]:", "400"),
    ("lines that end with one character", "\r\nAccept", "\nAccept", "400"),
    ("a line that ends in its middle", "Accept: ", "Accept: a\rb", "400"),
    ("NUL in a header", "text/event-stream", "text\0", "400"),
    ("NUL in the path", "GET /?", "GET /\0?", "400"),
    ("NUL in the token", "{token}", "{token}\0", "400"),
    ("an escape for the terminal", "text/event-stream", "\x1b[2J", "400"),
    ("a letter beyond ASCII", "text/event-stream", "t\u{e9}xt", "400"),
    (
        "no end of the head, but of the connection's line",
        "\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\n",
        "400",
    ),
    ("two requests in one", "\r\n\r\n", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", "400"),
];

/// Paths that made development servers give out files.
const PATHS: &[(&str, &str)] = &[
    ("/status.json", "404"),
    ("/bundle-dev/status.json", "404"),
    ("/../../etc/passwd", "404"),
    ("/..%2f..%2fetc/passwd", "404"),
    ("/%2e%2e/%2e%2e/etc/passwd", "404"),
    ("/%252e%252e/etc/passwd", "404"),
    ("/..%5c..%5cwindows%5cwin.ini", "404"),
    ("/..\\..\\windows\\win.ini", "404"),
    ("/%c0%ae%c0%ae/etc/passwd", "404"),
    ("/..;/etc/passwd", "404"),
    ("//etc/passwd", "404"),
    ("///etc/passwd", "404"),
    ("//foreign.example/", "404"),
    ("/.", "404"),
    ("/./", "404"),
    ("/.env", "404"),
    ("/.ENV", "404"),
    ("/.git/config", "404"),
    ("/@fs/etc/passwd", "404"),
    ("/@fs//etc/passwd?raw", "404"),
    ("/@fs/etc/passwd?import&raw??", "404"),
    ("/@fs/etc/passwd?raw?inline", "404"),
    ("/@fs/etc/passwd?.svg?.wasm?init", "404"),
    ("/@id/etc/passwd", "404"),
    ("/__open-in-editor?file=/etc/passwd", "404"),
    ("/webpack-dev-server/invalidate", "404"),
    ("/index.js::$DATA", "404"),
    ("/file%00.js", "404"),
    ("/esbuild", "404"),
    ("/%2f", "404"),
    ("/%3ftoken={token}", "404"),
    ("/;?token={token}", "404"),
    ("/#/../etc/passwd", "404"),
    ("/?raw", "403"),
    ("/?import&raw??", "403"),
    ("/?token={token}?raw", "403"),
    ("/?token=..%2f..%2fetc%2fpasswd", "403"),
    ("/?file=/etc/passwd&token={token}", "403"),
];

#[test]
fn forbidden_requests_are_refused_and_other_pages_receive_builds() {
    let stream = open();
    let mut known = page(&stream, &good(&stream));
    let filled = |text: &str| {
        text.replace("{port}", &stream.port().to_string()).replace("{token}", stream.token())
    };
    let mut attempts: Vec<(String, Vec<u8>, &str)> = Vec::new();
    for (name, from, to, code) in CHANGED {
        let request = good(&stream).replacen(&filled(from), &filled(to), 1);
        assert_ne!(request, good(&stream), "{name}");
        attempts.push(((*name).to_owned(), request.into_bytes(), code));
    }
    for (path, code) in PATHS {
        let request = good(&stream).replacen(&filled("/?token={token}"), &filled(path), 1);
        attempts.push((format!("the path {path}"), request.into_bytes(), code));
    }
    attempts.extend(raw(&stream));
    let mut wrong = Vec::new();
    for (name, request, code) in &attempts {
        let got = asked(&stream, request);
        if got != *code {
            wrong.push(format!("{name}: {got}, not {code}"));
        }
        if std::env::var_os("BUNDLE_TEST_TABLE").is_some() {
            let _ = writeln!(std::io::stderr(), "{got}  {name}");
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "of {} attempts", attempts.len());
    assert_receives(&stream, &mut known);
    assert_receives(&stream, &mut page(&stream, &good(&stream)));
}

/// Attempts that hardly resemble a request.
fn raw(stream: &EventStream) -> Vec<(String, Vec<u8>, &'static str)> {
    let good = good(stream);
    let with =
        |header: &str| good.replacen("Accept:", &format!("{header}\r\nAccept:"), 1).into_bytes();
    let names: Vec<String> = (0..2000).map(|n| format!("A{n}: b")).collect();
    let each = |name: &str, request: &[u8], code| (name.to_owned(), request.to_vec(), code);
    vec![
        each("HTTP/0.9", b"GET /\r\n", "400"),
        each("the beginning of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        each("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "400"),
        each("an empty line", b"\r\n", "400"),
        each("an empty line before a request", format!("\r\n{good}").as_bytes(), "400"),
        each("a line's end alone", b"\n", "400"),
        each("NUL", b"\0", "400"),
        each("a megabyte of NUL", &vec![0; 1 << 20], "400"),
        each("a megabyte without an end", &vec![b'A'; 1 << 20], "431"),
        each("bytes of no text", b"\xff\xfe\xfd", "400"),
        each("a frame of a socket", b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", "400"),
        each("a message to a redis", b"*1\r\n$4\r\nPING\r\n", "400"),
        each("a mail", b"EHLO foreign.example\r\n", "400"),
        each("a header of 8 kB", &with(&format!("X: {}", "a".repeat(8192))), "431"),
        each(
            "a path of 8 kB",
            good.replacen("/?", &format!("/{}?", "a".repeat(8192)), 1).as_bytes(),
            "431",
        ),
        each("headers without number", &with("A: b\r\n".repeat(5000).trim_end()), "431"),
        each("names without number", &with(&names.join("\r\n")), "431"),
        each("a header of 1 MB", &with(&format!("X: {}", "a".repeat(1 << 20))), "431"),
        each(
            "a socket's handshake without an origin",
            b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: \
              Upgrade\r\n\r\n",
            "400",
        ),
    ]
}

#[test]
fn missing_and_incomplete_requests_are_refused() {
    let stream = open();
    let mut known = page(&stream, &good(&stream));
    let begun = &good(&stream)[..40];
    let mut idle: Vec<TcpStream> = (0..20).map(|_| connection(&stream)).collect();
    for connection in idle.iter_mut().skip(10) {
        connection.write_all(begun.as_bytes()).expect("it reads");
    }
    let mut dripping = connection(&stream);
    let mut drips = dripping.try_clone().expect("a connection can have two owners");
    let dripped = thread::spawn(move || {
        while drips.write_all(b"A").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    for connection in &mut idle {
        assert_eq!(refused(&all(connection)), "408");
    }
    assert_eq!(refused(&all(&mut dripping)), "408");
    drop(dripping);
    dripped.join().expect("writing fails when the connection is closed");
    // A client that left before the end of its request.
    let mut gone = connection(&stream);
    gone.write_all(begun.as_bytes()).expect("it reads");
    gone.shutdown(std::net::Shutdown::Write).expect("it was open");
    assert_eq!(refused(&all(&mut gone)), "400");
    assert_receives(&stream, &mut known);
    assert_receives(&stream, &mut page(&stream, &good(&stream)));
}

#[test]
fn a_thousand_connections_find_no_place_and_a_place_is_free_again_at_once() {
    let stream = open();
    let mut pages: Vec<TcpStream> =
        (0..MOST_CONNECTIONS).map(|_| page(&stream, &good(&stream))).collect();
    for _ in MOST_CONNECTIONS..1000 {
        assert_eq!(refused(&all(&mut connection(&stream))), "503");
    }
    stream.send("7-1");
    for page in &mut pages {
        assert_eq!(until(page, "\n\n"), "data: 7-1\n\n");
    }
    pages.pop();
    assert_receives(&stream, &mut page(&stream, &good(&stream)));
    // A silent client keeps its slot for two seconds: on a slow machine the last ones get one too.
    pages.clear();
    let mut silent: Vec<TcpStream> = (0..200).map(|_| connection(&stream)).collect();
    for silent in &mut silent {
        let answer = all(silent);
        assert!(["408", "503"].contains(&refused(&answer)), "{answer}");
    }
    drop(silent);
    // Until the server knows that the clients have left, there is no free slot.
    while refused(&all(&mut connection(&stream))) == "503" {
        thread::sleep(Duration::from_millis(20));
    }
    assert_receives(&stream, &mut page(&stream, &good(&stream)));
}

#[test]
fn pages_that_send_data_or_read_nothing_are_dropped() {
    let stream = open();
    let mut talking = page(&stream, &good(&stream));
    talking.write_all(b"{\"jsonrpc\":\"2.0\",\"method\":\"fetchModule\"}").expect("it is open");
    // A new connection makes the server drop closed pages. What a page sent arrives some time
    // later. Each is answered before the next: too many at once are refused.
    while talking.set_nonblocking(true).is_ok()
        && talking.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    {
        asked(&stream, b"no request\r\n\r\n");
    }
    // The system's buffers are full after a while.
    let unread = page(&stream, &good(&stream));
    let mut reading = page(&stream, &good(&stream));
    let long = "7".repeat(4000);
    let mut received = vec![0; long.len() + "data: \n\n".len()];
    for _ in 0..8000 {
        stream.send(&long);
        reading.read_exact(&mut received).expect("it is still connected");
    }
    assert_eq!(stream.shared.state().pages.len(), 1, "only who listens is still there");
    drop(unread);
}

#[test]
fn it_ends_with_its_owner() {
    let stream = open();
    let mut page = page(&stream, &good(&stream));
    let other = open();
    assert_ne!(stream.token(), other.token());
    assert_eq!((stream.token().len(), other.token().len()), (32, 32));
    let port = stream.port();
    drop(stream);
    assert_eq!(all(&mut page), "");
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}
