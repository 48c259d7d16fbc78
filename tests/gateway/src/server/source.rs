//! The address that a request comes from.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The networks whose word on `X-Forwarded-For` is believed. Anyone can send that header, so without any it counts
/// for nothing.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Proxies in these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> TrustedProxies {
        TrustedProxies(networks)
    }

    /// The nearest address that is no trusted proxy: each proxy appends whom it was called by, so the list is
    /// read from its end, and only as far as those who wrote it are believed.
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
