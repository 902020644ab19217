//! The tries that guess a text: by zxcvbn, which knows words, names and patterns, or by a simple estimate where the
//! feature `strength` is off.

/// An estimate of the tries that guess a text.
pub(super) struct Estimate {
    /// The decimal logarithm of the tries.
    digits: f64,
    /// True if the tries are many: 100 million at least.
    pub(super) is_strong: bool,
}

impl Estimate {
    /// Judges a text. `known` holds the texts that somebody would try first.
    #[cfg(feature = "strength")]
    pub(super) fn of(text: &str, known: &[&str]) -> Self {
        let estimate = zxcvbn::zxcvbn(text, known);
        Self { digits: estimate.guesses_log10(), is_strong: estimate.score() >= zxcvbn::Score::Three }
    }

    /// Judges a text. `known` holds the texts that somebody would try first.
    #[cfg(not(feature = "strength"))]
    pub(super) fn of(text: &str, known: &[&str]) -> Self {
        let digits = super::simple::tries(text, known);
        Self { digits, is_strong: digits >= super::simple::STRONG }
    }

    /// Returns the decimal logarithm of the tries, as a whole number.
    pub(super) fn rounded(&self) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to some hundreds"
        )]
        let tries = self.digits.max(0.0).round() as u32;
        tries
    }
}
