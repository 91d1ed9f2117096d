//! The screen: a stack of layers over one session, drawn when something changed and never otherwise.

pub mod action;
mod app;
mod chooser;
mod draft;
mod edit;
pub mod keymap;
mod layer;
mod lookups;
mod notice;
mod paint;
mod screen;
mod screens;
pub mod terminal;
pub mod theme;

pub use app::App;
pub use draft::Drafts;
pub use layer::{Desk, Habits};
pub use lookups::LookUps;
pub use screen::{Leave, Screen, Start, welcome};
pub use screens::{Choice, Welcome};
