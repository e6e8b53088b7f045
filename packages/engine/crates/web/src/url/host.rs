//! The host parser and its IPv4 and IPv6 parts.

use std::net::{Ipv4Addr, Ipv6Addr};

use idna::AsciiDenyList;

use super::percent;

/// The host as a URL shows it. An opaque one, of a scheme that the standard does not know, is no name in the DNS.
pub fn parse(text: &str, is_opaque: bool) -> Option<String> {
    if let Some(address) = text.strip_prefix('[') {
        let address = address.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?;
        return Some(format!("[{}]", ipv6(address)));
    }
    if is_opaque {
        let is_allowed = !text.bytes().any(is_forbidden);
        return is_allowed.then(|| percent::encode(text, percent::c0_control));
    }
    let domain = idna::domain_to_ascii_cow(&percent::decode(text), AsciiDenyList::URL).ok()?.into_owned();
    if domain.is_empty() {
        return None;
    }
    if ends_in_number(&domain) { ipv4(&domain).map(|address| address.to_string()) } else { Some(domain) }
}

fn is_forbidden(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | b'\r' | b' ' | b'#' | b'/' | b':' | b'<' | b'>' | b'?' | b'@')
        || matches!(byte, b'[' | b'\\' | b']' | b'^' | b'|')
}

fn ends_in_number(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let last = domain.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && (last.bytes().all(|byte| byte.is_ascii_digit()) || number(last).is_some())
}

/// The last of the numbers fills what the others leave: `127.1` is `127.0.0.1`.
fn ipv4(domain: &str) -> Option<Ipv4Addr> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let numbers = domain.split('.').map(number).collect::<Option<Vec<_>>>()?;
    let (last, before) = numbers.split_last()?;
    if before.len() > 3 || before.iter().any(|number| *number > 255) || *last >= 1 << (8 * (4 - before.len()))
    {
        return None;
    }
    let places = before.iter().enumerate().map(|(index, number)| number << (8 * (3 - index)));
    Some(Ipv4Addr::from_bits((places.sum::<u64>() + last) as u32))
}

/// Decimal, hexadecimal behind `0x`, octal behind `0`. What is beyond any address is as large as it can be.
fn number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [] => return None,
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    digits.chars().try_fold(0_u64, |value, digit| {
        let digit = u64::from(digit.to_digit(radix)?);
        Some(value.saturating_mul(u64::from(radix)).saturating_add(digit))
    })
}

/// With `::` for the first of the longest runs of zeros, and never with an IPv4 address in it.
fn ipv6(address: Ipv6Addr) -> String {
    let pieces = address.segments();
    let zeros = |start: usize| pieces[start..].iter().take_while(|piece| **piece == 0).count();
    let (mut run, mut length) = (pieces.len(), 1);
    for start in 0..pieces.len() {
        if zeros(start) > length {
            (run, length) = (start, zeros(start));
        }
    }
    let joined =
        |pieces: &[u16]| pieces.iter().map(|piece| format!("{piece:x}")).collect::<Vec<_>>().join(":");
    if run == pieces.len() {
        return joined(&pieces);
    }
    format!("{}::{}", joined(&pieces[..run]), joined(&pieces[run + length..]))
}
