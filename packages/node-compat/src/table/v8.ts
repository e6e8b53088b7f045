import type { Builtin } from "../builtin.js";

export const v8: Builtin = {
  name: "v8",
  support: "polyfill",
  reason: "the engine is QuickJS: there are sizes of its heap under the names of V8's, and little else",
  exports: {
    serialize: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    deserialize: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    Serializer: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    Deserializer: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    DefaultSerializer: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    DefaultDeserializer: {
      support: "unsupported",
      reason: "the library's engine is QuickJS",
      wayOut: "use JSON or structuredClone",
    },
    getCppHeapStatistics: { support: "unsupported", reason: "the library's engine is QuickJS" },
    getHeapSnapshot: { support: "unsupported", reason: "the library's engine is QuickJS" },
    writeHeapSnapshot: { support: "unsupported", reason: "the library's engine is QuickJS" },
    queryObjects: { support: "unsupported", reason: "the library's engine is QuickJS" },
  },
};
