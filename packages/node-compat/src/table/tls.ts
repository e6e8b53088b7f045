import { lacking, noSocketServer, useNodeShim, type Builtin } from "../builtin.js";

export const tls: Builtin = {
  name: "tls",
  support: "polyfill",
  reason: "TLS 1.2 and 1.3, client side; the option pfx and keys with a passphrase are refused",
  exports: {
    createServer: { support: "unsupported", reason: noSocketServer, wayOut: useNodeShim },
    Server: { support: "unsupported", reason: noSocketServer, wayOut: useNodeShim },
    createSecurePair: {
      support: "unsupported",
      reason: "removed from Node 24",
      wayOut: "use tls.connect({ socket })",
    },
    ...lacking(
      "the engine holds Mozilla's roots as trust anchors, not as certificates",
      "give the option ca with each connection",
      ["getCACertificates", "setDefaultCACertificates"],
    ),
    rootCertificates: {
      support: "unsupported",
      reason: "the engine holds Mozilla's roots as trust anchors, not as certificates",
      wayOut: "read a certificate bundle that is packed with the function",
    },
  },
};
