import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { ApiGatewayV2Api } from "@awboost/cfn-resource-types/AWS-ApiGatewayV2-Api";
import { ApiGatewayV2Authorizer } from "@awboost/cfn-resource-types/AWS-ApiGatewayV2-Authorizer";
import { ApiGatewayV2Integration } from "@awboost/cfn-resource-types/AWS-ApiGatewayV2-Integration";
import { ApiGatewayV2Route } from "@awboost/cfn-resource-types/AWS-ApiGatewayV2-Route";
import { ApiGatewayV2Stage } from "@awboost/cfn-resource-types/AWS-ApiGatewayV2-Stage";
import type { Authorizer, HttpApiSource } from "../../registration.js";
import type { Cors } from "../../service.js";
import { addInvokePermission } from "../invoke-permission.js";
import { pascal, shortHash } from "../names.js";
import { cannotDeploy, here, type DeployedFunction, type Scope } from "../scope.js";

const API = "HttpApi";
const ROUTE = /^(\$default|(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \/\S*)$/;

export interface ApiRoute<Source> {
  readonly fn: DeployedFunction;
  readonly source: Source;
}

/** One HTTP API with the routes of all functions. */
export function addHttpApi(scope: Scope, routes: readonly ApiRoute<HttpApiSource>[]): void {
  if (routes.length === 0) return;
  const { template } = scope;
  const cors = routes.map(({ source }) => source.cors).find(Boolean);
  template.add(
    new ApiGatewayV2Api(API, {
      Name: scope.stackName,
      ProtocolType: "HTTP",
      ...(cors && { CorsConfiguration: httpCors(cors) }),
    }),
    "the HTTP API",
  );
  template.add(
    new ApiGatewayV2Stage(`${API}Stage`, {
      ApiId: Fn.ref(API) as string,
      StageName: "$default",
      AutoDeploy: true,
    }),
    "the HTTP API",
  );
  for (const fn of new Set(routes.map((route) => route.fn))) addIntegration(scope, fn);
  const taken = new Map<string, string>();
  for (const route of routes) addRoute(scope, route, taken);
  template.output("HttpApiUrl", Fn.getAtt(API, "ApiEndpoint"), "URL of the HTTP API");
}

function addIntegration(scope: Scope, fn: DeployedFunction): void {
  scope.template.add(
    new ApiGatewayV2Integration(`${fn.id}HttpApiIntegration`, {
      ApiId: Fn.ref(API) as string,
      IntegrationType: "AWS_PROXY",
      IntegrationUri: fn.arn as string,
      PayloadFormatVersion: "2.0",
    }),
    fn.owner,
  );
  addInvokePermission(scope, fn, `${fn.id}HttpApi`, "apigateway", here("execute-api", `\${${API}}/*`));
}

function addRoute(scope: Scope, { fn, source }: ApiRoute<HttpApiSource>, taken: Map<string, string>): void {
  const { route, authorizer } = source;
  if (!ROUTE.test(route)) {
    throw cannotDeploy(
      fn.definition,
      `${JSON.stringify(route)} is no route of an HTTP API.`,
      'Write a method and a path, as in "GET /users/{id}" or "ANY /{proxy+}", or "$default".',
    );
  }
  const other = taken.get(route);
  if (other !== undefined) {
    throw cannotDeploy(
      fn.definition,
      `the route "${route}" is that of function "${other}" too.`,
      "Give each route to one function.",
    );
  }
  taken.set(route, fn.definition.name);
  scope.template.add(
    new ApiGatewayV2Route(`HttpApi${routeId(route)}`, {
      ApiId: Fn.ref(API) as string,
      RouteKey: route,
      Target: Fn.join("/", ["integrations", Fn.ref(`${fn.id}HttpApiIntegration`)]) as string,
      ...authorization(scope, authorizer),
    }),
    `route "${route}"`,
  );
}

/** Readable, and with the hash of what letters and digits do not tell. */
export function routeId(route: string): string {
  return `${pascal(route.toLowerCase())}${shortHash(route)}`;
}

function authorization(scope: Scope, authorizer: Authorizer | undefined) {
  if (authorizer === undefined) return { AuthorizationType: "NONE" };
  if (authorizer === "iam") return { AuthorizationType: "AWS_IAM" };
  const id = addAuthorizer(scope, authorizer);
  return {
    AuthorizationType: "JWT",
    AuthorizerId: Fn.ref(id) as string,
    ...(authorizer.scopes && { AuthorizationScopes: [...authorizer.scopes] }),
  };
}

function addAuthorizer({ template }: Scope, authorizer: Exclude<Authorizer, "iam">): string {
  const [issuer, audience] =
    authorizer.type === "jwt"
      ? [authorizer.issuer, authorizer.audience]
      : [cognitoIssuer(authorizer.userPoolArn), []];
  const id = `HttpApiAuthorizer${shortHash(JSON.stringify([issuer, audience]))}`;
  if (id in template.resources) return id;
  template.add(
    new ApiGatewayV2Authorizer(id, {
      ApiId: Fn.ref(API) as string,
      Name: id,
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: issuer, Audience: [...audience] },
    }),
    "the HTTP API's authorizer",
  );
  return id;
}

function cognitoIssuer(userPoolArn: string): string {
  const [, , , region, , pool = ""] = userPoolArn.split(":");
  return `https://cognito-idp.${region}.amazonaws.com/${pool.replace("userpool/", "")}`;
}

function httpCors(cors: true | Cors) {
  const { origins, methods, headers, exposedHeaders, credentials, maxAge } =
    cors === true ? ({} as Cors) : cors;
  return {
    AllowOrigins: [...(origins ?? ["*"])],
    AllowMethods: [...(methods ?? ["*"])],
    AllowHeaders: [...(headers ?? ["*"])],
    ...(exposedHeaders && { ExposeHeaders: [...exposedHeaders] }),
    ...(credentials && { AllowCredentials: true }),
    ...(maxAge !== undefined && { MaxAge: maxAge }),
  };
}
