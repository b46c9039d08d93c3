//! What a source file imports, told by the statements that begin its lines and, in scripts, by texts inside `require()`.
//! It must not resolve modules: what package a module belongs to is the catalog's question.
mod cursor;
mod declarations;
mod go;
mod jvm;
mod others;
mod php;
mod python;
mod rust;
mod script;

use super::lines::{self, Watch};
use crate::facts::model::ImportDecl;
use cursor::Cursor;
use tokei::LanguageType;

/// Imports kept of one file, and bytes of the longest module.
const MOST: usize = 500;
const LONGEST: usize = 300;

/// Reads one statement that may be an import. The cursor stands at its first byte.
type Read = fn(&mut Cursor<'_>, &mut Found);

/// How a language writes imports: the bytes that such a line begins with, and who reads it.
struct Style {
    begins: &'static [u8],
    read: Read,
    /// Whether a text may be the argument of `require` or `import`.
    calls: bool,
}

fn style(language: LanguageType) -> Option<Style> {
    use LanguageType as L;
    let (begins, read): (&[u8], Read) = match language {
        L::Go => (b"i", go::read),
        L::JavaScript | L::Jsx | L::TypeScript | L::Tsx | L::Vue | L::Svelte | L::CoffeeScript => {
            return Some(Style { begins: b"ie", read: script::read, calls: true });
        }
        L::Python => (b"if", python::read),
        L::Java | L::Kotlin | L::Scala | L::Groovy => (b"i", jvm::read),
        L::Rust => (b"upem#", rust::read),
        L::CSharp => (b"ug", declarations::c_sharp),
        L::Ruby => (b"r", declarations::ruby),
        L::Php => (b"u", php::read),
        L::C | L::CHeader | L::Cpp | L::CppHeader | L::ObjectiveC | L::ObjectiveCpp | L::Cuda => {
            (b"#", declarations::include)
        }
        L::Dart | L::Protobuf => (b"ie", declarations::quoted),
        _ => (others::BEGINS, others::of(language)?),
    };
    Some(Style { begins, read, calls: false })
}

/// Lines that hold code, and the imports of a file.
pub(super) fn read(language: LanguageType, bytes: &[u8]) -> (u32, Vec<ImportDecl>) {
    let style = style(language);
    let mut begins = [false; 256];
    for byte in style.iter().flat_map(|style| style.begins) {
        begins[usize::from(*byte)] = true;
    }
    let mut reader = Reader { style, found: Found::default(), code: 0, resume: 0 };
    lines::scan(language, bytes, &begins, &mut reader);
    (reader.code, reader.found.finish())
}

struct Reader {
    style: Option<Style>,
    found: Found,
    code: u32,
    /// Up to where statements were read already, so that no byte is read again and again.
    resume: usize,
}

impl Watch for Reader {
    fn statement(&mut self, bytes: &[u8], at: usize, line: u32) {
        if let Some(style) = &self.style
            && at >= self.resume
        {
            let mut cursor = Cursor::new(bytes, at, line);
            (style.read)(&mut cursor, &mut self.found);
            self.resume = cursor.at;
        }
    }

    fn text(&mut self, bytes: &[u8], content: usize, line: u32) {
        if self.style.as_ref().is_some_and(|style| style.calls) {
            script::argument(bytes, content, line, &mut self.found);
        }
    }

    fn path(&mut self, bytes: &[u8], at: usize, line: u32) {
        if at >= self.resume {
            rust::path(bytes, at, line, &mut self.found);
        }
    }

    fn line(&mut self, _: usize, holds_code: bool) {
        self.code = self.code.saturating_add(u32::from(holds_code));
    }
}

/// The imports met so far.
#[derive(Default)]
struct Found {
    imports: Vec<ImportDecl>,
    /// Names that statements of the file bind, which later paths may begin with: Rust's modules, aliases and imported names.
    bound: Vec<String>,
}

impl Found {
    /// Notes a module unless it is known, too long or one too many; a strong import outweighs a weak one.
    fn add(&mut self, module: &str, line: u32, weak: bool) {
        if module.is_empty() || module.len() > LONGEST || module.contains(|c: char| c.is_whitespace() || c.is_control())
        {
            return;
        }
        if let Some(known) = self.imports.iter_mut().find(|known| known.module == module) {
            known.weak &= weak;
        } else if self.imports.len() < MOST {
            self.imports.push(ImportDecl { module: module.to_owned(), line, weak });
        }
    }

    fn bind(&mut self, name: &str) {
        if self.bound.len() < MOST && !self.bound.iter().any(|known| known == name) {
            self.bound.push(name.to_owned());
        }
    }

    /// What begins with a name of the file's own is none; the order is that of the lines.
    fn finish(mut self) -> Vec<ImportDecl> {
        let bound = std::mem::take(&mut self.bound);
        self.imports.retain(|import| !rust::begins_with_own(&import.module, &bound));
        self.imports.sort_by_key(|import| import.line);
        self.imports
    }
}

#[cfg(test)]
mod tests;
