//! The methods of an API and their requirements.

use crate::policy::Method;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::HashMap;

/// The methods of an API, read from its OpenAPI document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api(HashMap<String, HashMap<String, Operation>>);

/// The requirements of a method, and its mock answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) needs_key: bool,
    pub(super) asks_authorizer: bool,
    pub(super) integration: Integration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Integration {
    Backend,
    Mock(Mock),
}

/// The answer of a method without a backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mock {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// The name for every HTTP method that is not listed.
pub(super) const ANY: &str = "ANY";

impl Operation {
    /// The default requirements without an API document: a preflight needs neither key nor token, every other request
    /// needs both.
    pub(super) const PREFLIGHT: Operation =
        Operation { needs_key: false, asks_authorizer: false, integration: Integration::Backend };
    pub(super) const CALL: Operation =
        Operation { needs_key: true, asks_authorizer: true, integration: Integration::Backend };

    /// The mock answer; `None` if the method has a backend.
    pub(super) fn answer(&self) -> Option<Response> {
        let Integration::Mock(mock) = &self.integration else { return None };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = mock.status;
        response.headers_mut().extend(mock.headers.clone());
        Some(response)
    }
}

impl Api {
    pub(super) fn insert(&mut self, resource: &str, verb: &str, operation: Operation) {
        self.0.entry(resource.to_owned()).or_default().insert(verb.to_owned(), operation);
    }

    /// The resources, such as `/items/{id}`.
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The entry of a method, or of `ANY` on its resource; `None` if the method does not exist.
    pub(super) fn operation(&self, method: &Method) -> Option<&Operation> {
        let operations = self.0.get(method.resource())?;
        operations.get(method.verb()).or_else(|| operations.get(ANY))
    }
}
