import type { Any } from "./internal/any.js";
import { builtinModules, isBuiltin } from "./internal/builtin-names.js";
import { invalidArgValue, unsupported } from "./internal/errors.js";
import { laconicRequire, laconicResolve } from "./internal/requirable.js";
import { isUrl } from "./internal/urls.js";

export { builtinModules, isBuiltin };

/** A require of what the bundle holds: the modules that the build saw named, and the built-ins that were evaluated. */
export function createRequire(place: Any): Any {
  const path = isUrl(place) ? place.href : place;
  if (typeof path !== "string" || !/^(?:file:|\/)/.test(path)) {
    throw invalidArgValue(
      "filename",
      place,
      "must be a file URL object, file URL string, or absolute path string",
    );
  }
  const require = (name: string): Any => laconicRequire(name, path);
  return Object.assign(require, {
    resolve: Object.assign((name: string) => (isBuiltin(name) ? name : laconicResolve(name, path)), {
      paths: () => [],
    }),
    main: undefined,
    cache: Object.create(null),
    extensions: Object.create(null),
  });
}

export function Module(this: Any, id = "", parent?: Any): void {
  Object.assign(this, { id, path: "", exports: {}, filename: null, loaded: false, children: [], parent });
}

export const registerHooks = (): never => {
  throw unsupported("module.registerHooks()", "every module was bundled");
};
export const register = (): never => {
  throw unsupported("module.register()", "every module was bundled");
};
export const syncBuiltinESMExports = (): void => undefined;
export const findSourceMap = (): undefined => undefined;
export const findPackageJSON = (): undefined => undefined;
export const enableCompileCache = (): Any => ({ status: 3 });
export const flushCompileCache = (): void => undefined;
export const getCompileCacheDir = (): undefined => undefined;
export const getSourceMapsSupport = (): Any => ({ enabled: false, nodeModules: false, generatedCode: false });
export const setSourceMapsSupport = (): void => undefined;
export const runMain = (): void => undefined;
export const stripTypeScriptTypes = (): never => {
  throw unsupported("module.stripTypeScriptTypes()", "the build has done so");
};
export class SourceMap {
  readonly payload: unknown;
  constructor(payload: unknown) {
    this.payload = payload;
  }
}
export const constants = { compileCacheStatus: { FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 } };
export const globalPaths: string[] = [];

Object.assign(Module, {
  Module,
  builtinModules,
  constants,
  createRequire,
  enableCompileCache,
  findPackageJSON,
  findSourceMap,
  flushCompileCache,
  getCompileCacheDir,
  getSourceMapsSupport,
  globalPaths,
  isBuiltin,
  register,
  registerHooks,
  runMain,
  setSourceMapsSupport,
  SourceMap,
  stripTypeScriptTypes,
  syncBuiltinESMExports,
  _cache: Object.create(null),
  _extensions: Object.assign(Object.create(null), {
    ".js": undefined,
    ".json": undefined,
    ".node": undefined,
  }),
  _pathCache: Object.create(null),
  _nodeModulePaths: () => [],
  _resolveFilename: (name: string) => name,
  _load: (name: string) => createRequire("/")(name),
});
export default Module as Any;
