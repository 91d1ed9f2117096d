//! One cell of an entry as it is kept: a frozen structure that holds numbers of texts and judgements.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Undecodable, number, text, texts};
use crate::book::{Cell, Date, EntryKey, Once, Pool};
use crate::scoring::{Decimal, Evaluation};

/// Grows at the end only.
#[derive(Serialize, Deserialize)]
pub enum CellV2 {
    Empty,
    Text(u32),
    Number([u8; 16]),
    Date(i32, u8, u8),
    YesNo(bool),
    Choice(u32),
    Choices(Vec<u32>),
    Links(Vec<u32>),
    Evaluation { judged: u32, occasion: u32, residual: Option<u32> },
    Json(String),
}

/// A cell as it is kept; none where it holds what the pool does not know.
pub fn encode_cell(cell: &Cell, pool: &Pool) -> Option<CellV2> {
    Some(match cell {
        Cell::Empty => CellV2::Empty,
        Cell::Text(id) => CellV2::Text(number(*id)),
        Cell::Number(exact) => CellV2::Number(exact.serialize()),
        Cell::Date(date) => {
            let (year, month, day) = date.parts();
            CellV2::Date(year, month.unwrap_or(0), day.unwrap_or(0))
        }
        Cell::YesNo(yes) => CellV2::YesNo(*yes),
        Cell::Choice(id) => CellV2::Choice(number(*id)),
        Cell::Choices(ids) => CellV2::Choices(ids.iter().copied().map(number).collect()),
        Cell::Links(keys) => CellV2::Links(keys.iter().map(|key| key.0).collect()),
        Cell::Evaluation(evaluation) => CellV2::Evaluation {
            judged: pool.judged.number(&evaluation.judged)?,
            occasion: pool.occasions.number(&evaluation.occasion)?,
            residual: match &evaluation.residual {
                Some(residual) => Some(pool.residuals.number(residual)?),
                None => None,
            },
        },
        Cell::Rows(_) | Cell::Files(_) => CellV2::Json(serde_json::to_string(&cell.value(&pool.texts)).ok()?),
    })
}

/// A cell from how it is kept.
pub fn decode_cell(cell: CellV2, pool: &Pool) -> Result<Cell, Undecodable> {
    Ok(match cell {
        CellV2::Empty => Cell::Empty,
        CellV2::Text(number) => Cell::Text(text(number, pool)?),
        CellV2::Number(bytes) => Cell::Number(Decimal::deserialize(bytes)),
        CellV2::Date(year, month, day) => Cell::Date(Date::of_parts(year, month, day).ok_or(Undecodable)?),
        CellV2::YesNo(yes) => Cell::YesNo(yes),
        CellV2::Choice(number) => Cell::Choice(text(number, pool)?),
        CellV2::Choices(numbers) => Cell::Choices(texts(numbers, pool)?),
        CellV2::Links(keys) => Cell::Links(keys.into_iter().map(EntryKey).collect()),
        CellV2::Evaluation { judged, occasion, residual } => Cell::Evaluation(Box::new(Evaluation {
            judged: shared_one(&pool.judged, judged)?,
            occasion: shared_one(&pool.occasions, occasion)?,
            residual: residual.map(|residual| shared_one(&pool.residuals, residual)).transpose()?,
        })),
        CellV2::Json(json) => match serde_json::from_str(&json).map_err(|_| Undecodable)? {
            crate::book::Value::Rows(rows) => Cell::Rows(rows.into()),
            crate::book::Value::Files(files) => Cell::Files(files.into()),
            _ => return Err(Undecodable),
        },
    })
}

fn shared_one<T: Eq + std::hash::Hash>(once: &Once<T>, number: u32) -> Result<Arc<T>, Undecodable> {
    once.get(number).map(Arc::clone).ok_or(Undecodable)
}
