//! What assigning to a part of a URL does: the parser with a state override. A value that is not allowed changes
//! nothing.

use super::parser::{split_port, split_scheme, without_breaks};
use super::record::{Path, Record, default_port, is_special};
use super::{host, percent};

impl Record {
    pub fn set_protocol(&mut self, value: &str) {
        let text = without_breaks(value) + ":";
        let Some((scheme, _)) = split_scheme(&text) else { return };
        let becomes_file = scheme == "file" && (self.has_credentials() || self.port.is_some());
        let is_file = self.scheme == "file" && self.has_no_host();
        if is_special(&scheme) != self.is_special() || becomes_file || is_file {
            return;
        }
        self.scheme = scheme;
        self.port = self.port.filter(|port| default_port(&self.scheme) != Some(*port));
    }

    pub fn set_username(&mut self, value: &str) {
        if self.can_have_credentials() {
            self.username = percent::encode(value, percent::userinfo);
        }
    }

    pub fn set_password(&mut self, value: &str) {
        if self.can_have_credentials() {
            self.password = percent::encode(value, percent::userinfo);
        }
    }

    /// Also a port may stand behind it.
    pub fn set_host(&mut self, value: &str) {
        let text = without_breaks(value);
        if let (true, Some(port)) = self.take_host(&text, true) {
            // Digits before anything else, and none that is too large.
            let _ = self.take_port(digits(port));
        }
    }

    pub fn set_hostname(&mut self, value: &str) {
        self.take_host(&without_breaks(value), false);
    }

    /// Whether the host is another now, and what stands behind its colon.
    fn take_host<'text>(&mut self, text: &'text str, may_have_port: bool) -> (bool, Option<&'text str>) {
        const KEPT: (bool, Option<&str>) = (false, None);
        if self.has_opaque_path() {
            return KEPT;
        }
        let is_end = |letter| matches!(letter, '/' | '?' | '#') || self.is_slash(letter);
        let text = &text[..text.find(is_end).unwrap_or(text.len())];
        if self.scheme == "file" {
            return (self.take_file_host(text).is_some(), None);
        }
        let (name, port) = split_port(text);
        let is_needed = self.is_special() || port.is_some() || self.has_credentials() || self.port.is_some();
        if (name.is_empty() && is_needed) || (port.is_some() && !may_have_port) {
            return KEPT;
        }
        let Some(host) = host::parse(name, !self.is_special()) else { return KEPT };
        self.host = Some(host);
        (true, port)
    }

    pub fn set_port(&mut self, value: &str) {
        if !self.can_have_credentials() {
            return;
        }
        if value.is_empty() {
            self.port = None;
        } else {
            let text = without_breaks(value);
            // One that is too large changes nothing.
            let _ = self.take_port(digits(&text));
        }
    }

    pub fn set_pathname(&mut self, value: &str) {
        if self.has_opaque_path() {
            return;
        }
        self.path = Path::default();
        let text = without_breaks(value);
        match text.strip_prefix(|letter| self.is_slash(letter)) {
            Some(rest) => self.push_segments(rest),
            None if text.is_empty() && !self.is_special() && self.host.is_some() => {}
            None => self.push_segments(&text),
        }
    }

    pub fn set_search(&mut self, value: &str) {
        if value.is_empty() {
            self.query = None;
            self.strip_opaque_path();
        } else {
            let text = without_breaks(value.strip_prefix('?').unwrap_or(value));
            self.query = Some(self.encoded_query(&text));
        }
    }

    pub fn set_hash(&mut self, value: &str) {
        if value.is_empty() {
            self.fragment = None;
            self.strip_opaque_path();
        } else {
            let text = without_breaks(value.strip_prefix('#').unwrap_or(value));
            self.fragment = Some(percent::encode(&text, percent::fragment));
        }
    }

    /// Spaces at the end would be lost with the next parsing.
    fn strip_opaque_path(&mut self) {
        if let (Path::Opaque(path), None, None) = (&mut self.path, &self.query, &self.fragment) {
            path.truncate(path.trim_end_matches(' ').len());
        }
    }

    fn has_no_host(&self) -> bool {
        self.host.as_deref().unwrap_or_default().is_empty()
    }

    fn can_have_credentials(&self) -> bool {
        self.scheme != "file" && !self.has_no_host()
    }
}

fn digits(text: &str) -> &str {
    &text[..text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::Record;

    fn parsed(text: &str, base: &str) -> Option<String> {
        Record::parse(text, Record::parse(base, None).as_ref()).map(|url| url.serialize().0)
    }

    fn set(text: &str, setter: impl FnOnce(&mut Record)) -> String {
        let mut url = Record::parse(text, None).expect("a URL");
        setter(&mut url);
        url.serialize().0
    }

    /// Node 22 is compared with elsewhere; here is what its parser does otherwise.
    #[test]
    fn follows_the_standard_where_node_does_not() {
        assert_eq!(parsed("x#y", "mailto:me@example.net"), None);
        assert_eq!(parsed("#y", "mailto:me@example.net").as_deref(), Some("mailto:me@example.net#y"));
        assert_eq!(parsed("..", "git://host/a").as_deref(), Some("git://host/"));
        assert_eq!(set("http://host:81/", |url| url.set_port("x1")), "http://host:81/");
        assert_eq!(set("git://host:9/p", |url| url.set_host(":5")), "git://host:9/p");
        assert_eq!(set("a:/b", |url| url.set_host("x:80")), "a://x:80/b");
        assert_eq!(set("a:/b", |url| url.set_hostname("")), "a:///b");
    }

    #[test]
    fn what_would_read_as_a_host_stays_a_path() {
        let text = set("a:/b", |url| url.set_pathname("//x"));
        assert_eq!(text, "a:/.//x");
        assert_eq!(parsed(&text, "a:/"), Some(text));
    }
}
