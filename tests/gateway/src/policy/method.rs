//! A method of the API.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// An HTTP method on a resource, such as `GET /items/{id}`. Amazon sets limits on methods.
///
/// The resource is its path template, as in Amazon's `$context.resourcePath`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Method {
    verb: Arc<str>,
    resource: Arc<str>,
}

/// The error for a text that is no method of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a method is an HTTP method and a resource, such as 'GET /items/{{id}}'")]
pub struct MethodError;

impl Method {
    /// The HTTP method, in capitals, on this resource.
    #[must_use]
    pub fn new(verb: impl Into<Arc<str>>, resource: impl Into<Arc<str>>) -> Method {
        Method { verb: verb.into(), resource: resource.into() }
    }

    /// The HTTP method.
    #[must_use]
    pub fn verb(&self) -> &str {
        &self.verb
    }

    /// The resource's path, such as `/items/{id}`.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.verb, self.resource)
    }
}

impl FromStr for Method {
    type Err = MethodError;
    fn from_str(text: &str) -> Result<Method, MethodError> {
        let (verb, resource) = text.trim().split_once(' ').ok_or(MethodError)?;
        let is_verb = !verb.is_empty() && verb.bytes().all(|byte| byte.is_ascii_uppercase());
        let resource = resource.trim();
        if is_verb && resource.starts_with('/') { Ok(Method::new(verb, resource)) } else { Err(MethodError) }
    }
}
