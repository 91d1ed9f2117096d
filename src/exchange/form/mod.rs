//! The company's forms on paper: which columns in which order under which heads, what is merged, who signs.
//!
//! Forms are data, `data/forms/*.toml`; a file of the same name in `forms/` beside the book's data takes the place of one.

mod figure;
mod fill;
mod load;
mod paper;
mod plain;
mod render;
mod spread;
mod told;
mod usual;

pub use figure::figures;
pub use fill::{list, record};
pub use load::{Form, FormColumn, FormPart, Forms, What};
pub use paper::{Cell, Paper, Part, Shown, Table};
pub use plain::plain;
pub use render::html;
pub use spread::xlsx;
