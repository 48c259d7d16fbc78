//! The built-in backend: it says what it was asked, and counts.

use super::gateway::{Gateway, Ticket};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Method, Uri};
use axum::routing::any;
use axum::{Extension, Json, Router};
use serde::Serialize;
use std::sync::Arc;

/// Its resources: one, and whatever is below it.
pub(super) const RESOURCES: [&str; 2] = ["/api/v1/resource", "/api/v1/resource/{proxy+}"];
/// Amazon's largest payload.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// What the backend answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Echo {
    method: String,
    path: String,
    query: String,
    body_bytes: usize,
}

pub(super) fn router(gateway: Arc<Gateway>) -> Router {
    Router::new().fallback(any(echo)).layer(DefaultBodyLimit::max(LARGEST_BODY)).with_state(gateway)
}

async fn echo(
    State(gateway): State<Arc<Gateway>>,
    Extension(ticket): Extension<Ticket>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Json<Echo> {
    gateway.reached_backend(ticket);
    Json(Echo {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        body_bytes: body.len(),
    })
}
