//! One line of the format, for one request.
//!
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use std::fmt::Write;
use std::time::Duration;

use laconic_json::push_string;

/// Characters of a namespace (PutMetricData, `Namespace`).
const LONGEST_NAMESPACE: usize = 255;

/// Characters of a dimension's value.
const LONGEST_VALUE: usize = 1024;

/// The function that was called.
#[derive(Clone, Copy, Debug)]
pub struct Function<'a> {
    pub service: &'a str,
    /// Its name in the app.
    pub path: &'a str,
    /// The name of the Lambda function; empty outside Lambda.
    pub name: &'a str,
}

/// One request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measured<'a> {
    /// When it ended, in milliseconds since 1970.
    pub timestamp: u64,
    /// How long the machine runs.
    pub uptime: Duration,
    /// Bytes that were answered; 0 when it failed.
    pub response_bytes: u64,
    /// From the event in hand to the answer.
    pub dispatch: Duration,
    /// What was left of the timeout at the start and at the end; none without a deadline.
    pub remaining: Option<(Duration, Duration)>,
    /// Bytes of the process that are in memory.
    pub resident_bytes: u64,
    /// The error's type, when it failed.
    pub error_type: Option<&'a str>,
    /// Of a process's first request.
    pub cold: Option<Cold>,
}

/// How the process came to its first request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cold {
    /// None in a process that was restored from a snapshot.
    pub init: Option<Init>,
}

pub type Init = [Duration; 3];

/// Names of the parts of [`Init`]: what came before the engine, the engine, and the app's modules.
const INIT_METRICS: [&str; 3] = ["InitLoadDuration", "InitEngineDuration", "InitAppDuration"];

/// What most lines of a process have in common, kept from the first of them.
#[derive(Debug, Default)]
pub struct Declared {
    warm: Option<String>,
}

impl Declared {
    pub const fn new() -> Declared {
        Declared { warm: None }
    }
}

/// The metrics of a request as one line, with its end. All that share `declared` are of one service and one Lambda function.
pub fn line(function: &Function<'_>, measured: &Measured<'_>, declared: &mut Declared) -> String {
    let values = values(measured);
    let mut out = String::with_capacity(1536);
    let _ = write!(out, "{{\"_aws\":{{\"Timestamp\":{},\"CloudWatchMetrics\":[", measured.timestamp);
    if measured.error_type.is_none() && measured.cold.is_none() && measured.remaining.is_some() {
        out.push_str(declared.warm.get_or_insert_with(|| directives(function, measured, &values)));
    } else {
        out.push_str(&directives(function, measured, &values));
    }
    out.push_str("]}");
    push_dimension(&mut out, "Path", function.path);
    if !function.name.is_empty() {
        push_dimension(&mut out, "Name", function.name);
    }
    for (name, _, value) in values {
        push_value(&mut out, name, value);
    }
    if let Some(kind) = measured.error_type {
        push_dimension(&mut out, "ErrorType", kind);
        out.push_str(",\"Errors\":1");
    }
    out.push_str("}\n");
    out
}

/// Name, unit and value of a metric.
type Value = (&'static str, &'static str, f64);

fn directives(function: &Function<'_>, measured: &Measured<'_>, values: &[Value]) -> String {
    let mut out = String::with_capacity(768);
    let namespace = namespace(function.service);
    let own: &[&str] = if function.name.is_empty() { &["Path"] } else { &["Path", "Name"] };
    push_directive(&mut out, &namespace, &[own], values.iter().map(|(name, unit, _)| (*name, *unit)));
    if measured.error_type.is_some() {
        out.push(',');
        let by_type = [own, &["ErrorType"]].concat();
        push_directive(&mut out, &namespace, &[own, &by_type], [("Errors", "Count")].into_iter());
    }
    out
}

/// All but the errors.
fn values(measured: &Measured<'_>) -> Vec<Value> {
    const MILLISECONDS: &str = "Milliseconds";
    let dispatch = milliseconds(measured.dispatch);
    let mut values = vec![
        ("Uptime", "Seconds", measured.uptime.as_secs_f64()),
        ("LambdaResponseLength", "Bytes", measured.response_bytes as f64),
        ("DispatchDuration", MILLISECONDS, dispatch),
        ("MemoryUsed", "Megabytes", measured.resident_bytes as f64 / 1e6),
    ];
    if let Some((start, end)) = measured.remaining {
        values.push(("StartRemainingTimeInMillis", MILLISECONDS, milliseconds(start)));
        values.push(("DeadlineMargin", MILLISECONDS, milliseconds(end)));
    }
    if let Some(Cold { init }) = measured.cold {
        values.push(("ColdStart", "Count", 1.0));
        values.push(("FirstRequestDuration", MILLISECONDS, dispatch));
        let phases = init.into_iter().flat_map(|init| INIT_METRICS.into_iter().zip(init));
        values.extend(phases.map(|(name, duration)| (name, MILLISECONDS, milliseconds(duration))));
    }
    values
}

/// To three places. The shortest form of a number would bring along code that nothing else needs.
fn push_value(out: &mut String, name: &str, value: f64) {
    let _ = write!(out, ",\"{name}\":{value:.3}");
    let shortest = out.trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(shortest);
}

