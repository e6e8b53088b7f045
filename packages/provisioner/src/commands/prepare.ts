import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Template } from "@awboost/cfn-template-builder/template";
import type { BuiltPackage, BuiltService } from "../built-service.js";
import { ProvisionError } from "../errors.js";
import { checkTemplate } from "../template/check-template.js";
import { createTemplate } from "../template/create-template.js";
import { stackName } from "../template/names.js";
import { templateText, type Origin } from "../template/stack-template.js";
import type { Workflow } from "../workflow.js";
import type { ProvisionContext, ProvisionOptions } from "./provision-context.js";
import { assertTestable } from "./smoke-test.js";

/** A template on disk, ready to be deployed. */
export interface Prepared {
  readonly built: BuiltService;
  readonly stackName: string;
  readonly template: Template;
  readonly text: string;
  readonly origins: ReadonlyMap<string, Origin>;
  /** Path of the template. */
  readonly file: string;
}

/** Lambda's limit on a zip that lies in a bucket is what it holds unpacked; no zip that is larger than that can fit. */
const MAX_PACKAGE_BYTES = 250 * 1024 * 1024;

/** Everything that needs no AWS: build, template, checks. The artifacts stay in the build's folder. */
export async function prepare(
  workflow: Workflow,
  { build, options }: Pick<ProvisionContext, "build" | "options">,
  region?: string,
): Promise<Prepared> {
  const built = await build();
  assertTestable(options.smoke ?? {}, built.service.functions);
  await workflow.step(
    "package",
    () => Promise.all(built.packages.map((one) => verifyPackage(built.folder, one))),
    () => built.packages.map(({ file }) => file).join(", "),
  );
  return workflow.step(
    "template",
    () => writeTemplate(built, options, region ?? "us-east-1"),
    ({ template, file }) => `${file}, ${Object.keys(template.Resources).length} resources`,
  );
}

async function verifyPackage(folder: string, { file, bytes, sha256 }: BuiltPackage): Promise<void> {
  const content = await readFile(join(folder, file)).catch((cause: unknown) => {
    throw damaged(file, folder, "it cannot be read", cause);
  });
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== sha256) throw damaged(file, folder, "it is not what the manifest says");
  if (bytes <= MAX_PACKAGE_BYTES) return;
  throw new ProvisionError(
    "LAC9022",
    `The package ${file} has ${bytes} bytes; Lambda takes ${MAX_PACKAGE_BYTES} unpacked.`,
    {
      hint: "Leave assets and packages out that the functions do not need, or split the service.",
    },
  );
}

function damaged(name: string, folder: string, why: string, cause?: unknown): ProvisionError {
  return new ProvisionError("LAC9023", `The package ${name} in ${folder} is damaged: ${why}.`, {
    hint: "Build it again: run the command without --no-build.",
    cause,
  });
}

async function writeTemplate(
  built: BuiltService,
  options: ProvisionOptions,
  region: string,
): Promise<Prepared> {
  const { service, target, packages, folder } = built;
  const name = stackName(service.name, options.stage);
  const { stage, resources, monitoring, resourcesFrom } = options;
  const created = createTemplate({
    service,
    stackName: name,
    stage,
    target,
    packages,
    ...(resources && { resources }),
    ...(monitoring && { monitoring }),
    ...(resourcesFrom && { resourcesFrom }),
  });
  const template = (await options.hooks?.template?.(created.template)) ?? created.template;
  const text = templateText(template);
  const file = join(folder, `${packages[0]?.file.replace(/\.zip$/, "") ?? name}.template.json`);
  await writeFile(file, text);
  await checkOnce(file, text, region, created.origins);
  return { built, stackName: name, template, text, origins: created.origins, file };
}

/** Templates of an app's stages, and some that came before: a mark is a line. */
const MARKS_KEPT = 50;

/** The schemas take seconds to load: what has passed once is not checked again. */
async function checkOnce(
  file: string,
  text: string,
  region: string,
  origins: ReadonlyMap<string, Origin>,
): Promise<void> {
  const mark = `${file}.checked`;
  const digest = createHash("sha256").update(`${region}\n${text}`).digest("hex");
  const passed = (await readFile(mark, "utf8").catch(() => "")).split("\n").filter(Boolean);
  if (passed.includes(digest)) return;
  await checkTemplate(file, region, origins);
  await writeFile(mark, [...passed, digest].slice(-MARKS_KEPT).join("\n"));
}
