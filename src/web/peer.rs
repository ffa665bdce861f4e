//! Whose call it is, as far as the network tells.
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address behind a call: what our own proxy wrote last in `header`, else the connection's peer. A whole /64 is one visitor.
pub(super) fn address(extensions: &Extensions, headers: &HeaderMap, header: Option<&str>) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    visitor(peer, headers, header)
}

fn visitor(peer: Option<IpAddr>, headers: &HeaderMap, header: Option<&str>) -> IpAddr {
    let told = header.and_then(|name| headers.get_all(name).iter().next_back()?.to_str().ok());
    let told = told.and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    match told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_entry_of_the_proxys_header_counts() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9".parse().expect("a header"));
        let peer = Some(IpAddr::from([127, 0, 0, 1]));
        assert_eq!(visitor(peer, &headers, Some("x-forwarded-for")), IpAddr::from([203, 0, 113, 9]));
        assert_eq!(visitor(peer, &headers, None), IpAddr::from([127, 0, 0, 1]));
        let six = "2001:db8:1:2:3:4:5:6".parse().ok();
        assert_eq!(visitor(six, &headers, None).to_string(), "2001:db8:1:2::");
    }
}
