//! The terminal: keys in, cells out, and always left as it was found.

mod guard;
mod input;
mod key;
mod rows;
mod writer;

pub use guard::{Guard, Unfit, fit};
pub use input::{Input, read_keys, read_signals};
pub use key::{Code, Key};
pub use writer::{Depth, Writer};
