// Packages without types of their own that are bundled into the shipped modules.

declare module "punycode/punycode.js" {
  const punycode: typeof import("node:punycode");
  export default punycode;
}

declare module "readable-stream/lib/stream.js" {
  const stream: typeof import("node:stream");
  export default stream;
}
