//! Who may pass, other than by the limits.

use super::user_pool::UserPool;
use crate::answer::GatewayResponse;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// The authorizer of a gateway: it reads the header `Authorization`.
#[derive(Debug, Clone, Default)]
pub enum Authorizer {
    /// None: everyone may.
    #[default]
    None,
    /// Whoever has one of these bearer tokens.
    Tokens(Vec<String>),
    /// Whoever has a token of this user pool.
    UserPool(Box<UserPool>),
}

impl Authorizer {
    /// Whether a request with these headers may pass, and if not, with what it is refused.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), GatewayResponse> {
        match self {
            Authorizer::None => Ok(()),
            Authorizer::Tokens(tokens) => {
                let token = bearer_token(headers).ok_or(GatewayResponse::Unauthorized)?;
                let known = tokens.iter().any(|known| known == token);
                if known { Ok(()) } else { Err(GatewayResponse::Unauthorized) }
            }
            Authorizer::UserPool(pool) => {
                bearer_token(headers).ok_or(GatewayResponse::Unauthorized).and_then(|token| pool.check(token))
            }
        }
    }
}

/// The token of `Authorization: Bearer TOKEN`, or the header as it is: Cognito's authorizer takes both.
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Some(token.trim()),
        _ => Some(value),
    }
}
