import { DateTime, Duration, Info, Interval, Settings } from "luxon";

Settings.defaultZone = "utc";
Settings.defaultLocale = "en-US";
const at = DateTime.fromObject({
  year: 2024,
  month: 2,
  day: 29,
  hour: 13,
  minute: 5,
  second: 9,
  millisecond: 7,
});

export const cases = {
  "ISO, SQL, RFC, HTTP": () => [
    at.toISO(),
    at.toISODate(),
    at.toISOWeekDate(),
    at.toSQL(),
    at.toRFC2822(),
    at.toHTTP(),
    at.toMillis(),
    at.toUnixInteger(),
    at.toISO({ format: "basic", suppressMilliseconds: true }),
  ],
  parses: () => [
    DateTime.fromISO("2024-02-29T13:05:09.007+02:00", { setZone: true }).toISO(),
    DateTime.fromISO("2024-W09-4").toISODate(),
    DateTime.fromSQL("2024-02-29 13:05").toISO(),
    DateTime.fromRFC2822("Thu, 29 Feb 2024 13:05:09 +0200").toISO(),
    DateTime.fromHTTP("Thu, 29 Feb 2024 13:05:09 GMT").toISO(),
    DateTime.fromFormat("29.02.2024", "dd.MM.yyyy").toISODate(),
    DateTime.fromMillis(0).toISO(),
  ],
  tokens: () => at.toFormat("yyyy-LL-dd HH:mm:ss.SSS o kkkk-'W'WW-c q"),
  "month and weekday names": () => at.toFormat("cccc, d LLLL yyyy, ccc LLL"),
  meridiem: () => at.toFormat("h:mm a"),
  "invalid values": () => {
    const wrong = DateTime.fromObject({ month: 13 });
    return [
      wrong.isValid,
      wrong.invalidReason,
      wrong.invalidExplanation,
      wrong.toISO(),
      DateTime.fromISO("x").invalidReason,
    ];
  },
  math: () => [
    at.plus({ months: 1, days: 3 }).toISO(),
    at.minus({ years: 1 }).toISO(),
    at.startOf("week").toISO(),
    at.endOf("quarter").toISO(),
    at.set({ day: 1, hour: 0 }).toISO(),
    at.plus({ hours: 1.5 }).toISO(),
  ],
  parts: () => [
    at.weekNumber,
    at.ordinal,
    at.weekday,
    at.quarter,
    at.daysInMonth,
    at.isInLeapYear,
    at.weeksInWeekYear,
    at.toObject(),
  ],
  differences: () => [
    at.diff(at.minus({ days: 40, hours: 3 }), ["months", "days", "hours"]).toObject(),
    at.diff(DateTime.fromISO("2020-01-01"), "years").years,
  ],
  durations: () => [
    Duration.fromISO("P1Y2M3DT4H5M6S").toObject(),
    Duration.fromObject({ hours: 49, minutes: 70 }).normalize().toObject(),
    Duration.fromObject({ seconds: 100000 }).shiftTo("days", "hours", "minutes", "seconds").toObject(),
    Duration.fromMillis(5000).toISO(),
    Duration.fromObject({ hours: 2, minutes: 7 }).toFormat("hh:mm:ss"),
    Duration.fromObject({ days: 1.5 }).rescale().toObject(),
    Duration.fromISO("x").isValid,
  ],
  "human durations": () => Duration.fromObject({ hours: 2, minutes: 7 }).toHuman(),
  intervals: () => {
    const span = Interval.fromDateTimes(at, at.plus({ days: 3 }));
    return [
      span.length("days"),
      span.splitBy({ days: 1 }).map(String),
      span.contains(at),
      span.toISO(),
      Interval.fromISO("2024-01-01/P3D").count("days"),
      span.overlaps(Interval.after(at.plus({ days: 2 }), { days: 5 })),
      Interval.merge([span, Interval.after(at, { days: 9 })]).map(String),
    ];
  },
  "fixed offset zones": () => [
    at.setZone("UTC+3").toISO(),
    at.setZone("UTC+5:30").toISO(),
    at.toUTC().zoneName,
    at.setZone("UTC+3", { keepLocalTime: true }).toISO(),
  ],
  "named zones": () => [
    at.setZone("America/New_York").toISO(),
    at.setZone("Europe/Berlin").plus({ months: 1, days: 2 }).toISO(),
    at.setZone("Asia/Kolkata").offset,
    at.setZone("Nowhere/Else").isValid,
  ],
  locales: () => [
    at.setLocale("de").toLocaleString(DateTime.DATE_FULL),
    at.toLocaleString(DateTime.DATETIME_MED),
    at.setLocale("fr").toFormat("cccc d LLLL"),
  ],
  relative: () => [
    at.toRelative({ base: at.plus({ days: 3 }) }),
    at.plus({ months: 1 }).toRelativeCalendar({ base: at }),
  ],
  info: () => [
    Info.features(),
    Info.isValidIANAZone("Europe/Berlin"),
    Info.months("short"),
    Info.weekdays("long"),
  ],
  compares: () => [
    at < at.plus(1),
    +at === +at.setZone("UTC+3"),
    at.equals(at.setZone("UTC+3")),
    DateTime.max(at, at.plus(1)).toMillis(),
    at.hasSame(at.plus({ hours: 2 }), "day"),
  ],
};
