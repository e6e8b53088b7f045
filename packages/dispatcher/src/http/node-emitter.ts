import type { EventEmitter } from "node:events";

/** Node's EventEmitter, by its type only: its class comes from whatever http module there is. */
export type Emitter = EventEmitter;
export declare const Emitter: { new (): EventEmitter; prototype: EventEmitter };
