//! Work for all processors, whose results come in the order of the work.

use std::sync::mpsc::sync_channel;

use super::error::StoreError;

/// How many results may wait to be taken, for each processor.
const AHEAD: usize = 4;

/// Does the work on every item, and hands the results over in the order of the items.
pub fn in_order<I: Send, O: Send>(
    items: Vec<I>,
    work: impl Fn(I) -> O + Sync,
    mut each: impl FnMut(O) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let hands = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let count = items.len();
    let mut own: Vec<Vec<I>> = (0..hands).map(|_| Vec::new()).collect();
    for (item, hand) in items.into_iter().zip((0..hands).cycle()) {
        if let Some(own) = own.get_mut(hand) {
            own.push(item);
        }
    }
    let work = &work;
    std::thread::scope(|scope| {
        let mut came = Vec::new();
        for items in own {
            let (give, take) = sync_channel(AHEAD);
            scope.spawn(move || items.into_iter().all(|item| give.send(work(item)).is_ok()));
            came.push(take);
        }
        for take in came.iter().cycle().take(count) {
            each(take.recv().map_err(|_| StoreError::Stopped)?)?;
        }
        Ok(())
    })
}
