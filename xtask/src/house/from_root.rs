//! The rule: a path that goes further up than its own folder starts at `crate`.

use super::lexer;
use super::source::Source;
use super::violation::Violation;

pub(crate) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        for words in lexer::tokens(&source.text).windows(3) {
            if words.iter().map(|word| word.text).eq(["super", "::", "super"]) {
                let message = "`super::super`: write the path from `crate`".to_owned();
                violations.push(Violation { file: source.path.clone(), line: words[0].line, message });
            }
        }
    }
    violations
}
