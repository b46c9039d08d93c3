//! Source code of a few languages as tokens: words, plain strings, symbols and marks, without comments.
//! It must not understand a statement, evaluate anything, or pass a computed string off as a plain one.
mod literals;

use crate::facts::positions::Lines;
use literals::Lexer;
use std::ops::Range;

/// The languages that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Python,
    Ruby,
    Elixir,
    Erlang,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, keyword or number.
    Word,
    /// A string literal that says what it is: no escapes, no interpolation.
    Text,
    /// A literal whose value only a run would give, or that nobody needs (a pattern, a here document).
    Computed,
    /// `:name` of Ruby and Elixir, `'name'` of Erlang.
    Symbol,
    /// `name:` and `"name":` of Ruby and Elixir.
    Key,
    /// One character of punctuation.
    Mark,
    /// The end of a line.
    End,
}

/// A token; its text has no quotes and no colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub offset: usize,
}

/// A file as tokens whose brackets know each other.
pub(super) struct Code<'a> {
    pub tokens: Vec<Token<'a>>,
    pub lines: Lines<'a>,
    /// By opening bracket the index of its closing one; the number of tokens when there is none.
    partners: Vec<usize>,
}

impl<'a> Code<'a> {
    /// Takes a text apart. Every text has tokens; a literal that is never closed reaches to the end.
    pub(super) fn read(text: &'a str, language: Language) -> Self {
        let tokens = Lexer::new(text, language).run();
        let mut partners = vec![tokens.len(); tokens.len()];
        let mut open: Vec<(usize, &str)> = vec![];
        for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
            match token.text {
                "(" => open.push((index, ")")),
                "[" => open.push((index, "]")),
                "{" => open.push((index, "}")),
                close if open.last().is_some_and(|(_, wanted)| *wanted == close) => {
                    if let Some((start, _)) = open.pop() {
                        partners[start] = index;
                    }
                }
                _ => {}
            }
        }
        Self { tokens, lines: Lines::new(text), partners }
    }

    /// The token at an index.
    pub(super) fn at(&self, index: usize) -> Option<Token<'a>> {
        self.tokens.get(index).copied()
    }

    /// Whether the token at an index is this one.
    pub(super) fn is(&self, index: usize, kind: Kind, text: &str) -> bool {
        self.at(index).is_some_and(|token| token.kind == kind && token.text == text)
    }

    /// Whether the token at an index is this mark.
    pub(super) fn is_mark(&self, index: usize, mark: &str) -> bool {
        self.is(index, Kind::Mark, mark)
    }

    /// Whether a bracket opens at the index.
    pub(super) fn opens(&self, index: usize) -> bool {
        self.at(index).is_some_and(|token| token.kind == Kind::Mark && matches!(token.text, "(" | "[" | "{"))
    }

    /// The index of the bracket that closes the one at `open`, or the number of tokens.
    pub(super) fn close(&self, open: usize) -> usize {
        self.partners.get(open).copied().unwrap_or(self.tokens.len())
    }

    /// The index behind a token, behind the closing bracket when one opens there.
    pub(super) fn next(&self, index: usize) -> usize {
        if self.opens(index) { (self.close(index) + 1).min(self.tokens.len()) } else { index + 1 }
    }

    /// The parts between the commas of a range, without line ends around them and without empty ones. Brackets are taken
    /// whole.
    pub(super) fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = vec![];
        let (mut start, mut index) = (range.start, range.start);
        while index < range.end {
            if self.is_mark(index, ",") {
                out.push(start..index);
                start = index + 1;
            }
            index = self.next(index);
        }
        out.push(start..range.end);
        out.into_iter().map(|part| self.trimmed(part)).filter(|part| !part.is_empty()).collect()
    }

    /// The parts between the commas of the bracket that opens at `open`.
    pub(super) fn inside(&self, open: usize) -> Vec<Range<usize>> {
        self.parts(open + 1..self.close(open))
    }

    /// A range without line ends around it.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let is_end = |index: usize| self.at(index).is_some_and(|token| token.kind == Kind::End);
        let start = range.clone().find(|index| !is_end(*index)).unwrap_or(range.end);
        let end = (start..range.end).rev().find(|index| !is_end(*index)).map_or(start, |last| last + 1);
        start..end
    }

    /// The one token of a part that is just that.
    pub(super) fn only(&self, part: &Range<usize>) -> Option<Token<'a>> {
        (part.len() == 1).then(|| self.at(part.start)).flatten()
    }

    /// The plain string that a part is.
    pub(super) fn text(&self, part: &Range<usize>) -> Option<Token<'a>> {
        self.only(part).filter(|token| token.kind == Kind::Text)
    }

    /// Where a mark of a template (`<%`) stands outside of strings, in which it is mere text.
    pub(super) fn template_mark(&self) -> Option<(u32, u32)> {
        let touch = |a: usize, b: usize| self.at(a).zip(self.at(b)).is_some_and(|(a, b)| a.offset + 1 == b.offset);
        let opens =
            |index: &usize| self.is_mark(*index, "<") && self.is_mark(index + 1, "%") && touch(*index, index + 1);
        // `<<%` opens a binary of Elixir.
        let binary = |index: usize| index > 0 && self.is_mark(index - 1, "<") && touch(index - 1, index);
        let found = (0..self.tokens.len()).filter(opens).find(|index| !binary(*index))?;
        self.at(found).map(|token| self.place(token))
    }

    /// The 1-based line of a token.
    pub(super) fn line(&self, token: Token<'_>) -> u32 {
        self.lines.line(token.offset)
    }

    /// The 1-based line and column of a token.
    pub(super) fn place(&self, token: Token<'_>) -> (u32, u32) {
        self.lines.place(token.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, language: Language) -> String {
        let code = Code::read(text, language);
        let shown = |token: &Token<'_>| match token.kind {
            Kind::Word | Kind::Mark => token.text.to_owned(),
            Kind::Text => format!("'{}'", token.text),
            Kind::Computed => "~".to_owned(),
            Kind::Symbol => format!(":{}", token.text),
            Kind::Key => format!("{}:", token.text),
            Kind::End => "$".to_owned(),
        };
        code.tokens.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ruby_strings_symbols_patterns_and_documents() {
        let text = "gem 'a', \"~> #{v(\"x\")}\", require: false # gem 'no'\n";
        assert_eq!(tokens(text, Language::Ruby), "gem 'a' , ~ , require: false $");
        assert_eq!(tokens("x %w[a b] :c", Language::Ruby), "x [ 'a' , 'b' , ] :c");
        assert_eq!(tokens("a = <<~EOS\ngem 'no'\nEOS\nb", Language::Ruby), "a = ~ $ b");
        assert_eq!(tokens("=begin\ngem 'no'\n=end\nx =~ /it's/", Language::Ruby), "x = ~ ~");
        assert_eq!(tokens("a / b\n'c'\n__END__\nno", Language::Ruby), "a / b $ 'c' $");
    }

    #[test]
    fn elixir_sigils_and_here_documents() {
        let text =
            "{:a, \"~> 1.0\", only: [:test]} # no\n@doc \"\"\"\n{:no, \"1\"}\n\"\"\"\n~r/\"/ \"b\": ?\" ~w(x y)a";
        let expected = "{ :a , '~> 1.0' , only: [ :test ] } $ @doc ~ $ ~ b: ~ [ 'x' , 'y' , ]";
        assert_eq!(tokens(text, Language::Elixir), expected);
    }

    #[test]
    fn python_strings_and_continuations() {
        let text = "a = ['b', r\"c\", f'd', u'e'] # 'no'\n\"\"\"'no'\n\"\"\" 'f\\n' 'g' \\\n'h'\n'open\nx";
        assert_eq!(tokens(text, Language::Python), "a = [ 'b' , 'c' , ~ , 'e' ] $ ''no'\n' ~ 'g' 'h' $ ~ $ x");
    }

    #[test]
    fn erlang_atoms_binaries_and_comments() {
        let text = "{<<\"a\">>, 'b', \"c\", $\"}. % no";
        assert_eq!(tokens(text, Language::Erlang), "{ < < 'a' > > , :b , 'c' , ~ } .");
    }

    #[test]
    fn brackets_know_each_other() {
        let code = Code::read("f(a, [b, c],\n)", Language::Python);
        assert_eq!(code.inside(1), [2..3, 4..9]);
        assert_eq!(code.inside(4).len(), 2);
        assert_eq!(Code::read("((", Language::Python).close(0), 2);
    }
}
