import moment from "moment";
import "moment/locale/de.js";

moment.locale("en");
const at = moment.utc("2024-02-29T13:05:09.007Z");

export const cases = {
  formats: () => [
    at.format(),
    at.format("dddd, MMMM Do YYYY, h:mm:ss a"),
    at.format("LLLL"),
    at.format("[Q]Q w gggg WW GGGG DDDo"),
    at.toISOString(),
    at.toObject(),
    at.unix(),
  ],
  parses: () => [
    moment.utc("12-25-1995", "MM-DD-YYYY").format(),
    moment.utc("2016-01-01T23:59:60", moment.ISO_8601).isValid(),
    moment.utc("2013-W06-5").format(),
    moment.utc("29 février", "DD MMMM").isValid(),
    moment.utc([2010, 1, 14]).format(),
    moment.utc("2010 13", "YYYY MM").invalidAt(),
    moment.utc("Mon, 25 Dec 1995 13:30:00 +0430", moment.RFC_2822).format(),
  ],
  manipulates: () => [
    at.clone().add(1, "months").format(),
    at.clone().subtract({ days: 7, hours: 1 }).format(),
    at.clone().startOf("week").format(),
    at.clone().endOf("quarter").format(),
    at.clone().utcOffset("+05:30").format(),
  ],
  differences: () => [
    at.diff(moment.utc("2020-01-01"), "months", true),
    at.from(moment.utc("2024-03-02")),
    at.calendar(moment.utc("2024-03-01")),
    at.isBetween("2024-01-01", "2024-12-31"),
    at.isLeapYear(),
    at.daysInMonth(),
  ],
  locales: () => [
    at.clone().locale("de").format("LLLL"),
    moment.duration(3, "days").locale("de").humanize(true),
    moment.localeData("de").firstDayOfWeek(),
    moment.weekdaysShort(),
    moment.months(),
  ],
  durations: () => [
    moment.duration(3661, "seconds").toISOString(),
    moment.duration("P1Y2M").asDays(),
    moment.duration({ hours: 25 }).days(),
    moment.duration(90, "minutes").humanize(),
    moment.duration("23:59:59").asSeconds(),
  ],
  "gets and sets": () => [
    at.weekYear(),
    at.dayOfYear(),
    at.clone().set({ year: 2020, month: 3 }).format(),
    at.get("millisecond"),
    moment.max(at, at.clone().add(1)).valueOf(),
  ],
  "invalid dates": () => [
    moment.utc("nonsense", "YYYY").format(),
    moment.invalid().toJSON(),
    moment.utc("2024-02-30", "YYYY-MM-DD", true).isValid(),
  ],
  inspects: () => [at.inspect(), String(at), JSON.stringify({ at }), moment.isMoment(at), moment.version],
  "own relative times": () => {
    moment.relativeTimeThreshold("m", 55);
    const text = moment.duration(50, "minutes").humanize();
    moment.relativeTimeThreshold("m", 45);
    return text;
  },
};
