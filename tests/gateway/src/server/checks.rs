//! Runs the checks of a request in order.

use super::authorizer::Authorizer;
use super::gateway::{Config, Gateway, Ticket};
use crate::answer::GatewayResponse;
use crate::policy::{Check, Client, Decision, Method};
use axum::http::request::Parts;
use std::net::IpAddr;

/// The findings of the checks about a request.
#[derive(Debug)]
pub(super) struct Trail {
    /// The sender: an address until the key is known.
    pub(super) client: Client,
    /// The called method, if the resource exists.
    pub(super) method: Option<Method>,
    /// The decision of the limits, if they were evaluated.
    pub(super) decision: Option<Decision>,
    /// The request's entry in the ledger, if the limits wrote one.
    pub(super) ticket: Option<Ticket>,
}

/// Runs the checks. The first that fails answers the request, and the rest do not run.
pub(super) fn check(
    gateway: &Gateway,
    config: &Config,
    request: &Parts,
    source: IpAddr,
) -> (Trail, Result<(), GatewayResponse>) {
    let method = config.resources.method(request.method.as_str(), request.uri.path());
    let mut trail = Trail { client: Client::SourceIp(source), method, decision: None, ticket: None };
    let verdict = run(gateway, config, request, source, &mut trail);
    (trail, verdict)
}

fn run(
    gateway: &Gateway,
    Config { settings, .. }: &Config,
    request: &Parts,
    source: IpAddr,
    trail: &mut Trail,
) -> Result<(), GatewayResponse> {
    let Some(method) = &trail.method else {
        return Err(GatewayResponse::MissingAuthenticationToken);
    };
    let operation = settings.operation(method).ok_or(GatewayResponse::MissingAuthenticationToken)?;
    for check in settings.order.checks() {
        match check {
            // For example a preflight, which carries no key.
            Check::UsagePlan if !operation.needs_key => {
                let (refused, ticket) = gateway.decide_keyless(request, &trail.client, method);
                trail.ticket = Some(ticket);
                trail.decision = refused;
                refused.map_or(Ok(()), verdict)?;
            }
            Check::UsagePlan => {
                let key = request.headers.get("x-api-key").and_then(|value| value.to_str().ok());
                trail.client =
                    settings.api_keys.identify(key, source).ok_or(GatewayResponse::InvalidApiKey)?;
                let (decision, ticket) = gateway.decide(request, &trail.client, method);
                trail.ticket = Some(ticket);
                trail.decision = Some(decision);
                verdict(decision)?;
            }
            Check::Authorizer if !operation.asks_authorizer => {}
            Check::Authorizer => {
                if !matches!(settings.authorizer, Authorizer::None) {
                    gateway.reached_authorizer(trail.ticket);
                }
                settings.authorizer.check(&request.headers)?;
            }
        }
    }
    Ok(())
}

fn verdict(decision: Decision) -> Result<(), GatewayResponse> {
    match decision {
        Decision::Admitted { .. } => Ok(()),
        Decision::Throttled { .. } => Err(GatewayResponse::Throttled),
        Decision::QuotaExceeded => Err(GatewayResponse::QuotaExceeded),
    }
}
