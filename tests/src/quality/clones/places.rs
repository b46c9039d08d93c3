//! Stretches of files, and how much of one another covers.
//! It must not know who reports a stretch.

/// A file of a repository (`owner/name`) and its path.
pub type File = (String, String);

/// 1-based, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines {
    pub from: u32,
    pub to: u32,
}

/// How much of a labelled pair is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    Nothing,
    /// At least a line of each place.
    Overlaps,
    /// At least half of the lines of each place.
    Half,
}

impl Lines {
    pub fn count(self) -> u32 {
        (self.to + 1).saturating_sub(self.from)
    }

    /// How much of these lines the others cover together.
    pub fn reach(self, others: &[Self]) -> Reach {
        let covered =
            (self.from..=self.to).filter(|line| others.iter().any(|one| one.from <= *line && *line <= one.to));
        match u32::try_from(covered.count()).unwrap_or(u32::MAX) {
            0 => Reach::Nothing,
            n if n * 2 >= self.count() => Reach::Half,
            _ => Reach::Overlaps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Reach};

    #[test]
    fn stretches_add_up_to_half() {
        let place = Lines { from: 11, to: 20 };
        let other = |from, to| Lines { from, to };
        assert_eq!(place.reach(&[other(1, 10), other(21, 30)]), Reach::Nothing);
        assert_eq!(place.reach(&[other(1, 12)]), Reach::Overlaps);
        assert_eq!(place.reach(&[other(1, 12), other(18, 40)]), Reach::Half);
        assert_eq!(place.reach(&[other(1, 13), other(12, 14)]), Reach::Overlaps);
    }
}
