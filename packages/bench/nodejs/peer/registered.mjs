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

/** The app that was registered under a name; undefined for a function that is none. */
export function registeredApp(name) {
  return apps.get(name);
}
