//! Values of the state as bytes: `[format][crc32 of format and payload][payload]`.
//!
//! The payload is bincode of a frozen structure. It does not describe itself and turns flipped bits into
//! other valid values, hence the checksum, the exact length, the limit, and one structure per format that
//! is never edited. What may still grow (evaluations, rows) lies in it as JSON.

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use serde::{Deserialize, Serialize};

use crate::book::{EntryKey, Kept, Value};

const FORMAT: u8 = 1;
const LIMIT: usize = 65_536;
const CONFIG: Configuration<LittleEndian, Varint, Limit<LIMIT>> =
    bincode::config::standard().with_limit::<LIMIT>();

/// Bytes that are not what this program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecodable;

#[derive(Serialize, Deserialize)]
struct EntryV1 {
    register: String,
    serial: String,
    former: Vec<String>,
    seq: u64,
    at: i64,
    by: String,
    fields: Option<Vec<(String, ValueV1)>>,
}

/// Grows at the end only.
#[derive(Serialize, Deserialize)]
enum ValueV1 {
    Text(String),
    Number(String),
    Date(String),
    YesNo(bool),
    Choice(String),
    Choices(Vec<String>),
    Links(Vec<u32>),
    Json(String),
}

/// An entry and its register as bytes; nothing where it is too large to be read again.
pub fn encode(register: &str, kept: &Kept) -> Option<Vec<u8>> {
    let fields = kept.fields.as_ref().map(|fields| {
        fields.iter().map(|(id, value)| Some((id.clone(), encode_value(value)?))).collect::<Option<Vec<_>>>()
    });
    let fields = match fields {
        Some(fields) => Some(fields?),
        None => None,
    };
    let entry = EntryV1 {
        register: register.to_owned(),
        serial: kept.serial.clone(),
        former: kept.former.clone(),
        seq: kept.seq,
        at: kept.at,
        by: kept.by.clone(),
        fields,
    };
    let payload =
        bincode::serde::encode_to_vec(entry, CONFIG).ok().filter(|payload| payload.len() <= LIMIT)?;
    let mut bytes = vec![FORMAT];
    bytes.extend(checksum(FORMAT, &payload).to_le_bytes());
    bytes.extend(payload);
    Some(bytes)
}

/// The entry and its register in these bytes.
pub fn decode(bytes: &[u8]) -> Result<(String, Kept), Undecodable> {
    let (format, rest) = bytes.split_first().ok_or(Undecodable)?;
    let (sum, payload) = rest.split_first_chunk::<4>().ok_or(Undecodable)?;
    if *format != FORMAT || u32::from_le_bytes(*sum) != checksum(*format, payload) {
        return Err(Undecodable);
    }
    let (entry, read): (EntryV1, usize) =
        bincode::serde::decode_from_slice(payload, CONFIG).map_err(|_| Undecodable)?;
    if read != payload.len() {
        return Err(Undecodable);
    }
    let fields = match entry.fields {
        Some(fields) => Some(
            fields
                .into_iter()
                .map(|(id, value)| Ok((id, decode_value(value)?)))
                .collect::<Result<_, Undecodable>>()?,
        ),
        None => None,
    };
    let EntryV1 { register, serial, former, seq, at, by, .. } = entry;
    Ok((register, Kept { serial, former, seq, at, by, fields }))
}

/// The checksum in the bytes, which also stands for them in the digest of the state.
pub fn stored_checksum(bytes: &[u8]) -> u32 {
    bytes.get(1..5).and_then(|sum| sum.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn checksum(format: u8, payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&[format]);
    crc.update(payload);
    crc.finalize()
}

fn encode_value(value: &Value) -> Option<ValueV1> {
    Some(match value {
        Value::Text(text) => ValueV1::Text(text.clone()),
        Value::Number(number) => ValueV1::Number(number.to_string()),
        Value::Date(date) => ValueV1::Date(date.to_string()),
        Value::YesNo(yes) => ValueV1::YesNo(*yes),
        Value::Choice(code) => ValueV1::Choice(code.clone()),
        Value::Choices(codes) => ValueV1::Choices(codes.clone()),
        Value::Links(keys) => ValueV1::Links(keys.iter().map(|key| key.0).collect()),
        Value::Evaluation(_) | Value::Rows(_) | Value::Files(_) => {
            ValueV1::Json(serde_json::to_string(value).ok()?)
        }
    })
}

fn decode_value(value: ValueV1) -> Result<Value, Undecodable> {
    Ok(match value {
        ValueV1::Text(text) => Value::Text(text),
        ValueV1::Number(number) => Value::Number(number.parse().map_err(|_| Undecodable)?),
        ValueV1::Date(date) => Value::Date(date.parse().map_err(|_| Undecodable)?),
        ValueV1::YesNo(yes) => Value::YesNo(yes),
        ValueV1::Choice(code) => Value::Choice(code),
        ValueV1::Choices(codes) => Value::Choices(codes),
        ValueV1::Links(keys) => Value::Links(keys.into_iter().map(EntryKey).collect()),
        ValueV1::Json(json) => serde_json::from_str(&json).map_err(|_| Undecodable)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        let fields = vec![
            ("aspect".to_owned(), Value::Text("潜在火灾".to_owned())),
            ("impact".to_owned(), Value::Choices(vec!["air".to_owned()])),
            ("activity".to_owned(), Value::Links(vec![EntryKey(3)])),
            ("planned".to_owned(), Value::Number("0.5".parse().unwrap())),
            ("review".to_owned(), Value::Date("2022-03".parse().unwrap())),
        ];
        let (serial, by) = ("EA-0007".to_owned(), "体系专员".to_owned());
        Kept { serial, former: vec!["EA-7".to_owned()], seq: 12, at: 1_652_000_000, by, fields: Some(fields) }
    }

    #[test]
    fn the_bytes_of_format_1_never_change() {
        let bytes = encode("aspects", &kept()).unwrap();
        let hex = bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        insta::assert_snapshot!(hex);
        assert_eq!(decode(&bytes), Ok(("aspects".to_owned(), kept())));
    }

    #[test]
    fn no_flipped_bit_and_no_cut_goes_unseen() {
        let bytes = encode("aspects", &kept()).unwrap();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert_eq!(decode(&flipped), Err(Undecodable), "bit {at}");
        }
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length]), Err(Undecodable));
        }
    }
}
