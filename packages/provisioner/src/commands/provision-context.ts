import type { BuiltService } from "../built-service.js";
import type { Hooks } from "../hooks.js";
import type { Confirm, ProvisionListener } from "../listener.js";
import type { Monitoring } from "../monitoring.js";
import type { UserResource } from "../template/create-template.js";

export interface ProvisionOptions {
  readonly stage?: string | undefined;
  readonly bucket?: string | undefined;
  readonly buildId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  readonly express?: boolean;
  /** Events by the name of a registered function: once the stack is changed, each is invoked with its event. */
  readonly smoke?: Readonly<Record<string, unknown>>;
  /** Resources of the user's own, by logical id. */
  readonly resources?: Readonly<Record<string, UserResource>>;
  /** What of the service can be looked at. */
  readonly monitoring?: Monitoring;
  /** The file that resources and monitoring are in, as an error would name it. */
  readonly resourcesFrom?: string;
  readonly hooks?: Hooks;
  /** Milliseconds between two looks at CloudFormation. */
  readonly pollMs?: number;
  /** Laconic's version, for the stack's tags. */
  readonly version: string;
}

export interface ProvisionContext {
  readonly build: () => Promise<BuiltService>;
  readonly options: ProvisionOptions;
  readonly confirm: Confirm;
  readonly listener: ProvisionListener;
  readonly signal: AbortSignal;
}
