/** How long each step of a command took; steps may overlap. */
export class Durations {
  #started = performance.now();
  #steps = [];

  /** Runs a step, which may be asynchronous, and answers what it answers. */
  async of(name, step) {
    const started = performance.now();
    try {
      return await step();
    } finally {
      this.#steps.push(`${name} ${seconds(performance.now() - started)}`);
    }
  }

  /** `npm 44 s, engine 135 s, 190 s in all` */
  toString() {
    return [...this.#steps, `${seconds(performance.now() - this.#started)} in all`].join(", ");
  }
}

function seconds(ms) {
  return `${Math.round(ms / 1000)} s`;
}
