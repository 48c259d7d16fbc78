//! `/__gateway`: what a test asks the gateway about itself. No limit applies to it, and every origin may read it.

use super::gateway::Gateway;
use super::ledger::{Entry, Stats};
use super::settings::Settings;
use crate::answer::RetryAfter;
use crate::policy::{ApiKeys, Rate, Throttle};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::CorsLayer;

pub(super) fn router(gateway: Arc<Gateway>) -> Router {
    Router::new()
        .route("/stats", get(stats))
        .route("/log", get(log))
        .route("/reset", post(reset))
        // Without one of its own, a nested router hands what it does not know to the limited API.
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(CorsLayer::permissive())
        .with_state(gateway)
}

async fn stats(State(gateway): State<Arc<Gateway>>) -> Json<Stats> {
    Json(gateway.stats())
}

async fn log(State(gateway): State<Arc<Gateway>>) -> Json<Vec<Entry>> {
    Json(gateway.log())
}

/// What a reset may change; the rest is as the gateway was started.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Changes {
    rate: Option<NumberOrText>,
    burst: Option<u32>,
    retry_after: Option<NumberOrText>,
    order: Option<String>,
    api_keys: Option<Vec<String>>,
    error_cors: Option<bool>,
    latency_ms: Option<u32>,
    jitter_ms: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(f64),
    Text(String),
}

async fn reset(State(gateway): State<Arc<Gateway>>, body: Bytes) -> Result<StatusCode, (StatusCode, String)> {
    let changes = if body.is_empty() { Ok(Changes::default()) } else { serde_json::from_slice(&body) };
    let settings = changes
        .map_err(|error| error.to_string())
        .and_then(|changes| changes.apply(gateway.initial().clone()))
        .map_err(|message| (StatusCode::BAD_REQUEST, format!("{message}\n")))?;
    gateway.reset(settings);
    Ok(StatusCode::NO_CONTENT)
}

impl Changes {
    fn apply(self, mut settings: Settings) -> Result<Settings, String> {
        let rate = match self.rate {
            None => settings.plan.rate(),
            Some(NumberOrText::Number(per_second)) => named("rate", Rate::per_second(per_second))?,
            Some(NumberOrText::Text(text)) => named("rate", text.parse())?,
        };
        let burst = self.burst.unwrap_or(settings.plan.burst());
        settings.plan = named("burst", Throttle::new(rate, burst))?;
        if let Some(retry_after) = self.retry_after {
            let text = match retry_after {
                NumberOrText::Number(seconds) => seconds.to_string(),
                NumberOrText::Text(text) => text,
            };
            settings.retry_after = named("retryAfter", text.parse::<RetryAfter>())?;
        }
        if let Some(order) = self.order {
            settings.order = named("order", order.parse())?;
        }
        if let Some(keys) = self.api_keys {
            settings.api_keys = ApiKeys::new(keys);
        }
        settings.error_cors = self.error_cors.unwrap_or(settings.error_cors);
        if let Some(latency) = self.latency_ms {
            settings.delay.latency = Duration::from_millis(latency.into());
        }
        if let Some(jitter) = self.jitter_ms {
            settings.delay.jitter = Duration::from_millis(jitter.into());
        }
        Ok(settings)
    }
}

fn named<T, E: std::fmt::Display>(name: &str, result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| format!("{name}: {error}"))
}
