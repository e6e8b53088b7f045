//! Whom a connection trusts, and what is wrong with a peer it does not.
//!
//! Node lets the handshake finish and then asks whether the chain holds, so that an app may look
//! at a peer that it does not trust. So do we: the verifier of the handshake checks signatures only.

use std::sync::Arc;

use rquickjs::{Ctx, Result};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use super::failure::throw_with_code;

/// Certificates that a chain may end at.
#[derive(Debug)]
pub struct Trust {
    roots: RootCertStore,
    /// As the app gave them. A peer that shows one of these is trusted whatever its extensions say,
    /// as by OpenSSL: self-signed certificates are commonly marked as authorities.
    given: Vec<CertificateDer<'static>>,
}

/// What OpenSSL calls a fault of the chain: code and message.
pub type Fault = (&'static str, &'static str);

impl Trust {
    /// Mozilla's roots, as in Node, and `extra` ones.
    pub fn of_the_web(ctx: &Ctx<'_>, extra: &[Vec<u8>]) -> Result<Trust> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let given = certificates(ctx, extra)?;
        roots.add_parsable_certificates(given.iter().cloned());
        Ok(Trust { roots, given })
    }

    /// Only these, each PEM (one or several) or DER.
    pub fn of(ctx: &Ctx<'_>, authorities: &[Vec<u8>]) -> Result<Trust> {
        let mut roots = RootCertStore::empty();
        let given = certificates(ctx, authorities)?;
        roots.add_parsable_certificates(given.iter().cloned());
        Ok(Trust { roots, given })
    }

    /// What is wrong with the chain, leaf first; `None` when nothing is. Names are not looked at.
    pub fn fault(&self, chain: &[CertificateDer<'_>], provider: &CryptoProvider) -> Option<Fault> {
        let Some((leaf, intermediates)) = chain.split_first() else {
            return Some(("UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate"));
        };
        if self.given.iter().any(|given| given == leaf) {
            return validity_fault(leaf);
        }
        let outcome = ParsedCertificate::try_from(leaf).and_then(|parsed| {
            verify_server_cert_signed_by_trust_anchor(
                &parsed,
                &self.roots,
                intermediates,
                UnixTime::now(),
                provider.signature_verification_algorithms.all,
            )
        });
        outcome.err().map(|error| name_fault(&error, chain))
    }
}

fn certificates(ctx: &Ctx<'_>, sources: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>> {
    let mut found = Vec::new();
    for source in sources {
        found.extend(parse_certificates(ctx, source)?);
    }
    Ok(found)
}

/// The certificates in PEM or DER text; at least one.
pub fn parse_certificates(ctx: &Ctx<'_>, source: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(source).filter_map(|one| one.ok()).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if Certificate::from_der(source).is_ok() {
        return Ok(vec![CertificateDer::from(source.to_vec())]);
    }
    Err(throw_with_code(ctx, "ERR_OSSL_PEM_NO_START_LINE", "no certificate found: neither PEM nor DER"))
}

fn name_fault(error: &Error, chain: &[CertificateDer<'_>]) -> Fault {
    const UNTRUSTED: Fault = ("CERT_UNTRUSTED", "certificate not trusted");
    let Error::InvalidCertificate(error) = error else { return UNTRUSTED };
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("CERT_HAS_EXPIRED", "certificate has expired")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("CERT_NOT_YET_VALID", "certificate is not yet valid")
        }
        CertificateError::BadSignature => ("CERT_SIGNATURE_FAILURE", "certificate signature failure"),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            ("INVALID_PURPOSE", "unsuitable certificate purpose")
        }
        // What is left is an issuer that is not known, in one of several words.
        _ => issuer_fault(chain),
    }
}

fn issuer_fault(chain: &[CertificateDer<'_>]) -> Fault {
    let is_self_signed = |certificate: &CertificateDer<'_>| {
        Certificate::from_der(certificate)
            .is_ok_and(|parsed| parsed.tbs_certificate().issuer() == parsed.tbs_certificate().subject())
    };
    match chain {
        [leaf] if is_self_signed(leaf) => ("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
        [_] => ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"),
        [.., last] if is_self_signed(last) => {
            ("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain")
        }
        _ => ("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate"),
    }
}

fn validity_fault(leaf: &CertificateDer<'_>) -> Option<Fault> {
    let Ok(parsed) = Certificate::from_der(leaf) else {
        return Some(("CERT_UNTRUSTED", "certificate not trusted"));
    };
    let validity = parsed.tbs_certificate().validity();
    let now = UnixTime::now().as_secs();
    if now < validity.not_before.to_unix_duration().as_secs() {
        Some(("CERT_NOT_YET_VALID", "certificate is not yet valid"))
    } else if now > validity.not_after.to_unix_duration().as_secs() {
        Some(("CERT_HAS_EXPIRED", "certificate has expired"))
    } else {
        None
    }
}

/// Lets the handshake finish with any chain whose key is really the peer's.
#[derive(Debug)]
pub struct SignaturesOnly(pub Arc<CryptoProvider>);

impl ServerCertVerifier for SignaturesOnly {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
