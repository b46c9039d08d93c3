//! Wall time and processor time of a piece of work.
//! It must not run it.
use std::{fs, time::Instant};

/// Ticks a second that Linux counts processor time in, whatever the machine's own are.
const TICKS: f64 = 100.0;

/// What a piece of work took. Seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub wall: f64,
    /// Of this process and of those it waited for; `None` where the system does not tell (no Linux).
    pub processor: Option<f64>,
}

/// Started, and not yet read.
pub(crate) struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), processor: processor() }
    }

    pub(crate) fn took(&self) -> Took {
        let processor = processor().zip(self.processor).map(|(now, then)| now - then);
        Took { wall: self.wall.elapsed().as_secs_f64(), processor }
    }
}

/// Fields 14 to 17 of proc_pid_stat(5): user and system time, and those of children that ended. The name of the program, in
/// parentheses, may hold spaces.
fn processor() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> = fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    (ticks.len() == 4).then(|| ticks.iter().sum::<f64>() / TICKS)
}
