//! The `OpenAPI` 3.1 document, made from the code that answers.
use super::answers;
use super::problem::{Body9457, Fault};
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::{Modify, OpenApi};

/// What an Idempotency-Key is for.
pub(super) const ONCE: &str = "A fresh text for each thing you report, and the same one when you repeat a call whose answer you \
    did not get: it happens once, and its answer is repeated for two days. Quoted or not, 1 to 200 visible ASCII letters.";

/// What stands above the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "awasir",
        version = "1",
        description = "The register of aid requests, for the systems of the Ministry of Foreign Affairs, of embassies and of the association.\n\n\
            Show your key as `Authorization: Bearer …`. What it may do are its scopes: `requests:read` sees where requests are, \
            `requests:write` reports them, `requests:contacts` sees applicants, contacts and notes for staff besides. What a key \
            reports carries its source, and people are told by whom it was reported.\n\n\
            Times are those of RFC 3339. Every refusal is a problem of RFC 9457. 400 and 422 say that a call is not as this document \
            has it; 409 that it is, and that the register refuses it: then nothing was changed.",
        license(name = "The association's own, no licence is given", url = "/api/"),
    ),
    tags(
        (name = "requests", description = "The register."),
        (name = "stages", description = "The way of a request."),
        (name = "papers", description = "What is missing, what came."),
    ),
    components(schemas(Body9457, Fault)),
    modifiers(&Common),
)]
pub(super) struct Head;

struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A key of `awasir keys add`."));
        components.security_schemes.insert("key".to_owned(), SecurityScheme::Http(key.build()));
        components.responses.extend(answers::problems());
        document.servers = Some(vec![Server::new("/")]);
    }
}
