// The engine's own built-ins under the names by which shipped modules import them. Their types are Node's: where the
// engine has less, the module that imports it is what completes it.

declare module "engine:async_hooks" {
  export * from "node:async_hooks";
  export { default } from "node:async_hooks";
}

declare module "engine:child_process" {
  export * from "node:child_process";
  export { default } from "node:child_process";
}

declare module "engine:crypto" {
  export * from "node:crypto";
  export { default } from "node:crypto";
}

declare module "engine:dgram" {
  export * from "node:dgram";
  export { default } from "node:dgram";
}

declare module "engine:dns" {
  export * from "node:dns";
  export { default } from "node:dns";
}

declare module "engine:events" {
  export * from "node:events";
  export { default } from "node:events";
}

declare module "engine:fs" {
  export * from "node:fs";
  export { default } from "node:fs";
}

declare module "engine:fs/promises" {
  export * from "node:fs/promises";
  export { default } from "node:fs/promises";
}

declare module "engine:https" {
  export * from "node:https";
  export { default } from "node:https";
}

declare module "engine:net" {
  export * from "node:net";
  export { default } from "node:net";
}

declare module "engine:process" {
  export * from "node:process";
  export { default } from "node:process";
}

declare module "engine:stream/web" {
  export * from "node:stream/web";
  export { default } from "node:stream/web";
}

declare module "engine:url" {
  export * from "node:url";
  export { default } from "node:url";
}

declare module "engine:util" {
  export * from "node:util";
  export { default } from "node:util";
}

declare module "engine:zlib" {
  export * from "node:zlib";
  export { default } from "node:zlib";
}
