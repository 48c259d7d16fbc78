//! A gateway that serves HTTP/1.1, by default on the loopback interface.

mod access_log;
mod admin;
mod api;
mod authorizer;
mod changes;
mod checks;
mod cloud_formation;
mod connection;
mod cors;
mod delay;
mod echo;
mod fault;
mod gate;
mod gateway;
mod gateway_responses;
mod integration;
mod ledger;
mod metrics;
mod number_or_text;
mod outcome;
mod request_id;
mod rs256;
mod settings;
mod source;
mod template;
mod upstream;
mod user_pool;

pub use access_log::AccessLog;
pub use api::Api;
pub use authorizer::Authorizer;
pub use delay::Delay;
pub use gateway_responses::GatewayResponses;
pub use integration::Backend;
pub use ledger::{Entry, Stats};
pub use settings::Settings;
pub use source::TrustedProxies;
pub use template::{Template, TemplateError};
pub use upstream::{Upstream, UpstreamError};
pub use user_pool::{UserPool, UserPoolError};

use crate::policy::ResourceError;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use gateway::Gateway;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::trace::TraceLayer;

/// The longest time that a stop waits for running answers. Without it, an unfinished request would block the stop.
const GRACE: Duration = Duration::from_secs(5);

/// A gateway that is bound to its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    gateway: Arc<Gateway>,
}

impl Server {
    /// Binds the port; port 0 takes any free port.
    ///
    /// # Errors
    /// The address is taken, belongs to another machine, or is not allowed. Or two resources are ambiguous.
    pub async fn bind(address: SocketAddr, settings: Settings) -> io::Result<Server> {
        let gateway = Gateway::new(settings).map_err(io::Error::other)?;
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Server { listener, address, gateway: Arc::new(gateway) })
    }

    /// The address that the gateway listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle that changes the limits of the running gateway.
    #[must_use]
    pub fn reloader(&self) -> Reloader {
        Reloader(self.gateway.clone())
    }

    /// Serves until `stop` resolves. Then it accepts no connection, and ends after the running answers or after 5 s.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let gate = from_fn_with_state(self.gateway.clone(), gate::gate);
        let api = integration::router(self.gateway.clone()).layer(cors::integration()).layer(gate);
        let app = Router::new()
            .nest("/__gateway", admin::router(self.gateway.clone()))
            .route("/metrics", get(admin::metrics).with_state(self.gateway.clone()))
            .fallback_service(api)
            .layer(TraceLayer::new_for_http());
        connection::serve(self.listener, app, stop, GRACE).await;
    }
}

/// Changes a running gateway.
#[derive(Debug, Clone)]
pub struct Reloader(Arc<Gateway>);

impl Reloader {
    /// Applies the limits and answers of a template, now and after each reset.
    ///
    /// Counts stay. A bucket whose limit stays the same keeps its tokens; all others start full.
    ///
    /// # Errors
    /// Two resources are ambiguous. Then nothing changes.
    pub fn follow(&self, template: Template) -> Result<(), ResourceError> {
        let mut settings = self.0.initial();
        settings.follow(template);
        self.0.reload(settings)
    }
}
