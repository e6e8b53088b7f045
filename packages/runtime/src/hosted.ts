import { createDispatch, type Dispatch, type Registry } from "@laconic/dispatcher";
import type { Service } from "./service.js";

/** What a host in Node finds of an app once it is loaded. */
export interface Hosted {
  readonly service: Service;
  readonly dispatch: Dispatch;
}

/** The name that the Node shims share: they are other packages, and a bundle may hold two copies of this one. */
const HOSTED = Symbol.for("laconic.service");

/** Lets the shim that loads the app find what it registered; of two services of one app, the first. */
export function host(registry: Registry, service: Service): Service {
  (globalThis as { [HOSTED]?: Hosted })[HOSTED] ??= { service, dispatch: createDispatch(registry) };
  return service;
}
