//! Statements and the blocks they stand in, for languages whose blocks are `{ … }`.
//! It must not know any word; brackets that do not match only end blocks early.
use super::{Dialect, Kind, Token, tokens};
use crate::facts::positions::Lines;
use std::ops::Range;

/// Blocks looked at around a statement; what nests deeper is written by no person.
const MAX_AROUND: usize = 40;

/// A file of statements.
pub(in super::super) struct Script<'a> {
    pub tokens: Vec<Token<'a>>,
    pub statements: Vec<Statement>,
    /// The first is the file itself.
    blocks: Vec<Block>,
    lines: Lines<'a>,
}

/// A run of tokens up to the end of the line, a `;`, or the block that it opens.
pub(in super::super) struct Statement {
    range: Range<usize>,
    block: usize,
}

struct Block {
    parent: usize,
    /// The tokens before its `{`.
    head: Range<usize>,
}

impl<'a> Script<'a> {
    pub(in super::super) fn read(text: &'a str, dialect: Dialect) -> Self {
        let tokens = tokens(text, dialect);
        let file = Block { parent: 0, head: 0..0 };
        let mut script = Self { tokens, statements: vec![], blocks: vec![file], lines: Lines::new(text) };
        script.split();
        script
    }

    /// The tokens of a statement.
    pub(in super::super) fn of(&self, statement: &Statement) -> &[Token<'a>] {
        &self.tokens[statement.range.clone()]
    }

    /// The 1-based line of a token.
    pub(in super::super) fn line(&self, token: &Token<'_>) -> u32 {
        self.lines.line(token.offset)
    }

    /// The heads of the blocks around a statement, innermost first.
    pub(in super::super) fn around(&self, statement: &Statement) -> impl Iterator<Item = &[Token<'a>]> {
        let next = |block: &usize| Some(self.blocks[*block].parent).filter(|_| *block != 0);
        std::iter::successors(Some(statement.block), next)
            .take_while(|block| *block != 0)
            .take(MAX_AROUND)
            .map(|block| &self.tokens[self.blocks[block].head.clone()])
    }

    fn split(&mut self) {
        let (mut block, mut start, mut brackets) = (0, 0, 0_usize);
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            if brackets == 0 && token.starts_line && at > start && !self.continues(at) {
                self.end(start..at, block);
                start = at;
            }
            if token.kind != Kind::Mark {
                continue;
            }
            match token.text {
                "(" | "[" => brackets += 1,
                "{" if brackets > 0 => brackets += 1,
                ")" | "]" => brackets = brackets.saturating_sub(1),
                "}" if brackets > 0 => brackets -= 1,
                "{" => {
                    self.end(start..at, block);
                    self.blocks.push(Block { parent: block, head: start..at });
                    block = self.blocks.len() - 1;
                    start = at + 1;
                }
                "}" => {
                    self.end(start..at, block);
                    block = self.blocks[block].parent;
                    start = at + 1;
                }
                ";" if brackets == 0 => {
                    self.end(start..at, block);
                    start = at + 1;
                }
                _ => {}
            }
        }
        self.end(start..self.tokens.len(), block);
    }

    /// Whether the token at the start of a line goes on with the statement before.
    fn continues(&self, at: usize) -> bool {
        let (before, token) = (&self.tokens[at - 1], &self.tokens[at]);
        let open = matches!(before.text, "," | "=" | "+" | "+=" | "." | ":" | ":=" | "++=" | "%" | "%%");
        (before.kind == Kind::Mark && open)
            || (token.kind == Kind::Mark && matches!(token.text, "." | "+" | "?" | "%" | "%%" | ":=" | "+=" | "++="))
    }

    fn end(&mut self, range: Range<usize>, block: usize) {
        if !range.is_empty() {
            self.statements.push(Statement { range, block });
        }
    }
}

/// The tokens inside the bracket that opens at the start of a slice; all that is left when it is never closed.
pub(in super::super) fn inside<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return if at == 0 { &[] } else { &tokens[1..at] };
        }
    }
    tokens.get(1..).unwrap_or_default()
}

/// The parts of a list of tokens between its outermost commas.
pub(in super::super) fn arguments<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let (mut out, mut depth, mut start) = (vec![], 0_usize, 0);
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                out.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&tokens[start..]);
    out.retain(|part| !part.is_empty());
    out
}

/// `a.b.c` as one text and how many tokens it takes; `None` when no word stands here.
pub(in super::super) fn path(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let first = tokens.first().filter(|token| token.kind == Kind::Word)?;
    let (mut path, mut at) = (first.text.to_owned(), 1);
    while let [dot, word, ..] = &tokens[at..] {
        if !dot.is_mark(".") || word.kind != Kind::Word {
            break;
        }
        path.push('.');
        path.push_str(word.text);
        at += 2;
    }
    Some((path, at))
}
