// The virtual environment with cfn-lint and ministack.
import { fileURLToPath } from "node:url";
import { pythonPrograms } from "../python-environment.mjs";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** @returns {string} the environment's folder of programs */
export function awsTools() {
  return pythonPrograms("aws-tools", requirements, "cfn-lint and ministack");
}
