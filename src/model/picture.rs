//! Pictures that may go with words. A name, not bytes: a picture is the same for everybody, and is drawn where it is sent.
use super::Stage;
use serde::{Deserialize, Serialize};

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// The route of a request with the station marked where one at this stage is. Nothing of whose it is.
    Route(Stage),
}

impl Picture {
    /// Its name in addresses: `route-with_embassy`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Route(stage) => format!("route-{stage}"),
        }
    }

    /// The picture of this name. None where there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Stage::parse(name.strip_prefix("route-")?).map(Self::Route)
    }
}

/// A picture with the words that say what it shows, for those who do not see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPicture {
    /// Which.
    pub picture: Picture,
    /// What it shows.
    pub alt: String,
}
