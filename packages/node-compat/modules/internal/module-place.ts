// The folder of the function, where its files are packed as they lie in the project. The bundler adds to it, for each module
// that asks, where that module lies.
import { engineProcess } from "../globals/engine-process.js";
import { moduleMeta } from "./module-meta.js";

const root = engineProcess.env["LAMBDA_TASK_ROOT"] ?? engineProcess.cwd();

export const laconicModuleDirname = root;
export const laconicModuleFilename = root;
export const laconicModuleUrl = `file://${root}`;
export const laconicModuleMeta = (path: string, url: string) => moduleMeta(root, path, url);
