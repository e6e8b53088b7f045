import { checkFlags } from "./check-commands.js";
import { checkMonitoring, MONITORING } from "./check-monitoring.js";
import { isRecord } from "./records.js";
import { CALLED, TEXTS } from "./provision-config.js";

/** Says that a member of the configuration is not what it must be. */
export type Refuse = (member: string, expected: string) => never;

const STAGE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;
const MEMBERS = [...TEXTS, ...CALLED, "tags", "express", "smoke", "resources", ...MONITORING];

/** Holds the section `provision` against its type. */
export function checkProvision(section: unknown, refuse: Refuse): void {
  if (section === undefined) return;
  if (!isRecord(section)) return refuse('"provision"', "an object");
  const { stage, stages = {}, flags, ...general } = section;
  if (stage !== undefined && !isStage(stage))
    refuse('"provision.stage"', "up to 32 letters, digits and dashes");
  checkFlags("provision.flags", flags, refuse);
  checkSettings("provision", general, refuse);
  if (!isRecord(stages)) return refuse('"provision.stages"', "an object by stage");
  for (const [name, settings] of Object.entries(stages)) {
    const member = `provision.stages.${name}`;
    if (!isStage(name)) refuse(`"${member}"`, "named with up to 32 letters, digits and dashes");
    if (!isRecord(settings)) return refuse(`"${member}"`, "an object");
    checkSettings(member, settings, refuse);
  }
}

function isStage(value: unknown): boolean {
  return typeof value === "string" && STAGE.test(value);
}

function checkSettings(path: string, settings: Record<string, unknown>, refuse: Refuse): void {
  for (const name of Object.keys(settings)) {
    if (!MEMBERS.includes(name)) refuse(`"${path}.${name}"`, `left out; there are ${MEMBERS.join(", ")}`);
  }
  for (const name of TEXTS) {
    const value = settings[name];
    if (value !== undefined && (typeof value !== "string" || value === ""))
      refuse(`"${path}.${name}"`, "a text");
  }
  for (const name of CALLED) {
    const value = settings[name];
    if (value !== undefined && typeof value !== "function") refuse(`"${path}.${name}"`, "a function");
  }
  const { tags = {}, express = false, smoke = {}, resources = {} } = settings;
  if (typeof express !== "boolean") refuse(`"${path}.express"`, "true or false");
  if (!isRecord(smoke)) refuse(`"${path}.smoke"`, "an object of events by function");
  checkMonitoring(path, settings, refuse);
  checkTags(`${path}.tags`, tags, refuse);
  if (!isRecord(resources)) return refuse(`"${path}.resources"`, "an object by logical id");
  for (const [id, resource] of Object.entries(resources))
    checkResource(`${path}.resources`, id, resource, refuse);
}

function checkTags(path: string, tags: unknown, refuse: Refuse): void {
  if (!isRecord(tags)) return refuse(`"${path}"`, "an object of texts");
  for (const [key, value] of Object.entries(tags)) {
    if (typeof value !== "string") return refuse(`"${path}.${key}"`, "a text");
    const wrong = wrongTag(key, value);
    if (wrong) refuse(`"${path}.${key}"`, wrong);
  }
}

/** What a tag would have to be instead; nothing when it is one that AWS takes, and not one of Laconic's own. */
export function wrongTag(key: string, value: string): string | undefined {
  if (key.length < 1 || key.length > 128) return "named with 1 to 128 characters";
  if (value.length > 256) return "a text of at most 256 characters";
  return /^(aws|io:laconic):/i.test(key) ? "left out: tags of that name are not yours to set" : undefined;
}

function checkResource(path: string, id: string, resource: unknown, refuse: Refuse): void {
  if (!/^[A-Za-z0-9]+$/.test(id)) refuse(`"${path}.${id}"`, "named with letters and digits alone");
  const isDefinition = isRecord(resource) && typeof resource["Type"] === "string";
  const isBuilt = isRecord(resource) && typeof resource["toJSON"] === "function";
  if (!isDefinition && !isBuilt) refuse(`"${path}.${id}"`, 'an object with "Type", as CloudFormation has it');
}
