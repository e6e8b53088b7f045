import { invalidArgValue, nodeError } from "../internal/errors.js";
import { isIP } from "./ip.js";
import { validatePort } from "./options.js";

export interface SocketAddressOptions {
  readonly address?: string;
  readonly family?: "ipv4" | "ipv6";
  readonly flowlabel?: number;
  readonly port?: number;
}

/** `net.SocketAddress`: an address and a port, checked. */
export class SocketAddress {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly port: number;
  readonly flowlabel: number;

  constructor({ family = "ipv4", address, port = 0, flowlabel = 0 }: SocketAddressOptions = {}) {
    if (family !== "ipv4" && family !== "ipv6") throw invalidArgValue("options.family", family);
    const given = address ?? (family === "ipv4" ? "127.0.0.1" : "::");
    if (isIP(given) !== (family === "ipv4" ? 4 : 6)) {
      throw nodeError(Error, "ERR_INVALID_ADDRESS", "Invalid address");
    }
    this.address = given;
    this.family = family;
    this.port = validatePort(port, "options.port");
    this.flowlabel = family === "ipv6" ? flowlabel : 0;
  }

  toJSON(): object {
    const { address, port, family, flowlabel } = this;
    return { address, port, family, flowlabel };
  }
}
