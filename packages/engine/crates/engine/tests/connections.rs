//! Connections through the private module `laconic:sockets`, against servers of this process.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use laconic_arena::Arena;
use laconic_engine::{App, Extras, Failure, Request, compile};

#[global_allocator]
static ARENA: Arena = Arena;

const APP: &str = r#"
    import * as sockets from "laconic:sockets";

    /** Connects, and gives the events as they come. */
    function connect(port) {
        const events = [];
        let wake = () => {};
        const handle = sockets.connectTcp("127.0.0.1", port, undefined, 0, (kind, value) => {
            events.push([kind, value]);
            wake();
        });
        const until = async (kind) => {
            while (!events.some(([of]) => of === kind)) await new Promise((resolve) => (wake = resolve));
        };
        return { handle, events, until };
    }

    const text = (bytes) => String.fromCharCode(...bytes);
    const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    let pooled;

    const functions = {
        async echo(port) {
            const { handle, events, until } = connect(port);
            await until("open");
            sockets.readStart(handle);
            sockets.write(handle, bytes("ping"));
            sockets.shutdown(handle);
            await until("end");
            sockets.close(handle);
            await until("close");
            return events.map(([kind, value]) => (value instanceof Uint8Array ? text(value) : kind));
        },
        async refused(port) {
            const { events, until } = connect(port);
            await until("connect");
            return events;
        },
        async large(port) {
            const { handle, events, until } = connect(port);
            await until("open");
            sockets.readStart(handle);
            const whole = sockets.write(handle, new Uint8Array(8 << 20));
            if (whole === 0) await until("drain");
            sockets.shutdown(handle);
            await until("end");
            sockets.close(handle);
            const data = events.filter(([kind]) => kind === "data");
            return data.reduce((sum, [, value]) => sum + value.length, 0);
        },
        async pool(port) {
            pooled = connect(port);
            await pooled.until("open");
            sockets.readStart(pooled.handle);
            sockets.setReferenced(pooled.handle, false);
            return "pooled";
        },
        pooledEvents: async () => pooled.events.map(([kind]) => kind),
        never: () => new Promise(() => {}),
        async reading(port) {
            const { handle, until } = connect(port);
            await until("open");
            sockets.readStart(handle);
            await until("data");
        },
        async lookup(name) {
            return await new Promise((resolve) => {
                const handle = sockets.lookup(name, 0, 0, (kind, value) => {
                    if (kind === "close") return;
                    sockets.close(handle);
                    resolve([kind, value]);
                });
            });
        },
    };

    export const Lambda = async (name, event) => JSON.stringify(await functions[name](JSON.parse(event)));
"#;

/// Serves each connection on a thread of its own; returns the port.
fn server(serve: impl Fn(TcpStream) + Send + Sync + Copy + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    port
}

fn echo(mut stream: TcpStream) {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    stream.write_all(&all).unwrap();
}

fn silent(mut stream: TcpStream) {
    // Until the other side goes away.
    let _ = stream.read_to_end(&mut Vec::new());
}

fn app() -> App {
    App::load(compile("app.mjs", APP.as_bytes(), Extras::default()).unwrap().leak()).unwrap()
}

fn call(app: &mut App, name: &str, event: &str) -> Result<String, Failure> {
    call_until(app, name, event, 0)
}

fn call_until(app: &mut App, name: &str, event: &str, deadline_ms: i64) -> Result<String, Failure> {
    let request = Request { function_name: name, event, context: "{}", deadline_ms, ..Request::default() };
    app.handle(&request).map(|payload| String::from_utf8(payload.body.to_vec()).unwrap())
}

#[test]
fn bytes_go_out_and_come_back_in_order() {
    let port = server(echo).to_string();
    assert_eq!(call(&mut app(), "echo", &port).unwrap(), r#"["open","shutdown","ping","end","close"]"#);
}

#[test]
fn what_the_system_does_not_take_at_once_is_sent_later() {
    let port = server(echo).to_string();
    assert_eq!(call(&mut app(), "large", &port).unwrap(), (8 << 20).to_string());
}

#[test]
fn a_refused_connection_has_the_systems_number() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    drop(listener);
    let refused = format!(r#"[["connect",{}]]"#, -libc::ECONNREFUSED);
    assert_eq!(call(&mut app(), "refused", &port).unwrap(), refused);
}

#[test]
fn an_idle_pooled_connection_keeps_no_request_waiting() {
    let port = server(silent).to_string();
    let mut app = app();
    call(&mut app, "pool", &port).unwrap();
    assert_eq!(call(&mut app, "never", "null").unwrap_err().error_type, "NeverSettled");
}

#[test]
fn a_connection_that_is_read_may_still_bring_something() {
    let port = server(silent).to_string();
    let soon = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + Duration::from_millis(300);
    let failure = call_until(&mut app(), "reading", &port, soon.as_millis() as i64).unwrap_err();
    assert_eq!(failure.error_type, "Timeout");
}

#[test]
fn what_happened_between_requests_is_known_when_the_next_one_starts() {
    let (done, closed) = mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let (close, wait) = mpsc::channel::<()>();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        wait.recv().unwrap();
        drop(stream);
        done.send(()).unwrap();
    });
    let mut app = app();
    call(&mut app, "pool", &port).unwrap();
    assert_eq!(call(&mut app, "pooledEvents", "null").unwrap(), r#"["open"]"#);
    close.send(()).unwrap();
    closed.recv().unwrap();
    assert_eq!(call(&mut app, "pooledEvents", "null").unwrap(), r#"["open","end"]"#);
}

#[test]
fn names_are_looked_up_by_the_system() {
    let mut app = app();
    let found = call(&mut app, "lookup", r#""localhost""#).unwrap();
    assert!(found.contains("127.0.0.1") || found.contains("::1"), "{found}");
    let missing = call(&mut app, "lookup", r#""name.invalid""#).unwrap();
    // A machine without a network cannot even ask.
    assert!(missing == r#"["lookup",-3008]"# || missing == r#"["lookup",-3001]"#, "{missing}");
}
