"""Calls a packaged app's functions many times in this process: `soak.py <package> <part> <requests>`, prints JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
import time

from awslambdaric.lambda_context import LambdaContext

THREADS = 8


def main() -> None:
    package, part, requests = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sys.path.insert(0, package)
    import index

    context = LambdaContext("8476a536-e9f4-11e8-9739-2dfe598c3fcd", None, None, 0, "arn:aws:lambda:eu-west-1:1:function:f")
    started = time.monotonic()
    result = threads(index, context, requests) if part == "threads" else steady(index, context, part, requests)
    print(json.dumps({"part": part, "requests": requests, "seconds": time.monotonic() - started, **result}))


def steady(index, context, part, requests):
    """Resident memory after the first tenth and at the end, and how many answers were wrong."""
    call, events, is_right = PARTS[part](index)
    wrong, early = 0, 0
    for number in range(requests):
        if number == requests // 10:
            early = resident()
        wrong += not is_right(call(events[number % len(events)], context))
    late = resident()
    return {"wrong": wrong, "earlyMegabytes": early, "lateMegabytes": late, "growthPercent": 100 * (late / early - 1)}


def hello(index):
    return index.hello, [json.dumps({"name": "x"}).encode()], lambda answer: answer == b'{"hello":"x"}'


def orders(index):
    """A route that answers, one that validates and refuses, one that does not exist, one that throws."""
    bad = json.dumps({"item": "", "quantity": -1})
    requests = [("GET", "/", None), ("POST", "/orders", bad), ("GET", "/nowhere", None), ("GET", "/boom", None)]
    known = (b'"statusCode":200', b'"statusCode":400', b'"statusCode":404', b'"statusCode":500')
    return (
        index.orders,
        [json.dumps(http_event(*request)).encode() for request in requests],
        lambda answer: any(status in answer for status in known),
    )


def http_event(method, path, body):
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "soak"}
    event = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "orders.example", "content-type": "application/json"},
        "requestContext": {"http": http},
        "isBase64Encoded": False,
    }
    return {**event, "body": body} if body else event


PARTS = {"hello": hello, "orders": orders}


def threads(index, context, requests):
    """Every thread has answers of its own, so that one which went to another thread shows."""
    wrong = []

    def run(thread):
        for number in range(requests):
            answer = json.loads(index.add(json.dumps({"a": thread * requests, "b": number}).encode(), context))
            if answer["sum"] != thread * requests + number:
                wrong.append(answer)

    running = [threading.Thread(target=run, args=(thread,)) for thread in range(THREADS)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return {"threads": THREADS, "wrong": len(wrong)}


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


main()
