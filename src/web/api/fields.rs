//! The rules of `rules` as the document states them, each in one place.
use super::{cursor, rules};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! text {
    ($name:ident, $pattern:expr, $longest:expr, $example:literal, $about:literal) => {
        #[doc = $about]
        pub(super) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let text = ObjectBuilder::new().schema_type(Type::String).description(Some($about));
                let text = text.pattern(Some($pattern)).min_length(Some(1)).max_length(Some($longest));
                text.examples([serde_json::json!($example)]).into()
            }
        }

        impl ToSchema for $name {}
    };
}

text!(
    Number,
    rules::REFERENCE,
    rules::LONGEST_REFERENCE,
    "AW-2026-0000014",
    "A number by which a request is known: a line with a digit in it."
);
text!(Name, rules::LINE, rules::LONGEST_NAME, "Birth certificate", "A line.");
text!(Note, rules::LINES, rules::LONGEST_NOTE, "Came by courier.", "Several lines.");
text!(Country, rules::COUNTRY, 2, "KW", "A country of ISO 3166-1.");
text!(Batch, rules::BATCH, 40, "2026-11-25", "The name of a batch.");
text!(
    ContactValue,
    rules::CONTACT,
    rules::LONGEST_CONTACT,
    "+96555512345",
    "A telephone as E.164, or an e-mail address."
);
text!(
    CursorText,
    cursor::CURSOR,
    cursor::LENGTH,
    "AAZglb9qLAAAAZgLs5kMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "Where a list goes on."
);
text!(OnceKey, rules::ONCE_KEY, rules::LONGEST_KEY, "8e03978e-40d5-43e8-bc93-6894a57f9324", "An Idempotency-Key.");

/// A moment of RFC 3339.
pub(super) struct Moment;

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        let moment = ObjectBuilder::new().schema_type(Type::String).description(Some("A moment of RFC 3339."));
        moment
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .examples([serde_json::json!("2026-11-25T09:30:00Z")])
            .into()
    }
}

impl ToSchema for Moment {}
