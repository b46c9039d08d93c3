//! A cache of bounded weight in two generations: what was not asked for during a whole generation is forgotten.
//! It must not know what it keeps.
use std::{collections::HashMap, hash::Hash, mem};

/// Keeps values up to about a weight. Both generations together never weigh more than that and one value.
pub(super) struct Generations<K, V> {
    young: HashMap<K, (V, usize)>,
    old: HashMap<K, (V, usize)>,
    weight: usize,
    /// What the young generation may weigh.
    most: usize,
}

impl<K: Hash + Eq + Clone, V> Generations<K, V> {
    pub(super) fn new(most: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), weight: 0, most: most / 2 }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<&V> {
        if let Some((value, weight)) = self.old.remove(key) {
            self.put(key.clone(), value, weight);
        }
        self.young.get(key).map(|(value, _)| value)
    }

    pub(super) fn put(&mut self, key: K, value: V, weight: usize) {
        if self.weight + weight > self.most {
            self.old = mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += weight;
        self.young.insert(key, (value, weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut kept = Generations::new(20);
        for key in 0..100 {
            kept.put(key, key, 1);
            assert_eq!(kept.get(&0), Some(&0));
        }
        assert_eq!(kept.get(&99), Some(&99));
        assert_eq!(kept.get(&1), None);
        assert!(kept.young.len() + kept.old.len() <= 21);
    }
}
