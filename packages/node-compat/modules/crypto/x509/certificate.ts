import { Buffer } from "node:buffer";
import {
  children,
  DerError,
  expect,
  readBits,
  readElement,
  readInteger,
  readOid,
  readSequence,
  TAG,
  type Element,
} from "../keys/der.js";

export interface GeneralName {
  readonly kind: "DNS" | "IP Address" | "email" | "URI" | "DirName" | "Registered ID" | "othername";
  readonly value: string;
}

/** A moment, as OpenSSL prints it, and in milliseconds. */
export interface Moment {
  readonly text: string;
  readonly date: number;
}

/** What is read from an X.509 certificate (RFC 5280). */
export interface Certificate {
  readonly raw: Uint8Array;
  /** What is signed. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly serialNumber: string;
  readonly subject: string;
  readonly issuer: string;
  readonly subjectName: Uint8Array;
  readonly issuerName: Uint8Array;
  readonly subjectFields: Record<string, string | string[]>;
  readonly issuerFields: Record<string, string | string[]>;
  readonly validFrom: Moment;
  readonly validTo: Moment;
  readonly spki: Uint8Array;
  readonly isCa: boolean;
  readonly names: readonly GeneralName[];
  readonly subjectAltName: string | undefined;
  readonly infoAccess: string | undefined;
  readonly extendedKeyUsage: string[] | undefined;
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.42": "GN",
  "2.5.4.46": "dnQualifier",
  "2.5.4.97": "organizationIdentifier",
  "1.2.840.113549.1.9.1": "emailAddress",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};

const EXTENSION = {
  basicConstraints: "2.5.29.19",
  subjectAltName: "2.5.29.17",
  extendedKeyUsage: "2.5.29.37",
  infoAccess: "1.3.6.1.5.5.7.1.1",
} as const;

const ACCESS: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.48.1": "OCSP",
  "1.3.6.1.5.5.7.48.2": "CA Issuers",
};

const BMP_STRING = 0x1e;
const UTC_TIME = 0x17;

function text({ tag, content }: Element): string {
  if (tag !== BMP_STRING) return Buffer.from(content).toString("utf8");
  return Buffer.from(content).swap16().toString("utf16le");
}

/** Line breaks and backslashes in a value would make two attributes of one. */
function escaped(value: string): string {
  return value.replace(/[\\+,;<>"\n]/g, (character) => (character === "\n" ? "\\0A" : `\\${character}`));
}

interface Name {
  readonly text: string;
  readonly fields: Record<string, string | string[]>;
}

function readName(name: Element): Name {
  const lines: string[] = [];
  const fields = Object.create(null) as Name["fields"];
  for (const set of children(expect(name, TAG.sequence))) {
    const parts: string[] = [];
    for (const attribute of children(expect(set, TAG.set))) {
      const [oid, value] = children(attribute);
      const type = ATTRIBUTES[readOid(oid)] ?? readOid(oid);
      const plain = text(value!);
      parts.push(`${type}=${escaped(plain)}`);
      const earlier = fields[type];
      fields[type] = earlier === undefined ? plain : [earlier, plain].flat();
    }
    lines.push(parts.join(" + "));
  }
  return { text: lines.join("\n"), fields };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function readTime({ tag, content }: Element): Moment {
  let digits = Buffer.from(content).toString("latin1");
  if (tag === UTC_TIME) digits = (digits.slice(0, 2) < "50" ? "20" : "19") + digits;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(digits) ?? [];
  if (second === undefined) throw new DerError("no time");
  const date = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second);
  const shownDay = String(+day!).padStart(2, " ");
  return { text: `${MONTHS[+month! - 1]} ${shownDay} ${hour}:${minute}:${second} ${year} GMT`, date };
}

function readGeneralName({ tag, content }: Element): GeneralName {
  const latin = (): string => Buffer.from(content).toString("latin1");
  switch (tag & 0x1f) {
    case 1:
      return { kind: "email", value: latin() };
    case 2:
      return { kind: "DNS", value: latin() };
    case 4:
      return { kind: "DirName", value: readName(readElement(content)).text.replaceAll("\n", ", ") };
    case 6:
      return { kind: "URI", value: latin() };
    case 7:
      return { kind: "IP Address", value: readIp(content) };
    case 8:
      return { kind: "Registered ID", value: readOid({ tag: TAG.oid, content, whole: content }) };
    default:
      return { kind: "othername", value: "<unsupported>" };
  }
}

function readIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return "<invalid>";
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2)
    groups.push((bytes[at]! * 256 + bytes[at + 1]!).toString(16).toUpperCase());
  return groups.join(":");
}

/** A name as Node shows it: quoted where it could be taken for several. */
export function shownName({ kind, value }: GeneralName): string {
  const isPlain = !/[,"'\\]/.test(value) && /^[\x20-\x7e]*$/.test(value);
  return `${kind}:${isPlain ? value : JSON.stringify(value)}`;
}

function readExtensions(fields: readonly Element[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const extensions = fields.find(({ tag }) => tag === 0xa3);
  for (const extension of extensions ? readSequence(extensions.content) : []) {
    const parts = children(extension);
    found.set(readOid(parts[0]), expect(parts.at(-1), TAG.octetString).content);
  }
  return found;
}

function isCertificateAuthority(constraints: Uint8Array | undefined): boolean {
  const [first] = constraints ? readSequence(constraints) : [];
  return first?.tag === TAG.boolean && first.content[0] !== 0;
}

function readInfoAccess(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const lines = readSequence(bytes).map((access) => {
    const [method, location] = children(access);
    const oid = readOid(method);
    return `${ACCESS[oid] ?? oid} - ${shownName(readGeneralName(location!))}`;
  });
  return lines.join("\n");
}

export function parseCertificate(bytes: Uint8Array): Certificate {
  const raw = readElement(bytes).whole;
  const [signed, signatureAlgorithm, signature] = readSequence(raw);
  const fields = children(expect(signed, TAG.sequence));
  const start = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, validity, subject, spki] = fields.slice(start);
  const [notBefore, notAfter] = children(expect(validity, TAG.sequence));
  const [subjectName, issuerName] = [readName(subject!), readName(issuer!)];
  const extensions = readExtensions(fields);
  const altName = extensions.get(EXTENSION.subjectAltName);
  const names = altName ? readSequence(altName).map(readGeneralName) : [];
  const usage = extensions.get(EXTENSION.extendedKeyUsage);
  return {
    raw,
    signed: signed!.whole,
    signatureAlgorithm: expect(signatureAlgorithm, TAG.sequence),
    signature: readBits(signature),
    serialNumber: Buffer.from(readInteger(serial)).toString("hex").toUpperCase(),
    subject: subjectName.text,
    issuer: issuerName.text,
    subjectName: subject!.whole,
    issuerName: issuer!.whole,
    subjectFields: subjectName.fields,
    issuerFields: issuerName.fields,
    validFrom: readTime(notBefore!),
    validTo: readTime(notAfter!),
    spki: expect(spki, TAG.sequence).whole,
    isCa: isCertificateAuthority(extensions.get(EXTENSION.basicConstraints)),
    names,
    subjectAltName: altName && names.map(shownName).join(", "),
    infoAccess: readInfoAccess(extensions.get(EXTENSION.infoAccess)),
    extendedKeyUsage: usage && readSequence(usage).map((oid) => readOid(oid)),
  };
}
