//! The address that a request comes from.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The networks whose `X-Forwarded-For` is trusted. Any client can send that header, so an empty list ignores it.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Trusts proxies in these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> TrustedProxies {
        TrustedProxies(networks)
    }

    /// The nearest address that is no trusted proxy.
    ///
    /// Each proxy appends the address of its caller. The list is therefore read from its end, as long as the writer
    /// of an entry is trusted.
    pub(super) fn source(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut source = peer.to_canonical();
        let fields = headers.get_all("x-forwarded-for").into_iter().rev();
        let mut hops = fields.flat_map(|field| field.to_str().unwrap_or_default().rsplit(','));
        while self.0.iter().any(|network| network.contains(&source)) {
            match hops.next().and_then(|hop| hop.trim().parse::<IpAddr>().ok()) {
                Some(hop) => source = hop.to_canonical(),
                None => break,
            }
        }
        source
    }
}
