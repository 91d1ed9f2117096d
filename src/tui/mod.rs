//! The screen: a stack of layers over one session, drawn when something changed and never otherwise, but for a
//! drill clock that runs.

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
mod steady;
pub mod terminal;
pub mod theme;

pub use app::App;
pub use draft::Drafts;
pub use layer::{Desk, Habits, Looks};
pub use lookups::LookUps;
pub use screen::{Leave, Screen, Start, welcome};
pub use screens::{Choice, Welcome};
