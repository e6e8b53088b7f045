// A build that never ends by itself, for the tests to kill.
import { buildInContainer } from "@laconic/docker-builder";

const [workspace, image] = process.argv.slice(2);
const command = ["sh", "-c", "echo up; sleep 600"];
await buildInContainer({ workspace, image, command, network: false, onProgress: console.log });
