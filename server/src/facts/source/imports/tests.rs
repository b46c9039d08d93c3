//! What each language's statements import, with hostile cases. Must not test which package a module belongs to.
use super::*;
use crate::facts::source::language;
use proptest::prelude::*;

/// `line module` of each import, `?` after weak ones.
fn imports(file_name: &str, text: &str) -> Vec<String> {
    let language = language::of_file_name(file_name).expect("a source file");
    let show = |import: &ImportDecl| format!("{} {}{}", import.line, import.module, if import.weak { "?" } else { "" });
    read(language, text.as_bytes()).1.iter().map(show).collect()
}

fn check(file_name: &str, cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(imports(file_name, text), *wanted, "{file_name}:\n{text}");
    }
}

#[test]
fn go() {
    check(
        "a.go",
        &[
            (
                "package a\n\nimport (\n\t\"fmt\"\n\t// \"x/y\"\n\tf \"acme.dev/flags/v2\"\n\n\t_ `acme.dev/b` // c\n)\n",
                &["4 fmt", "6 acme.dev/flags/v2", "8 acme.dev/b"],
            ),
            ("import \"acme.dev/flags\"\nimport . \"acme.dev/dot\"\n", &["1 acme.dev/flags", "2 acme.dev/dot"]),
            ("/*\nimport \"a.b/c\"\n*/\nvar x = `\nimport \"a.b/d\"\n`\nimport \"C\"\nimport \"./e\"\n", &[]),
            ("var x = []string{\n\t\"acme.dev/flags\",\n}\n", &[]),
            ("import (\n\t\"a.b/c\"; \"a.b/d\"\n", &["2 a.b/c", "2 a.b/d"]),
            ("import (\"a.b/c\" /* x\n*/\n\"a.b/c\")\n", &["1 a.b/c"]),
        ],
    );
}

#[test]
fn scripts() {
    check(
        "a.ts",
        &[
            (
                "import { x } from '@acme/flags'\nimport '@acme/side'; import y from \"no\";\n",
                &["1 @acme/flags", "2 @acme/side"],
            ),
            (
                "import a, {\n  b as c, // d from 'x'\n  type E,\n} from \"@acme/flags/react\";\n",
                &["4 @acme/flags/react"],
            ),
            (
                "import type { A } from 'a'\nimport type from 'b'\nimport type, { C } from 'c'\nexport type { D } from 'd'\n",
                &["1 a?", "2 b", "3 c", "4 d?"],
            ),
            (
                "export * from 'a'\nexport * as b from 'b'\nexport { c } from 'c'\nexport { d }\nexport const e = 'e'\n",
                &["1 a", "2 b", "3 c"],
            ),
            (
                "const x = require('a'), y = await import(`b`), z = require.resolve(\"c\")\nimport q = require('q')\n",
                &["1 a", "1 b", "1 c", "2 q"],
            ),
            ("foo.require('a'); require(x + 'b'); require('c' + d); import(`d/${e}`); requires('f')\n", &[]),
            (
                "import x from './a'\nimport y from '../b'\nimport z from '/c'\nimport w from '#d'\nimport '$lib/e'\n",
                &["4 #d", "5 $lib/e"],
            ),
            ("// import x from 'a'\n/* import y from 'b' */\nconst c = `\nimport z from 'c'\nrequire('d')\n`\n", &[]),
            ("const s = \"import x from 'a'\"\nconst t = 'require(\"b\")'\n", &[]),
            ("import.meta.glob('a')\nimportant('b')\nimport(\n  /* webpackChunkName: \"x\" */\n  'c'\n)\n", &["5 c"]),
            ("_require.resolve('a/b.json'); import(/* x: \"y\" */ 'c')\n", &["1 a/b.json", "1 c"]),
            ("import raw from 'a/b.svg?raw'\nimport l from '!!raw-loader!x'\n", &["1 a/b.svg"]),
            ("const r = /`/\nimport a from 'a'\n", &["2 a"]),
        ],
    );
    check(
        "A.vue",
        &[(
            "<template>\n<p>Don't `import` /* from 'x'</p>\n</template>\n<script setup>\nimport { ref } from 'vue'\n</script>\n",
            &["5 vue"],
        )],
    );
    check("A.svelte", &[("<script lang=\"ts\">\n  import { a } from 'b';\n</script>\n<p>it's {a}</p>\n", &["2 b"])]);
}

