//! A secret text as a QR code of half blocks, for the camera of another device.

use credctl::secret::{Buffer, Secret};
use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};
use zeroize::Zeroizing;

use super::context::ScreenSize;
use super::error::Error;

/// The light border around the code, in modules. The norm has 4; cameras do with less, and terminals are narrow.
const BORDER: i32 = 2;

/// Draws a text, one line of characters for two rows of modules. With `colour`, the code is black on white whatever the
/// terminal is; without, light modules are the colour of the text, as terminals are dark.
///
/// # Errors
/// A text that is too long for a code, or a code that the terminal does not show as a whole.
pub fn draw(text: &Secret, colour: bool, screen: Option<ScreenSize>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut scratch = Zeroizing::new(vec![0; Version::MAX.buffer_len()]);
    let mut modules = Zeroizing::new(vec![0; Version::MAX.buffer_len()]);
    let code = QrCode::encode_text(
        text.expose(),
        &mut scratch,
        &mut modules,
        QrCodeEcc::Low,
        Version::MIN,
        Version::MAX,
        None,
        true,
    )
    .map_err(|_| Error::usage("the seed and its names are too long for a QR code"))?;
    let width = code.size() + 2 * BORDER;
    // the prompt comes below the code
    let lines = (width + 1) / 2 + 1;
    if screen.is_some_and(|screen| i32::from(screen.columns) < width) {
        return Err(Error::usage(format!("the QR code needs {width} columns, and the terminal has fewer")));
    }
    if screen.is_some_and(|screen| i32::from(screen.lines) < lines) {
        return Err(Error::usage(format!("the QR code needs {lines} lines, and the terminal has fewer")));
    }
    // outside the code, every module is light
    let is_dark = |x: i32, y: i32| code.get_module(x, y);
    let mut out = Buffer::with_capacity(16 * 1024);
    for y in (-BORDER..code.size() + BORDER).step_by(2) {
        out.push(if colour { "\u{1b}[30;107m" } else { "" });
        for x in -BORDER..code.size() + BORDER {
            let is_ink = |y| is_dark(x, y) == colour;
            out.push(match (is_ink(y), is_ink(y + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => " ",
            });
        }
        out.push(if colour { "\u{1b}[0m\n" } else { "\n" });
    }
    Ok(out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::cli::context::ScreenSize;
    use credctl::secret::Secret;

    fn drawn(text: &str, colour: bool) -> String {
        String::from_utf8(draw(&Secret::from(text), colour, None).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_code_is_square_with_a_light_border() {
        let plain = drawn("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", false);
        let lines: Vec<Vec<char>> = plain.lines().map(|line| line.chars().collect()).collect();
        // 60 bytes take version 4: 33 modules
        assert!(lines.iter().all(|line| line.len() == 37), "{plain}");
        assert_eq!(lines.len(), 19);
        assert!(lines[0].iter().all(|c| *c == '█') && lines.iter().all(|line| line[0] == '█'), "{plain}");
        // the upper left corner: a ring of dark modules around a light one
        assert_eq!(lines[1][2..9].iter().collect::<String>(), " ▄▄▄▄▄ ");
    }

    #[test]
    fn colours_turn_the_ink_over() {
        let (plain, coloured) = (drawn("x", false), drawn("x", true));
        let turned = |c| match c {
            '█' => ' ',
            ' ' => '█',
            '▀' => '▄',
            '▄' => '▀',
            other => other,
        };
        let expected: String = plain
            .lines()
            .map(|line| format!("\u{1b}[30;107m{}\u{1b}[0m\n", line.chars().map(turned).collect::<String>()))
            .collect();
        assert_eq!(coloured, expected);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let text = Secret::from("x");
        // 25 modules with the border: 13 lines, and one for the prompt
        for (columns, lines, fits) in [(25, 14, true), (24, 14, false), (25, 13, false)] {
            assert_eq!(draw(&text, false, Some(ScreenSize { columns, lines })).is_ok(), fits, "{columns}");
        }
        assert!(draw(&Secret::from("x".repeat(3000)), false, None).is_err());
    }
}
