// The runner sets the zone: Europe/Berlin.
const at = (...fields) => new Date(...fields).getTime();
check(
  "a time that is skipped has the offset from before",
  at(2024, 2, 31, 2, 30) === Date.UTC(2024, 2, 31, 1, 30),
);
check("of a time that comes twice the first counts", at(2024, 9, 27, 2, 30) === Date.UTC(2024, 9, 27, 0, 30));
check("any other time", at(2024, 6, 1, 12) === Date.UTC(2024, 6, 1, 10));
check(
  "the zone's name in summer",
  String(new Date(2024, 6, 1)).endsWith("GMT+0200 (Central European Summer Time)"),
);
check("and in winter", String(new Date(2024, 0, 1)).endsWith("GMT+0100 (Central European Standard Time)"));
const unset = new Date(0);
unset.setMonth(undefined);
check("no number makes a date invalid", Number.isNaN(unset.getTime()));
const without = new Date(0);
without.setHours();
check("nor does nothing leave it valid", Number.isNaN(without.getTime()));
