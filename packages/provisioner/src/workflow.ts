import type { ProvisionListener } from "./listener.js";

/** Takes back what a step did. */
type Undo = () => Promise<unknown>;

/** Runs named steps in order, keeps how long each took, and takes back what was done when one of them fails. */
export class Workflow {
  /** Milliseconds by step, in the order they ran. */
  readonly durations: Record<string, number> = {};
  private readonly undos: { readonly what: string; readonly undo: Undo }[] = [];

  /**
   * @param signal no step starts any more once it is aborted
   * @param around called before and after each step, with its name
   */
  constructor(
    private readonly listener: ProvisionListener,
    private readonly signal: AbortSignal,
    private readonly around: (moment: "before" | "after", step: string) => Promise<void> = async () => {},
  ) {}

  async step<T>(name: string, work: () => Promise<T>, detail: (result: T) => string = () => ""): Promise<T> {
    this.signal.throwIfAborted();
    await this.around("before", name);
    this.listener.started(name);
    const start = performance.now();
    try {
      const result = await work();
      this.signal.throwIfAborted();
      const milliseconds = Math.round(performance.now() - start);
      this.durations[name] = milliseconds;
      this.listener.finished(name, milliseconds, detail(result));
      await this.around("after", name);
      return result;
    } catch (error) {
      this.listener.failed(name);
      throw error;
    }
  }

  /** @param what completes "could not …" */
  onFailure(what: string, undo: Undo): void {
    this.undos.push({ what, undo });
  }

  /** What was done cannot be taken back any more, or is taken back by AWS. */
  keep(): void {
    this.undos.length = 0;
  }

  /** Takes everything back, the last first: a bucket goes after what is in it. What fails is told and hides nothing. */
  async rollBack(): Promise<void> {
    for (const { what, undo } of this.undos.splice(0).reverse()) {
      await undo().catch((error: unknown) => {
        this.listener.warned(`Could not ${what}: ${(error as Error).message}`);
      });
    }
  }
}
