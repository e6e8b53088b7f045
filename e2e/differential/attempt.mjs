/** What came of a call, as one line that can be compared. */
export function attempt(act) {
  try {
    return show(act());
  } catch (error) {
    return failure(error);
  }
}

/** The same for a promise. */
export async function eventually(promise) {
  try {
    return show(await (typeof promise === "function" ? promise() : promise));
  } catch (error) {
    return failure(error);
  }
}

export function failure(error) {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const { name, message, code, errno, syscall, path, dest } = error;
  const fields = Object.entries({ code, errno, syscall, path, dest }).filter(
    ([, value]) => value !== undefined,
  );
  return `threw ${name}: ${message} ${JSON.stringify(Object.fromEntries(fields))}`;
}

export function show(value) {
  if (value === undefined || value === null) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer ${hex(new Uint8Array(value))}`;
  if (ArrayBuffer.isView(value)) {
    return `${Buffer.isBuffer(value) ? "Buffer" : Object.prototype.toString.call(value).slice(8, -1)} ${hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  }
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value === "object") {
    return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner));
  }
  return JSON.stringify(value);
}

/** Long contents by their length and a checksum, so that a difference still shows. */
function hex(bytes) {
  if (bytes.length <= 80) return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  let sum = 0;
  for (const byte of bytes) sum = (Math.imul(sum, 31) + byte) | 0;
  return `${bytes.length} bytes, ${sum}`;
}

/** Numbers that look random, and are the same on every machine. */
export function generator(seed) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return {
    next,
    below: (limit) => next() % limit,
    bytes(length) {
      return Buffer.from(Array.from({ length }, () => next() & 0xff));
    },
    /** Text with repetitions, as files have. */
    text(length) {
      const words = [
        "lambda",
        "function",
        "the",
        "of",
        "request",
        "response",
        "\n",
        "{",
        "}",
        "é",
        "id:",
        "0",
        "42",
      ];
      let text = "";
      while (text.length < length) text += `${words[next() % words.length]} `;
      return Buffer.from(text).subarray(0, length);
    },
  };
}
