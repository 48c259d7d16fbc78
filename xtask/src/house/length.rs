//! The rule: a source file has no more lines than its folder allows.

use super::source::Source;
use super::violation::Violation;

/// A folder, and the lines that one of its files may have.
pub(crate) struct Length {
    pub(crate) folder: &'static str,
    pub(crate) lines: usize,
}

/// Functions have a limit too: `too-many-lines-threshold` in clippy.toml. Tests may be longer, as nobody calls them.
pub(crate) const LENGTHS: &[Length] = &[
    Length { folder: "src", lines: 300 },
    Length { folder: "pkg/src", lines: 300 },
    Length { folder: "www/src", lines: 300 },
    Length { folder: "xtask/src", lines: 300 },
    Length { folder: "xtask/glue/src", lines: 300 },
    Length { folder: "infra/check/src", lines: 300 },
    Length { folder: "tests/gateway/src", lines: 300 },
    Length { folder: "tests/gateway/wasm/src", lines: 300 },
    Length { folder: "tests/simulation/src", lines: 300 },
];

pub(crate) fn check(sources: &[Source], lengths: &[Length]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources {
        let Some(length) = lengths.iter().find(|length| source.is_in(length.folder)) else { continue };
        let (lines, most) = (source.text.lines().count(), length.lines);
        if lines > most {
            let message = format!("{lines} lines, of which {most} are allowed: split the file by concept");
            violations.push(Violation { file: source.path.clone(), line: most + 1, message });
        }
    }
    violations
}
