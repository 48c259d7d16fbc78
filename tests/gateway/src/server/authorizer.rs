//! Who may pass, other than by the limits.

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
}

impl Authorizer {
    /// Whether a request with these headers may pass.
    pub(super) fn allows(&self, headers: &HeaderMap) -> bool {
        match self {
            Authorizer::None => true,
            Authorizer::Tokens(tokens) => {
                bearer_token(headers).is_some_and(|token| tokens.iter().any(|known| known == token))
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
