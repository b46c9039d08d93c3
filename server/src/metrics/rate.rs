//! What a day of work costs, as configuration says.
//! It must not compute a cost.

/// A day rate with its currency.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rate {
    /// What one day of one person costs.
    pub day: f64,
    /// ISO 4217, e.g. `EUR`.
    pub currency: String,
}

/// The highest day rate that is taken for one: beyond it somebody meant a year.
const MAX_DAY: f64 = 1_000_000.0;

/// Why a day rate is none.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadRate {
    #[error("the day rate must be a number above 0 and up to 1,000,000, not {0}")]
    Day(f64),
    #[error("the currency must be three capital letters of ISO 4217, e.g. EUR, not \"{0}\"")]
    Currency(String),
}

impl Rate {
    /// Checks both parts.
    ///
    /// # Errors
    /// When the rate is no positive number, or the currency is not three capital letters.
    pub fn new(day: f64, currency: &str) -> Result<Self, BadRate> {
        if !day.is_finite() || day <= 0.0 || day > MAX_DAY {
            return Err(BadRate::Day(day));
        }
        if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(BadRate::Currency(currency.to_owned()));
        }
        Ok(Self { day, currency: currency.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_rate_is_refused() {
        assert_eq!(Rate::new(800.0, "EUR").unwrap(), Rate { day: 800.0, currency: "EUR".to_owned() });
        for day in [-1.0, 0.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(matches!(Rate::new(day, "EUR"), Err(BadRate::Day(_))), "{day}");
        }
        for currency in ["eur", "EU", "EURO", "€", "", "E1R"] {
            assert!(matches!(Rate::new(800.0, currency), Err(BadRate::Currency(_))), "{currency}");
        }
    }
}
