//! A stand-in for Telegram's Bot API on loopback: holds every call against the published contract, notes it, and
//! misbehaves as it is told. A call that breaks the contract fails the test that made it.
use super::botspec::Spec;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How a call goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// A refusal in Telegram's own form.
    Refusal { code: u16, description: &'static str, retry_after: Option<u64> },
    /// This status with this body, whatever they are.
    Answer(u16, String),
    /// The call is read, and never answered.
    Hang,
    /// The call is read, and the connection closed.
    Drop,
    /// The answer begins, and its body never ends.
    SlowBody,
    /// The answer is longer than anybody would read.
    Endless,
    /// Sends the caller elsewhere.
    Redirect(String),
}

impl Fault {
    /// 429 with its own delay in seconds.
    pub(crate) const fn too_many(retry_after: u64) -> Self {
        Self::Refusal { code: 429, description: "Too Many Requests: retry after", retry_after: Some(retry_after) }
    }

    /// 403: the person blocked the bot.
    pub(crate) const fn blocked() -> Self {
        Self::refusal(403, "Forbidden: bot was blocked by the user")
    }

    /// A refusal without parameters.
    pub(crate) const fn refusal(code: u16, description: &'static str) -> Self {
        Self::Refusal { code, description, retry_after: None }
    }
}

/// A call that came in, its method spelled as in the contract.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) token: String,
    pub(crate) method: String,
    pub(crate) body: Value,
    /// Nothing went wrong with it.
    pub(crate) went_well: bool,
}

#[derive(Debug, Default)]
struct State {
    calls: Vec<Call>,
    violations: Vec<String>,
    faults: BTreeMap<String, VecDeque<Fault>>,
    answers: BTreeMap<String, Value>,
    updates: Vec<Box<RawValue>>,
}

/// The stand-in; gone with its last connection when it is dropped.
#[derive(Debug)]
pub(crate) struct BotApi {
    /// What `TELEGRAM_API_URL` would say.
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    serving: tokio::task::JoinHandle<()>,
}

impl BotApi {
    /// Starts it on a free port.
    pub(crate) async fn start() -> Self {
        let spec = Arc::new(Spec::load());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, spec) = (shared.clone(), spec.clone());
                tokio::spawn(async move { serve(stream, &state, &spec).await });
            }
        });
        Self { url, state, serving }
    }

    /// The next call of `method` goes wrong like this; several are used up one after the other.
    pub(crate) fn fail(&self, method: &str, fault: Fault) {
        self.state().faults.entry(method.to_owned()).or_default().push_back(fault);
    }

    /// What `method` results in from now on.
    pub(crate) fn answer(&self, method: &str, result: Value) {
        self.state().answers.insert(method.to_owned(), result);
    }

    /// Updates that wait for `getUpdates`, as raw JSON: they may hold what no parser takes.
    pub(crate) fn waiting(&self, updates: &[&str]) {
        let raw = |text: &&str| RawValue::from_string((*text).to_owned()).unwrap();
        self.state().updates.extend(updates.iter().map(raw));
    }

    /// The calls that came in so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// The bodies of the calls of `method`.
    pub(crate) fn bodies(&self, method: &str) -> Vec<Value> {
        self.calls().into_iter().filter(|call| call.method == method).map(|call| call.body).collect()
    }

    /// Takes what broke the contract, for tests that break it on purpose.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.state().violations)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for BotApi {
    fn drop(&mut self) {
        self.serving.abort();
        let violations = self.take_violations();
        if !std::thread::panicking() {
            assert!(violations.is_empty(), "calls that break the Bot API's contract: {violations:#?}");
        }
    }
}

/// One call, then the connection is closed.
async fn serve(mut stream: TcpStream, state: &Mutex<State>, spec: &Spec) {
    let Some((path, body)) = read(&mut stream).await else { return };
    let (fault, answer) = decide(state, spec, &path, &body);
    let (status, text) = match fault {
        None => (200, answer),
        Some(Fault::Refusal { code, description, retry_after }) => {
            let mut refusal = json!({"ok": false, "error_code": code, "description": description});
            if let Some(seconds) = retry_after {
                refusal["parameters"] = json!({"retry_after": seconds});
            }
            (code, refusal.to_string())
        }
        Some(Fault::Answer(status, body)) => (status, body),
        Some(Fault::Hang) => return tokio::time::sleep(Duration::from_secs(3600)).await,
        Some(Fault::Drop) => return,
        Some(Fault::Redirect(to)) => {
            let head =
                format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(head.as_bytes()).await;
            return;
        }
        Some(Fault::SlowBody) => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"ok\":").await;
            return tokio::time::sleep(Duration::from_secs(3600)).await;
        }
        Some(Fault::Endless) => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
            let blank = vec![b' '; 65_536];
            while stream.write_all(&blank).await.is_ok() {}
            return;
        }
    };
    let length = text.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(text.as_bytes()).await;
}

