//! Every feature of the engine. One that is added here is added to [`ALL`] too.
//!
//! The names are part of what a build says (`--engine-features`), so they do not change. Globals that are
//! JavaScript have names of the same kind, in node-compat (`globalGroups`).
#![allow(non_upper_case_globals)]

use crate::feature::{Feature, module};
use crate::navigator;

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
    laconic_feature_brotli = Feature::new("brotli")
        .modules(&[module::<laconic_zlib::BrotliModule>("laconic:brotli")]);

    laconic_feature_child_process = Feature::new("child_process")
        .requires(&[&laconic_feature_sockets])
        .modules(&[module::<laconic_sockets::ProcessesModule>("laconic:processes")]);

    laconic_feature_ciphers = Feature::new("ciphers")
        .modules(&[module::<laconic_crypto::CiphersModule>("laconic:ciphers")]);

    laconic_feature_crypto = Feature::new("crypto")
        .modules(&[module::<laconic_crypto::CryptoModule>("laconic:crypto")]);

    laconic_feature_encodings = Feature::new("encodings")
        .modules(&[module::<laconic_web::EncodingsModule>("laconic:encodings")]);

    laconic_feature_fs = Feature::new("fs")
        .modules(&[module::<laconic_fs::FsModule>("laconic:fs")]);

    laconic_feature_intl = Feature::new("intl")
        .modules(&[module::<laconic_web::ZonesModule>("laconic:zones")]);

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

    laconic_feature_stream = Feature::new("stream")
        .attach(laconic_stream::init)
        .early();


    laconic_feature_url = Feature::new("url")
        .modules(&[module::<laconic_web::UrlModule>("laconic:url")]);

    laconic_feature_zlib = Feature::new("zlib")
        .modules(&[module::<laconic_zlib::ZlibModule>("laconic:zlib")]);

    laconic_feature_zstd = Feature::new("zstd")
        .modules(&[module::<laconic_zlib::ZstdModule>("laconic:zstd")]);
}
