import type { Context } from "aws-lambda";
import { recognise } from "../events/recognise.js";
import type { Adapter } from "../function.js";
import type { HttpRequest } from "../http/exchange.js";
import {
  exchangeClasses,
  runExchange,
  type ExchangeClasses,
  type Listener,
} from "../http/listener-exchange.js";
import { listeningApp } from "../http/listening.js";
import { nodeHttp } from "../http/node-http.js";
import { sendHttp, type ResponseSink } from "../streaming.js";
import { receive, refusal, type HttpAdapterOptions } from "../http/receive.js";
import { stringify } from "../intrinsics.js";

/** @module A bundle of an app that surely has no listener holds no-listener.ts in place of this file. */

/** A listener, or the promise of one from an app that has to be made ready first. */
export type ListenerSource = () => Listener | PromiseLike<Listener>;

/**
 * An app that is a Node request listener: Express, Koa, Fastify, Nest, connect, `http.createServer(...)`.
 * @param source left out, it is the server that the app listens with when the first request comes
 */
export function listenerAdapter(
  functionName: string,
  source: ListenerSource = () => listeningApp(functionName),
  options: HttpAdapterOptions = {},
): Adapter {
  const classes = exchangeClasses(nodeHttp());
  const subject: Subject = { functionName, classes, source, options, listener: undefined };
  return {
    kind: "http",
    call: (event, context, finish) => exchange(subject, event, context).then(finish),
    stream: (event, context, sink) => exchange(subject, event, context, sink).then(() => {}),
    // Built of strings and numbers only, so there is nothing that JSON could not hold.
    toJson: (result) => stringify(result),
    toValue: (result) => result,
  };
}

interface Subject {
  readonly functionName: string;
  readonly classes: ExchangeClasses;
  readonly source: ListenerSource;
  readonly options: HttpAdapterOptions;
  /** Once it was asked for. An app that could not be made ready fails every request in the same way. */
  listener: Listener | PromiseLike<Listener> | undefined;
}

async function exchange(
  subject: Subject,
  received: unknown,
  context: Context,
  sink?: ResponseSink,
): Promise<unknown> {
  const { functionName, classes, options } = subject;
  const event = recognise(functionName, received, options.eventPath);
  let request: HttpRequest;
  try {
    request = receive(event, options.basePath);
  } catch (error) {
    const refused = refusal(error);
    return sink === undefined ? event.toResult(refused) : sendHttp(sink, refused);
  }
  subject.listener ??= subject.source();
  if (typeof subject.listener !== "function") subject.listener = await subject.listener;
  const lambda = { event: received, context };
  const response = await runExchange(functionName, classes, subject.listener, request, lambda, sink);
  return sink === undefined ? event.toResult(response) : undefined;
}
