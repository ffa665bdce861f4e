//! `/api/v1/requests/{reference}/papers`: what is missing, what came.
use super::Api;
use super::answers::{OfBody, OfEvery, OfOne, address, located};
use super::caller::Caller;
use super::fields::Number;
use super::input::{Json, Reference};
use super::problem::Problem;
use super::shapes::PapersReport;
use super::shown::Outcome;
use crate::app::ApiChange;
use crate::model::Scope;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Reports papers
///
/// Of a request that is there. Papers that are not named stay as they are, and the same report again changes nothing.
#[utoipa::path(
    put, path = "/api/v1/requests/{reference}/papers", operation_id = "reportPapers", tag = "papers",
    params(("reference" = inline(Number), Path, description = "The reference.")),
    request_body = PapersReport,
    responses((status = 200, description = "The papers are noted.", body = Outcome), OfEvery, OfOne, OfBody),
    security(("key" = ["requests:write"])),
)]
pub(super) async fn report(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Reference(reference): Reference,
    body: Json<PapersReport>,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsWrite)?;
    let (report, batch) = body.value.read(&caller.0.source)?;
    let change = ApiChange::Known(reference);
    let done = api.app.api_change(&caller.0, None, (&change, &report), batch.as_deref()).await?;
    let outcome = Outcome::from(done);
    located(StatusCode::OK, &address(&outcome.reference), &outcome)
}
