//! Tokens of a user pool, as a Cognito authorizer checks them.

use crate::running::{Running, hourly};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mock_gateway::server::{Authorizer, Settings, UserPool, UserPoolError};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};
use std::time::SystemTime;

const ISSUER: &str = "https://pool.example";
const AUDIENCE: &str = "app";

/// A key made for these tests. It protects nothing.
fn key(der: &[u8]) -> KeyPair {
    KeyPair::from_pkcs8(der).unwrap()
}

fn known_key() -> KeyPair {
    key(include_bytes!("keys/known.pk8"))
}

fn jwks() -> Value {
    let key = known_key();
    let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(key.public());
    let (n, e) = (URL_SAFE_NO_PAD.encode(public.n), URL_SAFE_NO_PAD.encode(public.e));
    json!({"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": n, "e": e}]})
}

fn gateway() -> Running {
    let pool = UserPool::new(jwks().to_string().as_bytes(), Some(ISSUER), Some(AUDIENCE)).unwrap();
    Running::start(Settings { authorizer: Authorizer::UserPool(Box::new(pool)), ..hourly(99) })
}

fn seconds_from_now(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap() + seconds
}

fn good_claims() -> Value {
    json!({"sub": "user", "iss": ISSUER, "aud": AUDIENCE, "exp": seconds_from_now(60)})
}

fn good_header() -> Value {
    json!({"alg": "RS256", "kid": "one"})
}

fn sign(header: &Value, claims: &Value, key: &KeyPair) -> String {
    let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn changed(mut value: Value, name: &str, to: Value) -> Value {
    value[name] = to;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name);
    value
}

#[test]
fn a_good_token_passes_with_and_without_the_word_bearer() {
    let gateway = gateway();
    let token = sign(&good_header(), &good_claims(), &known_key());
    assert_eq!(gateway.call(&[("authorization", &format!("Bearer {token}"))]).status(), 200);
    assert_eq!(gateway.call(&[("authorization", &token)]).status(), 200);
}

#[test]
fn any_other_token_is_unauthorized_and_reaches_no_backend() {
    let gateway = gateway();
    let (header, claims, key) = (good_header(), good_claims(), known_key());
    let good = sign(&header, &claims, &key);
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (_, payload) = message.split_once('.').unwrap();
    let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"one"}"#);
    let symmetric = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","kid":"one"}"#);
    let other_payload = URL_SAFE_NO_PAD.encode(changed(claims.clone(), "sub", json!("admin")).to_string());
    let bad = [
        ("nothing", String::new()),
        ("no token", "token".into()),
        ("a cut-off token", message.into()),
        ("another key's signature", sign(&header, &claims, &self::key(include_bytes!("keys/other.pk8")))),
        ("no signature", format!("{message}.")),
        ("no algorithm", format!("{unsigned}.{payload}.")),
        ("a symmetric algorithm", format!("{symmetric}.{payload}.{signature}")),
        ("another payload", format!("{}.{other_payload}.{signature}", message.split_once('.').unwrap().0)),
        ("an unknown key", sign(&changed(header.clone(), "kid", json!("two")), &claims, &key)),
        ("no key id", sign(&without(header.clone(), "kid"), &claims, &key)),
        (
            "another issuer",
            sign(&header, &changed(claims.clone(), "iss", json!("https://other.example")), &key),
        ),
        ("no issuer", sign(&header, &without(claims.clone(), "iss"), &key)),
        ("another audience", sign(&header, &changed(claims.clone(), "aud", json!("other")), &key)),
        ("no audience", sign(&header, &without(claims.clone(), "aud"), &key)),
        ("no expiry", sign(&header, &without(claims.clone(), "exp"), &key)),
    ];
    for (what, token) in bad {
        let answer = gateway.call(&[("authorization", &format!("Bearer {token}"))]);
        assert_eq!((answer.status(), answer.body()), (401, r#"{"message":"Unauthorized"}"#), "{what}");
        assert_eq!(answer.header("x-amzn-errortype"), Some("UnauthorizedException"));
    }
    assert_eq!(gateway.call(&[]).status(), 401);
    assert_eq!(gateway.stats()["backend"], 0);
}

#[test]
fn a_token_that_has_expired_is_told_so() {
    let gateway = gateway();
    let claims = changed(good_claims(), "exp", json!(seconds_from_now(-1)));
    let answer = gateway.call(&[("authorization", &sign(&good_header(), &claims, &known_key()))]);
    assert_eq!((answer.status(), answer.body()), (401, r#"{"message":"The incoming token has expired"}"#));
    assert_eq!(gateway.stats()["unauthorized"], 1);
}

#[test]
fn without_an_issuer_or_an_audience_any_will_do() {
    let pool = UserPool::new(jwks().to_string().as_bytes(), None, None).unwrap();
    let gateway = Running::start(Settings { authorizer: Authorizer::UserPool(Box::new(pool)), ..hourly(99) });
    let token = sign(&good_header(), &good_claims(), &known_key());
    assert_eq!(gateway.call(&[("authorization", &token)]).status(), 200);
}

#[test]
fn a_set_of_keys_that_cannot_verify_anything_is_refused() {
    let refused = |jwks: &str| UserPool::new(jwks.as_bytes(), None, None).unwrap_err();
    assert!(matches!(refused("{"), UserPoolError::NotASet(_)));
    assert!(matches!(refused(r#"{"keys": []}"#), UserPoolError::NoKey));
    let symmetric = r#"{"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]}"#;
    assert!(matches!(refused(symmetric), UserPoolError::NoKey));
    let malformed = r#"{"keys": [{"kty": "RSA", "kid": "one", "n": "???", "e": "AQAB"}]}"#;
    assert!(matches!(refused(malformed), UserPoolError::BadKey(_)));
}
