//! A certificate in the words of Node's `getPeerCertificate()`.

use core::fmt::Write;
use std::net::IpAddr;

use const_oid::db::{rfc5280, rfc5912};
use laconic_quickjs::bytes::copied;
use ring::digest;
use rquickjs::{Array, Ctx, Exception, Object, Result, TypedArray};
use x509_cert::Certificate;
use x509_cert::der::asn1::{Ia5StringRef, PrintableStringRef, TeletexStringRef, UintRef, Utf8StringRef};
use x509_cert::der::{DateTime, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{AuthorityInfoAccessSyntax, BasicConstraints, ExtendedKeyUsage, SubjectAltName};
use x509_cert::name::Name;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// OpenSSL's short names of what certificates say about who they are for.
const ATTRIBUTES: [(&str, &str); 23] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "GN"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.97", "organizationIdentifier"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"),
];

/// `describeCertificate(der)`: subject, issuer, names, validity, key and fingerprints.
pub fn describe<'js>(ctx: Ctx<'js>, der: TypedArray<'js, u8>) -> Result<Object<'js>> {
    // Copied: the description is made while parts of it are read, and a setter is JavaScript.
    let bytes: &[u8] = &copied(&der);
    let malformed = |_| Exception::throw_message(&ctx, "the certificate is malformed");
    let certificate = Certificate::from_der(bytes).map_err(malformed)?;
    let tbs = certificate.tbs_certificate();
    let described = Object::new(ctx.clone())?;
    described.set("subject", name_object(&ctx, tbs.subject())?)?;
    described.set("issuer", name_object(&ctx, tbs.issuer())?)?;
    if let Ok(Some((_, names))) = tbs.get_extension::<SubjectAltName>() {
        let names: Vec<_> = names.0.iter().filter_map(general_name).collect();
        described.set("subjectaltname", names.join(", "))?;
    }
    if let Ok(Some((_, access))) = tbs.get_extension::<AuthorityInfoAccessSyntax>() {
        described.set("infoAccess", info_access(&ctx, &access)?)?;
    }
    let authority = tbs.get_extension::<BasicConstraints>().ok().flatten();
    described.set("ca", authority.is_some_and(|(_, constraints)| constraints.ca))?;
    set_key(&ctx, &described, tbs.subject_public_key_info())?;
    described.set("valid_from", date(tbs.validity().not_before.to_date_time()))?;
    described.set("valid_to", date(tbs.validity().not_after.to_date_time()))?;
    described.set("fingerprint", fingerprint(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes))?;
    described.set("fingerprint256", fingerprint(&digest::SHA256, bytes))?;
    described.set("fingerprint512", fingerprint(&digest::SHA512, bytes))?;
    if let Ok(Some((_, usage))) = tbs.get_extension::<ExtendedKeyUsage>() {
        let usages: Vec<_> = usage.0.iter().map(ToString::to_string).collect();
        described.set("ext_key_usage", usages)?;
    }
    described.set("serialNumber", serial_number(tbs.serial_number().as_bytes()))?;
    described.set("raw", TypedArray::<u8>::new(ctx, bytes)?)?;
    Ok(described)
}

/// `{ CN: "…", O: "…" }`; an attribute that occurs several times is an array.
fn name_object<'js>(ctx: &Ctx<'js>, name: &Name) -> Result<Object<'js>> {
    let described = Object::new(ctx.clone())?;
    for attribute in name.iter() {
        let oid = attribute.oid.to_string();
        let key = ATTRIBUTES.iter().find(|(known, _)| *known == oid).map_or(oid.as_str(), |(_, name)| name);
        let value = &attribute.value;
        let text = match value.tag() {
            Tag::Utf8String => value.decode_as::<Utf8StringRef<'_>>().map(|text| text.as_str().to_owned()),
            Tag::PrintableString => {
                value.decode_as::<PrintableStringRef<'_>>().map(|text| text.as_str().to_owned())
            }
            Tag::Ia5String => value.decode_as::<Ia5StringRef<'_>>().map(|text| text.as_str().to_owned()),
            Tag::TeletexString => {
                value.decode_as::<TeletexStringRef<'_>>().map(|text| text.as_str().to_owned())
            }
            _ => Ok(String::from_utf8_lossy(value.value()).into_owned()),
        };
        let text = text.unwrap_or_default();
        if let Some(several) = described.get::<_, Option<Array<'js>>>(key).ok().flatten() {
            several.set(several.len(), text)?;
        } else if let Some(first) = described.get::<_, Option<String>>(key)? {
            let several = Array::new(ctx.clone())?;
            several.set(0, first)?;
            several.set(1, text)?;
            described.set(key, several)?;
        } else {
            described.set(key, text)?;
        }
    }
    Ok(described)
}

