//! What words mean in a language: which begin an import, which define a name, which make it public, which everybody uses.
//! It must not keep a place in a file.
use super::grams::mix;
use std::sync::OnceLock;
use tokei::LanguageType;

/// Begins a statement that says where names come from: it is compared by the file's hash only.
pub(super) const IMPORT: u8 = 1;
/// Likewise, and a `{` after it opens what is compared again: `namespace A {`.
pub(super) const HEADER: u8 = 2;
/// The next word is a name that is defined.
pub(super) const DEFINE: u8 = 4;
/// The line's names are for others, or are not.
pub(super) const PUBLIC: u8 = 8;
pub(super) const PRIVATE: u8 = 16;
/// A keyword, or a word of everybody's idioms.
pub(super) const COMMON: u8 = 32;

/// Which defined names are for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    /// Those that begin with an upper-case letter.
    Upper,
    /// Those that begin with anything but `_`, at the margin.
    Plain,
    /// Those that the line says are public.
    Marked,
    /// Those that the line does not say are private.
    Unmarked,
}

/// One family of languages.
pub(super) struct Family {
    words: Words,
    pub(super) offered: Offered,
    /// Whether the word before the first `(` of a public line is a method's name.
    pub(super) methods: bool,
    /// Whether `;` may be left out at the end of a statement.
    pub(super) loose_semicolons: bool,
    /// Whether `use` and the like are imports anywhere, not only first in a line.
    pub(super) reserved: bool,
    /// Whether `import(`, `export {` and `= require(` are read as JavaScript reads them.
    pub(super) script: bool,
}

impl Family {
    pub(super) fn of(language: LanguageType) -> &'static Self {
        static ALL: OnceLock<Vec<Family>> = OnceLock::new();
        let all = ALL.get_or_init(|| TABLE.iter().map(Self::new).collect());
        let at = TABLE.iter().position(|row| row.languages.contains(&language)).unwrap_or(TABLE.len() - 1);
        &all[at]
    }

    fn new(row: &Row) -> Self {
        let mut words = Words::default();
        for (list, role) in [
            (row.imports, IMPORT),
            (row.headers, HEADER),
            (row.defines, DEFINE),
            (row.public, PUBLIC),
            (row.private, PRIVATE),
            (COMMON_WORDS, COMMON),
        ] {
            list.split_whitespace().for_each(|word| words.add(word, role));
        }
        for list in [row.imports, row.headers, row.defines, row.public, row.private] {
            list.split_whitespace().for_each(|word| words.add(word, COMMON));
        }
        Self {
            words,
            offered: row.offered,
            methods: row.traits.contains('m'),
            loose_semicolons: row.traits.contains(';'),
            reserved: row.traits.contains('r'),
            script: row.traits.contains('s'),
        }
    }

    /// What a word is, by its hash.
    #[inline]
    pub(super) fn roles(&self, hash: u64) -> u8 {
        self.words.roles(hash)
    }
}

/// The hash of a word's bytes (FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>, then mixed).
pub(super) fn word_hash(word: &[u8]) -> u64 {
    mix(word.iter().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)))
}

pub(super) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
pub(super) const FNV_PRIME: u64 = 0x0100_0000_01b3;

const SLOTS: usize = 1_024;

/// Words by hash, in open addressing; about 200 of them.
struct Words {
    slots: Vec<(u64, u8)>,
}

impl Default for Words {
    fn default() -> Self {
        Self { slots: vec![(0, 0); SLOTS] }
    }
}

impl Words {
    fn add(&mut self, word: &str, role: u8) {
        let hash = word_hash(word.as_bytes());
        let mut at = hash as usize % SLOTS;
        while self.slots[at].1 != 0 && self.slots[at].0 != hash {
            at = (at + 1) % SLOTS;
        }
        self.slots[at] = (hash, self.slots[at].1 | role);
    }

    #[inline]
    fn roles(&self, hash: u64) -> u8 {
        let mut at = hash as usize % SLOTS;
        while self.slots[at].1 != 0 {
            if self.slots[at].0 == hash {
                return self.slots[at].1;
            }
            at = (at + 1) % SLOTS;
        }
        0
    }
}

