//! The one integration binary: what crosses modules is tested here. One binary links once; nextest still runs each test apart.
mod architecture;
mod knowledge;
mod locale;
mod render;
mod support;
mod text;
