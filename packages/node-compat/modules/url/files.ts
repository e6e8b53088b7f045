import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { isUrl, newUrl } from "../internal/urls.js";
import { validateObject, validateString } from "../internal/validate.js";
import { Buffer } from "../buffer/buffer.js";
import { engineProcess } from "../globals/engine-process.js";

export function fileURLToPath(given: Any): string {
  const url = typeof given === "string" ? newUrl(given) : given;
  if (!isUrl(url)) throw invalidArgType("path", ["string", "URL"], given);
  if (url.protocol !== "file:") {
    throw nodeError(TypeError, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme file");
  }
  if (url.hostname !== "" && url.hostname !== "localhost") {
    throw nodeError(
      TypeError,
      "ERR_INVALID_FILE_URL_HOST",
      'File URL host must be "localhost" or empty on linux',
    );
  }
  if (/%2f/i.test(url.pathname)) {
    throw nodeError(
      TypeError,
      "ERR_INVALID_FILE_URL_PATH",
      "File URL path must not include encoded / characters",
      { input: url },
    );
  }
  return decodeURIComponent(url.pathname);
}

export function fileURLToPathBuffer(given: Any): Any {
  return Buffer.from(fileURLToPath(given));
}

export function pathToFileURL(path: string): URL {
  validateString(path, "path");
  let whole = path.startsWith("/") ? path : `${engineProcess.cwd()}/${path}`;
  const isFolder = whole.endsWith("/");
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  whole = `/${parts.join("/")}${isFolder && parts.length > 0 ? "/" : ""}`;
  const escaped = whole.replace(/[%\\\n\r\t?#]/g, (letter) => encodeURIComponent(letter));
  return newUrl(`file://${escaped}`);
}

export function urlToHttpOptions(url: URL): Any {
  validateObject(url, "url");
  const { hostname, pathname, port, username, password, search } = url;
  const options: Any = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname?.startsWith("[") ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ""}${search || ""}`,
    href: url.href,
  };
  if (port !== "") options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}
