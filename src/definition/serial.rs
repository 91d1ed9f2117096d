//! Record serials: how the number that people see is made.

/// A pattern such as `EA-{0000}` or `DR-{year}-{00}`: text, at most one `{year}`, exactly one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialPattern {
    before: String,
    year: bool,
    between: String,
    digits: usize,
    after: String,
}

impl SerialPattern {
    /// Reads a pattern; `None` where it has no counter, two of them, an unknown placeholder, or a sign that would
    /// not stand in a list of serials or in a query.
    pub fn parse(pattern: &str) -> Option<Self> {
        let (year, before, rest) = match pattern.split_once("{year}") {
            Some((before, rest)) => (true, before, rest),
            None => (false, "", pattern),
        };
        let (between, rest) = rest.split_once('{')?;
        let (zeros, after) = rest.split_once('}')?;
        let counter = !zeros.is_empty() && zeros.len() <= 9 && zeros.bytes().all(|byte| byte == b'0');
        let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
        (counter && plain(before) && plain(between) && plain(after)).then(|| Self {
            before: before.to_owned(),
            year,
            between: between.to_owned(),
            digits: zeros.len(),
            after: after.to_owned(),
        })
    }

    /// The pattern as it is written in a definition.
    pub fn pattern(&self) -> String {
        let year = if self.year { "{year}" } else { "" };
        format!("{}{year}{}{{{}}}{}", self.before, self.between, "0".repeat(self.digits), self.after)
    }

    /// The serial with this counter; `year` is the year that the record is of.
    pub fn make(&self, year: i32, counter: u32) -> String {
        let digits = self.digits;
        format!("{}{counter:0digits$}{}", self.prefix(year), self.after)
    }

    /// The counter inside `serial`, where it was made by this pattern in this year.
    pub fn counter(&self, year: i32, serial: &str) -> Option<u32> {
        let digits = serial.strip_prefix(&self.prefix(year))?.strip_suffix(self.after.as_str())?;
        let made = digits.len() >= self.digits && digits.bytes().all(|byte| byte.is_ascii_digit());
        made.then(|| digits.parse().ok()).flatten()
    }

    /// Whether a word may have been made by this pattern, in whatever year.
    pub fn may_be(&self, word: &str) -> bool {
        let year = || word.strip_prefix(&self.before)?.get(..4)?.parse().ok();
        let year = if self.year { year() } else { Some(0) };
        year.is_some_and(|year| self.counter(year, word).is_some())
    }

    /// What stands around the counter: two registers of one series would share their numbers.
    pub fn series(&self) -> (String, String) {
        (self.prefix(0), self.after.clone())
    }

    /// What stands before the counter: serials of one series share it.
    pub fn prefix(&self, year: i32) -> String {
        let year = if self.year { format!("{year:04}") } else { String::new() };
        format!("{}{year}{}", self.before, self.between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_and_reads_its_own_serials() {
        let pattern = SerialPattern::parse("DR-{year}-{00}").unwrap();
        assert_eq!(pattern.make(2022, 3), "DR-2022-03");
        assert_eq!(pattern.counter(2022, "DR-2022-03"), Some(3));
        assert_eq!(pattern.counter(2023, "DR-2022-03"), None);
        assert!(pattern.may_be("DR-1999-07") && !pattern.may_be("DR-1999") && !pattern.may_be("EA-1999-07"));
        assert_eq!(pattern.make(2022, 100), "DR-2022-100");
        assert_eq!(pattern.counter(2022, "DR-2022-100"), Some(100));
        assert_eq!(pattern.pattern(), "DR-{year}-{00}");
    }

    #[test]
    fn refuses_a_pattern_without_exactly_one_counter() {
        for wrong in
            ["", "EA", "EA-{}", "EA-{000}-{00}", "EA-{abc}", "{year}", "}{00}", "E A-{00}", "EA,{00}"]
        {
            assert_eq!(SerialPattern::parse(wrong), None, "{wrong}");
        }
    }
}
