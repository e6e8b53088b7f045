//! Published test vectors, and round trips where the result is random.

use crypto_bigint::BoxedUint;
use crypto_primes::Flavor;
use rquickjs::Error;

use crate::ciphers::find as cipher;
use crate::hash::{Hmac, Running, find};
use crate::kdf;
use crate::keys::numbers::{self, number};
use crate::keys::{padding, primes, weierstrass};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hexadecimal"))
        .collect()
}

fn digest(name: &str, data: &[u8]) -> String {
    let mut running = Running::hash(name, None).expect("there is such a hash");
    running.update(data);
    hex(&running.finish())
}

#[test]
fn hashes_of_abc() {
    // FIPS 180-4, FIPS 202, RFC 1321.
    assert_eq!(digest("md5", b"abc"), "900150983cd24fb0d6963f7d28e17f72");
    assert_eq!(digest("sha1", b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(digest("sha256", b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(
        digest("sha3-256", b"abc"),
        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
    );
    assert_eq!(digest("shake128", b"abc"), "5881092dd818bf5cf8a3ddb793fbcba7");
    assert!(find("nope").is_none());
}

#[test]
fn hmac_of_a_long_key() {
    // RFC 4231, case 6.
    let mut hmac = Hmac::new(find("sha256").expect("there"), &[0xaa; 131]);
    hmac.update(b"Test Using Larger Than Block-Size Key - Hash Key First");
    assert_eq!(hex(&hmac.finish()), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

#[test]
fn derived_keys() {
    // RFC 6070, RFC 7914, RFC 5869.
    let key = kdf::pbkdf2("sha1", b"password", b"salt", 2, 20, &|| Ok(()));
    let key = key.expect("nothing stops it").expect("there is such a hash");
    assert_eq!(hex(&key), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    let key = kdf::scrypt(b"", b"", 4, 1, 1, 16).expect("the parameters are valid");
    assert_eq!(hex(&key), "77d6576238657b203b19ca42c18a0497");
    let key = kdf::hkdf(
        "sha256",
        &[0x0b; 22],
        &bytes("000102030405060708090a0b0c"),
        &bytes("f0f1f2f3f4f5f6f7f8f9"),
        42,
    );
    assert_eq!(
        hex(&key.expect("there is such a hash")),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    );
}

#[test]
fn gcm_with_its_tag() {
    // The GCM specification's test case 4.
    let key = bytes("feffe9928665731c6d6a8f9467308308");
    let iv = bytes("cafebabefacedbaddecaf888");
    let text = bytes(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    let mut encryption = cipher("aes", "gcm", &key, &iv, true, 16).expect("the lengths are right");
    encryption.set_aad(&bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"), None);
    let packed = encryption.update(&text).expect("encrypts");
    encryption.finish().expect("encrypts");
    assert_eq!(hex(&encryption.tag().expect("a tag")), "5bc94fbc3221a5db94fae95ae7121a47");
    let mut decryption = cipher("aes", "gcm", &key, &iv, false, 16).expect("the lengths are right");
    decryption.set_aad(&bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"), None);
    decryption.set_tag(&[0; 16]);
    assert_eq!(decryption.update(&packed), Some(text));
    assert_eq!(decryption.finish(), None, "another tag is refused");
}

#[test]
fn wrapped_keys() {
    // RFC 3394, 4.1.
    let key = bytes("000102030405060708090a0b0c0d0e0f");
    let mut wrap = cipher("aes", "wrap", &key, &[0xa6; 8], true, 0).expect("the lengths are right");
    let wrapped = wrap.update(&bytes("00112233445566778899aabbccddeeff")).expect("wraps");
    assert_eq!(hex(&wrapped), "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
}

#[test]
fn padding_that_is_none_is_refused() {
    let mut cbc = cipher("aes", "cbc", &[0; 16], &[0; 16], false, 0).expect("the lengths are right");
    cbc.update(&[7; 32]).expect("decrypts");
    assert_eq!(cbc.finish(), None);
    assert!(cipher("aes", "cbc", &[0; 15], &[0; 16], false, 0).is_none(), "no such key");
}

#[test]
fn signatures_come_back() {
    for name in ["prime256v1", "secp384r1", "secp521r1", "secp256k1"] {
        let curve = weierstrass::curve(name).expect("there is such a curve");
        let private = curve.generate();
        let point = curve.public(&private).expect("a private key");
        for digest in [vec![1; 20], vec![2; 32], vec![3; 64]] {
            let signature = curve.sign(&private, &digest).expect("signs");
            assert_eq!(curve.verify(&point, &digest, &signature), Some(()), "{name}");
            assert_eq!(curve.verify(&point, &[9; 32], &signature), None, "{name}");
        }
        let other = curve.generate();
        let shared = curve.agree(&private, &curve.public(&other).expect("a private key"));
        assert_eq!(shared, curve.agree(&other, &point));
        assert_eq!(curve.point(&[4; 10]), None);
    }
}

#[test]
fn rsa_paddings_come_back() {
    let length = 128;
    let signed = padding::pad_signature(b"data", length).expect("fits");
    assert_eq!(padding::unpad_signature(&signed), Some(b"data".as_slice()));
    assert_eq!(padding::pad_signature(&[0; 120], length), None);
    let sealed = padding::pad_encryption(b"data", length).expect("fits");
    assert_eq!(padding::unpad_encryption(&sealed, b"secret", b"text"), b"data");
    let broken = padding::unpad_encryption(&vec![1; length], b"secret", b"text");
    assert_eq!(
        broken,
        padding::unpad_encryption(&vec![2; length], b"secret", b"text"),
        "depends on the text alone"
    );
    let oaep = padding::pad_oaep(b"data", length, "sha256", "sha1", b"label").expect("fits");
    assert_eq!(
        padding::unpad_oaep(oaep.clone(), "sha256", "sha1", b"label").as_deref(),
        Some(b"data".as_slice())
    );
    assert_eq!(padding::unpad_oaep(oaep, "sha256", "sha1", b"other"), None);
    for bits in [1023, 1024, 1025] {
        let block = padding::pad_pss("sha256", "sha256", &[5; 32], 20, bits).expect("fits");
        assert_eq!(padding::check_pss("sha256", "sha256", &[5; 32], Some(20), bits, &block), Some(()));
        assert_eq!(padding::check_pss("sha256", "sha256", &[5; 32], None, bits, &block), Some(()));
        assert_eq!(padding::check_pss("sha256", "sha256", &[5; 32], Some(21), bits, &block), None);
        assert_eq!(padding::check_pss("sha256", "sha256", &[6; 32], None, bits, &block), None);
    }
}

#[test]
fn large_numbers() {
    assert_eq!(numbers::mod_pow(&[3], &[5], &[7]), Some(vec![5]));
    assert_eq!(numbers::mod_pow(&[200], &[2], &[0, 7]), Some(vec![0, 2]));
    assert_eq!(numbers::mod_pow(&[3], &[5], &[8]), None, "the modulus is even");
    let is_prime = |number: &BoxedUint| primes::is_prime(number, &|| Ok(())).expect("nothing stops it");
    assert!(is_prime(&number(&[1, 0, 1])));
    assert!(!is_prime(&number(&[91])));
    let prime = primes::random(64, Flavor::Any, true, &|| Ok(())).expect("nothing stops it");
    assert!(is_prime(&prime) && prime.bit_width_vartime() == 64);
    // 2^4423 - 1 is prime, and less two it is not; the former takes too long without optimisation.
    assert!(!is_prime(&number(&[&[0x7f][..], &[0xff; 551], &[0xfd]].concat())));
}

#[test]
fn long_computations_can_be_stopped() {
    let stop = || Err(Error::Unknown);
    assert!(kdf::pbkdf2("sha512", b"password", b"salt", u32::MAX, 64, &stop).is_err());
    assert!(kdf::pbkdf2("md5", b"password", b"salt", u32::MAX, 64, &stop).is_err());
    assert!(primes::random(16_384, Flavor::Safe, false, &stop).is_err());
}
