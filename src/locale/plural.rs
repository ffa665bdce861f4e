//! `PLURAL($n)`: the plural category by ICU. Fluent's own Arabic rule is wrong from 103 upward (stack.md, trap 1).
use fluent_bundle::{FluentArgs, FluentValue};
use icu_plurals::{PluralCategory, PluralRules};

/// The CLDR category of the whole number nearest to `n` (its size, sign away) under `rules`: `zero` … `other`.
#[must_use]
pub fn category(rules: &PluralRules, n: f64) -> &'static str {
    // Saturates; a count is never near the edge.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count; `as` saturates")]
    let whole = n.abs().round() as u64;
    name(rules.category_for(whole))
}

/// The CLDR name of a category.
pub(super) const fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The function as Fluent calls it; anything but one number is `other`.
pub(super) fn function<'a>(rules: &PluralRules, args: &[FluentValue<'a>], _named: &FluentArgs<'_>) -> FluentValue<'a> {
    match args {
        [FluentValue::Number(number)] => FluentValue::from(category(rules, number.value)),
        _ => FluentValue::from("other"),
    }
}
