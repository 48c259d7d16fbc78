//! A filter pattern of CloudWatch Logs for lines in JSON: `{ ($.status = 429) && ($.errorResponseType = "THROTTLED") }`.

/// A comparison in a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison<'a> {
    /// The name after `$.`.
    pub(crate) field: &'a str,
    /// The operand on the right.
    pub(crate) with: Operand<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand<'a> {
    /// `429`
    Number,
    /// `"THROTTLED"`, or a word without quotes.
    Text(&'a str),
    /// `IS NULL`, `NOT EXISTS`, or `*`, which fit whatever stands there.
    Anything,
}

/// The comparisons of a pattern, or what is wrong with it.
pub(crate) fn read(pattern: &str) -> Result<Vec<Comparison<'_>>, &'static str> {
    let mut reader = Reader { rest: pattern.trim(), found: Vec::new() };
    reader.expect("{", "lines in JSON need a pattern in braces: { $.field = value }")?;
    reader.alternatives(0)?;
    reader.expect("}", "a closing brace is missing, or something stands before it that is no comparison")?;
    if reader.rest.is_empty() { Ok(reader.found) } else { Err("something follows the closing brace") }
}

/// More brackets than anyone nests.
const DEEPEST: usize = 32;

const OPERATORS: [&str; 7] = ["!=", "<=", ">=", "==", "=", "<", ">"];

struct Reader<'a> {
    rest: &'a str,
    found: Vec<Comparison<'a>>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn expect(&mut self, token: &str, otherwise: &'static str) -> Result<(), &'static str> {
        if self.take(token) { Ok(()) } else { Err(otherwise) }
    }

    fn alternatives(&mut self, depth: usize) -> Result<(), &'static str> {
        if depth > DEEPEST {
            return Err("it is nested too deeply");
        }
        loop {
            self.term(depth)?;
            if !(self.take("&&") || self.take("||")) {
                return Ok(());
            }
        }
    }

    fn term(&mut self, depth: usize) -> Result<(), &'static str> {
        if self.take("(") {
            self.alternatives(depth + 1)?;
            return self.expect(")", "a closing bracket is missing");
        }
        self.expect("$.", "a field begins with $. (as in $.status)")?;
        let field = self.until(|c| c.is_whitespace() || "=<>!(){}&|".contains(c));
        if field.is_empty() {
            return Err("a field has no name");
        }
        let with = self.operand()?;
        self.found.push(Comparison { field, with });
        Ok(())
    }

    fn operand(&mut self) -> Result<Operand<'a>, &'static str> {
        for words in ["IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "EXISTS"] {
            if self.take(words) {
                return Ok(Operand::Anything);
            }
        }
        let operator = OPERATORS.iter().find(|operator| self.take(operator));
        match operator {
            None => return Err("a field is followed by =, !=, <, <=, > or >="),
            Some(&"==") => return Err("equal is written =, not =="),
            Some(_) => {}
        }
        if let Some(rest) = self.rest.strip_prefix('"') {
            let (text, rest) = rest.split_once('"').ok_or("a closing quote is missing")?;
            self.rest = rest.trim_start();
            return Ok(Operand::Text(text));
        }
        match self.until(|c| c.is_whitespace() || "(){}&|".contains(c)) {
            "" => Err("there is nothing to compare with"),
            "*" => Ok(Operand::Anything),
            word if word.contains('\'') => Err("a text is in double quotes"),
            word if word.parse::<f64>().is_ok() => Ok(Operand::Number),
            word => Ok(Operand::Text(word)),
        }
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        word
    }
}
