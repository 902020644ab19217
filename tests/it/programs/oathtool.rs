//! Codes of one-time passwords beside those of `oathtool`, if it is installed. A run compares a thousand codes;
//! `CREDCTL_TEST_CODES` names another number.

use std::env;
use std::process::Command;
use std::thread;

use credctl::otp::{OneTimePassword, OtpParameters, base32};

use super::installed;

/// The number of codes that one process of `oathtool` prints.
const CODES: usize = 4;

/// A seed with everything that `oathtool` takes.
struct Case {
    seed: Vec<u8>,
    algorithm: &'static str,
    digits: u8,
    period: u32,
    /// The time in seconds, or the counter.
    at: u64,
    counted: bool,
}

impl Case {
    fn random() -> Self {
        let mut bytes = [0; 96];
        credctl::random::fill(&mut bytes).unwrap();
        let [length, algorithm, digits, period_low, period_high, counted, time @ ..] = bytes;
        let (time, rest) = time.split_first_chunk::<8>().unwrap();
        let counted = counted % 4 == 0;
        // oathtool knows HOTP with SHA-1 only
        let algorithm = if counted { 0 } else { usize::from(algorithm % 3) };
        Self {
            seed: rest[..usize::from(length % 64) + 1].to_vec(),
            algorithm: ["SHA1", "SHA256", "SHA512"][algorithm],
            digits: 6 + digits % 3,
            period: 1 + u32::from(u16::from_le_bytes([period_low, period_high])) % 3600,
            // up to the year 2242
            at: u64::from_le_bytes(*time) % (1 << 33),
            counted,
        }
    }

    fn ours(&self) -> Vec<String> {
        let secret = base32(&self.seed);
        let (digits, period) = (self.digits.to_string(), self.period.to_string());
        let password = OneTimePassword::of(&OtpParameters {
            algorithm: Some(self.algorithm),
            digits: Some(&digits),
            period: Some(&period),
            ..OtpParameters::new(if self.counted { "hotp" } else { "totp" }, &secret)
        })
        .unwrap();
        let first = if self.counted { self.at } else { password.factor(self.at) };
        (first..).take(CODES).map(|factor| password.code(factor).expose().to_owned()).collect()
    }

    fn theirs(&self, program: &std::path::Path) -> Vec<String> {
        let mut command = Command::new(program);
        if self.counted {
            command.args(["--hotp", "--counter", &self.at.to_string()]);
        } else {
            command.arg(format!("--totp={}", self.algorithm.to_lowercase()));
            command.args([
                "--time-step-size",
                &format!("{}s", self.period),
                "--now",
                &format!("@{}", self.at),
            ]);
        }
        command.args([
            "--window",
            &(CODES - 1).to_string(),
            "--digits",
            &self.digits.to_string(),
            "--base32",
        ]);
        let output = command.arg(base32(&self.seed).expose()).output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "for whoever reads the output of the tests")]
fn codes_are_those_of_oathtool() {
    const THREADS: usize = 4;
    let Some(program) = installed("oathtool") else { return };
    let wanted: usize = env::var("CREDCTL_TEST_CODES").map_or(1000, |count| count.parse().unwrap());
    let processes = wanted.div_ceil(CODES * THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..processes {
                    let case = Case::random();
                    let Case { algorithm, digits, period, at, counted, .. } = case;
                    let what =
                        (base32(&case.seed).expose().to_owned(), algorithm, digits, period, at, counted);
                    assert_eq!(case.ours(), case.theirs(&program), "{what:?}");
                }
            });
        }
    });
    eprintln!("{} codes were compared with oathtool", processes * CODES * THREADS);
}
