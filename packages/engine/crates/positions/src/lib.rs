//! Where a bundle's code comes from: source maps, the compact table that a library carries, and the
//! positions in QuickJS's bytecode.
//!
//! A build reads the bundle's [`SourceMap`] once. It can then write the original positions into the
//! bytecode itself ([`relocate`]), so that no map is needed at run time, and it makes a [`Table`] for
//! the positions that remain. Lines and columns count from 1, as in a stack trace.

mod cursor;
mod function;
mod leb;
mod map;
mod table;
mod walk;

pub use map::SourceMap;
pub use table::Table;
pub use walk::{Relocated, relocate};

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// A place in one of the files that a bundle was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Original {
    /// Index of the file in the map's list of sources.
    pub source: u32,
    pub position: Position,
}

/// One entry of a map: from here on, the bundle's line comes from `original`, or from nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub generated: Position,
    pub original: Option<Original>,
}
