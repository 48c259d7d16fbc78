//! Changes of a text: another value of its property, a name misspelt, an operator or a quote mistaken, a part left out.

use super::choices;

/// A text that stands for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) text: String,
    /// The change in words.
    pub(super) change: String,
}

/// The name without a letter in its middle; `None` for names that are too short to be misspelt unseen.
pub(super) fn misspelt(name: &str) -> Option<String> {
    let letters: Vec<_> = name.chars().collect();
    let middle = letters.len() / 2;
    let is_word = letters.len() > 2 && letters.iter().any(char::is_ascii_alphabetic);
    is_word.then(|| {
        letters.iter().enumerate().filter(|(index, _)| *index != middle).map(|(_, letter)| letter).collect()
    })
}

/// All changes of a text that is the value of a property.
pub(super) fn variants(property: &str, text: &str) -> Vec<Variant> {
    let whole = |other: String| Variant { change: format!("{other} for {text}"), text: other };
    let values = choices::values(property, text);
    if !values.is_empty() {
        return values.into_iter().chain(misspelt(text)).map(whole).collect();
    }
    if let Some(inside) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let quoted = variants(property, inside).into_iter().map(|variant| format!("'{}'", variant.text));
        let origin = (inside == "*").then(|| "'https://app.example.com'".to_owned());
        return [inside.to_owned()].into_iter().chain(origin).chain(quoted).map(whole).collect();
    }
    if let Ok(number) = text.parse::<f64>() {
        return choices::numbers(number).into_iter().map(|other| whole(other.to_string())).collect();
    }
    if text == "*" {
        return vec![whole("https://app.example.com".to_owned())];
    }
    let mut found = Vec::new();
    match property {
        "FilterPattern" => found.extend(swapped(text, &[(" = ", " != "), (" = ", " > ")])),
        "Expression" => found.extend(swapped(text, &[(" >= ", " <= "), (" / ", " * "), (" * ", " / ")])),
        "Format" => {
            found.extend(members_left_out(text));
            found.extend(swapped(text, &[(":\"$", ":$"), (":$", ":\"$")]));
        }
        _ => found.extend(members_left_out(text)),
    }
    found.extend(words(text));
    found
}

/// Each place where one operator stands, with the other in its place.
fn swapped(text: &str, pairs: &[(&str, &str)]) -> Vec<Variant> {
    let all = pairs.iter().flat_map(|(from, to)| {
        text.match_indices(from).map(move |(at, _)| {
            let rest = &text[at + from.len()..];
            Variant {
                text: format!("{}{to}{rest}", &text[..at]),
                change: format!("{} for {}{}", to.trim(), from.trim(), before(rest)),
            }
        })
    });
    all.collect()
}

/// The text without one of the parts that commas separate: a header in a list, a field of a log's format.
fn members_left_out(text: &str) -> Vec<Variant> {
    // Prose has a blank after its commas, JSON in several lines is no list.
    if text.contains(", ") || text.contains('\n') || !text.contains(',') {
        return Vec::new();
    }
    let (open, rest) = text.strip_prefix('{').map_or(("", text), |rest| ("{", rest));
    let (list, close) = rest.strip_suffix('}').map_or((rest, ""), |rest| (rest, "}"));
    let parts: Vec<_> = list.split(',').collect();
    let without = |left_out: usize| {
        let kept: Vec<_> =
            parts.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, part)| *part).collect();
        format!("{open}{}{close}", kept.join(","))
    };
    let all = parts.iter().enumerate();
    all.map(|(index, part)| Variant { text: without(index), change: format!("without {}", part.trim()) })
        .collect()
}

/// Each word misspelt and each number mistaken, one at a time. Of prose, which nothing reads but people, only one word.
fn words(text: &str) -> Vec<Variant> {
    let is_prose = text.split(' ').count() > 3 && !text.contains(['{', '[', '$', '=']);
    let mut found = Vec::new();
    let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = 0;
    while let Some(start) = text[at..].find(is_of_a_word).map(|offset| at + offset) {
        let end = text[start..].find(|c| !is_of_a_word(c)).map_or(text.len(), |offset| start + offset);
        let word = &text[start..end];
        let others = match word.parse::<u32>() {
            Ok(number) => {
                [number.saturating_mul(60), number.saturating_mul(100)].map(|it| it.to_string()).into()
            }
            Err(_) => Vec::from_iter(misspelt(word)),
        };
        for other in others.into_iter().filter(|other| other != word) {
            let rest = &text[end..];
            let text = format!("{}{other}{rest}", &text[..start]);
            found.push(Variant { text, change: format!("{other} for {word}{}", before(rest)) });
        }
        at = end;
        if is_prose && !found.is_empty() {
            break;
        }
    }
    found
}

/// The place within a text, by the few characters that follow.
fn before(rest: &str) -> String {
    let end = rest.char_indices().nth(24).map_or(rest.len(), |(end, _)| end);
    if rest.is_empty() { String::new() } else { format!(" before {}", &rest[..end]) }
}
