//! What the standard calls a URL record, and its text.

use super::path::is_drive_letter;

#[derive(Clone, Debug, Default)]
pub struct Record {
    pub(super) scheme: String,
    pub(super) username: String,
    pub(super) password: String,
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) path: Path,
    pub(super) query: Option<String>,
    pub(super) fragment: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Path {
    /// `me@example.net` of a `mailto:`.
    Opaque(String),
    Segments(Vec<String>),
}

impl Default for Path {
    fn default() -> Path {
        Path::Segments(Vec::new())
    }
}

/// Where the parts lie in the text, in the order in which JavaScript reads them: the end of the scheme, then of
/// username, password, host and port the beginning and the end, then the path's, then the end of the query. A
/// query that is there and empty is not shown.
pub type Places = [usize; 12];

impl Record {
    /// Schemes that the standard knows, with a host and with slashes of both kinds.
    pub(super) fn is_special(&self) -> bool {
        is_special(&self.scheme)
    }

    pub(super) fn has_credentials(&self) -> bool {
        !self.username.is_empty() || !self.password.is_empty()
    }

    pub(super) fn has_opaque_path(&self) -> bool {
        matches!(self.path, Path::Opaque(_))
    }

    /// The first segment of the path where it is a drive.
    pub(super) fn drive(&self) -> Option<&String> {
        let Path::Segments(segments) = &self.path else { return None };
        segments.first().filter(|first| is_drive_letter(first) && first.ends_with(':'))
    }

    pub fn serialize(&self) -> (String, Places) {
        let mut text = format!("{}:", self.scheme);
        let mut places: Places = [text.len() - 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        if self.host.is_some() {
            text.push_str("//");
        }
        places[1..9].fill(text.len());
        if let Some(host) = &self.host {
            self.push_authority(host, &mut text, &mut places);
        }
        if self.host.is_none()
            && matches!(&self.path, Path::Segments(all) if all.len() > 1 && all[0].is_empty())
        {
            // What follows would be a host.
            text.push_str("/.");
        }
        places[9] = text.len();
        self.push_path(&mut text);
        places[10] = text.len();
        if let Some(query) = &self.query {
            text.push('?');
            text.push_str(query);
        }
        places[11] = text.len();
        if let Some(fragment) = &self.fragment {
            text.push('#');
            text.push_str(fragment);
        }
        (text, places)
    }

    fn push_authority(&self, host: &str, text: &mut String, places: &mut Places) {
        text.push_str(&self.username);
        places[2..9].fill(text.len());
        if !self.password.is_empty() {
            text.push(':');
            places[3] = text.len();
            text.push_str(&self.password);
            places[4] = text.len();
        }
        if self.has_credentials() {
            text.push('@');
        }
        places[5] = text.len();
        text.push_str(host);
        places[6..9].fill(text.len());
        if let Some(port) = self.port {
            text.push(':');
            places[7] = text.len();
            text.push_str(&port.to_string());
            places[8] = text.len();
        }
    }

    fn push_path(&self, text: &mut String) {
        match &self.path {
            Path::Opaque(path) => text.push_str(path),
            Path::Segments(segments) => {
                for segment in segments {
                    text.push('/');
                    text.push_str(segment);
                }
            }
        }
    }

    pub fn origin(&self) -> String {
        let inner = match &self.path {
            Path::Opaque(path) if self.scheme == "blob" => Record::parse(path, None),
            _ => None,
        };
        let url = match &inner {
            Some(inner) if matches!(inner.scheme.as_str(), "http" | "https") => inner,
            _ => self,
        };
        match &url.host {
            Some(host) if url.is_special() && url.scheme != "file" => {
                let port = url.port.map(|port| format!(":{port}")).unwrap_or_default();
                format!("{}://{host}{port}", url.scheme)
            }
            _ => "null".into(),
        }
    }
}

pub(super) fn is_special(scheme: &str) -> bool {
    scheme == "file" || default_port(scheme).is_some()
}

pub(super) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}
