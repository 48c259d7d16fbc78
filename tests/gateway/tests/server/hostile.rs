//! Hostile requests. Slow ones run in virtual time.

use crate::running::{Running, hourly};
use mock_gateway::server::{Authorizer, Server, Settings, TrustedProxies, UserPool};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// Starts a server in the test's virtual time.
async fn start(settings: Settings) -> SocketAddr {
    let server = Server::bind(([127, 0, 0, 1], 0).into(), settings).await.unwrap();
    let address = server.address();
    tokio::spawn(server.run(std::future::pending()));
    address
}

async fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(bytes).await.unwrap();
    connection
}

/// The beginning of the answer; empty if the connection is closed.
async fn answer(connection: &mut TcpStream) -> String {
    let mut bytes = [0; 64];
    let length = connection.read(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

const GET: &str = "GET /api/v1/resource HTTP/1.1\r\nhost: gateway\r\n";
const POST: &str = "POST /api/v1/resource HTTP/1.1\r\nhost: gateway\r\n";

#[tokio::test]
async fn a_head_that_is_too_large_is_refused_and_takes_no_token() {
    let address = start(hourly(1)).await;
    let long = format!("{GET}x-long: {}\r\n\r\n", "a".repeat(20_000));
    let many = format!("{GET}{}\r\n", (0..200).map(|n| format!("x-{n}: a\r\n")).collect::<String>());
    let path = format!("GET /api/v1/resource?{} HTTP/1.1\r\nhost: gateway\r\n\r\n", "a".repeat(20_000));
    for request in [long, many, path] {
        let mut connection = send(address, request.as_bytes()).await;
        assert!(answer(&mut connection).await.starts_with("HTTP/1.1 431 "));
    }
    let mut connection = send(address, format!("{GET}\r\n").as_bytes()).await;
    assert!(answer(&mut connection).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_the_next_is_served() {
    let address = start(hourly(1)).await;
    for nonsense in
        [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 nonsense\r\n\r\n"[..], b"GET\r\n\r\n", b"\0\r\n\r\n"]
    {
        let mut connection = send(address, nonsense).await;
        assert!(answer(&mut connection).await.starts_with("HTTP/1.1 400 "));
    }
    let mut connection = send(address, format!("{GET}\r\n").as_bytes()).await;
    assert!(answer(&mut connection).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_costs_a_connection_for_thirty_seconds() {
    let address = start(hourly(1)).await;
    let began = Instant::now();
    let mut connection = send(address, GET.as_bytes()).await;
    assert_eq!(answer(&mut connection).await, "");
    assert_eq!(began.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up_after_twenty_nine_seconds() {
    let address = start(hourly(1)).await;
    let began = Instant::now();
    let mut connection = send(address, format!("{POST}content-length: 100\r\n\r\nslow").as_bytes()).await;
    assert!(answer(&mut connection).await.starts_with("HTTP/1.1 408 "));
    assert_eq!(began.elapsed().as_secs(), 29);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_request_is_answered_without_waiting_for_its_body() {
    let address = start(hourly(0)).await;
    let began = Instant::now();
    let mut connection = send(address, format!("{POST}content-length: 1000000\r\n\r\nslow").as_bytes()).await;
    assert!(answer(&mut connection).await.starts_with("HTTP/1.1 429 "));
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_body_that_is_too_large_is_refused_however_it_is_sent() {
    let gateway = Running::start(hourly(9));
    let address = gateway.url.trim_start_matches("http://");
    for length in [String::from("transfer-encoding: chunked"), format!("content-length: {}", 20 << 20)] {
        let mut connection = std::net::TcpStream::connect(address).unwrap();
        let mut writer = connection.try_clone().unwrap();
        write!(writer, "{POST}{length}\r\n\r\n").unwrap();
        let body = std::thread::spawn(move || {
            let piece = "a".repeat(0x10_000);
            // The loop runs until the gateway closes the connection.
            for _ in 0..20 << 4 {
                if write!(writer, "10000\r\n{piece}\r\n").is_err() {
                    break;
                }
            }
        });
        let mut status = [0; 13];
        connection.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 413 ");
        drop(connection);
        body.join().unwrap();
    }
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn a_bad_token_is_unauthorized_whatever_is_in_it() {
    let keys = r#"{"keys": [{"kty": "RSA", "kid": "one", "n": "sXch", "e": "AQAB"}]}"#;
    let pool = UserPool::new(keys.as_bytes(), None, None).unwrap();
    let authorizer = Authorizer::UserPool(Box::new(pool));
    let gateway = Running::start(Settings { authorizer, ..hourly(999) });
    // {"alg":"RS256","kid":"one"}, {"alg":"none","kid":"one"}, {"alg":"HS256","kid":"one"}, {}
    let heads = [
        "eyJhbGciOiJSUzI1NiIsImtpZCI6Im9uZSJ9",
        "eyJhbGciOiJub25lIiwia2lkIjoib25lIn0",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6Im9uZSJ9",
        "e30",
        "!",
        "",
    ];
    let long = "A".repeat(8_000);
    let tails = [".e30.", ".e30.AAAA", ".", "..", "...", "", ".e30.e30.e30", &format!(".{long}.")];
    let tokens = heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")));
    for token in
        tokens.chain(["Bearer".into(), "Bearer ".into(), "Bearer  Bearer x".into(), ".".repeat(9_000)])
    {
        for token in [format!("Bearer {token}"), token.clone()] {
            assert_eq!(gateway.call(&[("authorization", &token)]).status(), 401, "{token}");
        }
    }
    let mut connection = std::net::TcpStream::connect(gateway.url.trim_start_matches("http://")).unwrap();
    connection.write_all(GET.as_bytes()).unwrap();
    connection.write_all(b"authorization: \xff\xfe\r\n\r\n").unwrap();
    let mut status = [0; 13];
    connection.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 401 ");
}

#[test]
fn bad_tokens_count_against_the_limit() {
    let authorizer = Authorizer::Tokens(vec!["good".into()]);
    let gateway = Running::start(Settings { authorizer, ..hourly(2) });
    let statuses = [0; 4].map(|_| gateway.call(&[("authorization", "bad")]).status());
    assert_eq!(statuses, [401, 401, 429, 429]);
}

#[test]
fn made_up_addresses_are_each_held_to_the_limit_and_count_for_nothing_from_a_stranger() {
    let trusting = TrustedProxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
    let gateway = Running::start(Settings { trusted_proxies: trusting, ..hourly(1) });
    for n in 0..300 {
        let address = format!("198.51.{}.{}", n / 256, n % 256);
        let status = || gateway.call(&[("x-forwarded-for", &address)]).status();
        assert_eq!([status(), status()], [200, 429]);
    }
    let gateway = Running::start(hourly(1));
    assert_eq!(gateway.call(&[("x-forwarded-for", "198.51.100.1")]).status(), 200);
    assert_eq!(gateway.call(&[("x-forwarded-for", "198.51.100.2")]).status(), 429);
}
