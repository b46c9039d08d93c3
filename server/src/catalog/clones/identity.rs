//! Clusters of files that are equal as a whole: the same bytes, or the same tokens.
//! It must not look at fingerprints.
use super::{
    documents::Document,
    model::{Cluster, CodeFile, Copied},
};
use shared::CloneKind;

/// One cluster for each document of two or more repositories.
pub(super) fn clusters(files: &[CodeFile], documents: &[Document<'_>]) -> Vec<Cluster> {
    documents.iter().filter(|document| document.n_repositories > 1).map(|document| cluster(files, document)).collect()
}

fn cluster(files: &[CodeFile], document: &Document<'_>) -> Cluster {
    let print = document.print;
    let copies = document.files.iter().map(|at| whole(files, *at, 1_000)).collect();
    Cluster {
        id: format!("{:016x}", print.tokens),
        kind: if document.same_bytes { CloneKind::Blob } else { CloneKind::Tokens },
        language: print.language.clone(),
        copies,
        n_tokens: print.n_tokens,
        n_lines: print.n_lines,
    }
}

/// A copy that is a whole file.
pub(super) fn whole(files: &[CodeFile], at: u32, similarity: u16) -> Copied {
    Copied { file: at, from_line: 1, to_line: files[at as usize].print.n_lines.max(1), similarity }
}
