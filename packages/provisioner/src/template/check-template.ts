import type { SchemaValidator } from "@aws/cloudformation-validate";
import { ProvisionError } from "../errors.js";
import type { Origin } from "./stack-template.js";

/** Made once a process: reading AWS's schemas takes more than a second. */
let validator: Promise<SchemaValidator> | undefined;

/**
 * Checks a template against the resource schemas that AWS publishes, without AWS.
 *
 * @param file path of the template
 * @throws {ProvisionError} LAC9003 naming every property that does not fit, and where it comes from
 */
export async function checkTemplate(
  file: string,
  region: string,
  origins: ReadonlyMap<string, Origin>,
): Promise<void> {
  // Loaded here, because nothing but a template that has changed needs its ten megabytes.
  const { SchemaValidator, TemplateFile } = await import("@aws/cloudformation-validate");
  validator ??= Promise.resolve().then(() => new SchemaValidator());
  const found = (await validator)
    .validate(new TemplateFile(file), region)
    .filter(({ severity }) => severity !== "INFO" && severity !== "DEBUG");
  if (found.length === 0) return;
  const lines = found.map(({ message, entity, propertyPath }) => {
    const { owner, place } = origins.get(entity?.logicalId ?? "") ?? {};
    const what = owner ?? entity?.logicalId ?? "the template";
    const property = propertyPath?.replace(/^Properties\.?/, "");
    return [place && `${place}: `, what, property && `, ${property}`, `: ${message}`]
      .filter(Boolean)
      .join("");
  });
  throw new ProvisionError(
    "LAC9003",
    `${found.length === 1 ? "One property does" : `${found.length} properties do`} not fit CloudFormation's resource schemas.`,
    { frame: lines.join("\n"), hint: "Correct the options of the functions that are named." },
  );
}
