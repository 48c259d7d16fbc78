//! The words of a Rust file, without its comments and literals.

/// A word or a mark, and the line that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'text> {
    pub(crate) text: &'text str,
    pub(crate) line: usize,
}

/// Splits Rust source into names, `::`, and single characters.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let length = word(rest);
            tokens.push(Token { text: &rest[..length], line });
            length
        });
        let length = length.max(first.len_utf8());
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// Bytes of the white space, comment or literal that `rest` begins with.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with(char::is_whitespace) {
        return Some(rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()));
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    block_comment(rest).or_else(|| raw_string(rest)).or_else(|| string(rest)).or_else(|| character(rest))
}

/// Block comments nest.
fn block_comment(rest: &str) -> Option<usize> {
    rest.strip_prefix("/*")?;
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += 1;
        }
    }
    Some(rest.len())
}

/// `r"…"`, `r#"…"#`, and the same after `b` or `c`.
fn raw_string(rest: &str) -> Option<usize> {
    let raw = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let content = raw[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - content.len();
    Some(content.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

/// `"…"`, and the same after `b` or `c`.
fn string(rest: &str) -> Option<usize> {
    let content = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('"')?;
    let start = rest.len() - content.len();
    Some(end_of_quote(content, '"').map_or(rest.len(), |end| start + end))
}

/// `'x'` and `'\n'`, and the same after `b`. A lifetime has no second quote where a character has it.
fn character(rest: &str) -> Option<usize> {
    let content = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('\'')?;
    let start = rest.len() - content.len();
    let first = content.chars().next()?;
    if first == '\\' {
        return Some(end_of_quote(content, '\'').map_or(rest.len(), |end| start + end));
    }
    content[first.len_utf8()..].starts_with('\'').then(|| start + first.len_utf8() + 1)
}

/// Bytes up to and with the first quote that no backslash escapes.
fn end_of_quote(content: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in content.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' {
            is_escaped = true;
        } else if character == quote {
            return Some(at + character.len_utf8());
        }
    }
    None
}

/// Bytes of the name, of `::`, or of the single character that `rest` begins with.
fn word(rest: &str) -> usize {
    if rest.starts_with("::") {
        return 2;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    match rest.find(|c: char| !is_part(c)) {
        Some(0) => rest.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
        None => rest.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_literals_have_no_words() {
        let text = r###"a // crate::b
            /* c /* d */ e */ f "g \" h" r#"i " j"# b'k' '\'' 'l' b"m" n"###;
        assert_eq!(words(text), ["a", "f", "n"]);
    }

    #[test]
    fn a_lifetime_is_no_character() {
        assert_eq!(words("&'a str, x: 'b'"), ["&", "'", "a", "str", ",", "x", ":"]);
    }

    #[test]
    fn each_word_knows_its_line() {
        let lines: Vec<_> = tokens("a\n\"\n\"\nb::c").iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(lines, [("a", 1), ("b", 4), ("::", 4), ("c", 4)]);
    }

    #[test]
    fn what_is_not_ended_ends_with_the_file() {
        for text in ["/* a", "\"a", "r#\"a", "'\\"] {
            assert_eq!(words(text), Vec::<&str>::new(), "{text}");
        }
    }
}
