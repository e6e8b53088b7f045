// What apps talk to: started when the first app needs it, and given to one app at a time.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { suiteFolder } from "./apps.mjs";

/**
 * @typedef {object} Service
 * @property {Readonly<Record<string, string>>} env how an app finds it
 * @property {() => Promise<void>} reset empties it, so that the next side meets what the reference met
 * @property {() => Promise<void>} stop
 */

/** @type {Map<string, Promise<Service>>} */
const running = new Map();
/** The last user of each service. @type {Map<string, Promise<unknown>>} */
const users = new Map();

/**
 * @template T
 * @param {readonly string[]} names files of the folder `services`
 * @param {(services: { env: Record<string, string>, reset: () => Promise<void> }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withServices(names, work) {
  // All at once, so that two apps that share two services cannot wait for each other.
  const turn = Promise.all(names.map((name) => users.get(name)));
  const done = turn.then(async () => {
    const services = await Promise.all(names.map(start));
    const reset = async () => void (await Promise.all(services.map((service) => service.reset())));
    await reset();
    return work({ env: Object.assign({}, ...services.map(({ env }) => env)), reset });
  });
  for (const name of names)
    users.set(
      name,
      done.catch(() => undefined),
    );
  return done;
}

/** @param {string} name @returns {Promise<Service>} */
function start(name) {
  const started =
    running.get(name) ??
    import(pathToFileURL(join(suiteFolder, "services", `${name}.mjs`)).href).then((module) => module.start());
  running.set(name, started);
  return started;
}

/** Ends everything that was started. */
export async function stopServices() {
  const services = await Promise.allSettled(running.values());
  running.clear();
  await Promise.all(
    services.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.stop() : undefined)),
  );
}
