//! No test reaches beyond this machine. `tests/run` points every proxy at a closed port; this guard looks at the sockets themselves.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Fails the test, at its end, that still has a socket bound to or connected with anything but loopback.
/// It sees what is open at that moment: hold what you want checked.
#[derive(Debug)]
#[must_use = "it looks when it is dropped"]
pub(crate) struct LoopbackOnly;

impl Drop for LoopbackOnly {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let beyond = sockets_beyond_loopback();
            assert!(beyond.is_empty(), "sockets beyond loopback: {beyond:?}");
        }
    }
}

/// This process's sockets that are bound to or connected with an address beyond loopback.
pub(crate) fn sockets_beyond_loopback() -> Vec<SocketAddr> {
    let own: Vec<String> = std::fs::read_dir("/proc/self/fd")
        .expect("/proc is mounted")
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok()?.to_str().map(str::to_owned))
        .filter_map(|target| Some(target.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let mut beyond = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let lines = std::fs::read_to_string(format!("/proc/self/net/{table}")).unwrap_or_default(); // no IPv6 here, perhaps
        for line in lines.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [_, local, remote, _, _, _, _, _, _, inode, ..] = fields.as_slice() else { continue };
            if own.iter().any(|socket| socket == inode) {
                let ends = [local, remote].map(|end| address(end).expect("the kernel's own form"));
                beyond.extend(ends.into_iter().filter(|end| end.port() != 0 && !end.ip().to_canonical().is_loopback()));
            }
        }
    }
    beyond
}

/// Reads `0100007F:1F90`: words of 32 bits in the machine's order, then the port.
fn address(text: &str) -> Option<SocketAddr> {
    let (host, port) = text.split_once(':')?;
    let mut bytes = Vec::new();
    for word in 0..host.len() / 8 {
        bytes.extend(u32::from_str_radix(&host[word * 8..word * 8 + 8], 16).ok()?.to_ne_bytes());
    }
    let ip = match bytes.len() {
        4 => IpAddr::from(Ipv4Addr::from(<[u8; 4]>::try_from(bytes).ok()?)),
        _ => IpAddr::from(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?)),
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

#[test]
fn the_guard_sees_a_socket_open_to_the_world() {
    let guard = LoopbackOnly;
    let inside = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let inside6 = std::net::UdpSocket::bind("[::1]:0");
    assert_eq!(sockets_beyond_loopback(), []);
    let open = std::net::TcpListener::bind("0.0.0.0:0").expect("a port");
    assert_eq!(sockets_beyond_loopback(), [open.local_addr().expect("its address")]);
    drop((open, inside, inside6));
    drop(guard);
}
