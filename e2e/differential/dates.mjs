// Dates in the time zone of the process; time-zones.test.ts runs this in many.
const MOMENTS = [946_684_800_000, 951_782_400_000, 1_711_846_800_000, 1_730_000_000_000, 1_751_328_000_000];
const SETTERS = [
  "Milliseconds",
  "Seconds",
  "Minutes",
  "Hours",
  "Date",
  "Month",
  "FullYear",
  "UTCMilliseconds",
  "UTCSeconds",
  "UTCMinutes",
  "UTCHours",
  "UTCDate",
  "UTCMonth",
  "UTCFullYear",
];
const GIVEN = [[NaN], [undefined], [], [1, NaN], [Infinity], [3.7], ["5"], [null], [-1], [1, 2, 3, 4, 5]];

export function run(log) {
  for (const moment of MOMENTS) {
    const date = new Date(moment);
    log(`text ${moment}`, String(date), date.toTimeString(), date.getTimezoneOffset());
  }
  aroundChanges(log);
  for (const setter of SETTERS) {
    for (const few of GIVEN) {
      // Before time zones there was local mean time, whose seconds the engine leaves out.
      const given = setter.endsWith("FullYear")
        ? few.map((value, at) => (at === 0 ? value + 2000 : value))
        : few;
      const date = new Date(1_730_000_000_123);
      log(`set${setter} ${given.join()}`, date[`set${setter}`](...given), date.getTime());
      const invalid = new Date(NaN);
      log(`invalid set${setter} ${given.join()}`, invalid[`set${setter}`](...given), invalid.getTime());
    }
  }
  log("setYear", new Date(0).setYear(NaN), new Date(0).setYear(70), new Date(0).setTime(NaN));
}

/** Every local quarter of an hour of the days on which clocks change somewhere. */
function aroundChanges(log) {
  for (const [month, day] of [
    [2, 10],
    [2, 31],
    [3, 7],
    [9, 6],
    [9, 27],
    [10, 3],
  ]) {
    const times = [];
    for (let minute = -240; minute < 480; minute += 15)
      times.push(new Date(2024, month, day, 0, minute).getTime());
    log(`local ${month + 1}-${day}`, times.map((time) => time / 60_000).join());
  }
}
