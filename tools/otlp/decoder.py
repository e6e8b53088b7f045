"""Reads requests of OTLP's metrics, one JSON text a line, and writes what OpenTelemetry's definitions find in each."""

import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.metrics.v1.metrics_pb2 import AggregationTemporality


def attributes(pairs):
    return {pair.key: pair.value.string_value for pair in pairs}


def buckets(message):
    return {"offset": message.offset, "counts": list(message.bucket_counts)}


def points(request):
    for resource in request.resource_metrics:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                assert metric.WhichOneof("data") == "exponential_histogram", metric.name
                histogram = metric.exponential_histogram
                for point in histogram.data_points:
                    yield {
                        "resource": attributes(resource.resource.attributes),
                        "scope": scope.scope.name,
                        "name": metric.name,
                        "unit": metric.unit,
                        "temporality": AggregationTemporality.Name(histogram.aggregation_temporality),
                        "attributes": attributes(point.attributes),
                        "start": str(point.start_time_unix_nano),
                        "end": str(point.time_unix_nano),
                        "count": point.count,
                        "sum": point.sum,
                        "min": point.min,
                        "max": point.max,
                        "scale": point.scale,
                        "zeroCount": point.zero_count,
                        "positive": buckets(point.positive),
                        "negative": buckets(point.negative),
                    }


for line in sys.stdin:
    try:
        # Unknown fields are errors.
        decoded = list(points(json_format.Parse(line, ExportMetricsServiceRequest())))
        print(json.dumps({"points": decoded}), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
