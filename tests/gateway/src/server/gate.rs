//! What a request goes through on its way to the backend.

use super::gateway::{Checked, Gateway, Refusal};
use super::settings::Settings;
use super::{backend, cors, request_id};
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

/// Checks a request, passes it on or refuses it, and answers when its time has come.
pub(super) async fn gate(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(source): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let (mut head, body) = request.into_parts();
    let known_route = backend::serves(head.uri.path());
    let Checked { ticket, settings, verdict } = gateway.check(&head, source.ip(), known_route);
    let mut response = match verdict {
        Ok(()) => {
            head.extensions.insert(ticket);
            next.run(Request::from_parts(head, body)).await
        }
        Err(refusal) => refuse(refusal, &settings),
    };
    request_id::stamp(response.headers_mut());
    gateway.answered(ticket, response.status().as_u16());
    tokio::time::sleep(settings.delay.draw()).await;
    response
}

/// A gateway response, as its settings have it.
fn refuse(refusal: Refusal, settings: &Settings) -> Response {
    let mut response = Response::new(Body::from(refusal.response.body()));
    *response.status_mut() =
        StatusCode::from_u16(refusal.response.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(cors::ERROR_TYPE, HeaderValue::from_static(refusal.response.error_type()));
    if settings.error_cors {
        cors::on_error(headers);
    }
    if refusal.response == crate::answer::GatewayResponse::Throttled {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let value = settings.retry_after.value(refusal.next_token_in, wall);
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(RETRY_AFTER, value);
        }
    }
    response
}
