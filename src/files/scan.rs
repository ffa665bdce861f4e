//! The virus scanner: `ClamAV`'s `clamd`, by its INSTREAM command over TCP or a socket of this machine.
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};

/// A scan of 20 MiB takes seconds; a person waits for it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of one piece of the stream.
const PIECE: usize = 64 * 1024;
/// An answer is one line.
const ANSWER: u64 = 4096;

/// What the scanner found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something. Its name stays with the scanner's own log.
    Infected,
}

/// Why nothing was found out.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The scanner is away.
    #[error("scanner away")]
    Away(#[from] std::io::Error),
    /// It took too long.
    #[error("scanner slow")]
    Slow,
    /// It answered something else than a verdict, such as that the file is larger than its `StreamMaxLength`.
    #[error("scanner refused")]
    Refused,
}

/// Where `clamd` listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// `host:port`.
    Tcp(String),
    /// A socket's path.
    Unix(PathBuf),
}

impl Scanner {
    /// Reads `host:port` or an absolute path. None where it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return Some(Self::Unix(text.into()));
        }
        let (host, port) = text.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Tcp(text.to_owned()))
    }

    /// Scans a file.
    ///
    /// # Errors
    /// [`ScanError`]: nothing is known of the file; ask again later.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, ScanError> {
        let answer = async {
            match self {
                Self::Tcp(address) => ask(TcpStream::connect(address).await?, bytes).await,
                Self::Unix(path) => ask(UnixStream::connect(path).await?, bytes).await,
            }
        };
        let answer = tokio::time::timeout(PATIENCE, answer).await.map_err(|_| ScanError::Slow)??;
        let answer = answer.trim_end_matches(['\0', '\n']);
        if answer.ends_with(" FOUND") {
            Ok(Verdict::Infected)
        } else if answer.ends_with(": OK") {
            Ok(Verdict::Clean)
        } else {
            Err(ScanError::Refused)
        }
    }
}

/// `zINSTREAM`: pieces, each behind its length, and an empty one at the end (clamd(8)).
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> std::io::Result<String> {
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        stream.write_u32(u32::try_from(piece.len()).unwrap_or(u32::MAX)).await?;
        stream.write_all(piece).await?;
    }
    stream.write_u32(0).await?;
    stream.flush().await?;
    let mut answer = String::new();
    stream.take(ANSWER).read_to_string(&mut answer).await?;
    Ok(answer)
}
