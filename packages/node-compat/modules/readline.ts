import { EventEmitter } from "./events/emitter.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { nodeError } from "./internal/errors.js";
import promisesModule from "./readline/promises.js";
import { on } from "./events/waiting.js";
import { StringDecoder } from "./string_decoder.js";
import process from "./process/node-process.js";

/** Reads a stream line by line. There is no terminal: nothing is edited, echoed or completed. */
export function Interface(this: Any, input: Any, output?: Any): Any {
  if (!(this instanceof Interface)) return new (Interface as Any)(input, output);
  EventEmitter.call(this as Any);
  const self = this as Any;
  const options = input?.input !== undefined ? input : { input, output };
  self.input = options.input;
  self.output = options.output;
  self.line = "";
  self.cursor = 0;
  self.terminal = false;
  self.closed = false;
  self.paused = false;
  self._prompt = options.prompt ?? "> ";
  self._questions = [];
  readLines(self, options);
  return self;
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function readLines(self: Any, options: Any): void {
  const decoder = new (StringDecoder as Any)("utf8");
  let rest = "";
  // A carriage return at the end of a chunk: the line feed that may follow belongs to it.
  let endsWithReturn = false;
  const onData = (chunk: Any) => {
    let text: string = rest + (typeof chunk === "string" ? chunk : decoder.write(chunk));
    if (endsWithReturn && text.startsWith("\n")) text = text.slice(1);
    endsWithReturn = text.endsWith("\r");
    const lines = text.split(/\r\n|\n|\r|\u2028|\u2029/);
    rest = lines.pop()!;
    for (const line of lines) tellLine(self, line);
  };
  const onEnd = () => {
    rest += decoder.end();
    if (rest !== "") tellLine(self, rest);
    rest = "";
    self.close();
  };
  const onError = (error: unknown) => self.emit("error", error);
  self.input.on("data", onData);
  self.input.on("end", onEnd);
  if (self.listenerCount("error") > 0) self.input.on("error", onError);
  self._stop = () => {
    self.input.removeListener("data", onData);
    self.input.removeListener("end", onEnd);
  };
  options.signal?.addEventListener("abort", () => self.close(), { once: true });
  self.input.resume();
}

function tellLine(self: Any, line: string): void {
  const question = self._questions.shift();
  if (question) question(line);
  else self.emit("line", line);
}

const prototype = Interface.prototype as Any;

prototype.getPrompt = function getPrompt(this: Any) {
  return this._prompt;
};
prototype.setPrompt = function setPrompt(this: Any, prompt: string) {
  this._prompt = prompt;
};
prototype.prompt = function prompt(this: Any) {
  if (this.paused) this.resume();
  this.output?.write(this._prompt);
};
prototype.question = function question(this: Any, query: string, options: Any, callback?: AnyFunction) {
  if (this.closed) throw nodeError(Error, "ERR_USE_AFTER_CLOSE", "readline was closed");
  this.output?.write(query);
  this._questions.push(typeof options === "function" ? options : callback!);
};
prototype.pause = function pause(this: Any) {
  if (this.paused) return this;
  this.input.pause();
  this.paused = true;
  this.emit("pause");
  return this;
};
prototype.resume = function resume(this: Any) {
  if (!this.paused) return this;
  this.input.resume();
  this.paused = false;
  this.emit("resume");
  return this;
};
prototype.close = function close(this: Any) {
  if (this.closed) return;
  this._stop();
  this.pause();
  this.closed = true;
  this.emit("close");
};
prototype.write = function write(this: Any, data: Any) {
  if (this.closed) throw nodeError(Error, "ERR_USE_AFTER_CLOSE", "readline was closed");
  this.input.emit("data", data);
};
prototype.getCursorPos = () => ({ rows: 0, cols: 0 });
prototype[Symbol.asyncIterator] = function (this: Any) {
  const lines = on(this, "line", { close: ["close"], highWaterMark: 1024 });
  const iterator: Any = {
    next: () => lines.next().then(({ value, done }: Any) => ({ value: done ? undefined : value[0], done })),
    return: () => {
      this.close();
      return lines.return!();
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
};
prototype[(Symbol as Any).dispose ?? Symbol.for("nodejs.dispose")] = prototype.close;

export function createInterface(input: Any, output?: Any): Any {
  return new (Interface as Any)(input, output);
}

const CSI = "\u001b[";

function send(stream: Any, text: string, callback?: AnyFunction): boolean {
  if (stream) return stream.write(text, callback);
  if (callback) process.nextTick(callback, null);
  return true;
}

export const clearLine = (stream: Any, direction: number, callback?: AnyFunction): boolean =>
  send(stream, `${CSI}${direction < 0 ? "1" : direction > 0 ? "0" : "2"}K`, callback);
export const clearScreenDown = (stream: Any, callback?: AnyFunction): boolean =>
  send(stream, `${CSI}0J`, callback);
export const cursorTo = (stream: Any, x: number, y?: Any, callback?: AnyFunction): boolean => {
  if (typeof y === "function") {
    callback = y;
    y = undefined;
  }
  return send(stream, typeof y === "number" ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`, callback);
};
export const moveCursor = (stream: Any, dx: number, dy: number, callback?: AnyFunction): boolean => {
  const sideways = dx < 0 ? `${CSI}${-dx}D` : dx > 0 ? `${CSI}${dx}C` : "";
  return send(stream, sideways + (dy < 0 ? `${CSI}${-dy}A` : dy > 0 ? `${CSI}${dy}B` : ""), callback);
};
export const emitKeypressEvents = (): void => undefined;
export { default as promises } from "./readline/promises.js";

export default {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
  /** Looked up late: the two modules need each other. */
  get promises() {
    return promisesModule;
  },
};
