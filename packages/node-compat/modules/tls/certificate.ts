import { describeCertificate } from "laconic:sockets";
import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";

/** A certificate in the shape of `getPeerCertificate()`. */
export function describe(der: Uint8Array): Any {
  const { subject, issuer, ...rest }: Any = describeCertificate(der);
  for (const name of ["raw", "pubkey"]) if (rest[name]) rest[name] = Buffer.from(rest[name].buffer);
  return {
    subject: bare(subject),
    issuer: bare(issuer),
    ...rest,
    ...(rest.infoAccess && { infoAccess: bare(rest.infoAccess) }),
  };
}

/** The chain, each with its issuer; a self-signed one is its own. */
export function describeChain(chain: readonly Uint8Array[]): Any {
  const all = chain.map(describe);
  for (const [index, certificate] of all.entries()) {
    const issuer = all[index + 1];
    if (issuer) certificate.issuerCertificate = issuer;
    else if (JSON.stringify(certificate.subject) === JSON.stringify(certificate.issuer)) {
      certificate.issuerCertificate = certificate;
    }
  }
  return all[0];
}

/** As in Node, what comes from outside has no prototype. */
function bare(object: object): object {
  return Object.assign(Object.create(null), object);
}
