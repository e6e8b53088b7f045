// Takes the runtime's place in a peer's bundle: keeps each HTTP app as its author made it, for another adapter to serve.
export * from "@laconic/runtime";

const apps = new Map();

export function lambda(name) {
  return { name };
}

export function http(name, app) {
  apps.set(name, app);
  return { name };
}

export function main() {}

export default { main, lambda, http };

/** The HTTP app registered under a name; undefined when the function has no HTTP app. */
export function registeredApp(name) {
  return apps.get(name);
}
