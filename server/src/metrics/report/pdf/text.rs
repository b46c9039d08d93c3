//! Text as a PDF's base fonts hold it: Windows-1252 bytes, and how wide they are.
//! It must not place anything.

/// One of the two fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// What Windows-1252 holds from 0x80 to 0x9F; the five places it leaves open are `\0`.
const UPPER: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The ellipsis of Windows-1252.
const ELLIPSIS: u8 = 0x85;

/// Characters that are looked at; no line and no paragraph of a page holds as many.
const MAX_TEXT: usize = 1_500;

/// A text in Windows-1252. Control characters are spaces; what the encoding has no place for is `?`.
pub(super) fn encoded(text: &str) -> Vec<u8> {
    text.chars().take(MAX_TEXT).map(byte).collect()
}

fn byte(letter: char) -> u8 {
    match letter {
        letter if letter.is_control() => b' ',
        ' '..='~' => letter as u8,
        // Above ASCII the encoding is Latin-1.
        '\u{a0}'..='\u{ff}' => letter as u8,
        letter => UPPER.iter().position(|held| *held == letter).map_or(b'?', |at| 0x80 + at as u8),
    }
}

/// The width of encoded text. Points.
pub(super) fn width(text: &[u8], face: Face, size: f32) -> f32 {
    let widths = match face {
        Face::Regular => &REGULAR,
        Face::Bold => &BOLD,
    };
    let units: u32 = text.iter().map(|byte| u32::from(widths[usize::from(byte.saturating_sub(32))])).sum();
    units as f32 * size / 1000.0
}

/// As much of a text as fits into `room` points; what is cut off is said by an ellipsis.
pub(super) fn fitted(text: &str, (face, size): (Face, f32), room: f32) -> Vec<u8> {
    let mut bytes = encoded(text);
    if width(&bytes, face, size) <= room {
        return bytes;
    }
    let dots = width(&[ELLIPSIS], face, size);
    while !bytes.is_empty() && width(&bytes, face, size) + dots > room {
        bytes.pop();
    }
    while bytes.last() == Some(&b' ') {
        bytes.pop();
    }
    bytes.push(ELLIPSIS);
    bytes
}

/// A text in lines of `room` points, at most `max` of them; the last ends in an ellipsis when there is more. A word that is
/// wider than a line is cut.
pub(super) fn wrapped(text: &str, (face, size): (Face, f32), room: f32, max: usize) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut rest: Vec<&str> = text.split_whitespace().take(MAX_TEXT / 2).collect();
    while !rest.is_empty() && lines.len() < max {
        let fits = |n: usize| width(&encoded(&rest[..n].join(" ")), face, size) <= room;
        let n = (1..=rest.len()).take_while(|n| fits(*n)).last().unwrap_or(1);
        // On the last line everything that is left is given, so that its end shows an ellipsis.
        let n = if lines.len() + 1 == max { rest.len() } else { n };
        lines.push(fitted(&rest[..n].join(" "), (face, size), room));
        rest.drain(..n);
    }
    lines
}

// Adobe's metrics of the base fonts ("Core 14 AFM"), in thousandths of the size, from 0x20 to 0xFF of Windows-1252.

/// Helvetica.
#[rustfmt::skip]
const REGULAR: [u16; 224] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 350,
    556, 350, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// Helvetica-Bold.
#[rustfmt::skip]
const BOLD: [u16; 224] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 350,
    556, 350, 278, 556, 500, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_outside_the_encoding_are_question_marks() {
        assert_eq!(encoded("Ab–é€…\n漢🙂"), [b'A', b'b', 0x96, 0xe9, 0x80, 0x85, b' ', b'?', b'?']);
    }

    #[test]
    fn text_is_cut_to_its_room() {
        let face = (Face::Regular, 10.0);
        assert_eq!(width(b"iiii", Face::Regular, 10.0), 8.88);
        assert_eq!(fitted("short", face, 100.0), b"short");
        let cut = fitted("a rather long text", face, 40.0);
        assert!(cut.ends_with(&[ELLIPSIS]) && width(&cut, Face::Regular, 10.0) <= 40.0);
        let lines = wrapped("one two three four five six seven eight", face, 40.0, 3);
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0], b"one two");
        assert!(lines[2].ends_with(&[ELLIPSIS]));
        let word = "x".repeat(500);
        let lines = wrapped(&word, face, 40.0, 2);
        assert!(lines.len() == 1 && width(&lines[0], Face::Regular, 10.0) <= 40.0);
        assert!(wrapped("", face, 40.0, 2).is_empty());
    }
}
