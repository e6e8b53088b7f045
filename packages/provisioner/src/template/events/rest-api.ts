import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { ApiGatewayAuthorizer } from "@awboost/cfn-resource-types/AWS-ApiGateway-Authorizer";
import { ApiGatewayDeployment } from "@awboost/cfn-resource-types/AWS-ApiGateway-Deployment";
import { ApiGatewayMethod } from "@awboost/cfn-resource-types/AWS-ApiGateway-Method";
import { ApiGatewayResource } from "@awboost/cfn-resource-types/AWS-ApiGateway-Resource";
import { ApiGatewayRestApi } from "@awboost/cfn-resource-types/AWS-ApiGateway-RestApi";
import { ApiGatewayStage } from "@awboost/cfn-resource-types/AWS-ApiGateway-Stage";
import type { RestApiSource } from "../../registration.js";
import type { Cors } from "../../service.js";
import { addInvokePermission } from "../invoke-permission.js";
import { pascal, shortHash } from "../names.js";
import { cannotDeploy, here, sub, type DeployedFunction, type Scope } from "../scope.js";
import type { ApiRoute } from "./http-api.js";

const API = "RestApi";
const ROUTE = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) (\/\S*)$/;

/** One REST API with the routes of all functions, deployed to one stage. */
export function addRestApi(scope: Scope, routes: readonly ApiRoute<RestApiSource>[]): void {
  if (routes.length === 0) return;
  const { template } = scope;
  const binaryTypes = [...new Set(routes.flatMap(({ source }) => source.binaryTypes ?? []))].sort();
  template.add(
    new ApiGatewayRestApi(API, {
      Name: scope.stackName,
      EndpointConfiguration: { Types: ["REGIONAL"] },
      ...(binaryTypes.length > 0 && { BinaryMediaTypes: binaryTypes }),
    }),
    "the REST API",
  );
  const methods = routes.map((route) => addMethod(scope, route));
  for (const fn of new Set(routes.map((route) => route.fn))) {
    addInvokePermission(scope, fn, `${fn.id}RestApi`, "apigateway", here("execute-api", `\${${API}}/*`));
  }
  addDeployment(scope, [...methods, ...addPreflights(scope, routes)]);
}

/** A deployment is a copy of the methods at the time it is made: other methods are another deployment. */
function addDeployment({ template, stage = "live" }: Scope, methods: readonly string[]): void {
  const content = methods.map((id) => template.resources[id]);
  const deployment = template.add(
    new ApiGatewayDeployment(
      `RestApiDeployment${shortHash(JSON.stringify(content))}`,
      { RestApiId: Fn.ref(API) as string },
      { DependsOn: [...methods].sort() },
    ),
    "the REST API",
  );
  template.add(
    new ApiGatewayStage("RestApiStage", {
      RestApiId: Fn.ref(API) as string,
      DeploymentId: deployment.ref as string,
      StageName: stage.replaceAll("-", "_"),
    }),
    "the REST API",
  );
  template.output(
    "RestApiUrl",
    sub(`https://\${${API}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/\${RestApiStage}`),
    "URL of the REST API",
  );
}

function addMethod(scope: Scope, { fn, source }: ApiRoute<RestApiSource>): string {
  const [, verb, path] = ROUTE.exec(source.route) ?? [];
  if (verb === undefined || path === undefined) {
    throw cannotDeploy(
      fn.definition,
      `${JSON.stringify(source.route)} is no route of a REST API.`,
      'Write a method and a path, as in "GET /users/{id}" or "ANY /{proxy+}".',
    );
  }
  const parent = resourceOf(scope, path);
  const method = scope.template.add(
    new ApiGatewayMethod(`RestApi${verb.charAt(0)}${verb.slice(1).toLowerCase()}${pathId(path)}`, {
      RestApiId: Fn.ref(API) as string,
      ResourceId: parent as string,
      HttpMethod: verb,
      ApiKeyRequired: source.apiKey ?? false,
      ...authorization(scope, fn, source),
      Integration: {
        Type: "AWS_PROXY",
        IntegrationHttpMethod: "POST",
        Uri: Fn.join("", [
          sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"),
          fn.arn,
          "/invocations",
        ]) as string,
      },
    }),
    `route "${source.route}"`,
  );
  return method.name;
}

