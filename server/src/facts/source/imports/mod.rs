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
    /// Who looks at a text that opens: at the argument of `require` or `import`, at a path in an attribute.
    text: Option<Text>,
}

/// Reads the text whose first byte is at the offset, on the line.
type Text = fn(&[u8], usize, u32, &mut Found);

fn style(language: LanguageType) -> Option<Style> {
    use LanguageType as L;
    let (begins, read): (&[u8], Read) = match language {
        L::Go => (b"i", go::read),
        L::JavaScript | L::Jsx | L::TypeScript | L::Tsx | L::Vue | L::Svelte | L::CoffeeScript => {
            return Some(Style { begins: b"ie", read: script::read, text: Some(script::argument) });
        }
        L::Python => (b"if", python::read),
        L::Java | L::Kotlin | L::Scala | L::Groovy => (b"i", jvm::read),
        L::Rust => {
            return Some(Style { begins: b"upem#", read: rust::read, text: Some(rust::attribute) });
        }
        L::Css | L::Sass | L::Less => (b"@", declarations::style_sheet),
        L::CSharp => (b"ug", declarations::c_sharp),
        L::Ruby => (b"r", declarations::ruby),
        L::Php => (b"u", php::read),
        L::C | L::CHeader | L::Cpp | L::CppHeader | L::ObjectiveC | L::ObjectiveCpp | L::Cuda => {
            (b"#", declarations::include)
        }
        L::Dart | L::Protobuf => (b"ie", declarations::quoted),
        _ => (others::BEGINS, others::of(language)?),
    };
    Some(Style { begins, read, text: None })
}

/// Lines that hold code, and the imports of a file.
pub(in crate::facts) fn read(language: LanguageType, bytes: &[u8]) -> (u32, Vec<ImportDecl>) {
    if matches!(language, LanguageType::Vue | LanguageType::Svelte) {
        let (code, _) = scan(language, None, bytes);
        return (code, script_parts(bytes));
    }
    scan(language, style(language), bytes)
}

fn scan(language: LanguageType, style: Option<Style>, bytes: &[u8]) -> (u32, Vec<ImportDecl>) {
    let mut begins = [false; 256];
    for byte in style.iter().flat_map(|style| style.begins) {
        begins[usize::from(*byte)] = true;
    }
    let mut reader = Reader { style, found: Found::default(), code: 0, resume: 0 };
    lines::scan(language, bytes, &begins, &mut reader);
    (reader.code, reader.found.finish())
}

/// The imports of each `<script>`: in the page around it quotes and slashes are prose.
fn script_parts(bytes: &[u8]) -> Vec<ImportDecl> {
    let (mut at, mut line, mut found) = (0, 0_u32, Found::default());
    while let Some(open) = memchr::memmem::find(&bytes[at..], b"<script") {
        let tag = at + open;
        let start = memchr::memchr(b'>', &bytes[tag..]).map_or(bytes.len(), |end| tag + end + 1);
        let end = memchr::memmem::find(&bytes[start..], b"</script").map_or(bytes.len(), |end| start + end);
        let count = |part: &[u8]| u32::try_from(memchr::memchr_iter(b'\n', part).count()).unwrap_or(u32::MAX);
        line = line.saturating_add(count(&bytes[at..start]));
        let language = LanguageType::TypeScript;
        for import in scan(language, style(language), &bytes[start..end]).1 {
            found.add(&import.module, import.line.saturating_add(line), import.weak);
        }
        line = line.saturating_add(count(&bytes[start..end]));
        at = end;
    }
    found.finish()
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
        if let Some(read) = self.style.as_ref().and_then(|style| style.text)
            && content > self.resume
        {
            read(bytes, content, line, &mut self.found);
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
