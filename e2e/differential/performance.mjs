import hooks, { performance as imported, PerformanceObserver as Observer } from "node:perf_hooks";
import { attempt } from "./attempt.mjs";

export async function run(log) {
  clock(log);
  classes(log);
  marks(log);
  measures(log);
  await observers(log);
  timed(log);
}

function clock(log) {
  const before = performance.now();
  log(
    "clock",
    String(performance.now() >= before),
    String(before > 0),
    String(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000),
  );
  log(
    "same",
    String(imported === performance),
    String(hooks.performance === performance),
    String(Observer === PerformanceObserver),
  );
  const { now } = performance;
  log(
    "unbound",
    attempt(() => now()),
    attempt(() => typeof now.call(performance)),
  );
}

function classes(log) {
  log(
    "kind",
    Object.prototype.toString.call(performance),
    String(performance instanceof Performance),
    String(performance instanceof EventTarget),
  );
  for (const Class of [
    Performance,
    PerformanceEntry,
    PerformanceMeasure,
    PerformanceObserverEntryList,
    PerformanceResourceTiming,
  ]) {
    log(
      `new ${Class.name}`,
      attempt(() => new Class()),
    );
  }
  for (const name of ["mark", "measure", "now", "getEntries", "clearMarks", "toJSON", "timeOrigin"]) {
    log(
      `of no object ${name}`,
      attempt(() => Performance.prototype[name].call?.({}, "a") ?? "none"),
    );
    log(
      `enumerable ${name}`,
      String(Object.getOwnPropertyDescriptor(Performance.prototype, name).enumerable),
    );
  }
  log("json", Object.keys(performance.toJSON()).join());
  log(
    "supported",
    String(
      ["function", "mark", "measure"].every((type) => PerformanceObserver.supportedEntryTypes.includes(type)),
    ),
  );
}

function marks(log) {
  const detail = { deep: [1] };
  const mark = performance.mark("a", { startTime: 5, detail });
  log(
    "mark",
    JSON.stringify(mark),
    String(mark),
    mark.constructor.name,
    String(mark instanceof PerformanceEntry),
  );
  log(
    "detail",
    String(mark.detail === detail),
    String(mark.detail === mark.detail),
    String(Object.keys(mark)),
  );
  for (const given of [
    [],
    ["b", { startTime: -1 }],
    ["nodeStart"],
    ["b", { startTime: "x" }],
    ["b", null],
    [5, { startTime: 0 }],
    ["b", { startTime: 0, detail: null }],
    ["b", { startTime: 0, detail: 0 }],
  ]) {
    log(
      "mark",
      attempt(() => {
        const { name, startTime, detail } = performance.mark(...given);
        return [name, given[1]?.startTime === startTime, detail];
      }),
    );
  }
  log(
    "made",
    JSON.stringify(new PerformanceMark("own", { startTime: 3 })),
    attempt(() => new PerformanceMark()),
  );
  log("own is not listed", String(performance.getEntriesByName("own").length));
  log(
    "uncloneable",
    attempt(() => performance.mark("a", { detail: Symbol("s") })),
  );
  performance.clearMarks("a");
  log(
    "cleared",
    performance
      .getEntriesByType("mark")
      .map(({ name }) => name)
      .join(),
  );
  performance.clearMarks();
  log("all cleared", String(performance.getEntries().length));
}

function measures(log) {
  performance.mark("start", { startTime: 10 });
  performance.mark("end", { startTime: 30 });
  performance.mark("start", { startTime: 20 });
  const spans = [
    ["start", "end"],
    [{ start: "start", end: "end" }],
    [{ start: 1, end: 5, detail: { x: 1 } }],
    [{ start: 1, duration: 5 }],
    [{ end: 10, duration: 5 }],
    [undefined, "end"],
    [{ start: 3, end: 3 }],
    [{ end: "end" }],
    [{ start: 1, end: 3, duration: 2 }],
    ["none"],
    [{ start: -1 }],
    ["start", "none"],
    [5, 9],
    [{ duration: 4, start: 0 }],
  ];
  for (const span of spans)
    log(
      "measure",
      JSON.stringify(span),
      attempt(() => performance.measure("m", ...span)),
    );
  log("open", String(performance.measure("m").duration > 0), String(performance.measure("m", {}).startTime));
  log(
    "no name",
    attempt(() => performance.measure()),
  );
  log(
    "order",
    performance
      .getEntries()
      .slice(0, 8)
      .map(({ name, startTime }) => `${name}@${startTime}`)
      .join(),
  );
  log(
    "by name",
    performance
      .getEntriesByName("start")
      .map(({ startTime }) => startTime)
      .join(),
    String(performance.getEntriesByName("start", "measure").length),
  );
  log(
    "missing",
    attempt(() => performance.getEntriesByName()),
    attempt(() => performance.getEntriesByType()),
  );
  performance.clearMeasures("m");
  performance.clearMarks();
  log("cleared", String(performance.getEntries().length));
}

async function observers(log) {
  for (const options of [
    undefined,
    {},
    { entryTypes: 1 },
    { entryTypes: ["mark"], type: "mark" },
    { type: "none" },
    { entryTypes: [] },
    { entryTypes: ["none"] },
  ]) {
    log(
      "observe",
      JSON.stringify(options),
      attempt(() => new PerformanceObserver(() => undefined).observe(options)),
    );
  }
  log(
    "no callback",
    attempt(() => new PerformanceObserver()),
    attempt(() => new PerformanceObserver({})),
  );
  const seen = [];
  const observer = new PerformanceObserver((list, self) =>
    seen.push([self === observer, list.getEntries().map(({ name }) => name)]),
  );
  observer.observe({ entryTypes: ["mark", "measure"] });
  performance.mark("late", { startTime: 9 });
  performance.mark("early", { startTime: 4 });
  performance.measure("span", { start: 1, end: 2 });
  log("not at once", String(seen.length));
  await new Promise((done) => setTimeout(done, 20));
  log("told", JSON.stringify(seen));
  log(
    "changed mode",
    attempt(() => observer.observe({ type: "mark" })),
  );
  performance.mark("taken", { startTime: 1 });
  log(
    "taken",
    observer
      .takeRecords()
      .map(({ name }) => name)
      .join(),
    String(observer.takeRecords().length),
  );
  observer.disconnect();
  performance.mark("unheard", { startTime: 1 });
  await new Promise((done) => setTimeout(done, 20));
  log("disconnected", String(seen.length));
  const buffered = await new Promise((done) => {
    const other = new PerformanceObserver((list) => {
      other.disconnect();
      done(
        list
          .getEntriesByType("mark")
          .map(({ name }) => name)
          .sort(),
      );
    });
    other.observe({ type: "mark", buffered: true });
  });
  log("buffered", buffered.join());
  performance.clearMarks();
  performance.clearMeasures();
}

function timed(log) {
  function original(first, second) {
    return new.target ? undefined : [this?.tag, first, second];
  }
  const wrapped = performance.timerify(original);
  log(
    "timerify",
    wrapped.name,
    String(wrapped.length),
    JSON.stringify(wrapped.call({ tag: "t" }, 1, 2)),
    String(new wrapped() instanceof original),
  );
  log(
    "no function",
    attempt(() => performance.timerify(1)),
  );
  log(
    "throws",
    attempt(() =>
      performance.timerify(() => {
        throw new RangeError("mine");
      })(),
    ),
  );
}
