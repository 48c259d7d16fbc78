//! A user pool: it verifies tokens.

use super::rs256;
use crate::answer::GatewayResponse;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use std::collections::HashMap;

/// The keys of a user pool and the required claims, as a Cognito authorizer checks them.
///
/// A valid token is signed with RS256 by the key that its header `kid` names, and has not expired. Issuer and
/// audience must match, if they are given.
#[derive(Clone)]
pub struct UserPool {
    keys: HashMap<String, DecodingKey>,
    validation: Validation,
}

/// The reasons why a key set is unusable.
#[derive(Debug, thiserror::Error)]
pub enum UserPoolError {
    /// The text is no JSON Web Key Set (RFC 7517).
    #[error("not a JSON Web Key Set: {0}")]
    NotASet(#[from] serde_json::Error),
    /// The set has no key that verifies RS256.
    #[error("no RSA key with a 'kid' in the set")]
    NoKey,
    /// An RSA key is malformed.
    #[error("the key '{0}' is malformed")]
    BadKey(String),
}

impl UserPool {
    /// The pool that publishes this JSON Web Key Set.
    ///
    /// # Errors
    /// The text is no such set, or the set has no RSA key.
    pub fn new(jwks: &[u8], issuer: Option<&str>, audience: Option<&str>) -> Result<UserPool, UserPoolError> {
        // It fails only if a provider is installed already.
        let _ = rs256::PROVIDER.install_default();
        let set: JwkSet = serde_json::from_slice(jwks)?;
        let keys: HashMap<_, _> = set.keys.iter().filter_map(rsa_key).collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(UserPoolError::NoKey);
        }
        let mut validation = Validation::new(Algorithm::RS256);
        validation.leeway = 0;
        validation.validate_aud = audience.is_some();
        let mut required = vec!["exp"];
        if let Some(issuer) = issuer {
            validation.set_issuer(&[issuer]);
            required.push("iss");
        }
        if let Some(audience) = audience {
            validation.set_audience(&[audience]);
            required.push("aud");
        }
        validation.set_required_spec_claims(&required);
        Ok(UserPool { keys, validation })
    }

    /// Verifies a token.
    ///
    /// # Errors
    /// The gateway response that refuses the request.
    pub(super) fn check(&self, token: &str) -> Result<(), GatewayResponse> {
        let key_id = decode_header(token).ok().and_then(|header| header.kid);
        let key = key_id.and_then(|id| self.keys.get(&id)).ok_or(GatewayResponse::Unauthorized)?;
        match decode::<serde_json::Value>(token, key, &self.validation) {
            Ok(_) => Ok(()),
            Err(error) if *error.kind() == ErrorKind::ExpiredSignature => Err(GatewayResponse::TokenExpired),
            Err(_) => Err(GatewayResponse::Unauthorized),
        }
    }
}

/// A key with its id; `None` if the key has another purpose.
fn rsa_key(key: &Jwk) -> Option<Result<(String, DecodingKey), UserPoolError>> {
    let id = key.common.key_id.clone()?;
    matches!(key.algorithm, AlgorithmParameters::RSA(_)).then(|| match DecodingKey::from_jwk(key) {
        Ok(key) => Ok((id, key)),
        Err(_) => Err(UserPoolError::BadKey(id)),
    })
}

impl std::fmt::Debug for UserPool {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("UserPool").field("keys", &self.keys.keys()).finish_non_exhaustive()
    }
}
