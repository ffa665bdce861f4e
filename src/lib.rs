//! `awasir`: the messaging and inquiry bot of the Awasir charity. See `README.md`; the full map is written as the layers land.
pub mod app;
pub mod assets;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod engine;
pub mod knowledge;
pub mod locale;
pub mod model;
pub mod net;
pub mod seal;
pub mod settings;
pub mod store;
pub mod text;
pub mod web;
