/** A package's function that stands between Lambda and an HTTP app. */
export interface Adapter {
  readonly module: string;
  readonly member: string;
  /**
   * Where the app is: the first argument, its property `app`, or, for a function that is given every event, behind a server
   * that another function of the module made.
   */
  readonly takes: "argument" | "property" | "server";
  /** Options of which `http()` needs no word: it recognises binary bodies by their content type, and always answers by promise. */
  readonly needless: readonly string[];
  /** Options that `http()` has, by the names that they have there. */
  readonly kept?: Readonly<Record<string, string>>;
  /** What it always does, as options of `http()`. */
  readonly always?: string;
  /** The property of a request in which the app finds the event and the context. */
  readonly request?: string;
}

const EXPRESS = ["binarySettings", "binaryMimeTypes", "app", "resolutionMode", "logSettings", "log"];
const FASTIFY = [
  "binaryMimeTypes",
  "callbackWaitsForEmptyEventLoop",
  "serializeLambdaArguments",
  "decorateRequest",
];

function serverlessExpress(module: string): Adapter[] {
  const made = ["default", "configure"].map((member): Adapter => ({
    module,
    member,
    takes: "property",
    needless: EXPRESS,
  }));
  return [...made, ...olderExpress(module)];
}

/** `createServer(app)`, and `proxy(server, event, context)` for each event. */
function olderExpress(module: string): Adapter[] {
  return [
    { module, member: "createServer", takes: "argument", needless: [], request: "apiGateway" },
    { module, member: "proxy", takes: "server", needless: [] },
  ];
}

function lambdaFastify(module: string): Adapter[] {
  return ["default", "awsLambdaFastify"].map((member) => ({
    module,
    member,
    takes: "argument",
    needless: FASTIFY,
    request: "awsLambda",
  }));
}

export const ADAPTERS: readonly Adapter[] = [
  {
    module: "serverless-http",
    member: "default",
    takes: "argument",
    needless: ["binary", "provider"],
    kept: { basePath: "basePath" },
    request: "apiGateway",
  },
  ...olderExpress("aws-serverless-express"),
  ...serverlessExpress("@vendia/serverless-express"),
  ...serverlessExpress("@codegenie/serverless-express"),
  { module: "hono/aws-lambda", member: "handle", takes: "argument", needless: [] },
  {
    module: "hono/aws-lambda",
    member: "streamHandle",
    takes: "argument",
    needless: [],
    always: "streaming: true",
  },
  ...lambdaFastify("@fastify/aws-lambda"),
  ...lambdaFastify("aws-lambda-fastify"),
];
