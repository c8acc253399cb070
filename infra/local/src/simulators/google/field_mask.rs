//! `fields=a,b(c,d),e.f`: Google's partial responses.

use serde_json::{Map, Value};

/// Keeps what the mask names. None if the mask is malformed. A name that is absent is not an error, as empty parts of an
/// answer are left out.
pub(super) fn apply(mask: &str, value: &Value) -> Option<Value> {
    let mut rest = mask;
    let picked = list(&mut rest, value)?;
    rest.is_empty().then_some(picked)
}

fn list(rest: &mut &str, value: &Value) -> Option<Value> {
    let mut all = Value::Null;
    loop {
        merge(&mut all, one(rest, value)?);
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None => return Some(all),
        }
    }
}

fn one(rest: &mut &str, value: &Value) -> Option<Value> {
    let end = rest.find([',', '(', ')', '.', '/']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() || !name.chars().all(|character| character.is_ascii_alphanumeric() || character == '*') {
        return None;
    }
    *rest = after;
    if let Value::Array(items) = value {
        // The mask goes through lists; every item reads the same piece of it.
        let start = *rest;
        let mut picked = Vec::new();
        for item in items {
            *rest = start;
            picked.push(below(name, rest, item)?);
        }
        if items.is_empty() {
            below(name, rest, &Value::Null)?;
        }
        return Some(Value::Array(picked));
    }
    below(name, rest, value)
}

fn below(name: &str, rest: &mut &str, value: &Value) -> Option<Value> {
    let inner = if name == "*" {
        value
    } else {
        value.get(name).unwrap_or(&Value::Null)
    };
    let picked = if let Some(after) = rest.strip_prefix('(') {
        *rest = after;
        let picked = list(rest, inner)?;
        *rest = rest.strip_prefix(')')?;
        picked
    } else if let Some(after) = rest.strip_prefix(['.', '/']) {
        *rest = after;
        one(rest, inner)?
    } else {
        inner.clone()
    };
    if name == "*" || picked.is_null() {
        return Some(picked);
    }
    Some(Value::Object(Map::from_iter([(name.to_owned(), picked)])))
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(from)) => {
            for (into, from) in into.iter_mut().zip(from) {
                merge(into, from);
            }
        }
        (_, Value::Null) => {}
        (into, from) => *into = from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn masks() {
        let value = json!({"id": "x", "p": {"a": 1, "b": 2, "c": 3}, "s": [{"q": {"t": 1, "u": 2}, "r": 0}, {"q": {"t": 3}}]});
        for (mask, expected) in [
            ("id", json!({"id": "x"})),
            (
                "id,p(a,b),s.q(t)",
                json!({"id": "x", "p": {"a": 1, "b": 2}, "s": [{"q": {"t": 1}}, {"q": {"t": 3}}]}),
            ),
            ("p.a,p.c", json!({"p": {"a": 1, "c": 3}})),
            ("s(q(t,u),r)", json!({"s": [{"q": {"t": 1, "u": 2}, "r": 0}, {"q": {"t": 3}}]})),
        ] {
            assert_eq!(apply(mask, &value), Some(expected), "{mask}");
        }
        for malformed in ["", "id,", "p(a", "p)a", "id p", "p(a))"] {
            assert_eq!(apply(malformed, &value), None, "{malformed}");
        }
    }
}
