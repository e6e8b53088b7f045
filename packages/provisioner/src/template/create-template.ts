import type { ResourceDefinition } from "@awboost/cfn-template-builder/template";
import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import type { Monitoring } from "../monitoring.js";
import type { EventSource } from "../registration.js";
import type { DeploymentTarget, FunctionDefinition, ServiceDefinition } from "../service.js";
import { addAlarms } from "./alarms.js";
import { addCodeParameters, type CodePackage } from "./code-parameters.js";
import { addDashboard } from "./dashboard.js";
import { addBuckets, nameBucket } from "./events/buckets.js";
import { addHttpApi } from "./events/http-api.js";
import { addLogFilter } from "./events/log-filters.js";
import { addMailRule } from "./events/mail.js";
import { addQueueMapping, addStreamMapping, addTableMapping } from "./events/mappings.js";
import { addRestApi } from "./events/rest-api.js";
import { addRule, addSchedule } from "./events/rules.js";
import { nameQueue, nameStream, nameTable, tableStream } from "./events/sources.js";
import { addSubscription, nameTopic } from "./events/topics.js";
import { addFunction } from "./function.js";
import { addFunctionUrl } from "./function-url.js";
import { pascal } from "./names.js";
import { serviceNamespace } from "./published-metrics.js";
import { addRole } from "./role.js";
import { cannotDeploy, type DeployedFunction, type NamedResource, type Scope } from "./scope.js";
import { StackTemplate, type CreatedTemplate } from "./stack-template.js";

/** A resource as CloudFormation writes it, such as those of `@awboost/cfn-resource-types`. */
export type UserResource = ResourceDefinition | { toJSON(): ResourceDefinition };

export interface TemplateOptions {
  readonly service: ServiceDefinition;
  readonly stackName: string;
  readonly stage?: string | undefined;
  readonly target: DeploymentTarget;
  /** The first is that of functions which name none. */
  readonly packages: readonly CodePackage[];
  /** The user's own resources by their logical ids, which functions may name. */
  readonly resources?: Readonly<Record<string, UserResource>>;
  /** What of the service can be looked at. */
  readonly monitoring?: Monitoring;
  /** The file that resources and monitoring are in, as an error would name it. */
  readonly resourcesFrom?: string;
}

/**
 * The template of a service: what is registered says all of it, and the same registrations give the same template.
 *
 * @throws {ProvisionError} LAC9002, LAC9004 to LAC9007
 */
export function createTemplate(options: TemplateOptions): CreatedTemplate {
  const { service, stackName, stage, target, packages } = options;
  const template = new StackTemplate(service.description || service.name);
  const scope: Scope = {
    template,
    stackName,
    stage,
    namespace: serviceNamespace(service.name),
    monitoring: options.monitoring ?? {},
    target,
    packages,
    named: new Map(),
    functions: new Map(),
  };
  addCodeParameters(template, packages);
  addUserResources(scope, options);
  for (const { name } of service.functions) {
    const id = `${pascal(name)}Function`;
    scope.functions.set(name, { type: "AWS::Lambda::Function", ref: Fn.ref(id), arn: Fn.getAtt(id, "Arn") });
  }
  // What functions refer to comes before them, in the order in which they name it.
  eachSource(service.functions, (definition, source) => nameSource(scope, definition, source));
  const functions = service.functions.map((definition) => addFunction(scope, definition));
  for (const fn of functions) {
    addFunctionUrl(scope, fn);
    fn.definition.options.events?.forEach((source, index) => addSource(scope, fn, source, index));
  }
  addBuckets(scope, sourcesOf(functions, "s3"));
  addHttpApi(scope, sourcesOf(functions, "httpApi"));
  addRestApi(scope, sourcesOf(functions, "restApi"));
  // Last, because the event sources say what a role must allow.
  for (const fn of functions) addRole(scope, fn);
  addDashboard(scope, service.functions);
  addAlarms(scope, service.functions, options.resourcesFrom);
  return template.finish();
}

function addUserResources(scope: Scope, { resources = {}, resourcesFrom }: TemplateOptions): void {
  for (const [logicalId, resource] of Object.entries(resources)) {
    const definition = "toJSON" in resource ? resource.toJSON() : resource;
    const owner = `your resource "${logicalId}"`;
    if (resourcesFrom) scope.template.places.set(owner, resourcesFrom);
    scope.template.define(logicalId, definition, owner);
    scope.named.set(logicalId, namedResource(logicalId, definition.Type));
  }
}

/** Types whose `Ref` is an ARN; of the others it is an attribute. */
const ARN_BY_REF = new Set([
  "AWS::SNS::Topic",
  "AWS::SecretsManager::Secret",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
]);

function namedResource(logicalId: string, type: string): NamedResource {
  const ref = Fn.ref(logicalId);
  return { type, ref, arn: ARN_BY_REF.has(type) ? ref : Fn.getAtt(logicalId, "Arn") };
}

function eachSource(
  functions: readonly FunctionDefinition[],
  visit: (definition: FunctionDefinition, source: EventSource) => void,
): void {
  for (const definition of functions)
    definition.options.events?.forEach((source) => visit(definition, source));
}

function nameSource(scope: Scope, definition: FunctionDefinition, source: EventSource): void {
  switch (source?.source) {
    case "s3":
      return nameBucket(scope, definition, source);
    case "sns":
      return nameTopic(scope, definition, source);
    case "sqs":
      return nameQueue(scope, definition, source);
    case "dynamodb":
      return nameTable(scope, definition, source);
    case "kinesis":
      return nameStream(scope, definition, source);
    default:
      return assertKnown(definition, source);
  }
}

const SOURCES = "s3 sns sqs dynamodb kinesis eventBridge schedule ses logs httpApi restApi".split(" ");

/** An app need not be TypeScript, so anything may stand in its list. */
function assertKnown(definition: FunctionDefinition, source: EventSource): void {
  if (SOURCES.includes(source?.source)) return;
  throw cannotDeploy(
    definition,
    `${JSON.stringify(source)} is no event source.`,
    `Make it with one of ${SOURCES.map((name) => `${name}()`).join(", ")} of @laconic/runtime.`,
  );
}

/** @param index the source's place among those of its function, which tells sources without a name apart */
function addSource(scope: Scope, fn: DeployedFunction, source: EventSource, index: number): void {
  switch (source.source) {
    case "sns":
      return addSubscription(scope, fn, source);
    case "sqs":
      return addQueueMapping(scope, fn, source);
    case "dynamodb":
      return addTableMapping(scope, fn, source, tableStream(scope, fn.definition, source));
    case "kinesis":
      return addStreamMapping(scope, fn, source);
    case "eventBridge":
      return addRule(scope, fn, source, index);
    case "schedule":
      return addSchedule(scope, fn, source, index);
    case "ses":
      return addMailRule(scope, fn, source, index);
    case "logs":
      return addLogFilter(scope, fn, source, index);
  }
}

function sourcesOf<Kind extends EventSource["source"]>(functions: readonly DeployedFunction[], kind: Kind) {
  type Source = Extract<EventSource, { source: Kind }>;
  return functions.flatMap((fn) =>
    (fn.definition.options.events ?? [])
      .filter((source): source is Source => source.source === kind)
      .map((source) => ({ fn, source })),
  );
}
