//! GraphQL schemas in the schema definition language (<https://spec.graphql.org/October2021/#sec-Type-System>): the fields
//! of the root types. It must not take a client's documents of operations for an API.
use super::{
    manifest,
    tokens::{self, Syntax, Token, What},
};
use crate::facts::{
    model::{DefinitionDecl, DefinitionKind, FileFacts},
    parser::Parser,
};
use shared::{RepoPath, api::DefinitionEntry};

/// The parser of GraphQL schemas.
pub(super) struct GraphQl;

impl Parser for GraphQl {
    fn key(&self) -> &'static str {
        "graphql"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        [".graphql", ".graphqls", ".gql"].iter().any(|ending| path.file_name().ends_with(ending))
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn max_bytes(&self) -> u64 {
        4 << 20
    }

    fn parse(&self, _: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Ok(text) => FileFacts { definitions: read(text).into_iter().collect(), ..FileFacts::default() },
            Err(facts) => *facts,
        }
    }
}

/// A field of an object type.
struct Field<'a> {
    of: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    line: u32,
}

fn read(text: &str) -> Option<DefinitionDecl> {
    let mut reader = Reader { tokens: tokens::tokens(text, Syntax::GraphQl), at: 0, fields: vec![], roots: vec![] };
    reader.tokens.retain(|token| !matches!(token.what, What::Comment(_)));
    reader.read();
    if reader.roots.is_empty() {
        reader.roots = ["Query", "Mutation", "Subscription"].map(|name| (name.to_lowercase(), name)).to_vec();
    }
    let root_of = |field: &Field<'_>| reader.roots.iter().find(|(_, name)| *name == field.of).map(|(root, _)| root);
    let mut entries = reader.fields.iter().filter_map(|field| Some((root_of(field)?, field))).peekable();
    let first = entries.peek()?.1.line;
    let mut found = DefinitionDecl::new(DefinitionKind::Api, "graphql", "", first);
    for (root, field) in entries {
        let name = manifest::tidy(&format!("{root} {}", field.name), 300);
        found.push(DefinitionEntry {
            name,
            description: field.description.and_then(tokens::prose),
            line: Some(field.line),
        });
    }
    Some(found)
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    fields: Vec<Field<'a>>,
    /// Of a `schema` definition: `query` and the type's name.
    roots: Vec<(String, &'a str)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token.what {
                What::Word("type") => self.object(),
                What::Word("schema") => self.schema(),
                What::Mark('{' | '(' | '[') => self.skip_group(),
                _ => {}
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<&What<'a>> {
        Some(&self.tokens.get(self.at + ahead)?.what)
    }

    /// Passes over everything up to the mark that closes the group whose opening was just passed.
    fn skip_group(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 && self.at < self.tokens.len() {
            match self.tokens[self.at].what {
                What::Mark('{' | '(' | '[') => depth += 1,
                What::Mark('}' | ')' | ']') => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// `type Name implements A & B @directive(…) { … }`; a type without a body has no fields.
    fn object(&mut self) {
        let Some(What::Word(name)) = self.peek(0) else { return };
        let name = *name;
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(What::Mark('{')) => break,
                Some(What::Mark('(')) => {
                    self.at += 1;
                    self.skip_group();
                }
                Some(What::Mark('@' | '&')) => self.at += 2,
                Some(What::Word("implements")) => self.at += 2,
                _ => return,
            }
        }
        self.at += 1;
        self.body(name);
    }

    /// Fields up to the closing brace: `"description" name(arguments): Type @directive(…)`.
    fn body(&mut self, of: &'a str) {
        let mut description = None;
        while let Some(token) = self.tokens.get(self.at) {
            let line = token.line;
            match token.what {
                What::Mark('}') => {
                    self.at += 1;
                    return;
                }
                What::Text(text) => description = Some(text),
                What::Mark('@') => self.at += 1,
                What::Mark('(' | '{' | '[') => {
                    self.at += 1;
                    self.skip_group();
                    continue;
                }
                What::Word(name) if matches!(self.peek(1), Some(What::Mark('(' | ':'))) => {
                    self.fields.push(Field { of, name, description: description.take(), line });
                    self.pass_field();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// From a field's name past its type.
    fn pass_field(&mut self) {
        self.at += 1;
        if matches!(self.peek(0), Some(What::Mark('('))) {
            self.at += 1;
            self.skip_group();
        }
        while matches!(self.peek(0), Some(What::Mark(':' | '[' | ']' | '!'))) {
            self.at += 1;
        }
        if matches!(self.peek(0), Some(What::Word(_))) {
            self.at += 1;
        }
        while matches!(self.peek(0), Some(What::Mark(']' | '!'))) {
            self.at += 1;
        }
    }

    /// `schema @directive { query: RootQuery mutation: M }`
    fn schema(&mut self) {
        while matches!(self.peek(0), Some(What::Mark('@'))) {
            self.at += 2;
            if matches!(self.peek(0), Some(What::Mark('('))) {
                self.at += 1;
                self.skip_group();
            }
        }
        if !matches!(self.peek(0), Some(What::Mark('{'))) {
            return;
        }
        self.at += 1;
        while let (Some(What::Word(root)), Some(What::Mark(':')), Some(What::Word(name))) =
            (self.peek(0), self.peek(1), self.peek(2))
        {
            self.roots.push(((*root).to_owned(), *name));
            self.at += 3;
        }
    }
}
