//! YAML text of a rule file to descriptor documents, by the parser that also reads scanned ones.
//! It must not check what the documents mean.
use crate::facts::{Parser, descriptors::Descriptors, model::FileFacts};

/// A name under which the parser reads every document of a file, whatever the file is called.
const FILE_NAME: &str = "catalog-info.yaml";

/// The documents and problems of a rule file.
pub(crate) fn documents(text: &str) -> FileFacts {
    Descriptors.parse(FILE_NAME, text.as_bytes())
}
