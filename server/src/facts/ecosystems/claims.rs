//! Vendors' descriptors, read as claims: OpsLevel, Cortex, Datadog, Compass, Port, Score, publiccode.yml, Kubernetes OWNERS.
//! It must not weigh a claim, complain of a key it does not know, or keep a person's mail address.
mod compass;
mod cortex;
mod datadog;
mod opslevel;
mod owners;
mod port;
mod publiccode;
mod score;

use super::{
    manifest,
    outline::{self, Node},
};
use crate::facts::{
    model::{ClaimDecl, ClaimField, FileFacts},
    parser::Parser,
};
use shared::RepoPath;

/// The parser of vendors' descriptors.
pub(super) struct Claims;

/// Levels of a descriptor that are read.
const LEVELS: usize = 6;

/// Claims of one file that are kept.
const MAX_CLAIMS: usize = 2_000;

/// A format: the names of its files, and what reads a document of it.
struct Format {
    is: fn(&str) -> bool,
    read: fn(&Node, &mut Subject<'_>),
}

const FORMATS: &[Format] = &[
    Format { is: |name| matches!(name, "opslevel.yml" | "opslevel.yaml"), read: opslevel::read },
    Format { is: |name| matches!(name, "cortex.yaml" | "cortex.yml"), read: cortex::read },
    Format { is: |name| name.ends_with(".datadog.yaml") || name.ends_with(".datadog.yml"), read: datadog::read },
    Format { is: |name| matches!(name, "compass.yml" | "compass.yaml"), read: compass::read },
    Format { is: |name| matches!(name, "port.yml" | "port.yaml"), read: port::read },
    Format { is: |name| matches!(name, "publiccode.yml" | "publiccode.yaml"), read: publiccode::read },
    Format { is: |name| matches!(name, "score.yaml" | "score.yml"), read: score::read },
    Format { is: |name| name == "OWNERS", read: owners::read },
    Format { is: |name| name == "OWNERS_ALIASES", read: owners::aliases },
];

impl Parser for Claims {
    fn key(&self) -> &'static str {
        "claims"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        // Most names begin or end otherwise; the list is not walked for them.
        (name.ends_with(".yml") || name.ends_with(".yaml") || name.starts_with("OWNERS"))
            && FORMATS.iter().any(|format| (format.is)(name))
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let Some(format) = FORMATS.iter().find(|format| (format.is)(file_name)) else { return FileFacts::default() };
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        if file_name.starts_with("OWNERS") && !owners::is_kubernetes(text) {
            return FileFacts::default();
        }
        let outline = outline::yaml(text, LEVELS);
        let mut facts = FileFacts { problems: outline.problem.into_iter().collect(), ..FileFacts::default() };
        // Port holds several entities in one document, as a list.
        let documents = outline.roots.iter().flat_map(|root| {
            let items = root.items();
            if items.is_empty() { std::slice::from_ref(root) } else { items }
        });
        for (index, document) in documents.enumerate() {
            let number = u32::try_from(index).unwrap_or(u32::MAX);
            let mut subject = Subject { source: file_name, number, facts: &mut facts };
            (format.read)(document, &mut subject);
        }
        facts.claims.truncate(MAX_CLAIMS);
        manifest::settle(facts)
    }
}

/// The document that speaks, and where its claims go.
struct Subject<'a> {
    source: &'a str,
    number: u32,
    facts: &'a mut FileFacts,
}

impl Subject<'_> {
    /// Adds what a node says, if it says something.
    fn say(&mut self, field: ClaimField, node: Option<&Node>) {
        if let Some((text, line)) = node.and_then(|node| Some((node.text()?, node.line))) {
            self.say_text(field, text, line);
        }
    }

    /// The same for each item of a list, or for one text.
    fn say_each(&mut self, field: ClaimField, node: Option<&Node>) {
        let Some(node) = node else { return };
        self.say(field, Some(node));
        for item in node.items() {
            self.say(field, Some(item));
        }
    }

    /// Adds a text; mail addresses, templates and links without a scheme are left out.
    fn say_text(&mut self, field: ClaimField, text: &str, line: u32) {
        let longest = if field == ClaimField::Description { 4_000 } else { 300 };
        let value = manifest::tidy(text, longest);
        let of_a_person = is_mail(&value) && !matches!(field, ClaimField::Description | ClaimField::Link);
        let no_link = field == ClaimField::Link && !value.starts_with("https://") && !value.starts_with("http://");
        if value.is_empty() || of_a_person || no_link {
            return;
        }
        if manifest::is_templated(&value) && field != ClaimField::Description {
            self.facts.problems.push(manifest::bad_name(&value, (line, 1)));
            return;
        }
        let source = self.source.to_owned();
        self.facts.claims.push(ClaimDecl { source, subject: self.number, field, value, line });
    }
}

/// A mail address; an npm name begins with its `@`.
fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('/'))
}