#[test]
fn python() {
    check(
        "a.py",
        &[
            ("import os, acme.flags as f\nimport yaml; import jwt\n", &["1 os", "1 acme.flags", "2 yaml", "2 jwt"]),
            (
                "from acme_flags.client import Client\nfrom . import a\nfrom .b import c\nfrom acme import (\n  d,\n)\n",
                &["1 acme_flags.client", "4 acme"],
            ),
            ("try:\n    import a\nexcept ImportError:\n    a = None\n", &["2 a?"]),
            ("\"\"\"\nimport a\n>>> import b\n\"\"\"\n'''\nfrom c import d\n'''\n# import e\nx = 'import f'\n", &[]),
            ("import a \\\n  , b\n", &["1 a", "2 b"]),
            (
                "from google.cloud import storage, bigquery as bq\nfrom google.cloud import (  # x\n  pubsub_v1,\n)\n",
                &["1 google.cloud.storage", "1 google.cloud.bigquery", "2 google.cloud.pubsub_v1"],
            ),
            ("imported = 1\nfrom_ = 2\nimport\nfrom a\nimport 1\n", &[]),
            ("\u{feff}import a\r\nimport b\r\n", &["1 a", "2 b"]),
        ],
    );
}

#[test]
fn java_kotlin_and_scala() {
    check(
        "A.java",
        &[
            (
                "package x;\nimport static com.acme.flags.Client.get;\nimport com.acme.*;\n",
                &["2 com.acme.flags.Client.get", "3 com.acme"],
            ),
            (
                "String s = \"import com.acme.a;\";\nString t = \"\"\"\nimport com.acme.b;\n\"\"\";\n/*\nimport com.acme.c;\n*/\n",
                &[],
            ),
            ("/** Use\n * import com.acme.c;\n */\nimport com.acme.d; // e\n", &["4 com.acme.d"]),
        ],
    );
    check(
        "a.kt",
        &[(
            "import com.acme.flags.Client as C\nimport com.acme.`in`.B\nimport com.acme.*\n",
            &["1 com.acme.flags.Client", "2 com.acme.in.B", "3 com.acme"],
        )],
    );
    check(
        "a.scala",
        &[(
            "import com.acme.{A, B => C}\nimport com.acme.b._, org.c.D\nimport e._\nimport f.{\n  G,\n  H\n}\nimport com.i.{given, *}\n",
            &["1 com.acme", "2 com.acme.b", "2 org.c.D", "8 com.i"],
        )],
    );
}

#[test]
fn rust() {
    check(
        "a.rs",
        &[
            (
                "pub(crate) use acme_flags::Client;\nuse ::acme_b as b;\nextern crate acme_c as c;\n#[macro_use] extern crate acme_d;\n",
                &["1 acme_flags::Client", "2 acme_b", "3 acme_c", "4 acme_d"],
            ),
            ("use acme::{a::{B, self}, c::*, d as e};\n", &["1 acme::a::B", "1 acme::a", "1 acme::c", "1 acme::d"]),
            ("use {acme_a::B,\n  acme_c};\n", &["1 acme_a::B", "2 acme_c"]),
            ("use crate::a; use std::b;\nuse super::c;\nuse Kind::D;\nmod own;\nuse own::E;\n", &[]),
            (
                "use std::fmt;\nfn a() -> fmt::Result { anyhow::bail!(\"b::c\") }\n// d::e\nlet x = Self::f(g.h::<i>());\n",
                &["2 anyhow?"],
            ),
            (
                "#[derive(Debug, thiserror::Error)]\n#[serde(with = \"serde_bytes::x\")]\npub fn a(b: url::Url) {}\n",
                &["1 thiserror?", "2 serde_bytes?", "3 url?"],
            ),
            ("use anyhow::anyhow;\nuse anyhow::Result;\n", &["1 anyhow::anyhow", "2 anyhow::Result"]),
            (
                "let s = \"\nuse acme::a;\n\";\nlet r = r#\"\nuse acme::b; \"\n\"#;\n/// use acme::c;\nuse r#try::d;\n",
                &["8 try::d"],
            ),
        ],
    );
}

