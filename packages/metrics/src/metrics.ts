import { AsyncLocalStorage } from "node:async_hooks";
import { onAfterResponse } from "./after-response.js";
import { checkDimensionCount, checkNamespace, checkTimestamp } from "./checks.js";
import { Drops, type DropTotals } from "./drops.js";
import { MetricsError } from "./errors.js";
import { valuesOf, type MetricSeries } from "./metric-set.js";
import { serviceNamespace } from "./namespace.js";
import { Scope, type AddOptions, type MetricScope } from "./scope.js";
import { settledWithin } from "./settled-within.js";
import { checkedDimensions, type Dimensions, type MetricValue } from "./series.js";
import { checkSink, chooseSink, workAfterResponse, type SinkOptions } from "./sinks/choose.js";
import type { MetricSink } from "./sinks/sink.js";
import type { Unit } from "./unit.js";

/** What names the namespace. */
export type Named = { readonly namespace: string } | { readonly service: string };

export type MetricsOptions = Named &
  SinkOptions & {
    /** Of every metric. */
    readonly dimensions?: Dimensions;
  };

export interface ScopeOptions {
  /** Of every metric of the scope. */
  readonly dimensions?: Dimensions;
  /** When it happened, in milliseconds since 1970. Default: when it is published. */
  readonly timestamp?: number;
}

/** How long `flush` waits unless told otherwise. */
const FLUSH_MS = 5000;

export class Metrics {
  private readonly namespace: string;
  private readonly dimensions: ReadonlyMap<string, string>;
  private readonly drops = new Drops();
  private readonly current = new AsyncLocalStorage<Scope>();
  private readonly outside: Scope;
  private sink: MetricSink | undefined;

  /** @throws {MetricsError} when CloudWatch would not take the namespace or a dimension */
  constructor(private readonly options: MetricsOptions) {
    this.namespace = namespaceOf(options);
    checkNamespace(this.namespace);
    checkSink(options.sink);
    this.dimensions = checkedDimensions(options.dimensions);
    checkDimensionCount(this.dimensions.size);
    this.outside = this.newScope({});
    this.outside.close();
    const work = workAfterResponse(options.sink);
    if (work !== undefined) onAfterResponse(this.afterResponse, work === "send");
  }

  /**
   * Records values in the scope of the running request; outside one, they are published as soon as the running code
   * pauses. `unit` is "None" unless given; `dimensions` are the metric's own, beside the scope's.
   *
   * @throws {MetricsError} when CloudWatch would not take it; nothing is recorded then
   */
  add(name: string, value: MetricValue, unit?: Unit, dimensions?: Dimensions, options?: AddOptions): void {
    (this.current.getStore() ?? this.outside).add(name, value, unit, dimensions, options);
  }

  /**
   * Adds a dimension to every metric of the running request that is not published yet.
   *
   * @throws {MetricsError} when there is no scope, or the dimension has another value in it already
   */
  dimension(name: string, value: string): void {
    const scope = this.current.getStore();
    if (scope !== undefined) return scope.dimension(name, value);
    throw new MetricsError(
      "LAC3211",
      `The dimension "${name}" was set outside a scope, where it would reach every request.`,
      "Call it inside run(), or give createMetrics the dimensions that all metrics have.",
    );
  }

  /**
   * Runs `work` in a scope of its own and publishes what was added in it when it returns, throws or settles. A scope inside
   * another one takes nothing over from it: a loop that one request started may serve the next one.
   *
   * @returns what `work` returns
   */
  run<T>(work: () => T, options: ScopeOptions = {}): T {
    const scope = this.newScope(options);
    const close = (): void => scope.close();
    let result: T;
    try {
      result = this.current.run(scope, work);
    } catch (error) {
      close();
      throw error;
    }
    if (result instanceof Promise) result.then(close, close);
    // The then() of other classes may start their work, so it is called once.
    else if (isThenable(result)) return Promise.resolve(result).finally(close) as T;
    else close();
    return result;
  }

  /** A scope that its caller closes, for code that has no function around a request. */
  scope(options: ScopeOptions = {}): MetricScope {
    return this.newScope(options);
  }

  /**
   * Publishes what the running request has added so far, and waits until the sink has stored or given up what it has.
   * Never rejects, and waits no longer than `timeoutMs`; what is not sent then stays in the queue.
   */
  async flush(timeoutMs: number = FLUSH_MS): Promise<void> {
    this.current.getStore()?.publish();
    this.outside.publish();
    // What was added to closed scopes is published before this goes on.
    await undefined;
    try {
      await settledWithin(timeoutMs, this.sink?.flush?.());
    } catch {
      // A sink of the app's own: what it does not store is its own to count.
    }
  }

  /** How many values were not stored so far, by reason. */
  get dropped(): DropTotals {
    return this.drops.totals();
  }

  private newScope({ dimensions, timestamp }: ScopeOptions): Scope {
    if (timestamp !== undefined) checkTimestamp(timestamp, Date.now());
    const scope = new Scope(this.dimensions, timestamp, this.publish);
    for (const [name, value] of checkedDimensions(dimensions)) scope.dimension(name, value);
    return scope;
  }

  private readonly afterResponse = async (remainingMs: number, isLast: boolean): Promise<void> => {
    this.sink ??= chooseSink(this.options, this.drops);
    this.outside.publish();
    await undefined;
    await this.sink.afterResponse?.(remainingMs, isLast);
  };

  private readonly publish = (series: MetricSeries[], timestamp = Date.now()): void => {
    try {
      this.sink ??= chooseSink(this.options, this.drops);
      this.sink.publish({ namespace: this.namespace, timestamp, series });
    } catch {
      for (const one of series) this.drops.count("failed", valuesOf(one));
    }
  };
}

/** The metrics of one namespace. Make one when the app loads, and share it. */
export function createMetrics(options: MetricsOptions): Metrics {
  return new Metrics(options);
}

function namespaceOf(options: Named): string {
  if ("namespace" in options) return options.namespace;
  const { service } = options;
  // Without either, the check that follows says so.
  return typeof service === "string" ? serviceNamespace(service) : service;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}
