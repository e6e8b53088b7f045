import * as d from "date-fns";
import { de, ja } from "date-fns/locale";

const at = new Date(Date.UTC(2024, 1, 29, 13, 5, 9, 7));

export const cases = {
  formats: () =>
    [
      "yyyy-MM-dd HH:mm:ss.SSS",
      "EEEE, do MMMM yyyy",
      "Pp",
      "PPPPpppp",
      "QQQ w e t T",
      "h:mm aaaa",
      "B",
      "'at' HH",
      "xxx OOOO",
      "RRRR-'W'II",
      "D".replace("D", "DDD"),
    ].map((pattern) => d.format(at, pattern, { useAdditionalDayOfYearTokens: true })),
  "formats in locales": () => [
    d.format(at, "PPPP", { locale: de }),
    d.format(at, "PPPP", { locale: ja }),
    d.formatDistance(at, d.addDays(at, 40), { locale: de, addSuffix: true }),
  ],
  parses: () => [
    d.parse("29.02.2024 13:05", "dd.MM.yyyy HH:mm", at),
    d.parse("Feb 30 2024", "MMM dd yyyy", at),
    d.parse("12 am", "h a", at),
    d.parseISO("2024-02-29T13:05:09+02:00"),
    d.parseISO("2024-W09-4"),
    d.parseISO("2024-060"),
    d.parseISO("nonsense"),
    d.parseJSON("2024-02-29T13:05:09.000Z"),
  ],
  "adds and subtracts": () => [
    d.addMonths(new Date(Date.UTC(2024, 0, 31)), 1),
    d.addYears(at, 1),
    d.sub(at, { months: 2, days: 3, hours: 25 }),
    d.addBusinessDays(at, 10),
    d.addQuarters(at, 3),
    d.add(at, { weeks: 1, seconds: 90 }),
  ],
  differences: () => {
    const later = new Date(Date.UTC(2025, 5, 1));
    return [
      d.differenceInDays(later, at),
      d.differenceInCalendarDays(later, at),
      d.differenceInMonths(later, at),
      d.differenceInBusinessDays(later, at),
      d.intervalToDuration({ start: at, end: later }),
      d.formatDuration(d.intervalToDuration({ start: at, end: later })),
    ];
  },
  "distance in words": () =>
    [1, 44, 90, 3600, 86400, 86400 * 40, 86400 * 800].map((seconds) =>
      d.formatDistance(d.addSeconds(at, seconds), at, { includeSeconds: true, addSuffix: true }),
    ),
  "strict distance and relative": () => [
    d.formatDistanceStrict(at, d.addHours(at, 50)),
    d.formatDistanceStrict(at, d.addHours(at, 50), { unit: "minute" }),
    d.formatRelative(d.subDays(at, 3), at),
  ],
  "starts and ends": () => [
    d.startOfWeek(at, { weekStartsOn: 1 }),
    d.endOfMonth(at),
    d.startOfQuarter(at),
    d.endOfDecade(at),
    d.startOfISOWeekYear(at),
    d.lastDayOfYear(at),
    d.roundToNearestMinutes(at, { nearestTo: 15 }),
  ],
  questions: () => [
    d.isLeapYear(at),
    d.isWeekend(at),
    d.isValid(new Date(NaN)),
    d.isWithinInterval(at, { start: d.subDays(at, 1), end: d.addDays(at, 1) }),
    d.isSameWeek(at, d.addDays(at, 2)),
    d.areIntervalsOverlapping(
      { start: at, end: d.addDays(at, 2) },
      { start: d.addDays(at, 1), end: d.addDays(at, 3) },
    ),
    d.isMatch("2024", "yyyy"),
  ],
  intervals: () => [
    d.eachDayOfInterval({ start: at, end: d.addDays(at, 3) }),
    d.eachWeekendOfMonth(at),
    d.eachMonthOfInterval({ start: at, end: d.addMonths(at, 3) }),
    d.clamp(d.addDays(at, 9), { start: at, end: d.addDays(at, 2) }),
  ],
  "gets and sets": () => [
    d.getISOWeek(at),
    d.getDayOfYear(at),
    d.getQuarter(at),
    d.getUnixTime(at),
    d.set(at, { month: 0, date: 5 }),
    d.setISOWeek(at, 1),
    d.getWeekOfMonth(at),
    d.getDaysInMonth(at),
    d.nextFriday(at),
    d.previousSunday(at),
  ],
  "ISO and RFC": () => [
    d.formatISO(at),
    d.formatISO9075(at),
    d.formatRFC3339(at, { fractionDigits: 3 }),
    d.formatRFC7231(at),
    d.formatISODuration({ months: 3, days: 1.5 }),
  ],
  "compares and sorts": () => [
    d.compareAsc(at, d.addDays(at, 1)),
    d.max([at, d.addDays(at, 1)]),
    d.closestTo(at, [d.addDays(at, 5), d.addDays(at, -2)]),
    d.min([]),
  ],
  conversions: () => [
    d.hoursToSeconds(2),
    d.milliseconds({ years: 1, days: 2 }),
    d.weeksToDays(2),
    d.monthsToQuarters(7),
  ],
  refuses: () => d.format(new Date(NaN), "yyyy"),
  "refuses a wrong token": () => d.format(at, "YYYY"),
};
