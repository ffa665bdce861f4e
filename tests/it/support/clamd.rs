//! A clamd on this machine: speaks INSTREAM, finds what contains `EICAR`, and can be away.
use awasir::files::Scanner;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) struct Clamd {
    address: String,
    away: Arc<AtomicBool>,
}

impl Clamd {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let away = Arc::new(AtomicBool::new(false));
        let closed = away.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if !closed.load(Ordering::SeqCst) {
                    tokio::spawn(answer(stream));
                }
            }
        });
        Self { address, away }
    }

    pub(crate) fn scanner(&self) -> Scanner {
        Scanner::parse(&self.address).unwrap()
    }

    /// Takes connections and closes them unanswered, or answers again.
    pub(crate) fn is_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

async fn answer(mut stream: TcpStream) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = stream.read_u32().await.unwrap();
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length as usize];
        stream.read_exact(&mut piece).await.unwrap();
        file.extend(piece);
    }
    let found = file.windows(5).any(|window| window == b"EICAR");
    let word: &[u8] = if found { b"stream: Test-Signature FOUND\0" } else { b"stream: OK\0" };
    stream.write_all(word).await.unwrap();
}
