//! The pass over lines, as one letter a line. Must not test what is imported.
use super::*;
use proptest::prelude::*;

#[derive(Default)]
struct Shape {
    lines: Vec<(usize, bool)>,
    texts: usize,
}

impl Watch for Shape {
    fn statement(&mut self, bytes: &[u8], at: usize, _: u32) {
        assert!(bytes[at] != b'\n');
    }

    fn text(&mut self, bytes: &[u8], content: usize, _: u32) {
        assert!(content <= bytes.len());
        self.texts += 1;
    }

    fn path(&mut self, _: &[u8], _: usize, _: u32) {}

    fn line(&mut self, start: usize, holds_code: bool) {
        self.lines.push((start, holds_code));
    }
}

fn lines(language: LanguageType, bytes: &[u8]) -> Shape {
    let mut shape = Shape::default();
    let mut begins = [true; 256];
    begins[usize::from(b'\n')] = false;
    scan(language, bytes, &begins, &mut shape);
    shape
}

/// One letter a line: `c` code, `.` anything else.
fn shape(language: LanguageType, text: &str) -> String {
    lines(language, text.as_bytes()).lines.iter().map(|line| if line.1 { 'c' } else { '.' }).collect()
}

#[test]
fn comments_and_blanks_are_told_from_code() {
    use LanguageType as L;
    for (language, text, wanted) in [
        (L::Go, "// a\n\npackage x // b\n/* c\nd */ var y = 1\n\t/* e */\n", "..c.c."),
        (L::Go, "var a = \"/*\"\nvar b = `//\n/* x */\n`\n// c\n", "cccc."),
        (L::Go, "var a = '`'\n// c\nvar b = '\"' // d\n/* x */\n", "c.c."),
        (L::Go, "var a = `\\`\n// c\n", "c."),
        (L::Rust, "/* a /* b */ c */\nfn x() {}\n//! d\nlet c = '\"';\n// e\n", ".c.c."),
        (L::Rust, "let a = \"x\n// y\n\";\n// z\nfn f<'a>(x: &'a str) {} // 'b\n// c\n", "ccc.c."),
        (L::Rust, "let a = r##\"x \"# /*\n// y\n\"##;\n// z\n", "ccc."),
        (L::Java, "String a = \"\"\"\n  // x\n  \"\"\";\n// y\nchar c = '\"'; // d\n// e\n", "ccc.c."),
        (L::Python, "# a\nx = 1  # b\n\"\"\"doc\nmore\n\"\"\"\ny = '#'\n", ".ccccc"),
        (L::JavaScript, "const a = 'it\\'s' // b\nconst c = `\n// not a comment\n`\n", "cccc"),
        (L::JavaScript, "const a = /[`'\"/]/g\n// b\nconst c = a / b // d\n// e\n", "c.c."),
        (L::TypeScript, "<p>Don't</p>\n// a\n", "c."),
        (L::Sql, "-- a\nselect 1\n", ".c"),
        (L::Hcl, "# a\nb = \"c\" // d\n/* e\n*/\n", ".c.."),
        (L::Ruby, "=begin\na\n=end\nb\n", "...c"),
        (L::Ruby, "a = <<~SQL\n  # no comment\n  SQL\n# b\nlist <<ITEM\n# c\n", "ccc.c."),
        (L::Php, "<?php\n$a = <<<'EOT'\n// no comment\nEOT;\n// b\n", "cccc."),
    ] {
        assert_eq!(shape(language, text), wanted, "{text}");
    }
}

#[test]
fn line_starts_are_byte_offsets() {
    assert_eq!(lines(LanguageType::Go, "é\r\n\nx".as_bytes()).lines, [(0, true), (4, false), (5, true)]);
    assert_eq!(lines(LanguageType::Go, "var a = `x\ny".as_bytes()).lines, [(0, true), (11, true)]);
    assert_eq!(lines(LanguageType::Go, b"/* x\ny").lines, [(0, false), (5, false)]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[/*'\"`#\\\\a\n<!A~r-]{0,120}") {
        for (language, _) in LanguageType::list() {
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                let lines = lines(*language, bytes).lines.len();
                let wanted = memchr::memchr_iter(b'\n', bytes).count() + usize::from(bytes.last().is_some_and(|b| *b != b'\n'));
                prop_assert_eq!(lines, wanted, "{:?}", language);
            }
        }
    }
}
