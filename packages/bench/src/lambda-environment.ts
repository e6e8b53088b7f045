export interface FunctionConfiguration {
  /** As configured in Lambda, such as `index.hello`. */
  handler: string;
  /** Default: the part of the handler after its last dot. */
  functionName?: string | undefined;
  /** Mebibytes; default 128. Told to the function, not enforced. */
  memorySize?: number | undefined;
  /** Seconds; default 3, as in Lambda. */
  timeoutSeconds?: number | undefined;
  /** The function's own environment variables; they win over Lambda's. */
  env?: Readonly<Record<string, string>> | undefined;
}

/** The environment that Lambda gives a function, and nothing of the host's. */
export function lambdaEnvironment(
  configuration: FunctionConfiguration,
  place: { taskRoot: string; runtimeApi: string; executionEnvironment: string },
): Record<string, string> {
  const { handler, memorySize = 128, env = {} } = configuration;
  const name = functionName(configuration);
  return {
    AWS_EXECUTION_ENV: place.executionEnvironment,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "2018/06/01/[$LATEST]0123456789abcdef0123456789abcdef",
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example-secret-access-key",
    AWS_SESSION_TOKEN: "example-session-token",
    LAMBDA_TASK_ROOT: place.taskRoot,
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TZ: ":UTC",
    _HANDLER: handler,
    ...env,
  };
}

export function functionName({ handler, functionName }: FunctionConfiguration): string {
  return functionName ?? handler.slice(handler.lastIndexOf(".") + 1);
}
