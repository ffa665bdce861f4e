//! Which Saudi embassy serves a country: the list of 2022 with its gaps, and that it is to be checked.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::{World, officer};
use crate::knowledge::Decision;
use crate::locale::Command;
use crate::model::{Coverage, Label, LocaleTag, Mission, MissionKind, MissionStatus, Value};
use crate::text;
use serde::{Deserialize, Serialize};

/// The countries most families write from (domain.md §1), so that most need not type.
const COMMON: [&str; 6] = ["KW", "SY", "JO", "EG", "BH", "YE"];
/// Missions of one country that are told; more would be cut by the channel.
const MOST_MISSIONS: usize = 4;
/// Articles whose question is answered better with the country's own embassy, where a country is named.
const ASKS_WHICH: [&str; 2] = ["which-embassy", "no-embassy"];
/// Where the association is: whoever is there goes to no embassy.
const HOME: &str = "SA";
/// At most this many words are a country's name alone.
const LONGEST_NAME: usize = 3;

/// Waits for a country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// How often a country was not recognised.
    pub asked_again: u8,
}

/// Asks for the country.
pub(super) fn begin(turn: &mut Turn<'_>) {
    ask(turn, "embassy-ask", State::default());
}

/// A country, or something else. An unknown country is asked for once more; then a person helps.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match said.command {
        Some(Command::Cancel | Command::Back | Command::No | Command::Skip) => menu::show(turn),
        Some(_) => return false,
        None => {
            if let Some(country) = turn.world.library.country_in(said.text) {
                tell(turn, &country);
                return true;
            }
            let decision = turn.world.library.classify(said.text, &turn.locale());
            match decision {
                // People change the subject; a sure answer is better than asking for the country again.
                Decision::Answer { ref article, .. } if !ASKS_WHICH.contains(&article.as_str()) => return false,
                _ if state.asked_again == 0 => ask(turn, "embassy-ask-again", State { asked_again: 1 }),
                _ => officer::hand_over(turn, Some(said.text)),
            }
        }
    }
    true
}

/// The country whose embassy a question is about. None where it is about something else.
pub(super) fn asked_for(world: &World<'_>, words: &str, decision: &Decision) -> Option<String> {
    let country = world.library.country_in(words)?;
    let about = |article: &String| ASKS_WHICH.contains(&article.as_str());
    let folded = text::fold(words);
    let names_embassy = || text::words(&folded).any(|word| world.catalog.command(word) == Some(Command::Embassy));
    let only_a_name = || text::words(&folded).count() <= LONGEST_NAME;
    let asked = match decision {
        Decision::Answer { article, .. } => about(article),
        Decision::Offer { articles } => articles.first().is_some_and(about) || names_embassy() || only_a_name(),
        Decision::Unknown => names_embassy() || only_a_name(),
    };
    asked.then_some(country)
}

/// Tells which embassy serves `country`.
pub(super) fn tell(turn: &mut Turn<'_>, country: &str) {
    turn.state.flow = None;
    let world = turn.world;
    let locale = turn.locale();
    let Some(name) = world.library.country_name(country, &locale) else {
        return ask(turn, "embassy-ask-again", State { asked_again: 1 });
    };
    let name = Value::Text(name.to_owned());
    let missions = &world.library.missions;
    let draft = if country == HOME {
        Draft::default().then("embassy-inside")
    } else if let Some(here) = missions.by_country.get(country).filter(|here| !here.is_empty()) {
        listed(Draft::default().then_with("embassy-in", [("country", name)]), here, world, &locale).then("embassy-note")
    } else if let Some(coverage) = missions.coverage.get(country) {
        covered(coverage, name, world, &locale).then("embassy-note")
    } else {
        Draft::default().then_with("embassy-none", [("country", name)])
    };
    let draft = [Item::Prepare, Item::Route].into_iter().fold(draft, menu::with);
    turn.say(draft.choice("menu:embassy", "choice-another-country").officer().menu());
}

fn ask(turn: &mut Turn<'_>, phrase: &str, state: State) {
    let locale = turn.locale();
    let library = turn.world.library;
    let draft =
        COMMON.into_iter().fold(Draft::of(phrase), |draft, country| match library.country_name(country, &locale) {
            Some(name) => draft.labelled(&format!("country:{country}"), Label::Text(name.to_owned())),
            None => draft,
        });
    turn.say(draft.officer().menu());
    turn.state.flow = Some(Flow::Embassy(state));
}

/// The missions that stand in a country.
fn listed(draft: Draft, missions: &[Mission], world: &World<'_>, locale: &LocaleTag) -> Draft {
    let draft = missions.iter().take(MOST_MISSIONS).fold(draft, |draft, mission| line(draft, mission, locale));
    let worst = missions.iter().map(|mission| mission.status).max();
    let draft = match worst {
        Some(MissionStatus::Check) => draft.then("embassy-check"),
        Some(MissionStatus::Closed) => draft.then("embassy-closed"),
        Some(MissionStatus::Listed) | None => draft,
    };
    let instead = missions.iter().find_map(|mission| mission.use_instead.as_deref());
    match instead.and_then(|country| world.library.country_name(country, locale)) {
        Some(name) => draft.then_with("embassy-instead", [("country", Value::Text(name.to_owned()))]),
        None => draft,
    }
}

/// The mission of another country that serves this one.
fn covered(coverage: &Coverage, name: Value, world: &World<'_>, locale: &LocaleTag) -> Draft {
    let covering = world.library.country_name(&coverage.covered_by, locale).unwrap_or(&coverage.covered_by);
    let city = city(locale, &coverage.city, coverage.city_ar.as_deref());
    let args = [("country", name), ("covering", Value::Text(covering.to_owned())), ("city", city)];
    let draft = Draft::default().then_with("embassy-covered", args);
    let there = world.library.missions.by_country.get(&coverage.covered_by).map_or(&[][..], Vec::as_slice);
    let there: Vec<Mission> = there.iter().filter(|mission| mission.city == coverage.city).cloned().collect();
    listed(draft, &there, world, locale)
}

fn line(draft: Draft, mission: &Mission, locale: &LocaleTag) -> Draft {
    let kind = match mission.kind {
        MissionKind::Embassy => "mission-embassy",
        MissionKind::Consulate => "mission-consulate",
        MissionKind::Other => "mission-other",
    };
    draft.then_with(
        "embassy-line",
        [
            ("kind", phrase(kind)),
            ("city", city(locale, &mission.city, mission.city_ar.as_deref())),
            ("phone", told(mission.phone.as_deref())),
            ("email", told(mission.email.as_deref())),
            ("url", told(mission.url.as_deref())),
        ],
    )
}

/// A contact, else that it is not available. What may not be told never comes into the library (domain.md §4).
fn told(contact: Option<&str>) -> Value {
    contact.map_or_else(|| phrase("not-available"), |contact| Value::Text(contact.to_owned()))
}

fn city(locale: &LocaleTag, english: &str, arabic: Option<&str>) -> Value {
    let own = arabic.filter(|_| *locale == LocaleTag::ARABIC);
    Value::Text(own.unwrap_or(english).to_owned())
}

fn phrase(id: &str) -> Value {
    Value::Phrase { phrase: id.to_owned() }
}
