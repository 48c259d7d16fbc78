//! The forwarding to a backend on another server.

use crate::answer::GatewayResponse;
use axum::body::Body;
use axum::http::header::{CONNECTION, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

/// Amazon's default timeout for a backend.
const TIMEOUT: Duration = Duration::from_secs(29);

/// A server that receives the requests. Bodies stream in both directions.
#[derive(Debug, Clone)]
pub struct Upstream {
    authority: Authority,
    /// The prefix of every path, without a trailing slash.
    prefix: String,
    client: Client<HttpConnector, Body>,
}

/// The error for a text that is no URL of a backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a backend is an http:// URL without a query, such as http://127.0.0.1:3000")]
pub struct UpstreamError;

impl FromStr for Upstream {
    type Err = UpstreamError;
    fn from_str(url: &str) -> Result<Upstream, UpstreamError> {
        let uri: Uri = url.parse().map_err(|_| UpstreamError)?;
        let authority = uri.authority().ok_or(UpstreamError)?.clone();
        if uri.scheme() != Some(&Scheme::HTTP) || uri.query().is_some() {
            return Err(UpstreamError);
        }
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Upstream { authority, prefix: uri.path().trim_end_matches('/').to_owned(), client })
    }
}

impl Upstream {
    /// Forwards a request that came from `peer`.
    pub(super) async fn send(
        &self,
        request: Request<Body>,
        peer: IpAddr,
    ) -> Result<Response<Body>, GatewayResponse> {
        let (mut head, body) = request.into_parts();
        head.uri = self.uri(&head.uri).ok_or(GatewayResponse::IntegrationFailure)?;
        head.extensions.clear();
        remove_hop_by_hop(&mut head.headers);
        head.headers.remove(HOST);
        if let Ok(peer) = HeaderValue::try_from(peer.to_string()) {
            head.headers.append("x-forwarded-for", peer);
        }
        let answer = self.client.request(Request::from_parts(head, body));
        match tokio::time::timeout(TIMEOUT, answer).await {
            Ok(Ok(mut response)) => {
                remove_hop_by_hop(response.headers_mut());
                Ok(response.map(Body::new))
            }
            Ok(Err(error)) => {
                tracing::warn!("the backend {} does not answer: {error}", self.authority);
                Err(GatewayResponse::IntegrationFailure)
            }
            Err(_) => Err(GatewayResponse::IntegrationTimeout),
        }
    }

    fn uri(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path_and_query().map_or("/", PathAndQuery::as_str);
        Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(self.authority.clone())
            .path_and_query(format!("{}{path}", self.prefix))
            .build()
            .ok()
    }
}

/// Removes the fields that concern one connection (RFC 9110 7.6.1).
fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .into_iter()
        .filter_map(|field| field.to_str().ok())
        .flat_map(|field| field.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    let always = [CONNECTION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE]
        .into_iter()
        .chain(ALSO.map(HeaderName::from_static));
    for name in named.into_iter().chain(always) {
        headers.remove(name);
    }
}

const ALSO: [&str; 2] = ["keep-alive", "proxy-connection"];
