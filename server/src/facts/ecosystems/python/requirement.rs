//! One dependency specifier (<https://peps.python.org/pep-0508/>) with its version specifiers (PEP 440).
//! It must not evaluate markers: a dependency under a condition is a dependency.

/// A specifier taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Specifier {
    /// Normalised by PEP 503.
    pub name: String,
    /// The version specifiers or `@ URL` as written, without extras and marker.
    pub requirement: Option<String>,
    /// The version that `==` pins.
    pub version: Option<String>,
}

/// Reads `name[extra] >=1,<2 ; marker` and `name @ URL ; marker`; `None` when it is neither.
pub(super) fn read(text: &str) -> Option<Specifier> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !is_name(name) {
        return None;
    }
    let rest = after_extras(rest.trim_start())?.trim_start();
    if let Some(url) = rest.strip_prefix('@') {
        let url = url.split(" ;").next().unwrap_or_default().trim();
        let requirement = (!url.is_empty()).then(|| format!("@ {url}"))?;
        return Some(Specifier { name: normalise(name), requirement: Some(requirement), version: None });
    }
    let spec = rest.split(';').next().unwrap_or_default().trim();
    let spec = spec.strip_prefix('(').and_then(|spec| spec.strip_suffix(')')).unwrap_or(spec).trim();
    if !spec.is_empty() && !spec.starts_with(['=', '<', '>', '!', '~']) {
        return None;
    }
    let requirement = (!spec.is_empty()).then(|| spec.to_owned());
    Some(Specifier { name: normalise(name), version: pinned(spec), requirement })
}

/// Whether a specifier names a folder or file of this repository: `name @ file:…`, `name @ ./…`, `name @ {root:uri}/…`.
pub(super) fn is_own(specifier: &Specifier) -> bool {
    let place = specifier.requirement.as_deref().and_then(|requirement| requirement.strip_prefix("@ "));
    place.is_some_and(|place| place.starts_with("file:") || place.starts_with(['.', '/', '~', '{']))
}

/// Lower case, runs of `-`, `_` and `.` as one `-` (<https://peps.python.org/pep-0503/#normalized-names>).
pub(super) fn normalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            c => out.push(c.to_ascii_lowercase()),
        }
    }
    out
}

/// The version of a lone `==1.2.3` or `===1.2.3`; a prefix match (`==1.*`) pins nothing.
pub(super) fn pinned(spec: &str) -> Option<String> {
    let version = spec.strip_prefix("===").or_else(|| spec.strip_prefix("=="))?.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_' | '!');
    (!version.is_empty() && version.chars().all(plain)).then(|| version.to_owned())
}

fn is_name(name: &str) -> bool {
    let end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    name.len() <= 200 && end(name.chars().next()) && end(name.chars().last())
}

fn after_extras(rest: &str) -> Option<&str> {
    match rest.strip_prefix('[') {
        Some(extras) => extras.split_once(']').map(|(_, rest)| rest),
        None => Some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, Option<String>, Option<String>) {
        let Specifier { name, requirement, version } = read(text).unwrap();
        (name, requirement, version)
    }

    #[test]
    fn takes_specifiers_apart() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(parts("Zope.Interface_x"), ("zope-interface-x".to_owned(), None, None));
        assert_eq!(parts("a[b,c] >=1, <2 ; python_version<'3'"), ("a".to_owned(), some(">=1, <2"), None));
        assert_eq!(parts("a == 1.0"), ("a".to_owned(), some("== 1.0"), some("1.0")));
        assert_eq!(parts("a==1.*"), ("a".to_owned(), some("==1.*"), None));
        assert_eq!(parts("a (>=1)"), ("a".to_owned(), some(">=1"), None));
        assert_eq!(
            parts("a @ git+https://x/y@v1#egg=a ; m"),
            ("a".to_owned(), some("@ git+https://x/y@v1#egg=a"), None)
        );
    }

    #[test]
    fn refuses_what_is_none() {
        for text in ["", "-e .", "./local", "a b", "a[b", "https://x/y.whl", "{{name}}", "a @", "_a"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
