//! Settings of the register of requests.
use super::{Moves, ReferenceForm};
use crate::settings::{Reader, Setting};

const FORM: Setting = Setting {
    name: "REQUEST_REFERENCE_FORM",
    default: Some("AW-YYYY-NNNNNNC"),
    form: "like AW-YYYY-NNNNNNC: year, number, check digit at the end",
    help: "The form of references that are made here. Imported ones are kept as they are.",
    secret: false,
};
const MOVES: Setting = Setting {
    name: "REQUEST_MOVES",
    default: Some(
        "new>with_embassy,with_ministry,received,studying,completing,confirming,decided,closed,returned; \
         with_embassy>with_ministry,received,returned; with_ministry>received,returned; \
         received>studying,completing,returned; studying>completing,confirming,decided,returned; \
         completing>studying,confirming,returned; confirming>studying,completing,decided,returned; \
         returned>with_embassy,with_ministry,received,studying,completing; decided>closed,studying; closed>studying",
    ),
    form: "`stage>stage,stage; …`, with `new` for a request that is not there yet",
    help: "Which stage of a request may follow which.",
    secret: false,
};
/// All of them.
pub(in crate::app) const SETTINGS: &[Setting] = &[FORM, MOVES];

/// How the register behaves.
#[derive(Debug, Clone)]
pub struct RequestSettings {
    /// The form of references that are made here.
    pub form: ReferenceForm,
    /// Which stage may follow which.
    pub moves: Moves,
}

impl RequestSettings {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let ours = |setting: &Setting| setting.default.unwrap_or_default();
        let form = reader.parse_with(&FORM, ReferenceForm::parse).or_else(|| ReferenceForm::parse(ours(&FORM)));
        let moves = reader.parse_with(&MOVES, Moves::parse).or_else(|| Moves::parse(ours(&MOVES)));
        Self { form: form.expect("the default is a form"), moves: moves.expect("the default names stages") }
    }
}
