// Where the app's one module lies, as far as it does: beside the files that are packed with the function.
import { engineProcess } from "../globals/engine-process.js";

const root = engineProcess.env["LAMBDA_TASK_ROOT"] ?? engineProcess.cwd();

export const moduleDirname = root;
export const moduleFilename = `${root}/index.js`;
export const moduleUrl = `file://${root}/index.js`;
