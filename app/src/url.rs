//! The page's address taken apart and put together again: all state of a page is in it.
//! It must not know which parameters mean what.

/// A path with its query, as ordered pairs; repeated keys mean "any of".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageUrl {
    pub path: String,
    pub pairs: Vec<(String, String)>,
    /// The id of the part of the page that a link jumps to.
    pub part: Option<&'static str>,
}

impl PageUrl {
    /// Reads `path?query`; broken percent signs stay as they are.
    pub fn parse(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let pairs =
            query.split('#').next().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(key), decode(value))
            });
        Self { path: path.to_owned(), pairs: pairs.collect(), part: None }
    }

    /// A path with pairs, as the queries of `shared` give them.
    pub fn new(path: &str, pairs: Vec<(&'static str, String)>) -> Self {
        Self { path: path.to_owned(), pairs: pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(), part: None }
    }

    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// The same with only this value under the key; `None` takes the key away. The cursor goes too, unless it is the
    /// key: another list has other pages.
    pub fn with(&self, key: &str, value: Option<&str>) -> Self {
        let mut pairs: Vec<_> = self.pairs.iter().filter(|(k, _)| k != key && k != "cursor").cloned().collect();
        pairs.extend(value.map(|value| (key.to_owned(), value.to_owned())));
        Self { path: self.path.clone(), pairs, part: self.part }
    }

    /// The same with this one value of the key taken away if there, else added.
    pub fn toggled(&self, key: &str, value: &str) -> Self {
        let is_it = |(k, v): &&(String, String)| k == key && v == value;
        let mut pairs: Vec<_> = self.pairs.iter().filter(|pair| !is_it(pair) && pair.0 != "cursor").cloned().collect();
        if !self.pairs.iter().any(|pair| is_it(&pair)) {
            pairs.push((key.to_owned(), value.to_owned()));
        }
        Self { path: self.path.clone(), pairs, part: self.part }
    }

    /// The same query for another path, without the keys that only a page understands.
    pub fn at(&self, path: &str, without: &[&str]) -> Self {
        let pairs = self.pairs.iter().filter(|(k, _)| !without.contains(&k.as_str())).cloned().collect();
        Self { path: path.to_owned(), pairs, part: None }
    }

    /// The same query for another path, with these keys only and without empty values.
    pub fn only(&self, path: &str, keys: &[&str]) -> Self {
        let kept = |(k, v): &&(String, String)| keys.contains(&k.as_str()) && !v.is_empty();
        Self { path: path.to_owned(), pairs: self.pairs.iter().filter(kept).cloned().collect(), part: None }
    }

    /// The same, jumping to a part of the page.
    pub fn to(&self, part: &'static str) -> Self {
        Self { part: Some(part), ..self.clone() }
    }

    /// The address as a link.
    pub fn href(&self) -> String {
        let mut out = self.path.clone();
        for (i, (key, value)) in self.pairs.iter().enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            encode(key, &mut out);
            out.push('=');
            encode(value, &mut out);
        }
        if let Some(part) = self.part {
            out.push('#');
            out.push_str(part);
        }
        out
    }
}

/// One value made safe for a query or a path segment.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    encode(text, &mut out);
    out
}

fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => out.push(byte as char),
            _ => {
                out.push('%');
                out.push(HEX[usize::from(byte >> 4)] as char);
                out.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
}

/// The text behind `%xx` and `+`.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'+', ..) => out.push(b' '),
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 2;
            }
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was() {
        let url = PageUrl::parse("/catalog?q=feature+flags%26&kind=api&kind=component&owner=");
        assert_eq!(url.get("q"), Some("feature flags&"));
        assert_eq!(url.href(), "/catalog?q=feature%20flags%26&kind=api&kind=component&owner=");
        assert_eq!(PageUrl::parse(&url.href()), url);
        assert_eq!(PageUrl::parse("/x?a=%zz%").get("a"), Some("%zz%"));
    }

    #[test]
    fn changing_a_filter_keeps_the_others_and_starts_at_the_first_page() {
        let url = PageUrl::parse("/catalog?q=a&kind=api&cursor=abc");
        assert_eq!(url.toggled("kind", "api").href(), "/catalog?q=a");
        assert_eq!(url.toggled("kind", "group").href(), "/catalog?q=a&kind=api&kind=group");
        assert_eq!(url.with("sort", Some("-name")).href(), "/catalog?q=a&kind=api&sort=-name");
        assert_eq!(url.with("cursor", Some("def")).href(), "/catalog?q=a&kind=api&cursor=def");
        assert_eq!(url.at("/api/v1/entities", &["view", "cursor"]).href(), "/api/v1/entities?q=a&kind=api");
        assert_eq!(url.to("rows").with("sort", Some("x")).href(), "/catalog?q=a&kind=api&sort=x#rows");
        assert_eq!(url.to("rows").only("/explain", &["kind"]).href(), "/explain?kind=api");
    }

    #[test]
    fn hostile_values_cannot_leave_their_place() {
        assert_eq!(encoded("\"><script>&=#"), "%22%3E%3Cscript%3E%26%3D%23");
    }
}
