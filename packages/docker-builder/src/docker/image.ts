import type Docker from "dockerode";
import { BuilderError } from "../errors.js";
import { ofThisProcess } from "./connect.js";
import { credentialsFor } from "./registry-credentials.js";
import { unlessAborted } from "./within.js";

export interface ImageRequest {
  /** Name with tag or digest. */
  readonly image: string;
  /** Platforms that will do, the best first, for example `linux/amd64`. */
  readonly platforms: readonly [string, ...string[]];
  readonly signal: AbortSignal;
  /** Told of a pull's progress, a line at a time. */
  readonly onProgress: (line: string) => void;
}

/**
 * Sees to it that the image is there, pulling it when it is not.
 *
 * @returns the platform of the image
 * @throws {BuilderError} LAC5012 when it is nowhere to be had, or only for another platform
 */
export async function provideImage(docker: Docker, request: ImageRequest): Promise<string> {
  const { image, platforms, signal } = request;
  const present = await platformOf(docker, image, signal);
  if (present && platforms.includes(present)) return present;
  await pull(docker, platforms[0], request);
  const pulled = await platformOf(docker, image, signal);
  if (pulled && platforms.includes(pulled)) return pulled;
  throw new BuilderError(
    "LAC5012",
    `The image ${image} is for ${pulled ?? "no platform"}, not for ${platforms.join(" or ")}.`,
    {
      hint: "Name an image for that platform with --image, or another platform with --platform.",
    },
  );
}

async function platformOf(docker: Docker, image: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { Os, Architecture } = await unlessAborted(signal, docker.getImage(image).inspect());
    return `${Os}/${Architecture}`;
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: number; code?: string };
    // What is no image's name is told so by the pull.
    if (statusCode === 404 || statusCode === 400 || code === "ERR_UNESCAPED_CHARACTERS") return undefined;
    throw error;
  }
}

/** One line of a pull's report. The status of the answer says nothing: a failure comes as such a line, after a 200. */
interface PullEvent {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

async function pull(docker: Docker, platform: string, request: ImageRequest): Promise<void> {
  const { image, signal, onProgress } = request;
  onProgress(`Pulling ${image} for ${platform} (once)`);
  const credentials = await credentialsFor(image, ofThisProcess());
  const options = { platform, ...(credentials && { authconfig: credentials }), abortSignal: signal };
  try {
    const stream = await unlessAborted(signal, docker.pull(image, options));
    const percentage = new Percentage();
    for await (const event of unlessStopped(stream, signal)) {
      const failure = event.errorDetail?.message ?? event.error;
      if (failure) throw new Error(failure);
      const percent = percentage.after(event);
      if (percent !== undefined) onProgress(`Pulling ${image}: ${percent} %`);
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new BuilderError(
      "LAC5012",
      `The image ${image} is not here, and pulling it failed: ${(cause as Error).message.trim()}`,
      {
        hint: "Check its name, the network and `docker login`; or name another with --image, or build with --builder local.",
        cause,
      },
    );
  }
}

async function* unlessStopped(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<PullEvent> {
  let rest = "";
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await unlessAborted(signal, chunks.next());
    if (done) return;
    const lines = (rest + String(value)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) yield JSON.parse(line) as PullEvent;
  }
}

/** How much of the layers heard of so far is here, told in steps of ten so that a log stays short. */
class Percentage {
  private readonly layers = new Map<string, { current: number; total: number }>();
  private told = 0;

  after({ id, status, progressDetail }: PullEvent): number | undefined {
    if (!id || status !== "Downloading" || !progressDetail?.total) return undefined;
    this.layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
    const layers = [...this.layers.values()];
    const total = layers.reduce((sum, layer) => sum + layer.total, 0);
    const percent = Math.floor((10 * layers.reduce((sum, { current }) => sum + current, 0)) / total) * 10;
    if (percent <= this.told) return undefined;
    this.told = percent;
    return percent;
  }
}
