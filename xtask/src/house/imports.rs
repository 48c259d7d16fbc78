//! The paths that a Rust file names: those of its `use` declarations, and those in its code.

use super::lexer::{self, Token};

/// A path of at least two names, or one that a `use` declaration brings into the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    /// The name that a `use` declaration gives it in the file. `None` for a path in code, and for `*`.
    pub(crate) name: Option<String>,
    /// Whether the file passes it on, by `pub use` or `pub(…) use`.
    pub(crate) is_passed_on: bool,
}

/// Every import of the file, in its order.
pub(crate) fn of(text: &str) -> Vec<Import> {
    let tokens = lexer::tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, is_passed_on: false, imports: Vec::new() };
    reader.file();
    reader.imports
}

struct Reader<'text> {
    tokens: &'text [Token<'text>],
    at: usize,
    /// Whether the `use` declaration that is being read is public.
    is_passed_on: bool,
    imports: Vec<Import>,
}

impl<'text> Reader<'text> {
    fn file(&mut self) {
        while let Some(token) = self.peek() {
            // `+ use<'a>` in a return type names lifetimes, not a path.
            if token.text == "use" && self.text_at(self.at + 1) != "<" {
                self.is_passed_on = matches!(self.text_before(), "pub" | ")");
                self.at += 1;
                self.tree(&[]);
            } else if is_name(token.text) {
                self.path_in_code();
            } else {
                self.at += 1;
            }
        }
    }

    /// One tree of a `use` declaration, below `parents`.
    fn tree(&mut self, parents: &[String]) {
        let mut path = parents.to_vec();
        while let Some(Token { text, line }) = self.peek() {
            match text {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.text_at(self.at), "" | "}" | ";") {
                        self.tree(&path);
                        if self.text_at(self.at) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    self.imports.push(Import { path, line, name: None, is_passed_on: self.is_passed_on });
                    return;
                }
                _ if is_name(text) => {
                    self.at += 1;
                    path.push(text.to_owned());
                    if self.text_at(self.at) != "::" {
                        self.leaf(path, line);
                        return;
                    }
                }
                // Not Rust. Go on behind the mark, so that reading ends.
                _ => {
                    self.at += 1;
                    return;
                }
            }
        }
    }

    /// The end of one path of a `use` declaration: `self` stands for the path before it, `as` gives another name.
    fn leaf(&mut self, mut path: Vec<String>, line: usize) {
        if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        let mut name = path.last().cloned();
        if self.text_at(self.at) == "as" {
            name = Some(self.text_at(self.at + 1).to_owned());
            self.at += 2;
        }
        self.imports.push(Import { path, line, name, is_passed_on: self.is_passed_on });
    }

    fn path_in_code(&mut self) {
        // `a.b::<C>()` is a method, and `pub(in crate::a)` says who may see, not who is seen.
        let before = self.text_before();
        let is_path = before != "." && before != "::" && before != "in" || self.is_loop();
        let line = self.tokens[self.at].line;
        let mut path = vec![self.text_at(self.at).to_owned()];
        self.at += 1;
        while self.text_at(self.at) == "::" && is_name(self.text_at(self.at + 1)) {
            path.push(self.text_at(self.at + 1).to_owned());
            self.at += 2;
        }
        if is_path && path.len() > 1 {
            self.imports.push(Import { path, line, name: None, is_passed_on: false });
        }
    }

    /// Whether the `in` before this token belongs to a `for`, not to `pub(in …)`.
    fn is_loop(&self) -> bool {
        self.at >= 2 && self.text_at(self.at - 1) == "in" && self.text_at(self.at - 2) != "("
    }

    fn peek(&self) -> Option<Token<'text>> {
        self.tokens.get(self.at).copied()
    }

    fn text_before(&self) -> &'text str {
        self.at.checked_sub(1).map_or("", |at| self.text_at(at))
    }

    fn text_at(&self, at: usize) -> &'text str {
        self.tokens.get(at).map_or("", |token| token.text)
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::of;

    fn paths(text: &str) -> Vec<String> {
        of(text).iter().map(|import| format!("{}:{}", import.line, import.path.join("::"))).collect()
    }

    #[test]
    fn a_tree_is_one_import_a_leaf() {
        let text = "use crate::{\n  a::{self, B as C},\n  d::*,\n};\nuse super::e;";
        assert_eq!(paths(text), ["2:crate::a", "2:crate::a::B", "3:crate::d", "5:super::e"]);
        let names: Vec<_> = of(text).into_iter().map(|import| import.name).collect();
        assert_eq!(names, [Some("a".into()), Some("C".into()), None, Some("e".into())]);
    }

    #[test]
    fn a_path_in_code_is_an_import() {
        let text = "fn f(a: crate::b::C) -> d::E {\n  for x in crate::g::all() { x.y::<u8>() }\n}";
        assert_eq!(paths(text), ["1:crate::b::C", "1:d::E", "2:crate::g::all"]);
    }

    #[test]
    fn who_may_see_is_no_import() {
        assert_eq!(paths("pub(in crate::a) fn f() -> impl Iterator + use<'_> {}"), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_rust_ends_too() {
        assert_eq!(paths("use a::{b, ; use }"), ["1:a::b"]);
    }
}
