//! `/__gateway`: the interface by which a test inspects and changes the gateway. No limit applies, and every origin
//! may read it.

use super::changes::Changes;
use super::fault::Faults;
use super::gateway::Gateway;
use super::ledger::{Entry, Stats};
use super::metrics::MEDIA_TYPE;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use std::sync::Arc;
use tower_http::cors::CorsLayer;

pub(super) fn router(gateway: Arc<Gateway>) -> Router {
    Router::new()
        .route("/stats", get(stats))
        .route("/log", get(log))
        .route("/reset", post(reset))
        .route("/faults", post(faults))
        // Without a fallback of its own, a nested router hands unknown paths to the limited API.
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(CorsLayer::permissive())
        .with_state(gateway)
}

async fn stats(State(gateway): State<Arc<Gateway>>) -> Json<Stats> {
    Json(gateway.stats())
}

pub(super) async fn metrics(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, MEDIA_TYPE)], gateway.metrics().text())
}

async fn log(State(gateway): State<Arc<Gateway>>) -> Json<Vec<Entry>> {
    Json(gateway.log())
}

async fn reset(State(gateway): State<Arc<Gateway>>, body: Bytes) -> Result<StatusCode, (StatusCode, String)> {
    let changes = if body.is_empty() { Ok(Changes::default()) } else { serde_json::from_slice(&body) };
    let settings = changes
        .map_err(|error| error.to_string())
        .and_then(|changes| changes.apply(gateway.initial()))
        .and_then(|settings| gateway.reset(settings).map_err(|error| error.to_string()));
    settings.map_err(|message| (StatusCode::BAD_REQUEST, format!("{message}\n")))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn faults(
    State(gateway): State<Arc<Gateway>>,
    body: Bytes,
) -> Result<StatusCode, (StatusCode, String)> {
    let faults: Faults =
        serde_json::from_slice(&body).map_err(|error| (StatusCode::BAD_REQUEST, format!("{error}\n")))?;
    gateway.add_faults(faults);
    Ok(StatusCode::NO_CONTENT)
}