fn push_directive<'a>(
    out: &mut String,
    namespace: &str,
    dimensions: &[&[&str]],
    metrics: impl Iterator<Item = (&'a str, &'a str)>,
) {
    // No name in here needs an escape.
    let set = |names: &&[&str]| format!("[\"{}\"]", names.join("\",\""));
    let sets = dimensions.iter().map(set).collect::<Vec<_>>().join(",");
    let metrics = metrics
        .map(|(name, unit)| format!("{{\"Name\":\"{name}\",\"Unit\":\"{unit}\"}}"))
        .collect::<Vec<_>>();
    let metrics = metrics.join(",");
    let _ = write!(out, "{{\"Namespace\":\"{namespace}\",\"Dimensions\":[{sets}],\"Metrics\":[{metrics}]}}");
}

/// `Sparta/<service>`, of characters that a namespace may have.
fn namespace(service: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "._/#:-".contains(character);
    let kept = service.chars().map(|character| if allowed(character) { character } else { '-' });
    "Sparta/".chars().chain(kept).take(LONGEST_NAMESPACE).collect()
}

/// CloudWatch takes printable ASCII that is not blank.
fn push_dimension(out: &mut String, name: &str, value: &str) {
    let printable = |character: char| if matches!(character, ' '..='~') { character } else { '?' };
    let value: String = value.chars().take(LONGEST_VALUE).map(printable).collect();
    let _ = write!(out, ",\"{name}\":");
    push_string(out, if value.trim().is_empty() { "?" } else { &value });
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: Function<'_> = Function { service: "Shop", path: "hello", name: "shop-hello" };

    fn line_of(function: &Function<'_>, measured: &Measured<'_>) -> String {
        line(function, measured, &mut Declared::default())
    }

    fn warm() -> Measured<'static> {
        Measured {
            timestamp: 1_700_000_000_000,
            uptime: Duration::from_millis(12_345),
            response_bytes: 17,
            dispatch: Duration::from_micros(1500),
            remaining: Some((Duration::from_secs(3), Duration::from_millis(2998))),
            resident_bytes: 5_250_000,
            error_type: None,
            cold: None,
        }
    }

    #[test]
    fn is_one_line_of_the_format() {
        assert_eq!(
            line_of(&HELLO, &warm()),
            concat!(
                r#"{"_aws":{"Timestamp":1700000000000,"CloudWatchMetrics":[{"Namespace":"Sparta/Shop","#,
                r#""Dimensions":[["Path","Name"]],"Metrics":[{"Name":"Uptime","Unit":"Seconds"},"#,
                r#"{"Name":"LambdaResponseLength","Unit":"Bytes"},{"Name":"DispatchDuration","Unit":"Milliseconds"},"#,
                r#"{"Name":"MemoryUsed","Unit":"Megabytes"},{"Name":"StartRemainingTimeInMillis","Unit":"Milliseconds"},"#,
                r#"{"Name":"DeadlineMargin","Unit":"Milliseconds"}]}]},"Path":"hello","Name":"shop-hello","#,
                r#""Uptime":12.345,"LambdaResponseLength":17,"DispatchDuration":1.5,"MemoryUsed":5.25,"#,
                r#""StartRemainingTimeInMillis":3000,"DeadlineMargin":2998}"#,
                "\n"
            )
        );
    }

    #[test]
    fn tells_how_the_process_started_with_its_first_request() {
        let init = [30, 2, 5].map(Duration::from_millis);
        let line = line_of(&HELLO, &Measured { cold: Some(Cold { init: Some(init) }), ..warm() });
        for member in [
            r#""ColdStart":1"#,
            r#""FirstRequestDuration":1.5"#,
            r#""InitLoadDuration":30"#,
            r#""InitEngineDuration":2"#,
            r#""InitAppDuration":5"#,
        ] {
            assert!(line.contains(member), "{member} in {line}");
        }
    }

    #[test]
    fn has_no_phases_of_a_start_that_a_snapshot_replaced() {
        let line = line_of(&HELLO, &Measured { cold: Some(Cold { init: None }), ..warm() });
        assert!(line.contains(r#""ColdStart":1"#) && !line.contains("InitLoadDuration"), "{line}");
    }

    #[test]
    fn counts_an_error_in_all_and_by_type() {
        let line = line_of(&HELLO, &Measured { error_type: Some("OutOf\"Stock\né"), ..warm() });
        assert!(line.contains(
            r#""Dimensions":[["Path","Name"],["Path","Name","ErrorType"]],"Metrics":[{"Name":"Errors""#
        ));
        assert!(line.contains(r#""ErrorType":"OutOf\"Stock??","Errors":1"#), "{line}");
    }

    #[test]
    fn keeps_within_what_cloudwatch_takes() {
        let function = Function { service: "Läden & Co", path: "hello", name: "" };
        let line = line_of(&function, &Measured { error_type: Some(""), remaining: None, ..warm() });
        assert!(line.contains(r#""Namespace":"Sparta/L-den---Co","Dimensions":[["Path"]]"#), "{line}");
        assert!(line.contains(r#""ErrorType":"?""#) && !line.contains("DeadlineMargin"), "{line}");
    }

    #[test]
    fn keeps_what_lines_have_in_common_and_no_more() {
        let mut declared = Declared::default();
        let failed = Measured { error_type: Some("Error"), ..warm() };
        let other = Function { path: "other", ..HELLO };
        for _ in 0..2 {
            for (function, measured) in [(&HELLO, &warm()), (&other, &failed), (&other, &warm())] {
                assert_eq!(line(function, measured, &mut declared), line_of(function, measured));
            }
        }
    }
}
