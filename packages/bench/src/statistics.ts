/** What is told of a set of measurements; all in the unit of the measurements. */
export interface Distribution {
  count: number;
  p10: number;
  p50: number;
  p90: number;
  p99: number;
}

export function distribution(samples: readonly number[]): Distribution {
  const sorted = Float64Array.from(samples).sort();
  return {
    count: sorted.length,
    p10: quantile(sorted, 0.1),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
  };
}

export function median(samples: readonly number[]): number {
  return quantile(Float64Array.from(samples).sort(), 0.5);
}

/** Linear between the two nearest ranks; NaN of nothing. */
function quantile(sorted: Float64Array, q: number): number {
  const rank = (sorted.length - 1) * q;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}
