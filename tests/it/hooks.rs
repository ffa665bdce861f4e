//! The real binary over real HTTP: what is refused, what is kept, what is answered, and what stands nowhere in plain words.
use crate::support::botapi::{BotApi, Call, Fault};
use crate::support::library::models;
use crate::support::pg;
use awasir::seal::KeyRing;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const SECRET: &str = "a-secret-of-the-tests";
/// Stands in every message of the tests, and may stand nowhere on the disk.
const MARK: &str = "زرقااليمامه";

/// A person whose number is looked for on the disk.
const CHAT: i64 = 5_104_477_331;

/// A running `awasir serve` in a folder of its own.
struct Server {
    child: Child,
    folder: PathBuf,
    address: SocketAddr,
    client: reqwest::Client,
}

fn command(folder: &Path, address: SocketAddr, api: &BotApi) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_awasir"));
    command.arg("serve").current_dir(folder).env_clear().env("MODELS_DIR", models());
    command.env("DATA_DIR", folder.join("data")).env("LISTEN", address.to_string());
    command.env("PUBLIC_URL", "https://bot.example.org").env("TELEGRAM_API_URL", &api.url);
    command.env("TELEGRAM_BOT_TOKEN", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").env("NO_PROXY", "127.0.0.1");
    command.env("TELEGRAM_WEBHOOK_SECRET", SECRET).env("TELEGRAM_MODE", "webhook").env("LOG", "info,awasir=debug");
    command
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Server {
    async fn start(folder: &Path, address: SocketAddr, api: &BotApi) -> Self {
        Self::start_with(folder, address, api, &[]).await
    }

    async fn start_with(folder: &Path, address: SocketAddr, api: &BotApi, more: &[(&str, &str)]) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(folder.join("log")).unwrap();
        let mut command = command(folder, address, api);
        command.envs(more.iter().copied());
        let child = command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let server = Self { child, folder: folder.to_owned(), address, client };
        let began = Instant::now();
        while server.get("/readyz").await.is_none_or(|(status, _)| status != 200) {
            assert!(began.elapsed() < Duration::from_secs(100), "{}", server.log());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        server
    }

    async fn get(&self, path: &str) -> Option<(u16, String)> {
        let answer = self.client.get(format!("http://{}{path}", self.address)).send().await.ok()?;
        Some((answer.status().as_u16(), answer.text().await.ok()?))
    }

    async fn post(&self, path: &str, secret: Option<&str>, body: impl Into<reqwest::Body>) -> u16 {
        let mut call = self.client.post(format!("http://{}{path}", self.address)).body(body);
        if let Some(secret) = secret {
            call = call.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        call.send().await.unwrap().status().as_u16()
    }

    async fn hook(&self, body: impl Into<reqwest::Body>) -> u16 {
        self.post("/hooks/telegram", Some(SECRET), body).await
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
    }

    fn end(mut self) -> ExitStatus {
        let began = Instant::now();
        self.signal("-TERM");
        let status = self.child.wait().unwrap();
        assert!(began.elapsed() < Duration::from_secs(10), "{:?} to stop\n{}", began.elapsed(), self.log());
        status
    }
}

impl Drop for Server {
    /// A test that failed leaves nothing running.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn update(id: u32, chat: i64, text: &Value) -> String {
    json!({ "update_id": id, "message": { "message_id": id, "date": 1_790_000_000, "text": text,
        "chat": { "id": chat, "type": "private", "first_name": MARK },
        "from": { "id": chat, "is_bot": false, "first_name": MARK, "language_code": "ar" } } })
    .to_string()
}

/// Waits until `count` messages were sent to `chat`, and a little longer for one too many.
async fn sent(api: &BotApi, chat: i64, count: usize) -> usize {
    let mine =
        |call: &Call| call.went_well && call.method == "sendMessage" && call.body["chat_id"] == json!(chat.to_string());
    let of = || api.calls().iter().filter(|call| mine(call)).count();
    let began = Instant::now();
    while of() < count && began.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    of()
}

/// Where the bytes of `words` stand under `folder`.
fn found(folder: &Path, words: &str) -> Vec<PathBuf> {
    let mut at = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            at.extend(found(&path, words));
        } else if std::fs::read(&path).unwrap().windows(words.len()).any(|window| window == words.as_bytes()) {
            at.push(path);
        }
    }
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_calls_are_refused_or_kept_and_nobody_else_waits_for_them() {
    let (api, folder) = (BotApi::start().await, tempfile::tempdir().unwrap());
    let server = Server::start(folder.path(), free_address(), &api).await;
    let plain = update(1, 7, &json!(format!("القائمة {MARK}")));

    assert_eq!(server.post("/hooks/nowhere", Some(SECRET), plain.clone()).await, 404);
    for secret in [None, Some(""), Some("a-secret-of-the-test"), Some("another")] {
        assert_eq!(server.post("/hooks/telegram", secret, plain.clone()).await, 401);
    }
    let (_, metrics) = server.get("/metrics").await.unwrap();
    let forged = metrics.lines().find(|line| line.starts_with("awasir_intake_total") && line.contains("forged"));
    assert!(forged.is_some_and(|line| line.ends_with(" 4")), "{metrics}");
    assert_eq!(server.hook(vec![b'a'; 1024 * 1024 + 1]).await, 413);

    // Genuine and not understood: kept, so that the platform does not hold up the rest.
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    for body in ["{", "[]", "null", "{\"update_id\":9,\"message\":{\"text\":\"\\ud800 زرقااليمامه\"}}", "\u{0}", &deep]
    {
        assert_eq!(server.hook(body.to_owned()).await, 200, "{}", &body[..body.len().min(40)]);
    }
    assert_eq!(server.hook(json!({ "update_id": 10, "story_of_tomorrow": { "x": MARK } }).to_string()).await, 200);

    // Half of a pair is no character; the rest of the message is answered.
    let halved = update(11, 99, &json!("متى يجي الرد HALF")).replace("HALF", "\\ud83d");
    assert_eq!(server.hook(halved).await, 200);
    assert_eq!(sent(&api, 99, 1).await, 1);

    // Fifty times the same, at once: one effect.
    let body = update(20, CHAT, &json!(format!("متى يجي الرد {MARK}")));
    let all = futures::future::join_all((0..50).map(|_| server.hook(body.clone()))).await;
    assert!(all.iter().all(|status| *status == 200), "{all:?}");
    assert_eq!(sent(&api, CHAT, 1).await, 1);

    // Whatever a person sends is answered, and so is what they send next.
    let nasty = [
        "ا".repeat(100_000),
        format!("{MARK} ").repeat(5_000),
        "😀".repeat(3_000),
        "\u{0}\u{1}\u{7f}".to_owned(),
        "\u{202e}\u{2066}\u{2067}مرحبا\u{202e}".to_owned(),
        "﷽".repeat(2_000),
        "<b>&lt;\\u0000</b>```*_[](tg://user?id=1)".to_owned(),
        String::new(),
    ];
    for (place, text) in (0..).zip(&nasty) {
        let chat = 100 + i64::from(place);
        assert_eq!(server.hook(update(100 + place, chat, &json!(text))).await, 200);
        let answers = sent(&api, chat, 1).await;
        assert_eq!(server.hook(update(200 + place, chat, &json!("القائمة"))).await, 200);
        assert!(sent(&api, chat, answers + 1).await > answers, "no answer after message {place}");
    }

    let (_, metrics) = server.get("/metrics").await.unwrap();
    assert!(!metrics.contains(MARK));
    assert!(server.end().success());
    assert_eq!(found(folder.path(), MARK), Vec::<PathBuf>::new(), "in plain words on the disk");
    assert_eq!(found(folder.path(), &CHAT.to_string()), Vec::<PathBuf>::new(), "an address in plain words on the disk");
    assert_eq!(found(folder.path(), SECRET), Vec::<PathBuf>::new(), "the secret on the disk");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_is_answered_after_a_stop_and_a_taken_port_is_said() {
    let (api, folder) = (BotApi::start().await, tempfile::tempdir().unwrap());
    let address = free_address();
    let server = Server::start(folder.path(), address, &api).await;
    let second = command(folder.path(), address, &api).output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains(&address.to_string()), "{said}");

    // The platform holds answers back when the end comes. (An end that nobody announced: `tests/load`, with `--kill`.)
    (0..3).for_each(|_| api.fail("sendMessage", Fault::too_many(2)));
    let chats: Vec<i64> = (300..340).collect();
    for chat in &chats {
        let id = u32::try_from(*chat).unwrap();
        assert_eq!(server.hook(update(id, *chat, &json!("القائمة"))).await, 200);
    }
    assert!(server.end().success(), "ends well with work in hand");
    let server = Server::start(folder.path(), address, &api).await;
    for chat in chats {
        assert_eq!(sent(&api, chat, 1).await, 1, "{chat}");
    }
    assert!(server.end().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_one_database_and_one_outlives_the_other() {
    let (api, one, other) = (BotApi::start().await, tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let database = pg::empty().await;
    let keys = KeyRing::generate();
    let shared = [("DATABASE_URL", database.url.as_str()), ("ENCRYPTION_KEYS", keys.as_str())];
    let first = Server::start_with(one.path(), free_address(), &api, &shared).await;
    let second = Server::start_with(other.path(), free_address(), &api, &shared).await;

    // Each person's messages come in by both, one after the other.
    let words = ["القائمة", "شكرا", "المسار"];
    let chats: Vec<i64> = (500..530).collect();
    for (place, word) in words.iter().enumerate() {
        for chat in &chats {
            let id = u32::try_from(*chat).unwrap() * 10 + u32::try_from(place).unwrap();
            let server = if (place + usize::try_from(*chat).unwrap()).is_multiple_of(2) { &first } else { &second };
            assert_eq!(server.hook(update(id, *chat, &json!(word))).await, 200);
        }
    }
    for chat in &chats {
        assert_eq!(sent(&api, *chat, words.len()).await, words.len(), "{chat}");
        let said: Vec<String> = (api.bodies("sendMessage").iter())
            .filter(|body| body["chat_id"] == json!(chat.to_string()))
            .map(|body| body["text"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert!(said[1].contains("العفو"), "{chat}: in another order: {said:?}");
    }
    let turns = |server: &str| server.lines().find(|line| line.starts_with("awasir_turns_total")).map(str::to_owned);
    for server in [&first, &second] {
        let (_, metrics) = server.get("/metrics").await.unwrap();
        assert!(turns(&metrics).is_some_and(|line| !line.ends_with(" 0")), "one did no work\n{metrics}");
    }

    first.signal("-KILL");
    assert_eq!(second.hook(update(9_000, 600, &json!("القائمة"))).await, 200);
    assert_eq!(sent(&api, 600, 1).await, 1);
    assert!(second.end().success());
}
