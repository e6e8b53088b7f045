import type { FunctionDefinition, FunctionSettings, ServiceDefinition } from "../src/service.js";

/** A function as the build's manifest would describe it. */
export function fn(
  name: string,
  options: FunctionSettings = {},
  kind: FunctionDefinition["kind"] = "event",
): FunctionDefinition {
  return {
    name,
    kind,
    handler: `index.${name.replace(/\W+/g, "_")}`,
    runtime: "python3.13",
    options,
    place: `app.ts:${name.length}`,
  };
}

export function service(...functions: FunctionDefinition[]): ServiceDefinition {
  return { name: "OrderService", description: "Takes orders", functions };
}

const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:failed";

/** One service for each option and event source, and one with all of them. */
export const SERVICES: Readonly<Record<string, ServiceDefinition>> = {
  plain: service(fn("hello")),
  http: service(fn("site", {}, "http")),
  "url with iam": service(fn("site", { url: { auth: "iam", stream: true } }, "http")),
  "url with cors": service(
    fn(
      "site",
      {
        url: { cors: { origins: ["https://example.com"], methods: ["GET"], maxAge: 60, credentials: true } },
      },
      "http",
    ),
  ),
  "all settings": service(
    fn("full", {
      description: "Everything at once",
      memorySize: 1769,
      timeout: 60,
      environment: { LEVEL: "debug" },
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      vpcConfig: { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] },
      layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:3"],
      ephemeralStorage: 1024,
      tracing: true,
      logRetention: 7,
      logFormat: "json",
      reservedConcurrency: 5,
      deadLetter: QUEUE,
      onFailure: "arn:aws:sns:eu-west-1:123456789012:alarms",
      onSuccess: "arn:aws:events:eu-west-1:123456789012:event-bus/done",
      retries: 1,
      maxEventAge: 600,
    }),
  ),
  "forever logs": service(fn("hello", { logRetention: "forever" })),
  "snap start": service(fn("fast", { snapStart: true, url: true, retries: 0 })),
  "provisioned concurrency": service(
    fn("warm", { provisionedConcurrency: 2, events: [{ source: "httpApi", route: "GET /" }] }),
  ),
  "tenant isolation": service(fn("tenants", { tenantIsolation: true })),
  "own role": service(fn("hello", { role: "service-role/lambda" })),
  permissions: service(
    fn("reader", {
      events: [{ source: "sqs", queue: "jobs" }],
      permissions: [
        {
          actions: ["dynamodb:GetItem"],
          resources: ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"],
        },
        { actions: ["sqs:SendMessage"], resources: [{ reference: "arn", name: "jobs" }] },
        { actions: ["lambda:InvokeFunction"], resources: ["other"] },
      ],
    }),
    fn("other"),
  ),
  secrets: service(
    fn("hello", {
      environment: {
        DATABASE: { reference: "secret", name: "prod/database" },
        LEVEL: { reference: "parameter", name: "/prod/level" },
      },
    }),
  ),
  s3: service(
    fn("resize", {
      environment: { BUCKET: { reference: "ref", name: "uploads" } },
      permissions: [
        { actions: ["s3:GetObject"], resources: [{ reference: "arn", name: "uploads", suffix: "/*" }] },
      ],
      events: [
        { source: "s3", bucket: "uploads", events: ["ObjectCreated:*"], prefix: "in/", suffix: ".png" },
        { source: "s3", bucket: "uploads", events: ["ObjectRemoved:*"] },
      ],
    }),
    fn("index", { events: [{ source: "s3", bucket: "uploads", events: ["s3:ObjectRestore:Completed"] }] }),
  ),
  sns: service(
    fn("notify", {
      events: [
        { source: "sns", topic: "order-news", filter: { kind: ["new"] } },
        {
          source: "sns",
          topic: "arn:aws:sns:eu-west-1:123456789012:others",
          filter: { a: ["b"] },
          filterScope: "body",
        },
      ],
    }),
  ),
  sqs: service(
    fn("work", {
      timeout: 30,
      events: [
        {
          source: "sqs",
          queue: "jobs",
          batchSize: 20,
          window: 5,
          maxConcurrency: 10,
          filters: [{ body: { a: [1] } }],
        },
        { source: "sqs", queue: "arn:aws:sqs:eu-west-1:123456789012:others", partial: false },
      ],
    }),
  ),
  dynamodb: service(
    fn("follow", {
      events: [
        {
          source: "dynamodb",
          table: "orders",
          partitionKey: "id",
          sortKey: "at",
          onFailure: QUEUE,
          maxAge: 600,
        },
        {
          source: "dynamodb",
          table: "arn:aws:dynamodb:eu-west-1:123456789012:table/x/stream/2024-01-01T00:00:00.000",
          startingPosition: "oldest",
          bisect: false,
        },
      ],
    }),
    fn("also", { events: [{ source: "dynamodb", table: "orders", filters: [{ eventName: ["INSERT"] }] }] }),
  ),
  kinesis: service(
    fn("clicks", {
      events: [{ source: "kinesis", stream: "clicks", batchSize: 500, parallel: 2, retries: 3 }],
    }),
    fn("again", { events: [{ source: "kinesis", stream: "clicks", startingPosition: "oldest" }] }),
  ),
  eventBridge: service(
    fn("react", {
      events: [
        { source: "eventBridge", pattern: { source: ["aws.ec2"] } },
        { source: "eventBridge", pattern: { source: ["shop"] }, bus: "shop", input: { fixed: true } },
      ],
    }),
  ),
  schedule: service(
    fn("nightly", {
      events: [
        {
          source: "schedule",
          expression: "cron(0 3 * * ? *)",
          timezone: "Europe/Berlin",
          input: { full: true },
        },
        { source: "schedule", expression: "rate(5 minutes)", enabled: false },
      ],
    }),
  ),
  ses: service(
    fn("mail", {
      events: [
        { source: "ses", recipients: ["a@example.com"], tls: true },
        { source: "ses", ruleSet: "active", scan: false },
      ],
    }),
  ),
  logs: service(
    fn("watch", {
      events: [
        { source: "logs", logGroup: "/aws/lambda/other", pattern: "ERROR" },
        { source: "logs", logGroup: "/aws/lambda/third" },
        { source: "logs", logGroup: "second" },
      ],
    }),
    fn("second"),
  ),
  "http api": service(
    fn(
      "users",
      {
        events: [
          { source: "httpApi", route: "GET /users/{id}", cors: true },
          { source: "httpApi", route: "POST /users", authorizer: "iam" },
          {
            source: "httpApi",
            route: "ANY /admin/{proxy+}",
            authorizer: {
              type: "jwt",
              issuer: "https://issuer.example.com",
              audience: ["app"],
              scopes: ["admin"],
            },
          },
        ],
      },
      "http",
    ),
    fn("rest", { events: [{ source: "httpApi", route: "$default" }] }),
  ),
  "rest api": service(
    fn("users", {
      events: [
        { source: "restApi", route: "GET /users/{id}", cors: { origins: ["https://example.com"] } },
        { source: "restApi", route: "POST /users", apiKey: true, binaryTypes: ["image/png"] },
        {
          source: "restApi",
          route: "DELETE /users/{id}",
          authorizer: {
            type: "cognito",
            userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc",
            scopes: ["users/delete"],
          },
        },
        { source: "restApi", route: "PUT /users/{id}", authorizer: "iam" },
      ],
    }),
    fn("rest", {
      events: [
        { source: "restApi", route: "ANY /{proxy+}" },
        { source: "restApi", route: "GET /" },
      ],
    }),
  ),
};

/** Every function of every service above in one stack. */
export const EVERYTHING: ServiceDefinition = {
  name: "Everything",
  description: "Every option and event source",
  functions: Object.entries(SERVICES).flatMap(([kind, { functions }]) =>
    functions
      .filter(
        ({ options }) => !options.events?.some(({ source }) => source === "httpApi" || source === "restApi"),
      )
      .map((one) => ({
        ...one,
        name: one.name === "other" ? "other" : `${kind.replaceAll(" ", "-")}-${one.name}`,
      })),
  ),
};
