// Configuration from SSM, cached between calls.
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";

const ssm = new SSMClient({ maxAttempts: 2 });
const cache = new Map();

const actions = {
  put: async ({ name, value, type = "String" }) =>
    (await ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: type, Overwrite: true })))
      .Version,
  get: async ({ name }) => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return {
      Value: Parameter.Value,
      Type: Parameter.Type,
      Version: Parameter.Version,
      date: Parameter.LastModifiedDate instanceof Date,
    };
  },
  cached: async ({ name }) => {
    const hit = cache.has(name);
    if (!hit) cache.set(name, (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter.Value);
    return { hit, value: cache.get(name) };
  },
  many: async () => {
    const { Parameters, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: ["/app/a", "/app/no"] }),
    );
    return [Parameters.map(({ Name, Value }) => [Name, Value]), InvalidParameters];
  },
  path: async () =>
    (
      await ssm.send(new GetParametersByPathCommand({ Path: "/app", Recursive: true, WithDecryption: true }))
    ).Parameters.map(({ Name, Value }) => [Name, Value]).sort(),
  missing: async () =>
    ssm
      .send(new GetParameterCommand({ Name: "/no" }))
      .catch((error) => [
        error.name,
        error instanceof ParameterNotFound,
        error.$metadata.httpStatusCode,
        error.$metadata.attempts,
      ]),
  remove: async ({ name }) =>
    (await ssm.send(new DeleteParameterCommand({ Name: name }))).$metadata.httpStatusCode,
  throws: async () => ssm.send(new GetParameterCommand({ Name: "/no" })),
};

export const handler = (event) => actions[event.action](event);
