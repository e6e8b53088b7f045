import { useNodeShim, type Builtin, type ExportRow } from "../builtin.js";

const refused: ExportRow = {
  support: "unsupported",
  reason: "the engine speaks HTTP/1.1",
  wayOut: `use node:http or fetch, or ${useNodeShim}`,
};

export const http2: Builtin = {
  name: "http2",
  support: "polyfill",
  reason:
    "its constants are there, for clients that import it beside node:http; what speaks HTTP/2 is refused when it is used",
  exports: {
    connect: refused,
    createServer: refused,
    createSecureServer: refused,
    getDefaultSettings: refused,
    getPackedSettings: refused,
    getUnpackedSettings: refused,
    Http2ServerRequest: refused,
    Http2ServerResponse: refused,
    performServerHandshake: refused,
  },
};
