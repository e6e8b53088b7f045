import ms from "ms";

export const cases = {
  "parses units": () =>
    ["2 days", "1d", "10h", "2.5 hrs", "1m", "5s", "1y", "100", "-3 days", "-200"].map((text) => ms(text)),
  "formats short": () => [60000, 2 * 60000, -3 * 60000, ms("10 hours"), 500, 0].map((value) => ms(value)),
  "formats long": () =>
    [60000, 2 * 60000, -3 * 60000, ms("10 hours"), 500].map((value) => ms(value, { long: true })),
  "refuses an empty text": () => ms(""),
  "refuses another type": () => ms(undefined),
  "gives NaN for nonsense": () => ms("☃"),
};
