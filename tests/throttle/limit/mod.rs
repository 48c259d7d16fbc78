//! How fast requests leave once a limit was met.

mod recovery;
