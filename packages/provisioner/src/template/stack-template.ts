import type { Resource } from "@awboost/cfn-template-builder/template/resource";
import type {
  OutputDefinition,
  ParameterDefinition,
  ResourceDefinition,
  Template,
} from "@awboost/cfn-template-builder/template";
import { ProvisionError } from "../errors.js";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyResource = Resource<string, any, any>;

/** CloudFormation's own limits: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
export const MAX_TEMPLATE_BYTES = 1_000_000;
/** A larger template has to lie in a bucket. */
export const MAX_INLINE_BYTES = 51_200;

/** Whose a resource is. */
export interface Origin {
  /** For example `function "hello"`. */
  readonly owner: string;
  /** Where the app registers it, for example `app.ts:12`. */
  readonly place?: string;
}

/** A finished template. */
export interface CreatedTemplate {
  readonly template: Template;
  /** By logical id. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** A template while it is put together: every logical id is given once, and resources keep the order they came in. */
export class StackTemplate {
  readonly resources: Record<string, ResourceDefinition> = {};
  readonly outputs: Record<string, OutputDefinition> = {};
  readonly parameters: Record<string, ParameterDefinition> = {};
  readonly conditions: Record<string, unknown> = {};
  /** Places in the app's source, by owner. */
  readonly places = new Map<string, string>();
  private readonly owners = new Map<string, string>();

  constructor(private readonly description: string) {}

  /**
   * @param owner what the resource is for, as an error would name it
   * @throws {ProvisionError} LAC9002
   */
  add<Added extends AnyResource>(resource: Added, owner: string): Added {
    this.define(resource.name, resource.toJSON() as ResourceDefinition, owner);
    return resource;
  }

  /** Adds a resource that is there as plain JSON. @throws {ProvisionError} LAC9002 */
  define(logicalId: string, definition: ResourceDefinition, owner: string): void {
    const other = this.owners.get(logicalId);
    if (other !== undefined) {
      throw new ProvisionError(
        "LAC9002",
        `${owner} and ${other} would both be ${logicalId} in the template.`,
        {
          hint: "Rename one of them: names must differ in letters and digits.",
        },
      );
    }
    this.owners.set(logicalId, owner);
    this.resources[logicalId] = definition;
  }

  private originOf(owner: string): Origin {
    const place = this.places.get(owner);
    return { owner, ...(place && { place }) };
  }

  output(name: string, value: unknown, description: string): void {
    this.outputs[name] = { Description: description, Value: value };
  }

  /** The finished template as plain JSON. @throws {ProvisionError} LAC9004 */
  finish(): CreatedTemplate {
    const count = Object.keys(this.resources).length;
    if (count > MAX_RESOURCES) {
      throw new ProvisionError(
        "LAC9004",
        `The stack would have ${count} resources; CloudFormation takes ${MAX_RESOURCES}.`,
        { hint: "Split the functions over several services, each with a main() of its own." },
      );
    }
    const sections = {
      AWSTemplateFormatVersion: "2010-09-09" as const,
      Description: this.description,
      Parameters: this.parameters,
      Conditions: this.conditions,
      Resources: this.resources,
      Outputs: this.outputs,
    };
    const filled = Object.entries(sections).filter(
      ([, section]) => typeof section === "string" || Object.keys(section).length > 0,
    );
    return {
      template: JSON.parse(JSON.stringify(Object.fromEntries(filled))) as Template,
      origins: new Map([...this.owners].map(([id, owner]) => [id, this.originOf(owner)])),
    };
  }
}

/** The template's text: the same template gives the same bytes. @throws {ProvisionError} LAC9004 */
export function templateText(template: Template): string {
  const text = `${JSON.stringify(template, null, 2)}\n`;
  if (Buffer.byteLength(text) <= MAX_TEMPLATE_BYTES) return text;
  const dense = JSON.stringify(template);
  if (Buffer.byteLength(dense) <= MAX_TEMPLATE_BYTES) return dense;
  throw new ProvisionError(
    "LAC9004",
    `The template has ${Buffer.byteLength(dense)} bytes; CloudFormation takes ${MAX_TEMPLATE_BYTES}.`,
    { hint: "Split the functions over several services, each with a main() of its own." },
  );
}
