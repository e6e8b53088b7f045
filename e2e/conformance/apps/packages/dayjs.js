import dayjs from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import duration from "dayjs/plugin/duration.js";
import isBetween from "dayjs/plugin/isBetween.js";
import isoWeek from "dayjs/plugin/isoWeek.js";
import relativeTime from "dayjs/plugin/relativeTime.js";
import timezone from "dayjs/plugin/timezone.js";
import weekOfYear from "dayjs/plugin/weekOfYear.js";
import utc from "dayjs/plugin/utc.js";
import "dayjs/locale/de.js";

[
  weekOfYear,
  utc,
  timezone,
  relativeTime,
  customParseFormat,
  duration,
  isoWeek,
  advancedFormat,
  isBetween,
].forEach((plugin) => dayjs.extend(plugin));
const at = dayjs.utc("2024-02-29T13:05:09.007Z");

export const cases = {
  formats: () => [
    at.format(),
    at.format("dddd, D MMMM YYYY h:mm A"),
    at.format("[escaped] YYYYescape ZZ"),
    at.format("Q Do k X x w wo"),
    at.toISOString(),
    at.toJSON(),
    at.unix(),
    at.valueOf(),
  ],
  parses: () => [
    dayjs.utc("2018-08-16").format(),
    dayjs.utc("12-25-1995", "MM-DD-YYYY").format(),
    dayjs.utc("5/1/18 1:02 PM", ["YYYY", "M/D/YY h:mm A"]).format(),
    dayjs("nonsense").isValid(),
    dayjs.utc("1969-00-00", "YYYY-MM-DD", true).isValid(),
    dayjs.unix(1318781876.721).utc().format(),
  ],
  manipulates: () => [
    at.add(1, "month").format(),
    at.subtract(7, "year").format(),
    at.startOf("isoWeek").format(),
    at.endOf("month").format(),
    at.add(1.5, "hour").format(),
    at.set("date", 1).hour(3).format(),
  ],
  differences: () => [
    at.diff("2020-01-01", "day"),
    at.diff(dayjs.utc("2020-01-01"), "year", true),
    at.daysInMonth(),
    at.isBefore("2025-01-01"),
    at.isSame("2024-02-01", "month"),
    at.isBetween("2024-01-01", "2024-03-01"),
  ],
  relative: () => [
    at.from(dayjs.utc("2024-03-02")),
    at.to("2034-03-02"),
    at.from(dayjs.utc("2024-02-29T13:06:00Z"), true),
  ],
  locales: () => [
    at.locale("de").format("dddd, D. MMMM YYYY"),
    at.locale("de").from(dayjs.utc("2024-03-12")),
  ],
  durations: () => [
    dayjs.duration(100, "hours").toISOString(),
    dayjs.duration({ minutes: 3, hours: 2 }).asMinutes(),
    dayjs.duration("P1Y2M3DT4H5M6S").format("YYYY-MM-DDTHH:mm:ss"),
    dayjs.duration(2, "minutes").humanize(true),
  ],
  "time zones": () => [
    at.tz("America/New_York").format(),
    dayjs.tz("2014-06-01 12:00", "Europe/Berlin").toISOString(),
  ],
  offsets: () => [at.utcOffset(8).format(), at.utcOffset(-330).format("Z")],
  "ISO weeks": () => [at.isoWeek(), at.isoWeekday(), at.isoWeekYear()],
  immutable: () => {
    const other = at.add(1, "day");
    return [other === at, at.format(), at.clone().isSame(at)];
  },
  "invalid dates": () => [dayjs("x").format(), dayjs("x").toJSON(), dayjs(null).isValid()],
};
