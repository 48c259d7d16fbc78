//! The integration: the built-in backend, or another server.

use super::connection::Peer;
use super::echo::echo;
use super::fault::Fault;
use super::gateway::{Config, Gateway, Ticket};
use super::upstream::Upstream;
use crate::answer::GatewayResponse;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use std::sync::Arc;

/// The destination of the requests that pass the checks.
#[derive(Debug, Clone, Default)]
pub enum Backend {
    /// A resource that echoes the request: `/api/v1/resource` and all paths below.
    #[default]
    BuiltIn,
    /// Another server.
    Upstream(Box<Upstream>),
}

impl Backend {
    /// The resources of the integration.
    pub(super) fn resources(&self) -> [&'static str; 2] {
        match self {
            Backend::BuiltIn => ["/api/v1/resource", "/api/v1/resource/{proxy+}"],
            Backend::Upstream(_) => ["/", "/{proxy+}"],
        }
    }
}

/// The data that the checks hand to the integration.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    pub(super) ticket: Ticket,
    pub(super) config: Arc<Config>,
    pub(super) fault: Option<Fault>,
}

pub(super) fn router(gateway: Arc<Gateway>) -> Router {
    Router::new().fallback(integrate).with_state(gateway)
}

async fn integrate(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Extension(pass): Extension<Pass>,
    request: Request,
) -> Response {
    match pass.fault {
        None => {}
        Some(Fault::Delay(delay)) => tokio::time::sleep(delay).await,
        Some(Fault::Reset) => {
            peer.cut();
            return StatusCode::BAD_GATEWAY.into_response();
        }
        Some(Fault::Status(status, None)) => return status.into_response(),
        Some(Fault::Status(status, Some(retry_after))) => {
            return (status, [(RETRY_AFTER, retry_after)]).into_response();
        }
    }
    gateway.reached_backend(pass.ticket);
    match &pass.config.settings.backend {
        Backend::BuiltIn => echo(request).await,
        Backend::Upstream(upstream) => match upstream.send(request, peer.address.ip()).await {
            Ok(response) => response,
            // The gate formats it, as every refusal.
            Err(refusal) => Extension(refusal).into_response(),
        },
    }
}

/// The gateway response that an integration resulted in.
pub(super) fn refusal(response: &Response) -> Option<GatewayResponse> {
    response.extensions().get().copied()
}
