//! A print as bytes, for the store: counts and distances as LEB128, hashes as they are.
//! It must not trust what it reads: damaged bytes are an error.
use super::model::{CodePrint, LeftOut, Print};

/// Stored bytes that are no print, or one of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored fingerprints are damaged at byte {at}")]
pub struct DamagedPrint {
    pub at: usize,
}

const REASONS: [LeftOut; 12] = [
    LeftOut::Vendored,
    LeftOut::Generated,
    LeftOut::Fixture,
    LeftOut::Licence,
    LeftOut::Policy,
    LeftOut::CiTemplate,
    LeftOut::Lock,
    LeftOut::Minified,
    LeftOut::Data,
    LeftOut::Binary,
    LeftOut::TooLarge,
    LeftOut::TooShort,
];

impl CodePrint {
    /// About 12 bytes a fingerprint.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + self.prints.len() * 12);
        text(&mut out, &self.language);
        let reason = self.left_out.and_then(|reason| REASONS.iter().position(|known| *known == reason));
        number(&mut out, reason.map_or(0, |at| at as u64 + 1));
        number(&mut out, self.n_tokens.into());
        number(&mut out, self.n_lines.into());
        out.extend(self.tokens.to_le_bytes());
        number(&mut out, self.prints.len() as u64);
        let (mut token, mut line) = (0, 0);
        for print in &self.prints {
            out.extend(print.hash.to_le_bytes());
            number(&mut out, print.token.wrapping_sub(token).into());
            number(&mut out, print.from_line.wrapping_sub(line).into());
            number(&mut out, print.to_line.wrapping_sub(print.from_line).into());
            (token, line) = (print.token, print.from_line);
        }
        for list in [&self.names, &self.imports] {
            number(&mut out, list.len() as u64);
            list.iter().for_each(|item| text(&mut out, item));
        }
        out
    }

    /// What `to_bytes` wrote.
    ///
    /// # Errors
    /// When the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedPrint> {
        let mut reader = Reader { bytes, at: 0 };
        reader.print().filter(|_| reader.at == bytes.len()).ok_or(DamagedPrint { at: reader.at })
    }
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

fn text(out: &mut Vec<u8>, value: &str) {
    number(out, value.len() as u64);
    out.extend(value.as_bytes());
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn print(&mut self) -> Option<CodePrint> {
        let language = self.text()?;
        let left_out = match self.count()? {
            0 => None,
            at => Some(*REASONS.get(at - 1)?),
        };
        let (n_tokens, n_lines, tokens) = (self.small()?, self.small()?, self.hash()?);
        let prints = self.prints()?;
        Some(CodePrint {
            language,
            left_out,
            n_tokens,
            n_lines,
            tokens,
            prints,
            names: self.list()?,
            imports: self.list()?,
        })
    }

    fn prints(&mut self) -> Option<Vec<Print>> {
        let n = self.count()?;
        // Each takes eleven bytes or more: what is left bounds what may be reserved.
        let mut prints = Vec::with_capacity(n.min((self.bytes.len() - self.at) / 11));
        let (mut token, mut line) = (0_u32, 0_u32);
        for _ in 0..n {
            let hash = self.hash()?;
            token = token.checked_add(self.small()?)?;
            line = line.checked_add(self.small()?)?;
            let to_line = line.checked_add(self.small()?)?;
            prints.push(Print { hash, token, from_line: line, to_line });
        }
        Some(prints)
    }

    fn list(&mut self) -> Option<Vec<String>> {
        let n = self.count()?;
        (0..n).map(|_| self.text()).collect()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count()?;
        let end = self.at.checked_add(length)?;
        let text = std::str::from_utf8(self.bytes.get(self.at..end)?).ok()?;
        self.at = end;
        Some(text.to_owned())
    }

    fn hash(&mut self) -> Option<u64> {
        let bytes = self.bytes.get(self.at..self.at.checked_add(8)?)?;
        self.at += 8;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return None;
            }
            value |= part << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}
