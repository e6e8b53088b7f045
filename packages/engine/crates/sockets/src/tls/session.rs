//! One connection's TLS, client side.

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use laconic_quickjs::bytes::{copied, present_bytes};
use rquickjs::class::{Trace, Tracer};
use rquickjs::{
    Array, Class, Ctx, Exception, IntoJs, JsLifetime, Object, Result, TypedArray, Value, methods,
};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::ServerName;
use rustls::{CipherSuite, ClientConnection, HandshakeKind, ProtocolVersion};

use super::context::SecureContext;
use super::failure::throw;
use super::trust::Trust;

/// `new TlsSession(context, serverName, alpnProtocols)`. Encrypted bytes go in by `receive`, which
/// returns what they said, and come out by `take`; plain bytes go in by `write`.
#[rquickjs::class]
#[derive(JsLifetime)]
pub struct TlsSession {
    #[qjs(skip_trace)]
    connection: ClientConnection,
    #[qjs(skip_trace)]
    trust: Arc<Trust>,
    #[qjs(skip_trace)]
    provider: Arc<CryptoProvider>,
    peer_closed: bool,
}

impl<'js> Trace<'js> for TlsSession {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

#[methods(rename_all = "camelCase")]
impl TlsSession {
    #[qjs(constructor)]
    fn new<'js>(
        ctx: Ctx<'js>,
        context: Class<'js, SecureContext>,
        server_name: String,
        protocols: Vec<String>,
    ) -> Result<TlsSession> {
        let context = context.borrow();
        let name = ServerName::try_from(server_name).map_err(|_| {
            Exception::throw_type(&ctx, "The server's name is neither a host name nor an IP address")
        })?;
        let mut config = Arc::clone(&context.config);
        if !protocols.is_empty() {
            let mut own = (*config).clone();
            own.alpn_protocols = protocols.into_iter().map(String::into_bytes).collect();
            config = Arc::new(own);
        }
        let mut connection = ClientConnection::new(config, name).map_err(|error| throw(&ctx, &error))?;
        // The stream above applies the back-pressure; a limit here would cut writes short.
        connection.set_buffer_limit(None);
        Ok(TlsSession {
            connection,
            trust: Arc::clone(&context.trust),
            provider: Arc::clone(&context.provider),
            peer_closed: false,
        })
    }

    /// Takes encrypted bytes and returns the plain ones that they complete.
    fn receive<'js>(
        &mut self,
        ctx: Ctx<'js>,
        bytes: TypedArray<'js, u8>,
    ) -> Result<Option<TypedArray<'js, u8>>> {
        // SAFETY: decrypting runs no JavaScript.
        let bytes = unsafe { present_bytes(&ctx, &bytes) }?;
        let mut source = Cursor::new(bytes);
        let mut plain = Vec::new();
        while (source.position() as usize) < bytes.len() {
            let failed = |error: std::io::Error| Exception::throw_message(&ctx, &error.to_string());
            if self.connection.read_tls(&mut source).map_err(failed)? == 0 {
                break;
            }
            let state = self.connection.process_new_packets().map_err(|error| throw(&ctx, &error))?;
            self.peer_closed |= state.peer_has_closed();
            let start = plain.len();
            plain.resize(start + state.plaintext_bytes_to_read(), 0);
            self.connection.reader().read_exact(&mut plain[start..]).map_err(failed)?;
        }
        if plain.is_empty() { Ok(None) } else { TypedArray::new(ctx, plain).map(Some) }
    }

    /// Encrypted bytes for the peer, if there are any.
    fn take<'js>(&mut self, ctx: Ctx<'js>) -> Result<Option<TypedArray<'js, u8>>> {
        let mut encrypted = Vec::new();
        while self.connection.wants_write() {
            self.connection
                .write_tls(&mut encrypted)
                .map_err(|error| Exception::throw_message(&ctx, &error.to_string()))?;
        }
        if encrypted.is_empty() { Ok(None) } else { TypedArray::new(ctx, encrypted).map(Some) }
    }

    fn write<'js>(&mut self, ctx: Ctx<'js>, bytes: TypedArray<'js, u8>) -> Result<()> {
        // SAFETY: encrypting runs no JavaScript.
        let bytes = unsafe { present_bytes(&ctx, &bytes) }?;
        let written = self.connection.writer().write_all(bytes);
        written.map_err(|error| Exception::throw_message(&ctx, &error.to_string()))
    }

    /// Says that nothing more will be written.
    fn end(&mut self) {
        self.connection.send_close_notify();
    }

    #[qjs(get)]
    fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }

    /// Whether the peer said that it writes no more.
    #[qjs(get)]
    fn is_peer_closed(&self) -> bool {
        self.peer_closed
    }

    #[qjs(get)]
    fn is_resumed(&self) -> bool {
        self.connection.handshake_kind() == Some(HandshakeKind::Resumed)
    }

    /// `TLSv1.2`, `TLSv1.3`
    #[qjs(get)]
    fn protocol(&self) -> Option<&'static str> {
        self.connection.protocol_version().map(|version| match version {
            ProtocolVersion::TLSv1_3 => "TLSv1.3",
            _ => "TLSv1.2",
        })
    }

    #[qjs(get)]
    fn alpn_protocol(&self) -> Option<String> {
        self.connection.alpn_protocol().map(|protocol| String::from_utf8_lossy(protocol).into_owned())
    }

    /// The cipher suite by its IANA name.
    #[qjs(get)]
    fn cipher(&self) -> Option<String> {
        let suite: CipherSuite = self.connection.negotiated_cipher_suite()?.suite();
        Some(suite.as_str()?.replace("TLS13_", "TLS_"))
    }

    /// The peer's chain, leaf first, each DER.
    fn peer_certificates<'js>(&self, ctx: Ctx<'js>) -> Result<Array<'js>> {
        let chain = Array::new(ctx.clone())?;
        for (index, certificate) in self.connection.peer_certificates().unwrap_or_default().iter().enumerate()
        {
            chain.set(index, TypedArray::<u8>::new(ctx.clone(), certificate.to_vec())?)?;
        }
        Ok(chain)
    }

    /// What is wrong with the peer's chain, `{ code, message }`; undefined when it is trusted.
    fn fault<'js>(&self, ctx: Ctx<'js>) -> Result<Option<Object<'js>>> {
        let chain = self.connection.peer_certificates().unwrap_or_default();
        let Some((code, message)) = self.trust.fault(chain, &self.provider) else { return Ok(None) };
        let fault = Object::new(ctx)?;
        fault.set("code", code)?;
        fault.set("message", message)?;
        Ok(Some(fault))
    }

    /// RFC 5705: key material that both sides derive from the session.
    fn export_keying_material<'js>(
        &self,
        ctx: Ctx<'js>,
        length: usize,
        label: String,
        context: Option<TypedArray<'js, u8>>,
    ) -> Result<Value<'js>> {
        let context = context.as_ref().map(copied);
        let material = self
            .connection
            .export_keying_material(vec![0; length], label.as_bytes(), context.as_deref())
            .map_err(|error| throw(&ctx, &error))?;
        TypedArray::<u8>::new(ctx.clone(), material)?.into_js(&ctx)
    }
}
