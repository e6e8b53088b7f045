// Installs what the demo runs the apps with: AWS's runtime client for Python.
import { pythonEnvironment } from "@laconic/bench";

await pythonEnvironment();
