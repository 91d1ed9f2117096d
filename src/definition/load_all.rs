//! Reading all registers at once.

use super::SourceFile;
use super::load::{Loaded, load};
use crate::source::Problem;

/// Reads the files of registers, on every processor: a small book is opened by the time this is done. Of several problems
/// that of the first file is told.
pub(super) fn load_all<'f>(files: &[&'f SourceFile]) -> Result<Vec<(&'f SourceFile, Loaded)>, Problem> {
    let read = |files: &[&'f SourceFile]| {
        files.iter().map(|file| Ok((*file, load(&file.path(), &file.text)?))).collect::<Result<Vec<_>, _>>()
    };
    let hands = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    if hands == 1 || files.len() < 2 * hands {
        return read(files);
    }
    std::thread::scope(|scope| {
        let (first, others) = files.split_at(files.len().div_ceil(hands));
        let others = others.chunks(files.len().div_ceil(hands));
        let others: Vec<_> = others.map(|part| scope.spawn(move || read(part))).collect();
        let mut all = read(first)?;
        for other in others {
            // A panic there is one here.
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}
