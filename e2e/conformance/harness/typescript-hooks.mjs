// `node --import`: runs an app's TypeScript as its users' compiler does, decorator metadata included.
import { register } from "node:module";

register(new URL("typescript-loader.mjs", import.meta.url));
