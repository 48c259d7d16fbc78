//! The ids that Amazon adds to every answer.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
pub(super) const EXTENDED_REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");

/// Adds `x-amzn-RequestId`, a UUID, and `x-amz-apigw-id`, 11 bytes in base64, in the real gateway's format.
pub(super) fn stamp(headers: &mut HeaderMap) {
    let mut random = [0; 27];
    fastrand::fill(&mut random);
    let [uuid @ .., _, _, _, _, _, _, _, _, _, _, _] = random;
    let uuid = uuid::Builder::from_random_bytes(uuid).into_uuid().to_string();
    let [_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, extended @ ..] = random;
    for (name, value) in [(REQUEST_ID, uuid), (EXTENDED_REQUEST_ID, URL_SAFE.encode(extended))] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
}
