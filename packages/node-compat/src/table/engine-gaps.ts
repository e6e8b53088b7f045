import { lacking, useNodeShim, type ExportRow } from "../builtin.js";

const gap = (names: string): Readonly<Record<string, ExportRow>> =>
  lacking("the engine's own version has not got it", useNodeShim, names.trim().split(/\s+/));

/** What the built-ins that are the engine's own lack of Node's exports. */
export const engineGaps: Readonly<Record<string, Readonly<Record<string, ExportRow>>>> = {
  crypto: gap(`
    Certificate Cipher Cipheriv Decipher Decipheriv DiffieHellman DiffieHellmanGroup ECDH Hash Hmac
    KeyObject Sign Verify X509Certificate checkPrime checkPrimeSync constants createCipheriv
    createDecipheriv createDiffieHellman createDiffieHellmanGroup createECDH createPrivateKey
    createPublicKey createSecretKey createSign createVerify diffieHellman generateKey generateKeyPair
    generateKeyPairSync generateKeySync generatePrime generatePrimeSync getCipherInfo getCiphers
    getCurves getDiffieHellman getFips getHashes hash hkdf hkdfSync pbkdf2 pbkdf2Sync privateDecrypt
    privateEncrypt publicDecrypt publicEncrypt scrypt scryptSync secureHeapUsed setEngine setFips sign
    subtle timingSafeEqual verify
  `),
  fs: gap(`
    Dir Dirent F_OK FileReadStream FileWriteStream R_OK ReadStream Stats W_OK WriteStream X_OK access
    appendFile appendFileSync chmod chown chownSync close closeSync copyFile copyFileSync cp cpSync
    createReadStream createWriteStream exists existsSync fchmod fchmodSync fchown fchownSync fdatasync
    fdatasyncSync fstat fstatSync fsync fsyncSync ftruncate ftruncateSync futimes futimesSync glob
    globSync lchmod lchmodSync lchown lchownSync link linkSync lstat lutimes lutimesSync mkdir mkdtemp
    open openAsBlob openSync opendir opendirSync read readFile readSync readdir readlink readlinkSync
    readv readvSync realpath realpathSync rename rm rmdir stat statfs statfsSync symlink truncate
    truncateSync unlink unlinkSync unwatchFile utimes utimesSync watch watchFile write writeFile
    writeSync writev writevSync
  `),
  "fs/promises": gap(`
    appendFile chown copyFile cp glob lchmod lchown link lutimes opendir readlink realpath statfs
    truncate unlink utimes watch
  `),
  zlib: gap(`
    BrotliCompress BrotliDecompress Deflate DeflateRaw Gunzip Gzip Inflate InflateRaw Unzip ZstdCompress
    ZstdDecompress codes constants crc32 createBrotliCompress createBrotliDecompress createDeflate
    createDeflateRaw createGunzip createGzip createInflate createInflateRaw createUnzip
    createZstdCompress createZstdDecompress unzip unzipSync
  `),
};
