//! `/api/v1/requests/{reference}/stages`: the way of a request.
use super::Api;
use super::answers::{OfBody, OfEvery, OfOne, address, located};
use super::caller::Caller;
use super::fields::{Number, OnceKey};
use super::input::{IdempotencyKey, Json, Reference};
use super::problem::{Kind, Problem};
use super::shapes::StageReport;
use super::shown::{Outcome, Stages};
use crate::app::{ApiChange, Reported};
use crate::model::Scope;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Shows the way of a request
///
/// Every stage that was reported, in order.
#[utoipa::path(
    get, path = "/api/v1/requests/{reference}/stages", operation_id = "listStages", tag = "stages",
    params(("reference" = inline(Number), Path, description = "The reference.")),
    responses((status = 200, description = "Its stages.", body = Stages), OfEvery, OfOne),
    security(("key" = ["requests:read"])),
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Reference(reference): Reference,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsRead)?;
    let file = api.app.request(&reference).await?.ok_or(Problem::of(Kind::RequestUnknown))?;
    Ok(axum::Json(Stages::of(file.stages, caller.may(Scope::RequestsContacts))).into_response())
}

/// Reports a stage
///
/// Of a request that is there. Only steps that the association allows are taken; a refusal names them.
#[utoipa::path(
    post, path = "/api/v1/requests/{reference}/stages", operation_id = "reportStage", tag = "stages",
    params(
        ("reference" = inline(Number), Path, description = "The reference."),
        ("Idempotency-Key" = inline(OnceKey), Header, description = super::document::ONCE),
    ),
    request_body = StageReport,
    responses(
        (status = 200, description = "It was at this stage already.", body = Outcome),
        (status = 201, description = "The stage was noted.", body = Outcome,
            headers(("Location" = String, description = "Where the request's stages are."))),
        OfEvery, OfOne, OfBody,
    ),
    security(("key" = ["requests:write"])),
)]
pub(super) async fn report(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Reference(reference): Reference,
    once: IdempotencyKey,
    body: Json<StageReport>,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsWrite)?;
    let (report, batch) = body.value.read(&caller.0.source)?;
    let call: &[&[u8]] = &[b"stage", reference.as_bytes(), &body.bytes];
    let change = ApiChange::Known(reference.clone());
    let done = api.once(&caller.0, &once, call, (&change, &report), batch.as_deref()).await?;
    let status = if done.reported == Reported::Known { StatusCode::OK } else { StatusCode::CREATED };
    let outcome = Outcome::from(done);
    located(status, &format!("{}/stages", address(&outcome.reference)), &outcome)
}
