//! Where a value stands, or would.

use super::act::Part;
use super::layout::Layout;
use crate::syntax::{Form, Kind, Table, Value};

/// Where a value stands, or would.
pub(super) struct Place<'d, 'a, 'p> {
    pub(super) within: Within<'d, 'a>,
    /// The keys to the table in whose lines or braces it stands.
    pub(super) table: Vec<&'p str>,
    /// Its keys from there.
    pub(super) keys: Vec<&'p str>,
    /// What stands there.
    pub(super) found: Option<Held<'d, 'a>>,
}

/// What holds a key and its value.
#[derive(Clone, Copy)]
pub(super) enum Within<'d, 'a> {
    /// Lines of their own, under the header at this place, or at the top.
    Lines { header: Option<usize> },
    /// Braces.
    Braces(&'d Value<'a>),
}

/// What stands at a place.
#[derive(Clone, Copy)]
pub(super) enum Held<'d, 'a> {
    Value(&'d Value<'a>),
    /// A table that has no braces.
    Table(&'d Table<'a>),
    /// `[[header]]`.
    Tables,
}

/// Finds the place of a way; nothing where the way leads through something that is no table.
pub(super) fn find<'d, 'a, 'p>(layout: &Layout<'d, 'a>, path: &'p [Part]) -> Option<Place<'d, 'a, 'p>> {
    let mut place =
        Place { within: Within::Lines { header: None }, table: Vec::new(), keys: Vec::new(), found: None };
    let mut table = layout.root;
    let mut parts = path.iter();
    while let Some(part) = parts.next() {
        let Part::Key(key) = part else { return None };
        place.keys.push(key);
        let Some(entry) = table.get(key) else {
            for part in parts {
                let Part::Key(key) = part else { return None };
                place.keys.push(key);
            }
            return Some(place);
        };
        let mut value = &entry.value;
        if parts.len() == 0 {
            place.found = Some(match &value.kind {
                Kind::Tables(_) => Held::Tables,
                Kind::Table(table) if table.form != Form::Inline => Held::Table(table),
                _ => Held::Value(value),
            });
            return Some(place);
        }
        table = match &value.kind {
            Kind::Table(inner) => inner,
            Kind::Tables(tables) => tables.get(nth(parts.next())?)?,
            Kind::Array(items) => {
                value = items.get(nth(parts.next())?)?;
                match &value.kind {
                    Kind::Table(inner) => inner,
                    _ => return None,
                }
            }
            _ => return None,
        };
        match table.form {
            Form::Header => place.within = Within::Lines { header: Some(table.span.range().start) },
            Form::Inline => place.within = Within::Braces(value),
            Form::Dotted | Form::Implicit => continue,
        }
        place.table.append(&mut place.keys);
    }
    None
}

fn nth(part: Option<&Part>) -> Option<usize> {
    match part {
        Some(Part::Nth(n)) => Some(*n),
        _ => None,
    }
}
