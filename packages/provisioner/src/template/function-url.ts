import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { LambdaPermission } from "@awboost/cfn-resource-types/AWS-Lambda-Permission";
import { LambdaUrl } from "@awboost/cfn-resource-types/AWS-Lambda-Url";
import type { Cors, FunctionSettings, UrlSettings } from "../service.js";
import { ALIAS } from "./function.js";
import { cannotDeploy, type DeployedFunction, type Scope } from "./scope.js";

/** An HTTP app without a way in gets a public URL; `url: false` leaves it out. */
export function urlOf(kind: string, { url, events = [] }: FunctionSettings): UrlSettings | undefined {
  if (url === undefined) return kind === "http" && events.length === 0 ? {} : undefined;
  if (url === false) return undefined;
  return url === true ? {} : url;
}

export function addFunctionUrl(scope: Scope, fn: DeployedFunction): void {
  const { definition, id, owner, alias } = fn;
  const settings = urlOf(definition.kind, definition.options);
  if (settings === undefined) return;
  if (definition.options.tenantIsolation) {
    throw cannotDeploy(
      definition,
      "a function with tenantIsolation has no Function URL.",
      "Use an HTTP API, or url: false.",
    );
  }
  const { auth = "none", stream, cors } = settings;
  const authType = auth === "iam" ? "AWS_IAM" : "NONE";
  const url = scope.template.add(
    new LambdaUrl(
      `${id}Url`,
      {
        AuthType: authType,
        TargetFunctionArn: Fn.getAtt(`${id}Function`, "Arn") as string,
        InvokeMode: stream ? "RESPONSE_STREAM" : "BUFFERED",
        ...(alias && { Qualifier: ALIAS }),
        ...(cors && { Cors: urlCors(cors) }),
      },
      alias ? { DependsOn: [alias] } : {},
    ),
    owner,
  );
  if (authType === "NONE") addPublicPermissions(scope, fn);
  scope.template.output(`${id}Url`, url.out.FunctionUrl, `URL of function "${definition.name}"`);
}

/** Since October 2025 the public needs both: the URL, and the function behind it when it is called by its URL. */
function addPublicPermissions({ template }: Scope, { id, owner, arn }: DeployedFunction): void {
  const shared = { FunctionName: arn as string, Principal: "*" };
  template.add(
    new LambdaPermission(`${id}UrlPermission`, {
      ...shared,
      Action: "lambda:InvokeFunctionUrl",
      FunctionUrlAuthType: "NONE",
    }),
    owner,
  );
  template.add(
    new LambdaPermission(`${id}UrlInvokePermission`, {
      ...shared,
      Action: "lambda:InvokeFunction",
      InvokedViaFunctionUrl: true,
    }),
    owner,
  );
}

type Method = "GET" | "PUT" | "HEAD" | "POST" | "PATCH" | "DELETE" | "*";

function urlCors(cors: true | Cors) {
  const { origins, methods, headers, exposedHeaders, credentials, maxAge } =
    cors === true ? ({} as Cors) : cors;
  return {
    AllowOrigins: [...(origins ?? ["*"])],
    AllowMethods: [...(methods ?? ["*"])] as Method[],
    AllowHeaders: [...(headers ?? ["*"])],
    ...(exposedHeaders && { ExposeHeaders: [...exposedHeaders] }),
    ...(credentials && { AllowCredentials: true }),
    ...(maxAge !== undefined && { MaxAge: maxAge }),
  };
}
