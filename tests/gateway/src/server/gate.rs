//! The way of a request to the backend, and of its answer back.

use super::access_log::Asked;
use super::checks::{Trail, check};
use super::connection::Peer;
use super::gateway::{Gateway, wall_now};
use super::gateway_responses::is_cors;
use super::integration::{self, Pass};
use super::settings::Settings;
use super::{cors, request_id};
use crate::answer::{GatewayResponse, rate_limit, rate_limit_policy};
use crate::policy::Decision;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// Checks a request, forwards or refuses it, and answers after the delay.
pub(super) async fn gate(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let arrived = Instant::now();
    let config = gateway.config();
    let settings = &config.settings;
    let (mut head, body) = request.into_parts();
    let source = settings.trusted_proxies.source(peer.address.ip(), &head.headers);
    let asked = settings.access_log.as_ref().map(|_| Asked::new(&head, source, wall_now()));

    let (trail, verdict) = check(&gateway, &config, &head, source);
    let ticket = gateway.settle(&head, &trail, verdict);
    let (mut response, refusal) = match verdict {
        Err(refusal) => (refuse(refusal, trail.decision, settings), Some(refusal)),
        Ok(()) => {
            let response = match answer_without_backend(settings, &trail) {
                Some(response) => response,
                None => {
                    let is_preflight = head.method == Method::OPTIONS;
                    let fault = if is_preflight { None } else { gateway.next_fault(ticket) };
                    head.extensions.insert(Pass { ticket, config: config.clone(), fault });
                    next.run(Request::from_parts(head, body)).await
                }
            };
            match integration::refusal(&response) {
                None => (stamped(response), None),
                Some(refusal) => (refuse(refusal, None, settings), Some(refusal)),
            }
        }
    };
    if settings.rate_limit_fields {
        add_rate_limit_fields(response.headers_mut(), &trail, settings);
    }

    let delay = settings.delay.draw();
    // A timer has a resolution of a millisecond, so a wait of zero would take one.
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let took = arrived.elapsed();
    gateway.answered(ticket, (!peer.is_cut()).then(|| response.status().as_u16()), took);
    if let Some((log, asked)) = settings.access_log.as_ref().zip(asked) {
        log.write(asked, &trail, &response, refusal, took);
    }
    response
}

/// The answer of a method with a mock integration, such as a preflight at Amazon.
fn answer_without_backend(settings: &Settings, trail: &Trail) -> Option<Response> {
    settings.operation(trail.method.as_ref()?)?.answer()
}

fn stamped(mut response: Response) -> Response {
    request_id::stamp(response.headers_mut());
    response
}

/// Creates a gateway response, as it is configured.
fn refuse(refusal: GatewayResponse, decision: Option<Decision>, settings: &Settings) -> Response {
    let mut response = Response::new(Body::empty());
    request_id::stamp(response.headers_mut());
    let setup = settings.responses.as_ref().and_then(|responses| responses.of(refusal));
    let body = setup.and_then(|setup| setup.body(refusal, response.headers()));
    *response.body_mut() = Body::from(body.unwrap_or_else(|| refusal.body()));
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.status_mut() = setup.and_then(|setup| setup.status).unwrap_or(status);

    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(cors::ERROR_TYPE, HeaderValue::from_static(refusal.error_type()));
    match &settings.responses {
        Some(_) => {
            for (name, value) in setup.into_iter().flat_map(|setup| &setup.headers) {
                if settings.error_cors || !is_cors(name) {
                    headers.insert(name, value.clone());
                }
            }
        }
        None if settings.error_cors => cors::on_error(headers),
        None => {}
    }
    if let Some(Decision::Throttled { next_token_in, .. }) = decision {
        headers.remove(RETRY_AFTER);
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
