//! Parity: every phrase in every locale, with the same variables, all plural categories, and words that can be said.
use super::bundle::Bundle;
use super::{Catalog, Command};
use crate::model::{LocaleTag, Value};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong in the locales of `catalog`, one line each; empty where all is well.
#[must_use]
pub fn check(catalog: &Catalog) -> Vec<String> {
    let mut findings = catalog.problems().to_vec();
    let bundles = catalog.bundles();
    let Some(source) = bundles.first().filter(|bundle| bundle.tag == LocaleTag::ARABIC) else {
        return vec!["no `ar/locale.ftl`: Arabic is the source".to_owned()];
    };
    for bundle in bundles {
        parity(source, bundle, &mut findings);
        for (id, shape) in bundle.shapes() {
            let at = format!("{}: `{id}`", bundle.tag);
            if shape.bare_choice {
                findings.push(format!("{at} chooses by a number; write `PLURAL($n)`"));
            }
            let missing = |named: &BTreeSet<String>| -> Vec<String> {
                bundle
                    .categories()
                    .into_iter()
                    .filter(|category| !named.contains(*category))
                    .map(str::to_owned)
                    .collect()
            };
            let missing = shape.plurals.iter().map(missing).filter(|missing| !missing.is_empty());
            findings.extend(missing.map(|missing| format!("{at} has no form for {}", missing.join(", "))));
            rendering(bundle, id, &shape.variables, &at, &mut findings);
        }
    }
    findings.extend(same_words(bundles));
    findings
}

/// The ids and variables of `bundle` against those of the source.
fn parity(source: &Bundle, bundle: &Bundle, findings: &mut Vec<String>) {
    for (id, shape) in source.shapes() {
        match bundle.shapes().get(id) {
            None => findings.push(format!("{}: `{id}` is missing", bundle.tag)),
            Some(own) if own.variables != shape.variables => {
                findings.push(format!("{}: `{id}` has other variables than in {}", bundle.tag, source.tag));
            }
            Some(_) => {}
        }
    }
    let extra = bundle.shapes().keys().filter(|id| !source.shapes().contains_key(*id));
    findings.extend(extra.map(|id| format!("{}: `{id}` is not in {}", bundle.tag, source.tag)));
    for id in bundle.twice() {
        findings.push(format!("{}: `{id}` is given twice", bundle.tag));
    }
}

/// Says the phrase with sample values: nothing may fail, and no direction control may stand in it by hand.
fn rendering(bundle: &Bundle, id: &str, variables: &BTreeSet<String>, at: &str, findings: &mut Vec<String>) {
    let samples: BTreeMap<String, Value> = variables.iter().map(|name| (name.clone(), Value::Number(3.0))).collect();
    match bundle.format(id, &samples, 0) {
        Err(_) => findings.push(format!("{at} cannot be said: a reference leads nowhere")),
        Ok(words) if words.trim().is_empty() => findings.push(format!("{at} is empty")),
        Ok(words) => {
            let words = text::strip_isolates(&words);
            if text::clean(&words) != words {
                findings.push(format!("{at} holds control characters"));
            }
            if words.matches("**").count() % 2 == 1 {
                findings.push(format!("{at} opens bold and does not close it"));
            }
            // A phrase may be named `words-…` too; only a list has bars.
            let list = id.strip_prefix("words-").filter(|_| words.contains('|'));
            if list.is_some_and(|name| Command::of_list(name).is_none()) {
                findings.push(format!("{at} belongs to no command"));
            }
        }
    }
}

/// Words that are two commands, in one locale or in two.
fn same_words(bundles: &[Bundle]) -> Vec<String> {
    let mut first: BTreeMap<String, (Command, &LocaleTag)> = BTreeMap::new();
    let mut findings = Vec::new();
    for bundle in bundles {
        for (words, command) in bundle.command_words() {
            let &mut (known, tag) = first.entry(words.clone()).or_insert((command, &bundle.tag));
            if known != command {
                findings.push(format!("{}: `{words}` is {command:?}, and {known:?} in {tag}", bundle.tag));
            }
        }
    }
    findings
}
