//! The forwarding to a backend on another server.

use crate::running::{Running, hourly};
use mock_gateway::server::{Backend, Server, Settings, Upstream};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn before(url: &str, burst: u32) -> Running {
    let upstream: Upstream = url.parse().unwrap();
    Running::start(Settings { backend: Backend::Upstream(Box::new(upstream)), ..hourly(burst) })
}

/// A server for one connection. It reads the request's head, then hands the connection over.
fn backend(
    serve: impl FnOnce(BufReader<TcpStream>, String) + Send + 'static,
) -> (String, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = thread::spawn(move || {
        let mut stream = BufReader::new(listener.accept().unwrap().0);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(stream.read_line(&mut head).unwrap() > 0, "{head}");
        }
        serve(stream, head);
    });
    (url, thread)
}

fn answer(stream: &mut BufReader<TcpStream>, text: &str) {
    stream.get_mut().write_all(text.as_bytes()).unwrap();
}

#[test]
fn what_passes_the_checks_is_passed_on_and_nothing_else() {
    let backend = Running::start(hourly(9));
    let gateway = before(&backend.url, 2);
    let answers = [0; 5].map(|n| gateway.request("POST", &format!("/api/v1/resource?n={n}"), &[], "body"));
    assert_eq!(answers.each_ref().map(crate::running::Answer::status), [200, 200, 429, 429, 429]);
    assert_eq!(answers[0].json()["bodyBytes"], 4);
    assert_eq!(backend.log().len(), 2);
    assert_eq!(
        (gateway.stats()["backend"].as_u64(), backend.stats()["admitted"].as_u64()),
        (Some(2), Some(2))
    );
}

#[test]
fn a_path_is_appended_to_that_of_the_url() {
    let backend = Running::start(hourly(9));
    let gateway = before(&format!("{}/api/v1/", backend.url), 9);
    assert_eq!(gateway.get("/resource/17?a=1").json()["path"], "/api/v1/resource/17");
    assert_eq!(backend.log()[0]["query"], "a=1");
}

#[test]
fn status_and_fields_go_through_but_not_those_of_the_connection() {
    let (url, backend) = backend(|mut stream, head| {
        let head = head.to_ascii_lowercase();
        let address = stream.get_ref().local_addr().unwrap();
        assert!(head.contains(&format!("host: {address}\r\n")), "{head}");
        assert!(head.contains("x-mine: 1\r\n") && head.contains("x-forwarded-for: 127.0.0.1\r\n"), "{head}");
        assert!(!head.contains("x-hop") && !head.contains("keep-alive"), "{head}");
        answer(
            &mut stream,
            "HTTP/1.1 418 Teapot\r\nx-theirs: 2\r\nconnection: x-private\r\nx-private: 3\r\ncontent-length: 3\r\n\r\ntea",
        );
    });
    let gateway = before(&url, 9);
    let fields = [("x-mine", "1"), ("connection", "x-hop"), ("x-hop", "1"), ("keep-alive", "timeout=5")];
    let answer = gateway.request("GET", "/", &fields, "");
    assert_eq!((answer.status(), answer.body()), (418, "tea"));
    assert_eq!((answer.header("x-theirs"), answer.header("x-private")), (Some("2"), None));
    assert!(answer.header("x-amzn-requestid").is_some());
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    backend.join().unwrap();
}

#[test]
fn an_answer_streams_its_first_part_is_there_before_the_last_is_sent() {
    let (first_seen, seen) = std::sync::mpsc::channel();
    let (url, backend) = backend(move |mut stream, _| {
        answer(&mut stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n");
        seen.recv().unwrap();
        answer(&mut stream, "4\r\nlast\r\n0\r\n\r\n");
    });
    let gateway = before(&url, 9);
    let mut body = ureq::get(&gateway.url).call().unwrap().into_body().into_reader();
    let mut first = [0; 5];
    body.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"first");
    first_seen.send(()).unwrap();
    let mut rest = String::new();
    body.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "last");
    backend.join().unwrap();
}

#[test]
fn a_backend_that_is_not_there_is_a_gateway_response() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let gateway = before(&format!("http://127.0.0.1:{port}"), 9);
    let answer = gateway.get("/");
    assert_eq!(answer.status(), 504);
    assert_eq!(answer.body(), r#"{"message":"Network error communicating with endpoint"}"#);
    assert_eq!(answer.header("x-amzn-errortype"), Some("InternalServerErrorException"));
}

#[test]
fn what_is_no_url_of_a_backend_is_refused() {
    for wrong in ["", "127.0.0.1:3000", "https://secure.example", "http://", "http://a/?query", "/path"] {
        assert!(wrong.parse::<Upstream>().is_err(), "{wrong}");
    }
}

/// Time is virtual: it jumps to the next timer.
#[tokio::test(start_paused = true)]
async fn a_backend_that_does_not_answer_in_29_seconds_is_given_up() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
    let settings = Settings { backend: Backend::Upstream(Box::new(upstream)), ..hourly(9) };
    let server = Server::bind(([127, 0, 0, 1], 0).into(), settings).await.unwrap();
    let address = server.address();
    tokio::spawn(server.run(std::future::pending()));
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let asked = tokio::time::Instant::now();
    let request = b"GET / HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n";
    connection.write_all(request).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 504 Gateway Timeout"), "{answer}");
    assert!(answer.ends_with(r#"{"message":"Endpoint request timed out"}"#), "{answer}");
    assert!((29_000..29_010).contains(&asked.elapsed().as_millis()), "{:?}", asked.elapsed());
}
