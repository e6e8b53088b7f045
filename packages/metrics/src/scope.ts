import { checkDimension, checkDimensionCount } from "./checks.js";
import { MetricsError } from "./errors.js";
import type { MetricSeries, StorageResolution } from "./metric-set.js";
import {
  checkedDimensions,
  checkedValues,
  identity,
  openSeries,
  sameName,
  type Dimensions,
  type MetricValue,
  type OpenSeries,
} from "./series.js";
import type { Unit } from "./unit.js";

/** Metrics and distinct values above which a scope publishes what it holds and goes on: endless ones must not fill the memory. */
const MOST_HELD = 50_000;

export interface AddOptions {
  /** 1 stores the metric by the second; 60, the default, by the minute. */
  readonly resolution?: StorageResolution;
}

export interface MetricScope {
  /**
   * Records values. `unit` is "None" unless given; `dimensions` are the metric's own, beside the scope's.
   *
   * @throws {MetricsError} when CloudWatch would not take it; nothing is recorded then
   */
  add(name: string, value: MetricValue, unit?: Unit, dimensions?: Dimensions, options?: AddOptions): void;
  /**
   * Adds a dimension to every metric of the scope that is not published yet.
   *
   * @throws {MetricsError} when the scope, or a metric in it, has the dimension with another value
   */
  dimension(name: string, value: string): void;
  /** Publishes what was added. Later values are published on their own, so work that outlives its request loses none. */
  close(): void;
}

/** Hands over what a scope held. */
export type Publish = (series: MetricSeries[], timestamp: number | undefined) => void;

/** What is added between a request's start and its end. */
export class Scope implements MetricScope {
  private readonly dimensions: Map<string, string>;
  private series = new Map<string, OpenSeries>();
  private held = 0;
  private isClosed = false;
  private isScheduled = false;

  constructor(
    dimensions: ReadonlyMap<string, string>,
    private readonly timestamp: number | undefined,
    private readonly hand: Publish,
  ) {
    this.dimensions = new Map(dimensions);
  }

  add(
    name: string,
    value: MetricValue,
    unit: Unit = "None",
    dimensions?: Dimensions,
    { resolution = 60 }: AddOptions = {},
  ): void {
    const own = checkedDimensions(dimensions);
    const opened = openSeries(name, unit, resolution, own);
    this.checkAgainstScope(opened);
    const values = checkedValues(name, value);
    if (values.size === 0) return;
    const series = this.place(opened);
    for (const [one, count] of values) {
      if (!series.values.has(one)) this.held++;
      series.values.set(one, (series.values.get(one) ?? 0) + count);
    }
    if (this.held >= MOST_HELD) this.publish();
    else if (this.isClosed) this.publishSoon();
  }

  dimension(name: string, value: string): void {
    checkDimension(name, value);
    this.checkSingle(name, value, this.dimensions.get(name));
    let most = 0;
    for (const series of this.series.values()) {
      if (series.name === name) throw sameName(name);
      this.checkSingle(name, value, series.own.get(name));
      most = Math.max(most, new Set([...this.dimensions.keys(), ...series.own.keys(), name]).size);
    }
    checkDimensionCount(Math.max(most, this.dimensions.has(name) ? 0 : this.dimensions.size + 1));
    this.dimensions.set(name, value);
  }

  close(): void {
    this.isClosed = true;
    this.publish();
  }

  publish(): void {
    if (this.series.size === 0) return;
    const shared = new Map(this.dimensions);
    const series = [...this.series.values()].map(({ own, ...rest }) => ({
      ...rest,
      dimensions: own.size === 0 ? shared : new Map([...shared, ...own]),
    }));
    this.series = new Map();
    this.held = 0;
    this.hand(series, this.timestamp);
  }

  /** One set for what is added in one go. */
  private publishSoon(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.publish();
    });
  }

  private place(opened: OpenSeries): OpenSeries {
    const key = identity(opened);
    const known = this.series.get(key);
    if (known !== undefined) return known;
    this.series.set(key, opened);
    this.held++;
    return opened;
  }

  private checkAgainstScope({ name, own }: OpenSeries): void {
    if (this.dimensions.has(name)) throw sameName(name);
    let count = this.dimensions.size;
    for (const [dimension, value] of own) {
      const inScope = this.dimensions.get(dimension);
      if (inScope === undefined) count++;
      else this.checkSingle(dimension, value, inScope);
    }
    checkDimensionCount(count);
  }

  private checkSingle(name: string, value: string, before: string | undefined): void {
    if (before === undefined || before === value) return;
    throw new MetricsError(
      "LAC3206",
      `The dimension "${name}" cannot be "${value}": in this scope it is "${before}" already.`,
      "Open a scope for each value, or pass the dimension with the metric alone.",
    );
  }
}
