//! What a request goes through on its way to the backend.

use super::checks::{Trail, check};
use super::gateway::{Gateway, wall_now};
use super::settings::Settings;
use super::{cors, request_id};
use crate::answer::{GatewayResponse, rate_limit, rate_limit_policy};
use crate::policy::Decision;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;

/// Checks a request, passes it on or refuses it, and answers when its time has come.
pub(super) async fn gate(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let config = gateway.config();
    let settings = &config.settings;
    let (mut head, body) = request.into_parts();
    let (trail, verdict) = check(&gateway, &config, &head, peer.ip());
    let ticket = gateway.settle(&head, &trail, verdict);
    let mut response = match verdict {
        Ok(()) => {
            head.extensions.insert(ticket);
            next.run(Request::from_parts(head, body)).await
        }
        Err(refusal) => refuse(refusal, trail.decision, settings),
    };
    if settings.rate_limit_fields {
        add_rate_limit_fields(response.headers_mut(), &trail, settings);
    }
    request_id::stamp(response.headers_mut());
    gateway.answered(ticket, response.status().as_u16());
    tokio::time::sleep(settings.delay.draw()).await;
    response
}

/// A gateway response, as it is set up.
fn refuse(refusal: GatewayResponse, decision: Option<Decision>, settings: &Settings) -> Response {
    let mut response = Response::new(Body::from(refusal.body()));
    *response.status_mut() =
        StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(cors::ERROR_TYPE, HeaderValue::from_static(refusal.error_type()));
    if settings.error_cors {
        cors::on_error(headers);
    }
    if let Some(Decision::Throttled { next_token_in, .. }) = decision {
        insert(headers, RETRY_AFTER, settings.retry_after.value(next_token_in, wall_now()));
    }
    response
}

fn add_rate_limit_fields(headers: &mut HeaderMap, trail: &Trail, settings: &Settings) {
    let (Some(decision), Some(method)) = (trail.decision, &trail.method) else { return };
    let (bucket, quota) = (settings.plan.throttle_of(method), settings.plan.quota);
    insert(headers, cors::RATE_LIMIT_POLICY, Some(rate_limit_policy(bucket, quota)));
    insert(headers, cors::RATE_LIMIT, rate_limit(decision, bucket, quota));
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: Option<String>) {
    if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
        headers.insert(name, value);
    }
}
