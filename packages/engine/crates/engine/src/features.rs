//! Every feature of the engine. One that is added here is added to [`ALL`] too.
//!
//! The names are part of what a build says (`--engine-features`), so they do not change.
#![allow(non_upper_case_globals)]

use crate::feature::{Feature, module, module_with_reactor};
use crate::{llrt, navigator};

/// Defines features as statics with the names that an app's table points to, and lists them.
macro_rules! features {
    ($($symbol:ident = $feature:expr;)*) => {
        $(
            #[unsafe(no_mangle)]
            pub static $symbol: Feature = $feature;
        )*

        /// All of them, for the tools on the developer's machine. The library never refers to it.
        pub static ALL: &[&Feature] = &[$(&$symbol),*];
    };
}

features! {
    laconic_feature_abort = Feature::new("abort")
        .requires(&[&laconic_feature_events])
        .globals(&["AbortController", "AbortSignal"], llrt_abort::init);

    laconic_feature_assert = Feature::new("assert")
        .modules(&[module::<llrt_assert::AssertModule>("assert")]);

    laconic_feature_async_hooks = Feature::new("async_hooks")
        .modules(&[module::<llrt_async_hooks::AsyncHooksModule>("async_hooks")])
        .attach(llrt_async_hooks::init);

    // For the modules of LLRT that make buffers.
    laconic_feature_buffer = Feature::new("buffer")
        .attach(llrt::buffer)
        .early();

    laconic_feature_brotli = Feature::new("brotli")
        .modules(&[module::<laconic_zlib::BrotliModule>("laconic:brotli")]);

    laconic_feature_child_process = Feature::new("child_process")
        .requires(&[&laconic_feature_buffer, &laconic_feature_events])
        .modules(&[module_with_reactor::<llrt_child_process::ChildProcessModule>("child_process")]);

    laconic_feature_ciphers = Feature::new("ciphers")
        .modules(&[module::<laconic_crypto::CiphersModule>("laconic:ciphers")]);

    laconic_feature_crypto = Feature::new("crypto")
        .modules(&[module::<laconic_crypto::CryptoModule>("laconic:crypto")]);

    laconic_feature_dgram = Feature::new("dgram")
        .requires(&[&laconic_feature_buffer, &laconic_feature_events])
        .modules(&[module_with_reactor::<llrt_dgram::DgramModule>("dgram")]);

    laconic_feature_events = Feature::new("events")
        .modules(&[module::<llrt_events::EventsModule>("events")])
        .globals(&["CustomEvent", "Event", "EventTarget"], llrt_events::init);

    laconic_feature_fs = Feature::new("fs")
        .modules(&[module::<laconic_fs::FsModule>("laconic:fs")]);

    laconic_feature_intl = Feature::new("intl")
        .globals(&["Intl"], llrt_intl::init)
        .properties(&["toLocaleString"]);

    laconic_feature_keys = Feature::new("keys")
        .modules(&[module::<laconic_crypto::KeysModule>("laconic:keys")]);

    laconic_feature_navigator = Feature::new("navigator")
        .globals(&["Navigator", "navigator"], navigator::init);

    laconic_feature_node = Feature::new("node")
        .modules(&[module::<laconic_node::NodeModule>("laconic:node")]);

    laconic_feature_os = Feature::new("os")
        .modules(&[module::<laconic_os::OsModule>("laconic:os")]);

    laconic_feature_sockets = Feature::new("sockets")
        .modules(&[module::<laconic_sockets::SocketsModule>("laconic:sockets")]);

    laconic_feature_stream_web = Feature::new("stream_web")
        .requires(&[&laconic_feature_abort])
        .modules(&[module::<llrt_stream_web::StreamWebModule>("stream/web")])
        .globals(
            &[
                "ByteLengthQueuingStrategy",
                "CountQueuingStrategy",
                "ReadableByteStreamController",
                "ReadableStream",
                "ReadableStreamBYOBReader",
                "ReadableStreamBYOBRequest",
                "ReadableStreamDefaultController",
                "ReadableStreamDefaultReader",
                "WritableStream",
                "WritableStreamDefaultController",
                "WritableStreamDefaultWriter",
            ],
            llrt_stream_web::init,
        )
        .early();

    laconic_feature_url = Feature::new("url")
        .modules(&[module::<llrt_url::UrlModule>("url")])
        .globals(&["URL", "URLSearchParams"], llrt_url::init);

    laconic_feature_util = Feature::new("util")
        .modules(&[module::<llrt_util::UtilModule>("util")])
        .globals(&["TextDecoder", "TextEncoder"], llrt_util::init);

    laconic_feature_webcrypto = Feature::new("webcrypto")
        .requires(&[&laconic_feature_buffer])
        .globals(&["Crypto", "CryptoKey", "SubtleCrypto", "crypto"], llrt_crypto::init);

    laconic_feature_zlib = Feature::new("zlib")
        .modules(&[module::<laconic_zlib::ZlibModule>("laconic:zlib")]);

    laconic_feature_zstd = Feature::new("zstd")
        .modules(&[module::<laconic_zlib::ZstdModule>("laconic:zstd")]);
}
