//! Source maps, tables of positions and bytecode of any content: they are read to the end or refused.

#![no_main]

use laconic_positions::{Position, SourceMap, Table, relocate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let wanted = [Position { line: 1, column: 1 }, Position { line: 7, column: 70 }];
    if let Some(table) = Table::new(input) {
        table.bundle();
        table.find(&wanted);
    }
    let sources = || vec!["a.ts".to_owned(), "ü.ts".to_owned()];
    let text = String::from_utf8_lossy(input);
    let Some(map) = SourceMap::decode(sources(), &text) else {
        let map = SourceMap::decode(sources(), "AAAA;ACAA").unwrap_or_default();
        let _ = relocate(input, &map);
        return;
    };
    let encoded = Table::encode("app.mjs", &map);
    let found = Table::new(&encoded).expect("what was written").find(&wanted);
    for (wanted, found) in wanted.iter().zip(found) {
        let expected = map.original(*wanted).map(|original| original.position);
        assert_eq!(found.map(|(_, position)| position), expected);
    }
});
