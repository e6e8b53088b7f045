import type { Any } from "./internal/any.js";
import { unsupported } from "./internal/errors.js";
import { engineProcess } from "./globals/engine-process.js";

function refuse(what: string): never {
  throw unsupported(`v8.${what}()`, "the library's engine is QuickJS");
}

/** What there is of it: sizes of QuickJS's heap under the names of V8's. */
export function getHeapStatistics(): Record<string, number> {
  const { heapTotal, heapUsed, external } = engineProcess.memoryUsage();
  const limit = Number(engineProcess.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? 128) * 2 ** 20;
  return {
    total_heap_size: heapTotal,
    total_heap_size_executable: 0,
    total_physical_size: heapTotal,
    total_available_size: Math.max(limit - heapUsed, 0),
    used_heap_size: heapUsed,
    heap_size_limit: limit,
    malloced_memory: heapTotal,
    peak_malloced_memory: heapTotal,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: external,
  };
}

export const getHeapSpaceStatistics = (): Any[] => [];
export const getHeapCodeStatistics = (): Any => ({
  code_and_metadata_size: 0,
  bytecode_and_metadata_size: 0,
  external_script_source_size: 0,
  cpu_profiler_metadata_size: 0,
});
export const cachedDataVersionTag = (): number => 0;
export const setFlagsFromString = (): void => undefined;
export const setHeapSnapshotNearHeapLimit = (): void => undefined;
export const takeCoverage = (): void => undefined;
export const stopCoverage = (): void => undefined;
export const isStringOneByteRepresentation = (text: string): boolean => !/[^\0-\xff]/.test(text);
export const getHeapSnapshot = (): Any => refuse("getHeapSnapshot");
export const writeHeapSnapshot = (): Any => refuse("writeHeapSnapshot");
export const queryObjects = (): Any => refuse("queryObjects");
export const serialize = (): Any => refuse("serialize");
export const deserialize = (): Any => refuse("deserialize");

export function Serializer(): never {
  return refuse("Serializer");
}
export function Deserializer(): never {
  return refuse("Deserializer");
}
export const DefaultSerializer = Serializer;
export const DefaultDeserializer = Deserializer;
export class GCProfiler {
  start(): void {}
  stop(): Any {
    return { version: 1, startTime: 0, statistics: [], endTime: 0 };
  }
}

const stop = (): void => undefined;

export const promiseHooks = {
  createHook: () => stop,
  onInit: () => stop,
  onBefore: () => stop,
  onAfter: () => stop,
  onSettled: () => stop,
};

export const startupSnapshot = {
  addDeserializeCallback: (): Any => refuse("startupSnapshot.addDeserializeCallback"),
  addSerializeCallback: (): Any => refuse("startupSnapshot.addSerializeCallback"),
  setDeserializeMainFunction: (): Any => refuse("startupSnapshot.setDeserializeMainFunction"),
  isBuildingSnapshot: () => false,
};

export default {
  cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage,
  stopCoverage,
  serialize,
  writeHeapSnapshot,
  promiseHooks,
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  GCProfiler,
  isStringOneByteRepresentation,
};
