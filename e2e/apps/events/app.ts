import {
  arn,
  dynamodb,
  eventBridge,
  http,
  httpApi,
  kinesis,
  lambda,
  logs,
  main as laconicMain,
  ref,
  restApi,
  s3,
  schedule,
  secret,
  sns,
  sqs,
} from "@laconic/runtime/library";

/** Says what it was invoked with, so that a log or a caller sees it. */
const tell = (event: { Records?: unknown[] }) => ({ records: event.Records?.length ?? 0 });

const resize = lambda("resize", tell, {
  events: [s3("uploads", "ObjectCreated:*", { prefix: "in/", suffix: ".png" })],
  permissions: [{ actions: ["s3:GetObject", "s3:PutObject"], resources: [arn("uploads", "/*")] }],
  environment: { BUCKET: ref("uploads") },
});
const notify = lambda("notify", tell, { events: [sns("order-news", { filter: { kind: ["new"] } })] });
const work = lambda("work", tell, {
  timeout: 10,
  events: [sqs("jobs", { batchSize: 5, maxConcurrency: 2 })],
  onFailure: "failed-jobs",
});
const failed = lambda("failed", tell, { events: [sqs("failed-jobs", { partial: false })] });
const follow = lambda("follow", tell, {
  events: [dynamodb("orders", { partitionKey: "id", retries: 2 }), kinesis("clicks")],
});
const react = lambda("react", tell, { events: [eventBridge({ source: ["shop"] })] });
const nightly = lambda("nightly", tell, {
  events: [schedule("cron(0 3 * * ? *)", { timezone: "Europe/Berlin" })],
});
const watch = lambda("watch", tell, { events: [logs("work", "ERROR")] });
const rest = lambda("rest", () => ({ statusCode: 200, body: "rest" }), {
  events: [restApi("GET /orders/{id}")],
});
const site = http("site", (request: Request) => Response.json({ path: new URL(request.url).pathname }), {
  events: [httpApi("GET /orders/{id}"), httpApi("POST /orders", { authorizer: "iam" })],
  environment: { DATABASE: secret("prod/database") },
});

function main() {
  return laconicMain("EventService", "One function for each kind of event source", [
    resize,
    notify,
    work,
    failed,
    follow,
    react,
    nightly,
    watch,
    rest,
    site,
  ]);
}

main();
