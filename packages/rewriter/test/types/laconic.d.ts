// The shape of the runtime, so that fixtures type-check with no other package built.
declare module "@laconic/runtime" {
  export interface Logger {
    info(message: string, fields?: object): void;
  }
  export interface LambdaResponse {
    end(body: string): void;
  }
  export interface LambdaFunction {
    readonly name: string;
  }
  export interface Service {
    readonly name: string;
  }
  type Handler = (event: any, context: any, response: any, logger: Logger) => unknown;
  export function lambda(name: string, handler: Handler, options?: object): LambdaFunction;
  export function http(name: string, app: unknown, options?: object): LambdaFunction;
  export function main(name: string, description: string, functions: readonly LambdaFunction[]): Service;
}

declare module "@laconic/runtime/library" {
  export * from "@laconic/runtime";
  export const dispatch: (functionName: string, event: string, context: string) => unknown;
}
