// One app: its answers in Node, in the library and behind the dispatcher in Node, compared.
import { nodeDistribution } from "@laconic/bench";
import { answerOfResult, answerOfWire } from "./answer.mjs";
import { differences } from "./compare.mjs";
import { writeEntry } from "./entry.mjs";
import { eventOf } from "./event.mjs";
import { buildLibrary, invokeLibrary } from "./library.mjs";
import { NodeChild } from "./node-child.mjs";
import { withServices } from "./services.mjs";
import { sendRaw } from "./wire.mjs";

/** Where an app's answers are compared with Node's. */
export const SIDES = /** @type {const} */ (["library", "dispatcher"]);

/**
 * @typedef {object} RequestResult
 * @property {string} request its name
 * @property {string[]} library how the library's answer differs; empty when it is identical
 * @property {string[]} dispatcher the same of the dispatcher in Node
 */

const ENVIRONMENT = {
  NODE_ENV: "production",
  TZ: "UTC",
  LANG: "en_US.UTF-8",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example-secret-access-key",
  AWS_LAMBDA_FUNCTION_NAME: "app",
};

/**
 * @param {import("./apps.mjs").App} app
 * @returns {Promise<{ app: string, packages: string[], results: RequestResult[] }>}
 * @throws when the reference itself fails: then there is nothing to compare with
 */
export async function runApp(app) {
  const building = buildLibrary(app).catch((error) => ({ error }));
  return withServices(app.services, async ({ env: serviceEnv, reset }) => {
    const env = { ...ENVIRONMENT, ...serviceEnv };
    const { corpus, answers } = await reference(app, env);
    await reset();
    const library = await settled(async () => inLibrary(app, corpus, await building, env));
    await reset();
    const dispatcher = await settled(() => behindDispatcher(app, corpus, env));
    const results = corpus.map(({ name }, index) => ({
      request: name,
      library: compared(answers[index], library, index),
      dispatcher: compared(answers[index], dispatcher, index),
    }));
    return { app: app.name, packages: app.packages, results };
  });
}

/** A side that does not come to answers at all fails each request with the same words. */
async function settled(side) {
  try {
    return { answers: await side() };
  } catch (error) {
    const { code, message, frame, cause } = /** @type {any} */ (error);
    return { failure: [code, message, frame, cause?.message].filter(Boolean).join(" ") };
  }
}

function compared(expected, { answers, failure }, index) {
  return failure === undefined ? differences(expected, answers[index]) : [failure];
}

async function reference(app, env) {
  const { node } = await nodeDistribution();
  const child = new NodeChild(node, app.kind, app.module, "reference", env);
  try {
    const { port, names } = await child.opened();
    const corpus = distinct(app.corpus ?? names.map((name) => ({ name, event: { case: name } })));
    if (corpus.length === 0) throw new Error(`${app.name} is asked nothing`);
    const answers = [];
    for (const sent of corpus) {
      answers.push(
        port === undefined
          ? await child.invoke(sent.event, {})
          : answerOfWire(await sendRaw(port, sent), sent.method),
      );
    }
    return { corpus, answers };
  } finally {
    await child.close();
  }
}

async function inLibrary(app, corpus, built, env) {
  if (built.error) throw built.error;
  const outcomes = await invokeLibrary(
    built,
    corpus.map((sent) => eventFor(app, sent)),
    env,
  );
  return outcomes.map((outcome, index) => answerFor(app, corpus[index], outcome));
}

async function behindDispatcher(app, corpus, env) {
  const { node } = await nodeDistribution();
  const child = new NodeChild(node, app.kind, await writeEntry(app, "node"), "dispatcher", env);
  try {
    await child.opened();
    const answers = [];
    for (const sent of corpus) {
      answers.push(answerFor(app, sent, await child.invoke(eventFor(app, sent), { awsRequestId: "1" })));
    }
    return answers;
  } finally {
    await child.close();
  }
}

function eventFor(app, sent) {
  return app.kind === "app" ? eventOf(sent) : sent.event;
}

/** An HTTP app that fails an invocation has no HTTP answer: the outcome itself is compared, and differs. */
function answerFor(app, sent, outcome) {
  if (app.kind !== "app" || !("value" in outcome)) return outcome;
  try {
    return answerOfResult(outcome.value, sent.method);
  } catch (error) {
    return { unreadable: `${error.message} in ${JSON.stringify(outcome.value).slice(0, 300)}` };
  }
}

/** Requests that are called alike are numbered: `GET /`, `GET / (2)`. */
function distinct(corpus) {
  const seen = new Map();
  return corpus.map((sent) => {
    const count = (seen.get(sent.name) ?? 0) + 1;
    seen.set(sent.name, count);
    return count === 1 ? sent : { ...sent, name: `${sent.name} (${count})` };
  });
}
