export { Aws, type AwsSettings } from "./aws/clients.js";
export type { PlannedChange } from "./aws/change-set.js";
export type { Happening } from "./aws/stack-events.js";
export { difference, type Difference } from "./commands/difference.js";
export { prepare, type Prepared } from "./commands/prepare.js";
export { provision, type Provisioned } from "./commands/provision.js";
export type { ProvisionContext, ProvisionOptions } from "./commands/provision-context.js";
export type { StoredPackage } from "./commands/store.js";
export { invokeRemote, type RemoteInvocation } from "./commands/invoke.js";
export { logs, type LogLine, type LogsOptions } from "./commands/logs.js";
export { orphans, type Orphan } from "./commands/orphans.js";
export { recover, type RecoverContext, type Recovery } from "./commands/recover.js";
export { remove, type Removal, type RemoveContext, type Removed } from "./commands/remove.js";
export { status, type StackStatus } from "./commands/status.js";
export { PROVISION_ERRORS, ProvisionError, type ProvisionErrorCode } from "./errors.js";
export { leastPolicies, type LeastPolicies, type Policy } from "./policies/least-policies.js";
export { ownBucketName } from "./aws/package-bucket.js";
export { whoAmI, type Identity } from "./aws/identity.js";
export type * from "./registration.js";
export type {
  Cors,
  DeploymentTarget,
  FunctionDefinition,
  FunctionSettings,
  ServiceDefinition,
  UrlSettings,
} from "./service.js";
export { createTemplate, type TemplateOptions, type UserResource } from "./template/create-template.js";
export type { CodePackage } from "./template/code-parameters.js";
export { checkTemplate } from "./template/check-template.js";
export type { BuiltPackage, BuiltService } from "./built-service.js";
export { stackName } from "./template/names.js";
export { templateText, type CreatedTemplate, type Origin } from "./template/stack-template.js";
export { METRIC_SINKS, type AlarmSettings, type MetricSinkName, type Monitoring } from "./monitoring.js";
export type { Hooks } from "./hooks.js";
export type { Confirm, ProvisionListener, Question } from "./listener.js";
export { Workflow } from "./workflow.js";
