//! A sentence in the last line: what just happened, or why it did not.

use crate::wording::{Message, Tell};

/// A sentence to show until the next key.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What it says.
    pub message: Message,
    /// Whether something went wrong.
    pub wrong: bool,
}

impl Notice {
    /// Says what happened.
    pub fn said(message: Message) -> Self {
        Self { message, wrong: false }
    }

    /// Says why it did not.
    pub fn wrong(error: &impl Tell) -> Self {
        Self { message: error.message(), wrong: true }
    }
}
