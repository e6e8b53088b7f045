import type { Dimensions } from "./series.js";

/** The namespace of a service's metrics, the one that Sparta gave them: dashboards and alarms made for it go on working. */
export function serviceNamespace(service: string): string {
  return `Sparta/${service}`;
}

/**
 * The dimensions that Sparta gave to the metrics of one function of a service: its name in the service, and the name that
 * Lambda knows it by.
 */
export function functionDimensions(path: string): Dimensions {
  const name = process.env["AWS_LAMBDA_FUNCTION_NAME"];
  return name ? { Path: path, Name: name } : { Path: path };
}
