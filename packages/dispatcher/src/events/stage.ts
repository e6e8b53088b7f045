import { textOf, type Fields } from "./fields.js";

/**
 * `/prod/items` -> `/items`: on the gateway's own domain the path of a named stage begins with its name. On a custom
 * domain it does not, and a path that does is the app's own.
 */
export function withoutStage(path: string, context: Fields): string {
  const stage = textOf(context, "stage");
  if (stage === undefined || stage === "$default") return path;
  const domain = textOf(context, "domainName");
  if (domain !== undefined && !domain.includes(".execute-api.")) return path;
  if (path === `/${stage}`) return "/";
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}
