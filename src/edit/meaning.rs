//! What a file says, apart from how it is written: what an edit is held to.

use super::act::{Act, Part, dotted};
use super::{EditError, value::Value};
use crate::syntax::Table;
use toml::Value as Toml;

/// What a text is to say once it is changed.
pub(super) struct Meaning {
    root: Toml,
    /// Tables that lost their last key: whether they are still there is a matter of writing.
    emptied: Vec<Vec<Part>>,
}

impl Meaning {
    /// What a file says.
    pub(super) fn of(root: &Table<'_>) -> Self {
        Self { root: Toml::Table(root.to_toml()), emptied: Vec::new() }
    }

    /// Whether a file says the same.
    pub(super) fn is_that_of(&mut self, root: &Table<'_>) -> bool {
        let other = Toml::Table(root.to_toml());
        for path in std::mem::take(&mut self.emptied) {
            let is_empty = |value: &Toml| value.as_table().is_some_and(toml::Table::is_empty);
            if find(&other, &path).is_none()
                && find(&self.root, &path).is_some_and(is_empty)
                && let Some((Part::Key(key), before)) = path.split_last()
                && let Some(Toml::Table(table)) = find_mut(&mut self.root, before)
            {
                table.remove(key);
            }
        }
        same(&self.root, &other)
    }

    /// Does to the meaning what the splices are to do to the text.
    pub(super) fn change(&mut self, act: &Act) -> Result<(), EditError> {
        match act {
            Act::Set(path, value) => self.set(path, value.to_toml()),
            Act::Unset(path) => match find(&self.root, path) {
                // What was reported is never taken out wholesale.
                Some(list) if is_tables(list) => Err(wrong_type(path, list)),
                _ => {
                    self.unset(path);
                    Ok(())
                }
            },
            Act::AddTo(path, item) => match find_mut(&mut self.root, path) {
                None => self.set(path, Toml::Array(vec![Toml::String(item.clone())])),
                Some(Toml::Array(items)) => {
                    if !items.iter().any(|i| i.as_str() == Some(item)) {
                        items.push(Toml::String(item.clone()));
                    }
                    Ok(())
                }
                Some(other) => Err(wrong_type(path, other)),
            },
            Act::RemoveFrom(path, item) => {
                let missing = || EditError::NotThere { key: dotted(path), wanted: format!("`{item}`") };
                match find_mut(&mut self.root, path) {
                    None => return Err(missing()),
                    Some(Toml::Array(items)) => {
                        let before = items.len();
                        items.retain(|i| i.as_str() != Some(item));
                        if items.len() == before {
                            return Err(missing());
                        }
                        if items.is_empty() {
                            self.unset(path);
                        }
                    }
                    Some(other) => return Err(wrong_type(path, other)),
                }
                Ok(())
            }
            Act::Append(table, entries) => self.add(table, None, entries),
            Act::Insert(table, nth, entries) => self.add(table, Some(*nth), entries),
        }
    }

    fn set(&mut self, path: &[Part], new: Toml) -> Result<(), EditError> {
        let Some((Part::Key(last), before)) = path.split_last() else { return Err(EditError::Astray) };
        let mut here = &mut self.root;
        for (i, part) in before.iter().enumerate() {
            let fits = match (part, &*here) {
                (Part::Key(_), Toml::Table(_)) => true,
                (Part::Nth(n), Toml::Array(items)) => *n < items.len(),
                _ => false,
            };
            if !fits {
                return Err(wrong_type(&path[..i], here));
            }
            here = match (part, here) {
                (Part::Key(key), Toml::Table(table)) => {
                    table.entry(key.clone()).or_insert_with(|| Toml::Table(toml::Table::new()))
                }
                (Part::Nth(n), Toml::Array(items)) => &mut items[*n],
                _ => return Err(EditError::Astray),
            };
        }
        match here {
            Toml::Table(table) => {
                // Dates and their wordings stand in tables of their own; other tables are set key by key.
                let is_table = |value: &Toml| matches!(value, Toml::Table(_));
                let is_deadline = matches!(last.as_str(), "deadline" | "forecast" | "due" | "from" | "to");
                if let Some(old) = table.get(last)
                    && (is_tables(old) || is_table(old) && !is_deadline)
                {
                    return Err(wrong_type(path, old));
                }
                table.insert(last.clone(), new);
                Ok(())
            }
            other => Err(wrong_type(before, other)),
        }
    }

    fn unset(&mut self, path: &[Part]) {
        let Some((Part::Key(last), before)) = path.split_last() else { return };
        if let Some(Toml::Table(table)) = find_mut(&mut self.root, before)
            && table.remove(last).is_some()
            && table.is_empty()
            && matches!(before.last(), Some(Part::Key(_)))
        {
            // From the inside outwards, as they are looked at.
            let outer = (1..=before.len()).rev().map(|n| before[..n].to_vec());
            self.emptied.extend(outer);
        }
    }

    fn add(
        &mut self,
        table: &str,
        before: Option<usize>,
        entries: &[(&'static str, Value)],
    ) -> Result<(), EditError> {
        let Toml::Table(root) = &mut self.root else { return Err(EditError::Astray) };
        let new = entries.iter().map(|(key, value)| ((*key).to_owned(), value.to_toml())).collect();
        let list = root.entry(table.to_owned()).or_insert_with(|| Toml::Array(Vec::new()));
        match list {
            Toml::Array(items) if items.iter().all(|item| matches!(item, Toml::Table(_))) => {
                let last = items.len();
                items.insert(before.map_or(last, |before| before.min(last)), Toml::Table(new));
                Ok(())
            }
            other => Err(wrong_type(&[Part::Key(table.to_owned())], other)),
        }
    }
}

/// Whether it is a list that holds tables.
fn is_tables(value: &Toml) -> bool {
    value.as_array().is_some_and(|items| items.iter().any(|item| matches!(item, Toml::Table(_))))
}

fn find<'v>(root: &'v Toml, path: &[Part]) -> Option<&'v Toml> {
    path.iter().try_fold(root, |here, part| match part {
        Part::Key(key) => here.as_table()?.get(key),
        Part::Nth(n) => here.as_array()?.get(*n),
    })
}

fn find_mut<'v>(root: &'v mut Toml, path: &[Part]) -> Option<&'v mut Toml> {
    path.iter().try_fold(root, |here, part| match part {
        Part::Key(key) => here.as_table_mut()?.get_mut(key),
        Part::Nth(n) => here.as_array_mut()?.get_mut(*n),
    })
}

fn wrong_type(path: &[Part], found: &Toml) -> EditError {
    let found = match found {
        Toml::String(_) => "a string",
        Toml::Integer(_) => "an integer",
        Toml::Float(_) => "a float",
        Toml::Boolean(_) => "a boolean",
        Toml::Datetime(_) => "a date or time",
        Toml::Array(_) => "a list",
        Toml::Table(_) => "a table",
    };
    EditError::WrongType { key: dotted(path), found: found.to_owned() }
}

/// Whether two values say the same: the order of keys says nothing, and a number that is none is like
/// itself.
pub(super) fn same(a: &Toml, b: &Toml) -> bool {
    match (a, b) {
        (Toml::Float(a), Toml::Float(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Toml::Array(a), Toml::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Toml::Table(a), Toml::Table(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}