/// Keywords of many languages, and the words of idioms that everybody writes alike.
const COMMON_WORDS: &str = "if else elif elsif for while do done then fi esac in of loop switch case default break \
    continue return yield await async try catch except finally throw throws raise rescue ensure begin end with as is not \
    and or new delete this self super null nil None NULL undefined true false True False void int int32 int64 uint32 \
    uint64 float float64 double bool boolean byte char long short string String str var let const val mut ref func \
    function fn fun def defp lambda class struct enum interface trait type impl object record public private protected \
    internal static final abstract override virtual readonly export import from package namespace use using module \
    require include err error Error Exception e ok ctx context Context log fmt print println printf Errorf Sprintf \
    Fatal Fatalf Println Printf console len append make range defer go chan select map Some Ok Err Result Option unwrap \
    expect t testing T assert require equal Equal describe it test i j k n s v x key value name id data list dict set \
    get args kwargs pass echo exit local eval exec sudo cd resource variable output description any object number";

/// A row of the table below; lists are words with blanks between. `traits`: `m` methods, `;` loose semicolons, `r` reserved
/// import words, `s` script.
struct Row {
    languages: &'static [LanguageType],
    imports: &'static str,
    headers: &'static str,
    defines: &'static str,
    public: &'static str,
    private: &'static str,
    offered: Offered,
    traits: &'static str,
}

use LanguageType as L;

const TABLE: &[Row] = &[
    Row {
        languages: &[L::Go],
        imports: "package import",
        headers: "",
        defines: "func type const var",
        public: "",
        private: "",
        offered: Offered::Upper,
        traits: ";",
    },
    Row {
        languages: &[L::JavaScript, L::Jsx, L::TypeScript, L::Tsx, L::Vue, L::Svelte, L::CoffeeScript],
        imports: "import",
        headers: "",
        defines: "function class interface type enum const let var",
        public: "export",
        private: "",
        offered: Offered::Marked,
        traits: ";s",
    },
    Row {
        languages: &[L::Python],
        imports: "import from",
        headers: "",
        defines: "def class",
        public: "",
        private: "",
        offered: Offered::Plain,
        traits: ";",
    },
    Row {
        languages: &[L::Java, L::CSharp],
        imports: "import package using",
        headers: "namespace",
        defines: "class interface enum record struct",
        public: "public",
        private: "private protected internal",
        offered: Offered::Marked,
        traits: "m",
    },
    Row {
        languages: &[L::Kotlin, L::Scala, L::Groovy, L::Swift],
        imports: "import package",
        headers: "",
        defines: "class interface object trait enum struct protocol fun func def",
        public: "",
        private: "private protected internal fileprivate override",
        offered: Offered::Unmarked,
        traits: ";",
    },
    Row {
        languages: &[L::Rust],
        imports: "use extern",
        headers: "mod",
        defines: "fn struct enum trait const static type",
        public: "pub",
        private: "",
        offered: Offered::Marked,
        traits: "r",
    },
    Row {
        languages: &[L::C, L::CHeader, L::Cpp, L::CppHeader, L::ObjectiveC, L::ObjectiveCpp, L::Cuda],
        imports: "include import pragma using",
        headers: "namespace",
        defines: "struct class enum union",
        public: "",
        private: "",
        offered: Offered::Plain,
        traits: "",
    },
    Row {
        languages: &[L::Php],
        imports: "use require_once include_once",
        headers: "namespace",
        defines: "class interface trait enum function",
        public: "",
        private: "private protected",
        offered: Offered::Unmarked,
        traits: "",
    },
    Row {
        languages: &[L::Ruby],
        imports: "require require_relative",
        headers: "",
        defines: "class module def",
        public: "",
        private: "",
        offered: Offered::Unmarked,
        traits: ";",
    },
    Row {
        languages: &[L::Elixir, L::Erlang, L::Elm, L::Haskell, L::OCaml, L::FSharp, L::Clojure, L::ClojureScript],
        imports: "import alias require use open include",
        headers: "",
        defines: "def defmodule defmacro module type data class",
        public: "",
        private: "defp",
        offered: Offered::Unmarked,
        traits: "",
    },
    Row {
        languages: &[L::Protobuf, L::Graphql, L::Thrift],
        imports: "import package syntax option namespace include",
        headers: "",
        defines: "message service enum rpc interface input union struct",
        public: "",
        private: "",
        offered: Offered::Unmarked,
        traits: "",
    },
    Row {
        languages: &[L::Dart],
        imports: "import export part library",
        headers: "",
        defines: "class enum mixin extension typedef",
        public: "",
        private: "",
        offered: Offered::Plain,
        traits: "",
    },
    Row {
        languages: &[],
        imports: "import using library source",
        headers: "",
        defines: "function class",
        public: "",
        private: "local",
        offered: Offered::Unmarked,
        traits: "",
    },
];