fn general_name(name: &GeneralName) -> Option<String> {
    Some(match name {
        GeneralName::DnsName(name) => format!("DNS:{}", quoted(name.as_str())),
        GeneralName::UniformResourceIdentifier(uri) => format!("URI:{}", quoted(uri.as_str())),
        GeneralName::Rfc822Name(mail) => format!("email:{}", quoted(mail.as_str())),
        GeneralName::IpAddress(octets) => format!("IP Address:{}", ip_address(octets.as_bytes())?),
        GeneralName::RegisteredId(oid) => format!("Registered ID:{oid}"),
        GeneralName::DirectoryName(name) => format!("DirName:{}", quoted(&name.to_string())),
        GeneralName::OtherName(_) => "othername:<unsupported>".into(),
        GeneralName::EdiPartyName(_) => "EdiPartyName:<unsupported>".into(),
    })
}

/// In quotes when it could be read as more than one entry, as Node does since CVE-2021-44532.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\\', '\'']) || text.chars().any(char::is_control) {
        let escaped: String = text.chars().flat_map(char::escape_default).collect();
        format!("\"{escaped}\"")
    } else {
        text.into()
    }
}

fn ip_address(octets: &[u8]) -> Option<String> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(IpAddr::from(four).to_string());
    }
    let sixteen = <[u8; 16]>::try_from(octets).ok()?;
    // OpenSSL prints all eight groups, without the short form.
    let groups: Vec<_> =
        sixteen.chunks(2).map(|pair| format!("{:X}", u16::from_be_bytes([pair[0], pair[1]]))).collect();
    Some(groups.join(":"))
}

fn info_access<'js>(ctx: &Ctx<'js>, access: &AuthorityInfoAccessSyntax) -> Result<Object<'js>> {
    let described = Object::new(ctx.clone())?;
    for description in &access.0 {
        let method = match description.access_method {
            rfc5280::ID_AD_OCSP => "OCSP",
            rfc5280::ID_AD_CA_ISSUERS => "CA Issuers",
            _ => continue,
        };
        if let Some(location) = general_name(&description.access_location) {
            let (kind, value) = location.split_once(':').unwrap_or(("", &location));
            let key = format!("{method} - {kind}");
            let list = match described.get::<_, Option<Array<'js>>>(&key)? {
                Some(list) => list,
                None => Array::new(ctx.clone())?,
            };
            list.set(list.len(), value)?;
            described.set(key, list)?;
        }
    }
    Ok(described)
}

fn set_key<'js>(ctx: &Ctx<'js>, described: &Object<'js>, key: &SubjectPublicKeyInfoOwned) -> Result<()> {
    let bits = key.subject_public_key.raw_bytes();
    if key.algorithm.oid == rfc5912::RSA_ENCRYPTION {
        if let Some((modulus, exponent)) = rsa_numbers(bits) {
            let exponent = exponent.iter().fold(0u64, |value, byte| (value << 8) | u64::from(*byte));
            described.set("modulus", hex(&modulus, ""))?;
            described.set(
                "bits",
                modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize),
            )?;
            described.set("exponent", format!("0x{exponent:x}"))?;
        }
        if let Ok(whole) = key.to_der() {
            described.set("pubkey", TypedArray::<u8>::new(ctx.clone(), whole)?)?;
        }
    } else if key.algorithm.oid == rfc5912::ID_EC_PUBLIC_KEY {
        let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as().ok());
        let (openssl, nist, size) = match curve {
            Some(rfc5912::SECP_256_R_1) => ("prime256v1", "P-256", 256),
            Some(rfc5912::SECP_384_R_1) => ("secp384r1", "P-384", 384),
            Some(rfc5912::SECP_521_R_1) => ("secp521r1", "P-521", 521),
            _ => return Ok(()),
        };
        described.set("pubkey", TypedArray::<u8>::new(ctx.clone(), bits)?)?;
        described.set("asn1Curve", openssl)?;
        described.set("nistCurve", nist)?;
        described.set("bits", size)?;
    }
    Ok(())
}

fn rsa_numbers(key: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut reader = SliceReader::new(key).ok()?;
    reader
        .sequence(|sequence| -> x509_cert::der::Result<_> {
            let modulus = UintRef::decode(sequence)?;
            let exponent = UintRef::decode(sequence)?;
            Ok((modulus.as_bytes().to_vec(), exponent.as_bytes().to_vec()))
        })
        .ok()
}

/// `Nov 25 07:13:01 2026 GMT`
fn date(date: DateTime) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!(
        "{} {:2} {:02}:{:02}:{:02} {} GMT",
        MONTHS[usize::from(date.month() - 1)],
        date.day(),
        date.hour(),
        date.minutes(),
        date.seconds(),
        date.year()
    )
}

fn fingerprint(algorithm: &'static digest::Algorithm, der: &[u8]) -> String {
    hex(digest::digest(algorithm, der).as_ref(), ":")
}

/// Without the zero byte that keeps a large number positive.
fn serial_number(bytes: &[u8]) -> String {
    match bytes {
        [0, rest @ ..] if !rest.is_empty() => hex(rest, ""),
        _ => hex(bytes, ""),
    }
}

fn hex(bytes: &[u8], separator: &str) -> String {
    let mut text = String::with_capacity(bytes.len() * (2 + separator.len()));
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02X}");
    }
    text
}
