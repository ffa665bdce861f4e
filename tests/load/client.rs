//! Telegram's side of the webhook: prepared bytes on kept connections, and as much HTTP/1.1 as reading a status takes.
use super::board::Writer;
use super::process::SECRET;
use awasir::clock::{Clock, SystemClock};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Telegram closes slow webhooks after a minute; here a slow one is a finding.
const SLOWEST: Duration = Duration::from_secs(20);

/// One kept connection.
#[derive(Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    connection: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, connection: None, buffer: Vec::with_capacity(4096) }
    }

    /// Posts the message of `writer`; the status.
    ///
    /// # Errors
    /// The connection failed: whether the message was taken is not known.
    pub(crate) async fn post(&mut self, writer: Writer) -> std::io::Result<u16> {
        let body = update(writer);
        let request = format!(
            "POST /hooks/telegram HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.call(request.as_bytes()).await
    }

    /// The status of a GET.
    pub(crate) async fn get(&mut self, path: &str) -> std::io::Result<u16> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.call(request.as_bytes()).await
    }

    async fn call(&mut self, request: &[u8]) -> std::io::Result<u16> {
        let mut connection = if let Some(kept) = self.connection.take() {
            kept
        } else {
            let new = TcpStream::connect(self.address).await?;
            new.set_nodelay(true)?;
            new
        };
        let buffer = &mut self.buffer;
        buffer.clear();
        let exchange = async {
            connection.write_all(request).await?;
            loop {
                if let Some(status) = whole_response(buffer) {
                    return Ok::<u16, std::io::Error>(status);
                }
                if connection.read_buf(buffer).await? == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
            }
        };
        let status = tokio::time::timeout(SLOWEST, exchange).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
        self.connection = Some(connection); // only a connection that answered well is kept
        Ok(status)
    }
}

/// The status, once the buffer holds the whole response.
fn whole_response(buffer: &[u8]) -> Option<u16> {
    let head_end = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&buffer[..head_end]).ok()?;
    let status: u16 = head.split_whitespace().nth(1)?.parse().ok()?;
    let value = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
    };
    if value("transfer-encoding").is_some() {
        return buffer.ends_with(b"0\r\n\r\n").then_some(status);
    }
    let length: usize = value("content-length").map_or(Some(0), |text| text.parse().ok())?;
    (buffer.len() >= head_end + length).then_some(status)
}

/// A private message as Telegram sends it. Its update id follows from the chat, so that posting it again is a repeat.
fn update(writer: Writer) -> String {
    let Writer { chat, .. } = writer;
    let date = SystemClock.now().as_micros() / 1_000_000;
    let text = writer.words();
    let language = if text.is_ascii() { "en" } else { "ar" };
    // Ids of the second round lie behind all of the first.
    let round = if writer.again() { 1_000_000 } else { 0 };
    format!(
        r#"{{"update_id":{},"message":{{"message_id":{},"from":{{"id":{chat},"is_bot":false,"first_name":"Load","last_name":"Test","username":"load_{chat}","language_code":"{language}"}},"chat":{{"id":{chat},"first_name":"Load","last_name":"Test","username":"load_{chat}","type":"private"}},"date":{date},"text":"{text}"}}}}"#,
        chat - 5_000_000_000 + round,
        chat % 1_000_000 + 1 + round,
    )
}
