export { openExporter, type Export, type Exported, type ExporterOptions } from "./exporter.js";
export type { Point } from "./point.js";
export type { SigV4 } from "./endpoint.js";
