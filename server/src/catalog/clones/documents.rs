//! Files of equal tokens become one document: 5,000 copies cost what one costs.
//! It must not compare documents.
use super::model::CodeFile;
use crate::facts::prints::CodePrint;
use std::collections::HashMap;

/// Files of equal tokens.
pub(super) struct Document<'a> {
    pub(super) print: &'a CodePrint,
    /// Positions in the list of files, by repository, then path.
    pub(super) files: Vec<u32>,
    /// The repository of the first file, and how many there are.
    pub(super) first: u32,
    pub(super) n_repositories: usize,
    /// Whether all files have the same bytes.
    pub(super) same_bytes: bool,
}

impl Document<'_> {
    /// Whether the two together span repositories.
    pub(super) fn spans_with(&self, other: &Self) -> bool {
        self.n_repositories > 1 || other.n_repositories > 1 || self.first != other.first
    }
}

/// A position in a list as it is kept; lists are far shorter.
pub(super) fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// All documents that are compared, in the order of their first files.
pub(super) fn of(files: &[CodeFile]) -> Vec<Document<'_>> {
    let mut order: Vec<u32> = (0..position(files.len())).filter(|at| is_compared(&files[*at as usize])).collect();
    order.sort_by_key(|at| (files[*at as usize].repository, &files[*at as usize].path));
    let mut documents: Vec<Document<'_>> = Vec::new();
    let (mut by_blob, mut by_tokens) = (HashMap::new(), HashMap::new());
    for at in order {
        let file = &files[at as usize];
        let print = &*file.print;
        // Equal bytes under names of two languages are read in two ways, and equal all the same.
        let known = by_blob.get(&file.blob).or_else(|| by_tokens.get(&(print.tokens, print.n_tokens))).copied();
        let document = known.unwrap_or_else(|| {
            documents.push(Document {
                print,
                files: vec![],
                first: file.repository,
                n_repositories: 0,
                same_bytes: true,
            });
            documents.len() - 1
        });
        by_blob.entry(&file.blob).or_insert(document);
        by_tokens.entry((print.tokens, print.n_tokens)).or_insert(document);
        add(&mut documents[document], files, at);
    }
    documents
}

fn is_compared(file: &CodeFile) -> bool {
    file.print.left_out.is_none() && file.print.n_tokens > 0
}

/// Files come by repository: a new one is told by the last.
fn add(document: &mut Document<'_>, files: &[CodeFile], at: u32) {
    let file = &files[at as usize];
    if let Some(last) = document.files.last().map(|last| &files[*last as usize]) {
        document.n_repositories += usize::from(last.repository != file.repository);
        document.same_bytes &= last.blob == file.blob;
    } else {
        document.n_repositories = 1;
    }
    document.files.push(at);
}
