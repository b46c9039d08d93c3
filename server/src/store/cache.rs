//! Answers that cost more than a look-up, kept until the catalog changes.
//! It must not hold anything that is not derived from the generation it is kept under.
use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Answers kept at once; beyond it all are dropped, which is cheaper than to know which one matters least.
const MAX_ANSWERS: usize = 512;

type Answer = Arc<dyn Any + Send + Sync>;

/// What is replaced whole now and then: of each kind the newest is kept, whatever else changes in the catalog.
#[derive(Debug, Default)]
pub(super) struct Newest(Mutex<HashMap<&'static str, (i64, Answer)>>);

impl Newest {
    /// What is kept of a kind, when it is of this revision.
    pub(super) fn find<T: Send + Sync + 'static>(&self, kind: &'static str, revision: i64) -> Option<Arc<T>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, answer) = held.get(kind).filter(|(of, _)| *of == revision)?;
        answer.clone().downcast().ok()
    }

    /// Keeps what was read after its revision was; an older one makes place for it.
    pub(super) fn keep<T: Send + Sync + 'static>(&self, kind: &'static str, revision: i64, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.get(kind).is_none_or(|(of, _)| *of <= revision) {
            held.insert(kind, (revision, value.clone()));
        }
        value
    }
}

/// Answers of one generation, by question.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<(u64, HashMap<String, Answer>)>);

impl Cache {
    /// The answer to a question, when it was asked at this generation.
    pub(super) fn find<T: Send + Sync + 'static>(&self, generation: u64, question: &str) -> Option<Arc<T>> {
        let held = self.lock();
        if held.0 != generation {
            return None;
        }
        held.1.get(question).cloned()?.downcast().ok()
    }

    /// Keeps an answer that was computed after the generation was read.
    pub(super) fn keep<T: Send + Sync + 'static>(&self, generation: u64, question: &str, answer: T) -> Arc<T> {
        let answer = Arc::new(answer);
        let mut held = self.lock();
        if held.0 < generation {
            *held = (generation, HashMap::new());
        }
        if held.0 == generation {
            if held.1.len() >= MAX_ANSWERS {
                held.1.clear();
            }
            held.1.insert(question.to_owned(), answer.clone());
        }
        answer
    }

    fn lock(&self) -> MutexGuard<'_, (u64, HashMap<String, Answer>)> {
        // A panic while the lock was held leaves a whole map: it is only ever replaced or inserted into.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_a_kind_is_kept() {
        let newest = Newest::default();
        newest.keep("n", 2, 5_u64);
        assert_eq!(newest.find::<u64>("n", 2).as_deref(), Some(&5));
        // A slow reader of an older revision neither finds nor replaces it.
        assert_eq!(*newest.keep("n", 1, 4_u64), 4);
        assert_eq!((newest.find::<u64>("n", 1), newest.find::<u64>("n", 2).as_deref()), (None, Some(&5)));
        assert_eq!(newest.find::<u64>("m", 2), None);
    }

    #[test]
    fn answers_do_not_outlive_their_generation() {
        let cache = Cache::default();
        cache.keep(1, "n", 5_u64);
        assert_eq!(cache.find::<u64>(1, "n").as_deref(), Some(&5));
        cache.keep(2, "m", 6_u64);
        assert_eq!(cache.find::<u64>(2, "n"), None);
        cache.keep(1, "n", 5_u64);
        assert_eq!(cache.find::<u64>(1, "n"), None);
    }
}