/// Path and body of a POST.
async fn read(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(place) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break place + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    while bytes.len() < end + length.unwrap_or(0) {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let first = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let path = first.strip_prefix("POST ")?.split(' ').next()?.to_owned();
    Some((path, bytes[end..].to_vec()))
}

/// Notes the call; what goes wrong with it, and its answer where nothing does.
fn decide(state: &Mutex<State>, spec: &Spec, path: &str, body: &[u8]) -> (Option<Fault>, String) {
    let mut state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let (token, method) = path.strip_prefix("/bot").and_then(|path| path.split_once('/')).unwrap_or_default();
    let body: Value = serde_json::from_slice(body).ok().or_else(|| form(body)).unwrap_or(Value::Null);
    let method = match spec.check(method, &body) {
        Ok(method) => method.to_owned(),
        Err(violations) => {
            state.violations.extend(violations);
            return (Some(Fault::refusal(400, "Bad Request: against the contract")), String::new());
        }
    };
    let fault = state.faults.get_mut(&method).and_then(VecDeque::pop_front);
    let (token, went_well) = (token.to_owned(), fault.is_none());
    state.calls.push(Call { token, method: method.clone(), body: body.clone(), went_well });
    let result = match state.answers.get(&method) {
        Some(answer) => answer.to_string(),
        None if method == "getUpdates" => {
            let offset = body["offset"].as_i64().unwrap_or(0);
            state.updates.retain(|update| update_id(update) >= offset);
            serde_json::to_string(&state.updates).unwrap()
        }
        None => usual(&method, &body, state.calls.len()).to_string(),
    };
    (fault, format!(r#"{{"ok":true,"result":{result}}}"#))
}

/// What a method results in where a test says nothing else.
fn usual(method: &str, body: &Value, number: usize) -> Value {
    match method {
        "sendMessage" | "sendPhoto" => json!({
            "message_id": number,
            "date": 1_795_420_800,
            "chat": {"id": body["chat_id"].as_str().and_then(|id| id.parse::<i64>().ok()), "type": "private"},
            "text": "."
        }),
        "getMe" => json!({"id": 123_456, "is_bot": true, "first_name": "Awasir", "username": "awasir_bot"}),
        "getWebhookInfo" => json!({"url": "", "has_custom_certificate": false, "pending_update_count": 0}),
        _ => Value::Bool(true),
    }
}

/// A multipart form as the JSON of the same call: a file is told by its kind and length. None for what is no form.
fn form(body: &[u8]) -> Option<Value> {
    let find = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).position(|window| window == mark);
    let boundary = body.get(..find(body, b"\r\n")?).filter(|line| line.starts_with(b"--"))?;
    let (mut rest, mut fields) = (&body[boundary.len()..], serde_json::Map::new());
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let head = find(part, b"\r\n\r\n")?;
        let end = find(part, &[b"\r\n", boundary].concat())?;
        let (head, content) = (std::str::from_utf8(&part[..head]).ok()?, &part[head + 4..end]);
        let name = head.split("name=\"").nth(1)?.split('"').next()?;
        let text = || String::from_utf8(content.to_vec()).ok();
        let value = match head.split("Content-Type: ").nth(1) {
            Some(kind) => json!(format!("{kind}, {} bytes", content.len())),
            // In a form objects go as JSON.
            None if name == "reply_markup" => serde_json::from_str(&text()?).ok()?,
            None => json!(text()?),
        };
        fields.insert(name.to_owned(), value);
        rest = &part[end + 2 + boundary.len()..];
    }
    Some(Value::Object(fields))
}

fn update_id(update: &RawValue) -> i64 {
    #[derive(serde::Deserialize)]
    struct Id {
        update_id: i64,
    }
    serde_json::from_str::<Id>(update.get()).unwrap().update_id
}
