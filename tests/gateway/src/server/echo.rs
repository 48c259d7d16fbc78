//! The built-in backend: it echoes the request.

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde::Serialize;
use std::time::Duration;

/// Amazon's largest payload, in bytes.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// Amazon's timeout for a backend.
const LONGEST_BODY: Duration = Duration::from_secs(29);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Echo {
    method: String,
    path: String,
    query: String,
    body_bytes: usize,
}

pub(super) async fn echo(request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body_bytes = match tokio::time::timeout(LONGEST_BODY, length(body)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(status)) => return status.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let echo = Echo {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body_bytes,
    };
    Json(echo).into_response()
}

/// Counts the bytes without keeping them.
async fn length(mut body: Body) -> Result<usize, StatusCode> {
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        bytes += frame.data_ref().map_or(0, axum::body::Bytes::len);
        if bytes > LARGEST_BODY {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
    }
    Ok(bytes)
}
