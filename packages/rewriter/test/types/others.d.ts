// What the fixtures import from npm and do not bring along.
declare module "@aws-sdk/client-lambda" {
  export class Lambda {
    constructor(options: object);
    readonly config: object;
  }
}
declare module "hono" {
  export class Hono {
    basePath(path: string): this;
    use(path: string, middleware: unknown): this;
    route(path: string, app: unknown): this;
    get(path: string, handler: (context: any) => unknown): this;
    onError(handler: (error: Error, context: any) => unknown): this;
    readonly fetch: (request: Request) => Promise<Response>;
  }
}
declare module "hono/aws-lambda" {
  export function handle(app: unknown): (event: unknown) => Promise<unknown>;
}
declare module "@hono/node-server" {
  export function serve(options: object, listening?: (info: { port: number }) => void): unknown;
}
