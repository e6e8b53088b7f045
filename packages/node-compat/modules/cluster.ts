import { EventEmitter } from "./events/emitter.js";
import type { Any } from "./internal/any.js";
import { unsupported } from "./internal/errors.js";
import process from "./process/node-process.js";

function refuse(what: string): never {
  throw unsupported(`cluster.${what}()`, "Lambda scales by running more sandboxes");
}

const cluster: Any = new (EventEmitter as Any)();

export class Worker extends (EventEmitter as Any) {}

Object.assign(cluster, {
  isWorker: false,
  isMaster: true,
  isPrimary: true,
  Worker,
  workers: {},
  settings: {},
  SCHED_NONE: 1,
  SCHED_RR: 2,
  schedulingPolicy: 2,
  setupPrimary: () => refuse("setupPrimary"),
  setupMaster: () => refuse("setupMaster"),
  fork: () => refuse("fork"),
  disconnect: (callback?: () => void) => callback && process.nextTick(callback),
});

export const {
  isWorker,
  isMaster,
  isPrimary,
  workers,
  settings,
  SCHED_NONE,
  SCHED_RR,
  schedulingPolicy,
  setupPrimary,
  setupMaster,
  fork,
  disconnect,
} = cluster;
export default cluster;
