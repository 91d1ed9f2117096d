//! The word that was probably meant.

/// The candidate nearest to `said`, where one is near enough to have been meant: at most a third of the
/// longer word differs (Damerau-Levenshtein, optimal string alignment), case aside.
pub fn nearest<'a>(said: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let said: Vec<char> = said.to_lowercase().chars().collect();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        let longer = said.len().max(letters.len());
        let distance = apart(&said, &letters);
        // A word of two characters may differ in one: 影想 is 影响.
        (distance <= (longer / 3).max(1) && distance < longer).then_some((distance, candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// In how many characters two words differ (Damerau-Levenshtein, optimal string alignment).
pub fn distance(a: &str, b: &str) -> usize {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    apart(&letters(a), &letters(b))
}

fn apart(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let same = usize::from(x != y);
            let mut best = (at(&last, j) + same).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        assert_eq!(nearest("影想", ["影响", "活动"]), Some("影响"));
        assert_eq!(nearest("aspcet", ["aspect", "hazard"]), Some("aspect"));
        assert_eq!(nearest("Level", ["level"]), Some("level"));
        assert_eq!(nearest("xyz", ["aspect"]), None);
        assert_eq!(nearest("中", ["文"]), None);
    }
}
