// What CloudWatch takes. Names, values and dimensions beyond a limit are errors; sets beyond one are split.

/** Metrics in one line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const EMF_METRICS = 100;

/** Values of one metric in one line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const EMF_VALUES = 100;

/**
 * Bytes of one line. CloudWatch Logs takes 1 MB today, but the services and agents that cut at the former limit are still
 * in use: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const EMF_LINE_BYTES = 256 * 1024;

/** Metrics in one request: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const REQUEST_METRICS = 1000;

/** Distinct values of one metric in one request: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const REQUEST_VALUES = 150;

/** Bytes of one request: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const REQUEST_BYTES = 1_000_000;

/** Dimensions of one metric: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const DIMENSIONS = 30;

/** Milliseconds that a timestamp may lie in the past: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const OLDEST_MS = 14 * 24 * 3600 * 1000;

/** Milliseconds that a timestamp may lie in the future: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const NEWEST_MS = 2 * 3600 * 1000;

/** Characters of a namespace: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const NAMESPACE_LENGTH = 255;

/** Characters of a metric's name: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const METRIC_NAME_LENGTH = 255;

/**
 * Characters of a dimension's name. PutMetricData takes 255, a line 250, and a function may move between the two:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const DIMENSION_NAME_LENGTH = 250;

/** Characters of a dimension's value: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
export const DIMENSION_VALUE_LENGTH = 1024;

/** A value's largest magnitude: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const VALUE_MAGNITUDE = 2 ** 360;

/** How often one value may be added at once. Ours: a line has no counts, so a value is written as often as it occurred. */
export const VALUE_COUNT = 100_000;
