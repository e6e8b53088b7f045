import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type Docker from "dockerode";

type LineListener = (line: string) => void;

/** Told of every whole line that a command prints. */
export interface LineListeners {
  readonly onStdout?: LineListener;
  readonly onStderr?: LineListener;
}

/** Collects what a command in a container prints, and passes it on line by line. */
export class ExecOutput {
  private readonly stdout: Lines;
  private readonly stderr: Lines;

  constructor(docker: Docker, stream: NodeJS.ReadWriteStream, { onStdout, onStderr }: LineListeners) {
    this.stdout = new Lines(onStdout);
    this.stderr = new Lines(onStderr);
    docker.modem.demuxStream(stream, this.stdout, this.stderr);
    // A broken connection is told from an ended command by asking the engine, not by how the stream ended.
    stream.on("error", () => {});
    // A hijacked connection that the engine half-closes stays open until this side closes it too.
    stream.once("end", () => (stream as unknown as { destroy(): void }).destroy());
  }

  /** All of it, once the command has ended. */
  finish(): { readonly stdout: string; readonly stderr: string } {
    return { stdout: this.stdout.finish(), stderr: this.stderr.finish() };
  }
}

class Lines extends Writable {
  private readonly decoder = new StringDecoder("utf8");
  private all = "";
  private line = "";

  constructor(private readonly onLine: LineListener = () => {}) {
    super();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = this.decoder.write(chunk);
    this.all += text;
    const lines = (this.line + text).split("\n");
    this.line = lines.pop() ?? "";
    lines.forEach(this.onLine);
    done();
  }

  finish(): string {
    if (this.line) this.onLine(this.line);
    return this.all;
  }
}
