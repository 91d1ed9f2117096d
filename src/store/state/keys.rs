//! Keys and sums of the state: how what it keeps is named in sled.

use super::{EntryKey, PageKey, Position};

/// The key of a piece of a page.
pub fn piece_key(page: PageKey, piece: u16) -> [u8; 7] {
    let mut key = [0; 7];
    let (name, number) = key.split_at_mut(5);
    name.copy_from_slice(&page.bytes());
    number.copy_from_slice(&piece.to_be_bytes());
    key
}

/// Where a commit begins, as the tree of commits keeps it.
pub fn place_bytes(position: Position) -> [u8; 12] {
    let mut bytes = [0; 12];
    let (year, offset) = bytes.split_at_mut(4);
    year.copy_from_slice(&position.year.to_be_bytes());
    offset.copy_from_slice(&position.offset.to_be_bytes());
    bytes
}

/// The key that says which commit changed which entry.
pub fn history_key(seq: u64, entry: EntryKey) -> [u8; 12] {
    let mut bytes = [0; 12];
    let (key, number) = bytes.split_at_mut(4);
    key.copy_from_slice(&entry.0.to_be_bytes());
    number.copy_from_slice(&seq.to_be_bytes());
    bytes
}

/// A name and a checksum spread over 64 bits, so that a sum of them shows any change.
pub fn mix(page: PageKey, checksum: u32) -> u64 {
    let [family, a, b, c, d] = page.bytes();
    let name = u64::from(family) << 32 | u64::from(u32::from_be_bytes([a, b, c, d]));
    spread(spread(name) ^ u64::from(checksum))
}

/// The finisher of `SplitMix64`.
fn spread(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
