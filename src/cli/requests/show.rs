//! `awasir requests show`: everything kept of one request.
use super::super::Failure;
use crate::app::{self, App};
use crate::store::RequestRow;
use serde_json::json;
use std::process::ExitCode;

pub(super) async fn show(app: &App, reference: &str, as_json: bool) -> Result<ExitCode, Failure> {
    let file = app.request(reference).await?;
    let file = file.ok_or_else(|| app::RequestError::NotFound(reference.to_owned()))?;
    if as_json {
        let mut value = to_json(&file.row);
        let stage = |stage: &crate::store::StageRow| {
            json!({"stage": stage.stage, "holder": stage.holder, "ruling": stage.ruling, "at": stage.at.to_string(),
                "source": stage.source, "note": stage.note})
        };
        value["stages"] = file.stages.iter().map(stage).collect();
        let paper = |paper: &crate::store::PaperRow| json!({"paper": paper.kind, "state": paper.state, "since": paper.since.to_string()});
        value["papers"] = file.papers.iter().map(paper).collect();
        let contact = |contact: &crate::store::ContactRow| json!({"kind": contact.kind, "value": contact.value, "consent": contact.consent});
        value["contacts"] = file.contacts.iter().map(contact).collect();
        println!("{value}");
        return Ok(ExitCode::SUCCESS);
    }
    let row = &file.row;
    println!("{}  {}  with {}  since {} ({})", row.reference, row.stage, row.holder, row.since, row.source);
    for (name, value) in
        [("embassy's number", &row.embassy_reference), ("applicant", &row.applicant), ("country", &row.country)]
    {
        if let Some(value) = value {
            println!("{name:<16}  {value}");
        }
    }
    for stage in &file.stages {
        let note = stage.note.as_deref().unwrap_or_default();
        println!("  {}  {:<13}  {:<11}  {}  {note}", stage.at, stage.stage, stage.holder, stage.source);
    }
    for paper in &file.papers {
        let reason = paper.reason.as_deref().unwrap_or_default();
        println!("  paper    {}: {} since {} {reason}", paper.kind, paper.state, paper.since);
    }
    for contact in &file.contacts {
        println!(
            "  on file  {} {} ({})",
            contact.kind,
            contact.value,
            if contact.consent { "may be written to" } else { "no consent" }
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A request as JSON.
pub(super) fn to_json(row: &RequestRow) -> serde_json::Value {
    json!({
        "reference": row.reference,
        "embassy_reference": row.embassy_reference,
        "stage": row.stage,
        "holder": row.holder,
        "ruling": row.ruling,
        "since": row.since.to_string(),
        "source": row.source,
        "received_at": row.received_at.map(|at| at.to_string()),
        "country": row.country,
        "applicant": row.applicant,
    })
}
