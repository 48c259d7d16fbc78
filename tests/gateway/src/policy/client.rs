//! Who sends a request.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// The one whose tokens a request takes. Shown by its id or address, never by the key itself, which is a secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Client {
    /// The owner of an API key, by the key's id.
    ApiKey(Arc<str>),
    /// An address, where the gateway asks for no key.
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

/// The keys that a gateway knows. With none, it asks for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiKeys(Vec<(String, Arc<str>)>);

impl ApiKeys {
    /// These keys, with the ids `key-1`, `key-2` and so on.
    pub fn new(values: impl IntoIterator<Item = String>) -> ApiKeys {
        ApiKeys(
            values
                .into_iter()
                .zip(1..)
                .map(|(value, n): (_, u32)| (value, format!("key-{n}").into()))
                .collect(),
        )
    }

    /// Who sends a request with this key (the header `x-api-key`) from this address; none where a key is asked for
    /// and this is none of them: `INVALID_API_KEY`.
    #[must_use]
    pub fn identify(&self, key: Option<&str>, source: IpAddr) -> Option<Client> {
        if self.0.is_empty() {
            return Some(Client::SourceIp(source));
        }
        let (_, id) = self.0.iter().find(|(value, _)| Some(value.as_str()) == key)?;
        Some(Client::ApiKey(id.clone()))
    }
}
