// The part of dns-packet that asks and reads; it ships no types.
declare module "dns-packet" {
  const packet: {
    readonly RECURSION_DESIRED: number;
    encode(packet: object): Uint8Array;
    decode(bytes: Uint8Array): object;
    streamEncode(packet: object): Uint8Array;
  };
  export default packet;
}
