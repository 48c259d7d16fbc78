//! The sender of a request.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// The client whose tokens a request takes. It is displayed by its id or address, never by the key, which is secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Client {
    /// The owner of an API key, identified by the key's id.
    ApiKey(Arc<str>),
    /// An address, if the gateway requires no key.
    SourceIp(IpAddr),
}

impl fmt::Display for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Client::ApiKey(id) => out.write_str(id),
            Client::SourceIp(address) => address.fmt(out),
        }
    }
}

/// The known API keys. A gateway without keys requires none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiKeys(Vec<(String, Arc<str>)>);

impl ApiKeys {
    /// Collects these keys and names them `key-1`, `key-2` and so on.
    pub fn new(values: impl IntoIterator<Item = String>) -> ApiKeys {
        ApiKeys(
            values
                .into_iter()
                .zip(1..)
                .map(|(value, n): (_, u32)| (value, format!("key-{n}").into()))
                .collect(),
        )
    }

    /// The client with this key (header `x-api-key`) and address.
    ///
    /// Returns `None` if a key is required and this key is unknown: `INVALID_API_KEY`.
    #[must_use]
    pub fn identify(&self, key: Option<&str>, source: IpAddr) -> Option<Client> {
        if self.0.is_empty() {
            return Some(Client::SourceIp(source));
        }
        let (_, id) = self.0.iter().find(|(value, _)| Some(value.as_str()) == key)?;
        Some(Client::ApiKey(id.clone()))
    }
}