#[test]
fn c_sharp_ruby_and_php() {
    check(
        "A.cs",
        &[
            (
                "using static Acme.Flags.Client;\nglobal using Acme.B;\nusing C = Acme.C.D<int>;\nusing Acme.E;\n",
                &["1 Acme.Flags.Client", "2 Acme.B", "3 Acme.C.D", "4 Acme.E"],
            ),
            (
                "using (var x = y.Z()) {}\nusing var a = b.C();\nusing Stream d = e;\n// using F.G;\nvar h = @\"\nusing I.J;\n\";\n",
                &[],
            ),
        ],
    );
    check(
        "a.rb",
        &[
            (
                "require 'acme/flags'\nrequire(\"b\")\nrequire_relative 'c'\nrequire './d'\nrequire \"e/#{f}\"\n  require 'g' if h\n",
                &["1 acme/flags", "2 b", "6 g"],
            ),
            ("x = <<~RUBY\n  require 'a'\nRUBY\n=begin\nrequire 'b'\n=end\n# require 'c'\nrequired 'd'\n", &[]),
        ],
    );
    check(
        "a.php",
        &[
            (
                "<?php\nuse Acme\\Flags\\Client as C, Acme\\B;\nuse Acme\\{D, E\\F};\nuse function Acme\\g;\n",
                &["2 Acme\\Flags\\Client", "2 Acme\\B", "3 Acme\\D", "3 Acme\\E\\F", "4 Acme\\g"],
            ),
            (
                "use Acme\\B to see it\n<?php\n$f = function ()\nuse ($x) {};\nuse HasFlags;\n$h = <<<EOT\nuse Acme\\I;\nEOT;\n",
                &[],
            ),
        ],
    );
}

#[test]
fn the_rest() {
    check(
        "a.c",
        &[(
            "#include <acme/flags.h>\n# include \"b/c.h\"\n#include \"own.h\"\n#includes <x>\n",
            &["1 acme/flags.h", "2 b/c.h"],
        )],
    );
    check(
        "a.proto",
        &[(
            "import \"acme/flags/v1/flags.proto\";\nimport public \"a/b.proto\";\n",
            &["1 acme/flags/v1/flags.proto", "2 a/b.proto"],
        )],
    );
    check(
        "a.scss",
        &[(
            "@use '~@acme/ui/b';\n@import \"./c\", \"d\";\n@import url('https://x/y');\n@plugin \"e\";\n",
            &["1 @acme/ui/b?", "4 e?"],
        )],
    );
    check("a.dart", &[("import 'package:acme/a.dart' as a;\nimport 'b.dart';\n", &["1 package:acme/a.dart"])]);
    check("a.swift", &[("@testable import Acme\nimport struct Foundation.Date\n", &["1 Acme", "2 Foundation.Date"])]);
    check("a.ex", &[("  alias Acme.Flags\n  use Phoenix.Router, x: 1\n", &["1 Acme.Flags", "2 Phoenix.Router"])]);
}

#[test]
fn a_file_gives_at_most_so_many() {
    let text: String = (0..2 * MOST).map(|n| format!("import a{n}\n")).collect();
    assert_eq!(imports("a.py", &text).len(), MOST);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "(import|from|use|require|using|pub|a|[.:{}()\"'` \n\\\\,;*<#/-]){0,60}") {
        for name in ["a.go", "a.ts", "a.vue", "a.py", "A.java", "a.kt", "a.scala", "a.rs", "a.cs", "a.rb", "a.php", "a.c", "a.ex", "a.dart", "a.swift", "a.r", "a.fs"] {
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                let language = language::of_file_name(name).expect("a source file");
                let lines = bytes.split(|b| *b == b'\n').count();
                for import in read(language, bytes).1 {
                    prop_assert!(import.line >= 1 && import.line as usize <= lines, "{name}");
                }
            }
        }
    }
}
