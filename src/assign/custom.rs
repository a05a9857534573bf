//! Columns of somebody's own tracker, called whatever they are called there.

use super::{Op, Refusal, items_of, refuse};
use crate::edit::{Change, Value, dotted_key, parts_of_key};
use crate::model::{Recommendation, same_word};

/// What an assignment changes of a column. It keeps the kind of its value where the new one is of that kind too.
pub(super) fn change(name: &str, op: &Op, r: &Recommendation) -> Result<Change, Refusal> {
    let (path, old) = find(name, &r.custom);
    let key = dotted_key(std::iter::once("custom").chain(path.iter().map(String::as_str)));
    let item = |item: &str| match item.trim() {
        "" => refuse(format!("custom.{name} is to gain or lose something, and it is not said what")),
        item => Ok(item.to_owned()),
    };
    Ok(match op {
        Op::Unset => Change::Unset { key },
        Op::Set(text) if text.trim().is_empty() => Change::Unset { key },
        Op::Add(text) => Change::AddTo { key, item: item(text)? },
        Op::Remove(text) => Change::RemoveFrom { key, item: item(text)? },
        Op::Set(text) => {
            let text = text.trim();
            let same_kind = match old {
                Some(toml::Value::Integer(_) | toml::Value::Float(_)) => number(text),
                Some(toml::Value::Boolean(_)) => truth(text).map(Value::Boolean),
                Some(toml::Value::Datetime(_)) => text.parse().ok().map(Value::Date),
                Some(toml::Value::Array(_)) => Some(Value::List(items_of(text).map(str::to_owned).collect())),
                _ => None,
            };
            Change::Set { key, value: same_kind.unwrap_or_else(|| Value::from(text)) }
        }
    })
}

/// The keys to a column and what stands there: as far as it is there, as it is written there; else as it was typed.
fn find<'r>(name: &str, custom: &'r toml::Table) -> (Vec<String>, Option<&'r toml::Value>) {
    // A full stop may be part of a name, and may lead into a table.
    match walk(&[name.to_owned()], custom) {
        (path, Some(found)) => (path, Some(found)),
        _ => walk(&parts_of_key(name), custom),
    }
}

/// Goes as far as there is something, exactly or in another case.
fn walk<'r>(way: &[String], custom: &'r toml::Table) -> (Vec<String>, Option<&'r toml::Value>) {
    let mut path = Vec::with_capacity(way.len());
    let (mut here, mut found) = (Some(custom), None);
    for part in way {
        let exact = here.and_then(|table| table.get_key_value(part));
        let any = || here.and_then(|table| table.iter().find(|(key, _)| same_word(key, part)));
        let entry = exact.or_else(any);
        path.push(entry.map_or(part, |(key, _)| key).clone());
        found = entry.map(|(_, value)| value);
        here = found.and_then(toml::Value::as_table);
    }
    (path, found)
}

/// Yes or no, as people and TOML say it.
fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// A number, whole if it can be.
fn number(text: &str) -> Option<Value> {
    let decimal = || text.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Float);
    text.parse().ok().map(Value::Integer).or_else(decimal)
}