/** The resource of a path; its parents are made on the way. */
function resourceOf({ template }: Scope, path: string): unknown {
  let parent: unknown = Fn.getAtt(API, "RootResourceId");
  let so_far = "";
  for (const part of path.split("/").filter(Boolean)) {
    so_far += `/${part}`;
    const id = `RestApiPath${pathId(so_far)}`;
    if (!(id in template.resources)) {
      template.add(
        new ApiGatewayResource(id, {
          RestApiId: Fn.ref(API) as string,
          ParentId: parent as string,
          PathPart: part,
        }),
        `path "${so_far}"`,
      );
    }
    parent = Fn.ref(id);
  }
  return parent;
}

function pathId(path: string): string {
  return path === "/" ? "Root" : `${pascal(path)}${shortHash(path)}`;
}

function authorization(scope: Scope, fn: DeployedFunction, { authorizer }: RestApiSource) {
  if (authorizer === undefined) return { AuthorizationType: "NONE" };
  if (authorizer === "iam") return { AuthorizationType: "AWS_IAM" };
  if (authorizer.type === "jwt") {
    throw cannotDeploy(
      fn.definition,
      "a REST API has no JWT authorizer.",
      "Use httpApi(), or an authorizer of the types iam and cognito.",
    );
  }
  const id = `RestApiAuthorizer${shortHash(authorizer.userPoolArn)}`;
  if (!(id in scope.template.resources)) {
    scope.template.add(
      new ApiGatewayAuthorizer(id, {
        RestApiId: Fn.ref(API) as string,
        Name: id,
        Type: "COGNITO_USER_POOLS",
        IdentitySource: "method.request.header.Authorization",
        ProviderARNs: [authorizer.userPoolArn],
      }),
      "the REST API's authorizer",
    );
  }
  return {
    AuthorizationType: "COGNITO_USER_POOLS",
    AuthorizerId: Fn.ref(id) as string,
    ...(authorizer.scopes && { AuthorizationScopes: [...authorizer.scopes] }),
  };
}

/** Browsers ask with OPTIONS first: API Gateway answers by itself, on each path with CORS that has no OPTIONS of its own. */
function addPreflights(scope: Scope, routes: readonly ApiRoute<RestApiSource>[]): string[] {
  const paths = new Map<string, true | Cors>();
  for (const { source } of routes) {
    const [, , path = "/"] = ROUTE.exec(source.route) ?? [];
    if (source.cors) paths.set(path, source.cors);
  }
  const answered = new Set(
    routes.flatMap(({ source }) =>
      /^(OPTIONS|ANY) /.test(source.route) ? [source.route.split(" ")[1]!] : [],
    ),
  );
  return [...paths]
    .filter(([path]) => !answered.has(path))
    .map(([path, cors]) => addPreflight(scope, path, cors));
}

function addPreflight(scope: Scope, path: string, cors: true | Cors): string {
  const { origins = ["*"], methods = ["*"], headers = ["*"] } = cors === true ? ({} as Cors) : cors;
  const given = {
    "Access-Control-Allow-Origin": origins[0] ?? "*",
    "Access-Control-Allow-Methods": methods.join(","),
    "Access-Control-Allow-Headers": headers.join(","),
  };
  const named = Object.entries(given).map(
    ([name, value]) => [`method.response.header.${name}`, value] as const,
  );
  const method = scope.template.add(
    new ApiGatewayMethod(`RestApiPreflight${pathId(path)}`, {
      RestApiId: Fn.ref(API) as string,
      ResourceId: resourceOf(scope, path) as string,
      HttpMethod: "OPTIONS",
      AuthorizationType: "NONE",
      Integration: {
        Type: "MOCK",
        RequestTemplates: { "application/json": '{"statusCode":204}' },
        IntegrationResponses: [
          {
            StatusCode: "204",
            ResponseParameters: Object.fromEntries(named.map(([name, value]) => [name, `'${value}'`])),
          },
        ],
      },
      MethodResponses: [
        { StatusCode: "204", ResponseParameters: Object.fromEntries(named.map(([name]) => [name, true])) },
      ],
    }),
    `the preflight of "${path}"`,
  );
  return method.name;
}
