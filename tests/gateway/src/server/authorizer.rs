//! The check of the header `Authorization`.

use super::user_pool::UserPool;
use crate::answer::GatewayResponse;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// The authorizer of a gateway. It reads the header `Authorization`.
#[derive(Debug, Clone, Default)]
pub enum Authorizer {
    /// No authorizer: every request passes.
    #[default]
    None,
    /// A request with one of these bearer tokens passes.
    Tokens(Vec<String>),
    /// A request with a valid token of this user pool passes.
    UserPool(Box<UserPool>),
}

impl Authorizer {
    /// Checks a request's headers.
    ///
    /// # Errors
    /// The gateway response that refuses the request.
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

/// The token of `Authorization: Bearer TOKEN`, or the whole header. Cognito's authorizer takes both.
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Some(token.trim()),
        _ => Some(value),
    }
}
