//! `laconic:zones`: the system's database of time zones.

use jiff::{Timestamp, tz::TimeZone};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Result};

pub struct ZonesModule;

impl ModuleDef for ZonesModule {
    fn declare(declare: &Declarations<'_>) -> Result<()> {
        declare.declare("find")?;
        declare.declare("offset")?;
        Ok(())
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("find", Func::from(find))?;
        exports.export("offset", Func::from(offset))?;
        Ok(())
    }
}

/// The name as the database writes it; undefined when there is no such zone.
fn find(name: String) -> Option<String> {
    let zone = TimeZone::get(&name).ok()?;
    zone.iana_name().map(String::from)
}

/// In 400 years the days of the week are the same again, and so is every rule.
const CYCLE: i64 = 146_097 * 86_400;

/// Milliseconds that are added to UTC at a time; undefined when there is no such zone.
fn offset(name: String, time: f64) -> Option<f64> {
    let zone = TimeZone::get(&name).ok()?;
    let seconds = within_reach((time / 1000.0).floor() as i64);
    let at = Timestamp::from_second(seconds).ok()?;
    Some(f64::from(zone.to_offset(at).seconds()) * 1000.0)
}

/// A time that the database knows, at which its last rule says the same.
fn within_reach(seconds: i64) -> i64 {
    let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let away = if seconds > last {
        -((seconds - last + CYCLE - 1) / CYCLE)
    } else if seconds < first {
        (first - seconds + CYCLE - 1) / CYCLE
    } else {
        0
    };
    seconds + away * CYCLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_beyond_the_database_keep_their_day_of_the_week() {
        let last = Timestamp::MAX.as_second();
        for seconds in [last + 1, last + CYCLE, last + 5 * CYCLE + 3, Timestamp::MIN.as_second() - 1] {
            let found = within_reach(seconds);
            assert!(Timestamp::from_second(found).is_ok());
            assert_eq!((seconds - found) % CYCLE, 0);
        }
        assert_eq!(within_reach(12), 12);
    }

    #[test]
    fn a_zone_is_found_in_any_case_and_written_as_the_database_does() {
        assert_eq!(find("europe/berlin".into()).as_deref(), Some("Europe/Berlin"));
        assert_eq!(find("Europe/Nowhere".into()), None);
        assert_eq!(offset("Europe/Berlin".into(), 1_720_000_000_000.0), Some(7_200_000.0));
        assert_eq!(offset("Europe/Berlin".into(), 1_704_067_200_000.0), Some(3_600_000.0));
        assert_eq!(offset("Nowhere".into(), 0.0), None);
    }
}
