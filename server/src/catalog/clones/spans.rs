//! Sets that grow together, for stretches and documents that hold the same code.
//! It must not know what it joins.

/// Which things belong together.
pub(super) struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..super::documents::position(n)).collect() }
    }

    /// What stands for the group of `at`: its least member.
    pub(super) fn of(&mut self, at: u32) -> u32 {
        let mut root = at;
        while self.parent[root as usize] != root {
            self.parent[root as usize] = self.parent[self.parent[root as usize] as usize];
            root = self.parent[root as usize];
        }
        root
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

/// What two stretches share of what they cover together, in hundredths.
pub(super) fn jaccard(a: (u32, u32), b: (u32, u32)) -> u32 {
    let shared = (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0));
    let both = a.1.max(b.1) + 1 - a.0.min(b.0);
    (u64::from(shared) * 100 / u64::from(both).max(1)) as u32
}
