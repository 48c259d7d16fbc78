//! A gateway behind a socket: HTTP/1.1, on the loopback interface unless told otherwise.

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

/// How long a stop waits for the answers under way. A request that is
/// never finished would hold it up for ever.
const GRACE: Duration = Duration::from_secs(5);

/// A gateway that has its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    gateway: Arc<Gateway>,
}

impl Server {
    /// Takes the port; port 0 takes any that is free.
    ///
    /// # Errors
    /// The address is taken, not this machine's, or not allowed; resources are at odds with one another.
    pub async fn bind(address: SocketAddr, settings: Settings) -> io::Result<Server> {
        let gateway = Gateway::new(settings).map_err(io::Error::other)?;
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Server { listener, address, gateway: Arc::new(gateway) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A way to change its limits while it runs.
    #[must_use]
    pub fn reloader(&self) -> Reloader {
        Reloader(self.gateway.clone())
    }

    /// Answers until `stop` is over; then takes no more connections, and ends when the answers under way are out, or after 5 s.
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

/// Changes a gateway while it runs.
#[derive(Debug, Clone)]
pub struct Reloader(Arc<Gateway>);

impl Reloader {
    /// Limits and answers of a template from now on, and after a reset. What was counted stays; a bucket whose limit is
    /// the same keeps what is in it, any other starts full.
    ///
    /// # Errors
    /// Resources that are at odds with one another. Then nothing changes.
    pub fn follow(&self, template: Template) -> Result<(), ResourceError> {
        let mut settings = self.0.initial();
        settings.follow(template);
        self.0.reload(settings)
    }
}
