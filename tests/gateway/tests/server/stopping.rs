//! The end of a server. Time is virtual: it jumps when all tasks wait.

use crate::running::hourly;
use mock_gateway::server::{Server, Settings};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

const REQUEST: &[u8] = b"GET /api/v1/resource HTTP/1.1\r\nhost: gateway\r\n\r\n";

async fn start(settings: Settings) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let server = Server::bind(([127, 0, 0, 1], 0).into(), settings).await.unwrap();
    let (address, (stop, stopped)) = (server.address(), oneshot::channel());
    let running = tokio::spawn(server.run(async {
        let _ = stopped.await;
    }));
    (address, stop, running)
}

#[tokio::test(start_paused = true)]
async fn an_answer_under_way_is_finished() {
    let mut settings = hourly(1);
    settings.delay.latency = Duration::from_secs(3);
    let (address, stop, running) = start(settings).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(REQUEST).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    stop.send(()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    running.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_connection_on_which_nothing_is_under_way_is_closed_at_once() {
    let (address, stop, running) = start(hourly(1)).await;
    let mut unused = TcpStream::connect(address).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    stop.send(()).unwrap();
    let stopping = Instant::now();
    running.await.unwrap();
    assert_eq!(unused.read(&mut [0]).await.unwrap(), 0);
    assert_eq!(stopping.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_never_finished_holds_the_stop_up_for_five_seconds_and_no_longer() {
    let (address, stop, running) = start(hourly(1)).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(&REQUEST[..20]).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    stop.send(()).unwrap();
    let stopping = Instant::now();
    running.await.unwrap();
    assert!((5_000..5_010).contains(&stopping.elapsed().as_millis()), "{:?}", stopping.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_stopped_server_takes_no_more_connections() {
    let (address, stop, running) = start(hourly(1)).await;
    stop.send(()).unwrap();
    running.await.unwrap();
    let refused = TcpStream::connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
}
