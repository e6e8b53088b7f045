//! What several connections share: trust, an own certificate, and the sessions to resume.

use std::sync::Arc;

use laconic_quickjs::bytes::copied;
use rquickjs::class::{Trace, Tracer};
use rquickjs::{Ctx, JsLifetime, Object, Result, TypedArray, methods};
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::version::{TLS12, TLS13};

use super::failure::{throw, throw_with_code};
use super::trust::{SignaturesOnly, Trust, parse_certificates};

/// `new SecureContext({ ca, extraCa, cert, key, tls12, tls13 })`: bytes, PEM or DER.
#[rquickjs::class]
#[derive(JsLifetime)]
pub struct SecureContext {
    #[qjs(skip_trace)]
    pub config: Arc<ClientConfig>,
    #[qjs(skip_trace)]
    pub trust: Arc<Trust>,
    #[qjs(skip_trace)]
    pub provider: Arc<CryptoProvider>,
}

impl<'js> Trace<'js> for SecureContext {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

#[methods]
impl SecureContext {
    #[qjs(constructor)]
    fn new<'js>(ctx: Ctx<'js>, options: Object<'js>) -> Result<SecureContext> {
        let provider = Arc::new(ring::default_provider());
        let trust = match list(&options, "ca")? {
            Some(authorities) => Trust::of(&ctx, &authorities)?,
            None => Trust::of_the_web(&ctx, &list(&options, "extraCa")?.unwrap_or_default())?,
        };
        let mut versions = Vec::new();
        for (name, version) in [("tls12", &TLS12), ("tls13", &TLS13)] {
            if options.get::<_, Option<bool>>(name)?.unwrap_or(true) {
                versions.push(version);
            }
        }
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&versions)
            .map_err(|error| throw(&ctx, &error))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(SignaturesOnly(Arc::clone(&provider))));
        let config = match (bytes(&options, "cert")?, bytes(&options, "key")?) {
            (Some(certificate), Some(key)) => builder
                .with_client_auth_cert(parse_certificates(&ctx, &certificate)?, parse_key(&ctx, &key)?)
                .map_err(|error| {
                    throw_with_code(&ctx, "ERR_OSSL_X509_KEY_VALUES_MISMATCH", &error.to_string())
                })?,
            _ => builder.with_no_client_auth(),
        };
        Ok(SecureContext { config: Arc::new(config), trust: Arc::new(trust), provider })
    }
}

fn parse_key(ctx: &Ctx<'_>, source: &[u8]) -> Result<PrivateKeyDer<'static>> {
    if let Ok(key) = PrivateKeyDer::from_pem_slice(source) {
        return Ok(key);
    }
    PrivateKeyDer::try_from(source.to_vec()).map_err(|_| {
        throw_with_code(
            ctx,
            "ERR_OSSL_UNSUPPORTED",
            "the private key is neither PEM nor DER without a passphrase: decrypt it with `openssl pkey`",
        )
    })
}

fn bytes<'js>(options: &Object<'js>, name: &str) -> Result<Option<Vec<u8>>> {
    let array = options.get::<_, Option<TypedArray<'js, u8>>>(name)?;
    Ok(array.map(|array| copied(&array)))
}

fn list<'js>(options: &Object<'js>, name: &str) -> Result<Option<Vec<Vec<u8>>>> {
    let arrays = options.get::<_, Option<Vec<TypedArray<'js, u8>>>>(name)?;
    Ok(arrays.map(|arrays| arrays.iter().map(copied).collect()))
}
