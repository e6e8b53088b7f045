//! The basic URL parser. Its states are functions here, each of which takes what is left of the text.

use super::path::{is_drive_letter, starts_with_drive_letter};
use super::record::{Path, Record, default_port};
use super::{host, percent};

/// Of a text that tabs and line ends have left.
pub(super) fn without_breaks(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], "")
}

/// The scheme in lower case, and what stands behind its colon.
pub(super) fn split_scheme(text: &str) -> Option<(String, &str)> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    let end = text.find(|letter| !is_part(letter))?;
    let rest = text[end..].strip_prefix(':')?;
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        .then(|| (text[..end].to_ascii_lowercase(), rest))
}

/// Splits before a letter, or behind the text.
fn split_before(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

impl Record {
    /// The URL that a text is, alone or beside a base; none where the standard's parser fails.
    pub fn parse(text: &str, base: Option<&Record>) -> Option<Record> {
        let text = without_breaks(text.trim_matches(|letter| letter <= ' '));
        match split_scheme(&text) {
            Some((scheme, rest)) => Record { scheme, ..Record::default() }.behind_scheme(rest, base),
            None => Record::default().without_scheme(&text, base?),
        }
    }

    fn behind_scheme(mut self, rest: &str, base: Option<&Record>) -> Option<Record> {
        let base = base.filter(|base| base.scheme == self.scheme);
        if self.scheme == "file" {
            return self.file(rest, base);
        }
        if self.is_special() {
            return match base {
                Some(base) if !rest.starts_with("//") => self.relative(rest, base),
                _ => self.authority(rest.trim_start_matches(['/', '\\'])),
            };
        }
        if let Some(rest) = rest.strip_prefix("//") {
            return self.authority(rest);
        }
        if let Some(rest) = rest.strip_prefix('/') {
            return self.path(rest);
        }
        let (path, rest) = split_before(rest, |letter| matches!(letter, '?' | '#'));
        self.path = Path::Opaque(percent::encode(path, percent::c0_control));
        self.query_and_fragment(rest)
    }

    fn without_scheme(mut self, text: &str, base: &Record) -> Option<Record> {
        if base.has_opaque_path() {
            text.starts_with('#').then_some(())?;
            self = base.clone();
            return self.query_and_fragment(text);
        }
        self.scheme.clone_from(&base.scheme);
        if base.scheme == "file" { self.file(text, Some(base)) } else { self.relative(text, base) }
    }

    fn relative(mut self, text: &str, base: &Record) -> Option<Record> {
        if let Some(rest) = text.strip_prefix(|letter| self.is_slash(letter)) {
            if let Some(rest) = rest.strip_prefix(|letter| self.is_slash(letter)) {
                let is_special = self.is_special();
                return self.authority(if is_special { rest.trim_start_matches(['/', '\\']) } else { rest });
            }
            self = Record { path: Path::default(), query: None, fragment: None, ..base.clone() };
            return self.path(rest);
        }
        self = Record { fragment: None, ..base.clone() };
        self.beside(text)
    }

    /// The path of a base is there already.
    fn beside(mut self, text: &str) -> Option<Record> {
        if !text.is_empty() && !text.starts_with(['?', '#']) {
            self.query = None;
            self.shorten_path();
            return self.path(text);
        }
        self.query_and_fragment(text)
    }

    fn authority(mut self, text: &str) -> Option<Record> {
        let is_special = self.is_special();
        let (authority, rest) =
            split_before(text, |letter| matches!(letter, '/' | '?' | '#') || (letter == '\\' && is_special));
        let host = match authority.rsplit_once('@') {
            None => authority,
            Some((_, "")) => return None,
            Some((credentials, host)) => {
                let (username, password) = credentials.split_once(':').unwrap_or((credentials, ""));
                self.username = percent::encode(username, percent::userinfo);
                self.password = percent::encode(password, percent::userinfo);
                host
            }
        };
        let (host, port) = split_port(host);
        if host.is_empty() && (is_special || port.is_some()) {
            return None;
        }
        self.host = Some(host::parse(host, !is_special)?);
        if let Some(port) = port {
            port.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
            self.take_port(port)?;
        }
        self.path_start(rest)
    }

    /// Takes digits; none where they are too large a number. Without any, the port is the scheme's.
    pub(super) fn take_port(&mut self, digits: &str) -> Option<()> {
        if !digits.is_empty() {
            let digits = digits.trim_start_matches('0');
            let port = if digits.is_empty() { 0 } else { digits.parse().ok()? };
            self.port = Some(port).filter(|port| default_port(&self.scheme) != Some(*port));
        }
        Some(())
    }

    fn file(mut self, text: &str, base: Option<&Record>) -> Option<Record> {
        self.host = Some(String::new());
        if let Some(rest) = text.strip_prefix(['/', '\\']) {
            if let Some(rest) = rest.strip_prefix(['/', '\\']) {
                return self.file_host(rest);
            }
            if let Some(base) = base {
                self.host.clone_from(&base.host);
                if let (false, Some(drive)) = (starts_with_drive_letter(rest), base.drive()) {
                    self.path = Path::Segments(vec![drive.clone()]);
                }
            }
            return self.path(rest);
        }
        let Some(base) = base else { return self.path(text) };
        self = Record { fragment: None, ..base.clone() };
        if starts_with_drive_letter(text) {
            self.path = Path::default();
            self.query = None;
            return self.path(text);
        }
        self.beside(text)
    }

    fn file_host(mut self, text: &str) -> Option<Record> {
        let (host, rest) = split_before(text, |letter| matches!(letter, '/' | '\\' | '?' | '#'));
        if is_drive_letter(host) {
            return self.path(text);
        }
        self.take_file_host(host)?;
        self.path_start(rest)
    }

    pub(super) fn take_file_host(&mut self, text: &str) -> Option<()> {
        let host = if text.is_empty() { String::new() } else { host::parse(text, false)? };
        self.host = Some(if host == "localhost" { String::new() } else { host });
        Some(())
    }

    /// Before the slash of a path, which may not be there.
    fn path_start(self, text: &str) -> Option<Record> {
        match text.strip_prefix(|letter| self.is_slash(letter)) {
            Some(rest) => self.path(rest),
            None if self.is_special() => self.path(text),
            None => self.query_and_fragment(text),
        }
    }

    fn path(mut self, text: &str) -> Option<Record> {
        let (path, rest) = split_before(text, |letter| matches!(letter, '?' | '#'));
        self.push_segments(path);
        self.query_and_fragment(rest)
    }

    fn query_and_fragment(mut self, text: &str) -> Option<Record> {
        let (query, fragment) = match text.split_once('#') {
            Some((query, fragment)) => (query, Some(fragment)),
            None => (text, None),
        };
        if let Some(query) = query.strip_prefix('?') {
            self.query = Some(self.encoded_query(query));
        }
        self.fragment = fragment.map(|fragment| percent::encode(fragment, percent::fragment));
        Some(self)
    }

    pub(super) fn encoded_query(&self, query: &str) -> String {
        percent::encode(query, if self.is_special() { percent::special_query } else { percent::query })
    }
}

/// At the first colon outside brackets.
pub(super) fn split_port(text: &str) -> (&str, Option<&str>) {
    let mut is_inside = false;
    for (index, letter) in text.char_indices() {
        match letter {
            '[' => is_inside = true,
            ']' => is_inside = false,
            ':' if !is_inside => return (&text[..index], Some(&text[index + 1..])),
            _ => {}
        }
    }
    (text, None)
}
