//! The keys that verify tokens, from a file or from a server on this machine.

use axum::body::{Body, to_bytes};
use axum::http::uri::Scheme;
use axum::http::{StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use mock_gateway::server::{Authorizer, UserPool};
use std::fmt::Display;
use std::fs;
use std::net::IpAddr;
use std::time::Duration;

/// The largest key set accepted, in bytes. A typical set has a few kilobytes.
const LARGEST: usize = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(5);

/// Reads the keys at `source` and returns an authorizer that accepts tokens signed by them.
pub(crate) async fn user_pool(
    source: &str,
    issuer: Option<&str>,
    audience: Option<&str>,
) -> Result<Authorizer, String> {
    let invalid = |error: &dyn Display| format!("invalid value '{source}' for '--jwks <FILE>': {error}");
    let jwks = match source.parse::<Uri>() {
        Ok(url) if url.scheme().is_some() => fetch(url).await.map_err(|error| invalid(&error))?,
        _ => fs::read(source).map_err(|error| invalid(&error))?,
    };
    let pool = UserPool::new(&jwks, issuer, audience).map_err(|error| invalid(&error))?;
    Ok(Authorizer::UserPool(Box::new(pool)))
}

async fn fetch(url: Uri) -> Result<Vec<u8>, String> {
    if url.scheme() != Some(&Scheme::HTTP) || !url.host().is_some_and(is_here) {
        return Err("a URL is one of this machine, such as http://127.0.0.1:8080/jwks.json".to_owned());
    }
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let answer = async {
        let response = client.get(url).await.map_err(|_| "nothing answers there")?;
        if response.status() != StatusCode::OK {
            return Err(format!("the answer is {}", response.status()));
        }
        let body = to_bytes(Body::new(response.into_body()), LARGEST).await;
        body.map(Vec::from).map_err(|error| error.to_string())
    };
    tokio::time::timeout(TIMEOUT, answer).await.map_err(|_| "no answer within 5 s".to_owned())?
}

fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
