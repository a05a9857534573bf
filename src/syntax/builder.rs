//! Parser events to a tree, with TOML's rules on what may be defined twice.

use super::open_list::OpenList;
use super::{Entry, Form, Key, Kind, Table, Value};
use crate::source::Span;
use std::borrow::Cow;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source};

/// Lists and inline tables may nest this deep, as in the `toml` crate.
const MAX_DEPTH: u32 = 80;
/// A dotted key or header may have this many parts.
const MAX_PARTS: usize = 80;
/// A table may hold this many keys: looking for a key said twice takes time in their square.
const MAX_KEYS: usize = 10_000;

/// Builds the tree, and gives the errors in the order in which they were met. `plain` is what
/// [`is_plain`] says of the text; the lines of `open_lists` are passed over.
pub(super) fn build<'a>(text: &'a str, plain: bool, open_lists: &[OpenList]) -> (Table<'a>, Vec<ParseError>) {
    let source = Source::new(text);
    let mut tokens = source.lex().into_vec();
    if !open_lists.is_empty() {
        tokens.retain(|token| {
            let at = token.span().start();
            let list = open_lists.partition_point(|list| list.lines.end <= at);
            open_lists.get(list).is_none_or(|list| at < list.lines.start)
        });
    }
    let mut errors = Vec::new();
    let mut builder = Builder {
        source,
        plain,
        root: Table { form: Form::Header, ..Table::default() },
        cursor: Vec::new(),
        lost: false,
        header: None,
        keys: Vec::new(),
        frames: Vec::new(),
    };
    if plain {
        // Comments and line endings hold nothing to validate.
        let mut guard = RecursionGuard::new(&mut builder, MAX_DEPTH);
        parse_document(&tokens, &mut guard, &mut errors);
    } else {
        let mut whitespace = ValidateWhitespace::new(&mut builder, source);
        let mut guard = RecursionGuard::new(&mut whitespace, MAX_DEPTH);
        parse_document(&tokens, &mut guard, &mut errors);
    }
    (builder.root, errors)
}

/// Whether no string needs decoding and no comment checking: no escapes, no carriage returns, no
/// control characters.
pub(super) fn is_plain(text: &str) -> bool {
    // A fold, not `any`: without the early exit it runs sixteen bytes at a time.
    !text.bytes().fold(false, |found, b| {
        found | (b == b'\\') | (b == 0x7f) | ((b < 0x20) & (b != b'\n') & (b != b'\t'))
    })
}

/// Whether a key without quotes is one that TOML allows, as all but a few are.
fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

struct Builder<'a> {
    source: Source<'a>,
    plain: bool,
    root: Table<'a>,
    /// The table that keys now go to: the index of an entry at each level below the root; where
    /// the entry is a list of tables, its last.
    cursor: Vec<usize>,
    /// After a header that could not be read: its keys belong nowhere, and are dropped.
    lost: bool,
    /// Within `[ ]` or `[[ ]]`.
    header: Option<Header>,
    /// The parts of the key that is being read.
    keys: Vec<Key<'a>>,
    /// The lists and inline tables that are open.
    frames: Vec<Frame<'a>>,
}

struct Header {
    list: bool,
    open: Span,
}

enum Frame<'a> {
    Array { items: Vec<Value<'a>>, open: Span },
    Inline { table: Table<'a>, keys: Vec<Key<'a>> },
}

fn span(span: toml_parser::Span) -> Span {
    Span::new(span.start(), span.end())
}

fn duplicate(what: String, key: Span, first: Span) -> ParseError {
    let raw = |s: Span| toml_parser::Span::new_unchecked(s.start as usize, s.end as usize);
    ParseError::new(what).with_unexpected(raw(key)).with_context(raw(first))
}

fn too_many(key: Span) -> ParseError {
    duplicate(format!("more than {MAX_KEYS} keys in one table"), key, key)
}

impl<'a> Builder<'a> {
    /// The text of a string that needs no decoding, if this is one.
    fn plain_string(&self, raw: &'a str, encoding: Encoding) -> Option<&'a str> {
        if !self.plain {
            return None;
        }
        let quotes = match encoding {
            Encoding::BasicString => "\"",
            Encoding::LiteralString => "'",
            Encoding::MlBasicString => "\"\"\"",
            Encoding::MlLiteralString => "'''",
        };
        let inner = raw.strip_prefix(quotes)?.strip_suffix(quotes)?;
        if quotes.len() == 1 {
            return (!inner.contains('\n')).then_some(inner);
        }
        // The first line break of a multi-line string is not part of it.
        Some(inner.strip_prefix('\n').unwrap_or(inner))
    }

    fn raw(&self, at: toml_parser::Span, encoding: Option<Encoding>) -> Raw<'a> {
        let text = self.source.input().get(at.start()..at.end()).unwrap_or_default();
        Raw::new_unchecked(text, encoding, at)
    }

    fn scalar_value(
        &self,
        at: toml_parser::Span,
        encoding: Option<Encoding>,
        errors: &mut dyn ErrorSink,
    ) -> Kind<'a> {
        let raw = self.raw(at, encoding);
        if let Some(text) = encoding.and_then(|e| self.plain_string(raw.as_str(), e)) {
            return Kind::String(Cow::Borrowed(text));
        }
        let mut failed = false;
        let mut sink = |e: ParseError| {
            failed = true;
            errors.report_error(e);
        };
        let mut text = Cow::Borrowed("");
        let kind = raw.decode_scalar(&mut text, &mut sink);
        if failed {
            return Kind::Invalid;
        }
        let invalid = |what: &'static str| ParseError::new(what).with_unexpected(at);
        let value = match kind {
            ScalarKind::String => return Kind::String(unix_lines(text)),
            ScalarKind::Boolean(b) => return Kind::Boolean(b),
            ScalarKind::Integer(radix) => {
                i64::from_str_radix(&text, radix.value()).map(Kind::Integer).map_err(|_| "number too large")
            }
            ScalarKind::Float => text.parse().map(Kind::Float).map_err(|_| "invalid float"),
            ScalarKind::DateTime => {
                text.parse().map(Kind::Datetime).map_err(|_| "this day or time does not exist")
            }
        };
        value.unwrap_or_else(|what| {
            errors.report_error(invalid(what));
            Kind::Invalid
        })
    }

    /// Gives a finished value to the list, the inline table or the table that waits for it.
    fn deliver(&mut self, value: Value<'a>, errors: &mut dyn ErrorSink) {
        match self.frames.last_mut() {
            Some(Frame::Array { items, .. }) => items.push(value),
            Some(Frame::Inline { table, keys }) => {
                let keys = std::mem::take(keys);
                insert(table, keys, value, errors);
            }
            None => {
                let keys = std::mem::take(&mut self.keys);
                if !self.lost {
                    insert(current(&mut self.root, &self.cursor), keys, value, errors);
                }
            }
        }
    }

    /// Moves the cursor to the table of a header.
    fn enter(&mut self, header: &Header, close: Span, errors: &mut dyn ErrorSink) {
        let keys = std::mem::take(&mut self.keys);
        self.cursor.clear();
        self.lost = true;
        let Some((last, path)) = keys.split_last() else { return };
        if keys.len() > MAX_PARTS {
            let error = duplicate("too many parts in this header".to_owned(), header.open, header.open);
            return errors.report_error(error);
        }
        let at = header.open.to(close);
        let mut table = &mut self.root;
        for key in path {
            let index = match table.entries.iter().position(|e| e.key.name == key.name) {
                Some(index) => index,
                None if table.entries.len() >= MAX_KEYS => return errors.report_error(too_many(key.span)),
                None => add(table, key.clone(), Kind::Table(Table { span: at, ..Table::default() }), at),
            };
            self.cursor.push(index);
            let entry = &mut table.entries[index];
            let first = entry.key.span;
            table = match &mut entry.value.kind {
                Kind::Table(inner) if inner.form != Form::Inline => inner,
                Kind::Tables(list) if !list.is_empty() => {
                    let last = list.len() - 1;
                    &mut list[last]
                }
                _ => {
                    let what = format!("`{}` is already there, and is no table", key.name);
                    return errors.report_error(duplicate(what, key.span, first));
                }
            };
        }
        let new = Table { span: at, form: Form::Header, ..Table::default() };
        match table.entries.iter().position(|e| e.key.name == last.name) {
            None if table.entries.len() >= MAX_KEYS => return errors.report_error(too_many(last.span)),
            None => {
                let kind = if header.list { Kind::Tables(vec![new]) } else { Kind::Table(new) };
                self.cursor.push(add(table, last.clone(), kind, at));
            }
            Some(index) => {
                self.cursor.push(index);
                let entry = &mut table.entries[index];
                let first = entry.key.span;
                match &mut entry.value.kind {
                    Kind::Tables(list) if header.list => list.push(new),
                    Kind::Table(inner) if !header.list && inner.form == Form::Implicit => {
                        inner.form = Form::Header;
                        inner.span = at;
                    }
                    other => {
                        let what = format!("`{}` is already there, as {}", last.name, other.describe());
                        return errors.report_error(duplicate(what, last.span, first));
                    }
                }
            }
        }
        self.lost = false;
    }
}

/// The table that the cursor points at.
fn current<'t, 'a>(root: &'t mut Table<'a>, cursor: &[usize]) -> &'t mut Table<'a> {
    let mut table = root;
    for &index in cursor {
        table = match &mut table.entries[index].value.kind {
            Kind::Table(inner) => inner,
            Kind::Tables(list) if !list.is_empty() => {
                let last = list.len() - 1;
                &mut list[last]
            }
            // `enter` has put only tables under the cursor.
            _ => unreachable!("the cursor leads through tables"),
        };
    }
    table
}

fn add<'a>(table: &mut Table<'a>, key: Key<'a>, kind: Kind<'a>, span: Span) -> usize {
    table.entries.push(Entry { key, value: Value { span, kind } });
    table.entries.len() - 1
}

/// Puts a value under a key, dotted or not.
fn insert<'a>(table: &mut Table<'a>, mut keys: Vec<Key<'a>>, value: Value<'a>, errors: &mut dyn ErrorSink) {
    let Some(last) = keys.pop() else { return };
    if keys.len() >= MAX_PARTS {
        return errors.report_error(duplicate("too many parts in this key".to_owned(), last.span, last.span));
    }
    let mut table = table;
    for key in keys {
        let index = match table.entries.iter().position(|e| e.key.name == key.name) {
            Some(index) => index,
            None if table.entries.len() >= MAX_KEYS => return errors.report_error(too_many(key.span)),
            None => {
                let dotted = Table { span: key.span, form: Form::Dotted, ..Table::default() };
                let at = key.span;
                add(table, key.clone(), Kind::Table(dotted), at)
            }
        };
        let entry = &mut table.entries[index];
        let first = entry.key.span;
        let kind = entry.value.kind.describe();
        table = match &mut entry.value.kind {
            Kind::Table(inner) if inner.form == Form::Dotted => inner,
            _ => {
                let what = format!("`{}` is already there, as {kind}", key.name);
                return errors.report_error(duplicate(what, key.span, first));
            }
        };
    }
    if let Some(entry) = table.get(&last.name) {
        let what = format!("`{}` is said twice", last.name);
        errors.report_error(duplicate(what, last.span, entry.key.span));
    } else if table.entries.len() >= MAX_KEYS {
        errors.report_error(too_many(last.span));
    } else {
        table.entries.push(Entry { key: last, value });
    }
}

/// Line breaks as `\n`, however the file ends its lines.
fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { text }
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, at: toml_parser::Span, _errors: &mut dyn ErrorSink) {
        self.keys.clear();
        // Until its closing bracket says otherwise, what follows the header belongs nowhere.
        self.lost = true;
        self.header = Some(Header { list: false, open: span(at) });
    }

    fn array_table_open(&mut self, at: toml_parser::Span, _errors: &mut dyn ErrorSink) {
        self.keys.clear();
        self.lost = true;
        self.header = Some(Header { list: true, open: span(at) });
    }

    fn std_table_close(&mut self, at: toml_parser::Span, errors: &mut dyn ErrorSink) {
        if let Some(header) = self.header.take() {
            self.enter(&header, span(at), errors);
        }
    }

    fn array_table_close(&mut self, at: toml_parser::Span, errors: &mut dyn ErrorSink) {
        self.std_table_close(at, errors);
    }

    fn inline_table_open(&mut self, at: toml_parser::Span, _errors: &mut dyn ErrorSink) -> bool {
        let table = Table { span: span(at), form: Form::Inline, ..Table::default() };
        self.frames.push(Frame::Inline { table, keys: Vec::new() });
        true
    }

    fn inline_table_close(&mut self, at: toml_parser::Span, errors: &mut dyn ErrorSink) {
        if let Some(Frame::Inline { mut table, .. }) = self.frames.pop() {
            table.span = table.span.to(span(at));
            let value = Value { span: table.span, kind: Kind::Table(table) };
            self.deliver(value, errors);
        }
    }

    fn array_open(&mut self, at: toml_parser::Span, _errors: &mut dyn ErrorSink) -> bool {
        self.frames.push(Frame::Array { items: Vec::new(), open: span(at) });
        true
    }

    fn array_close(&mut self, at: toml_parser::Span, errors: &mut dyn ErrorSink) {
        if let Some(Frame::Array { items, open }) = self.frames.pop() {
            self.deliver(Value { span: open.to(span(at)), kind: Kind::Array(items) }, errors);
        }
    }

    fn simple_key(&mut self, at: toml_parser::Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let raw = self.raw(at, encoding);
        let multi_line = matches!(encoding, Some(Encoding::MlBasicString | Encoding::MlLiteralString));
        let plain = match encoding {
            Some(encoding) if !multi_line => self.plain_string(raw.as_str(), encoding),
            None if is_bare(raw.as_str()) => Some(raw.as_str()),
            _ => None,
        };
        let name = plain.map_or_else(
            || {
                let mut name = Cow::Borrowed("");
                raw.decode_key(&mut name, errors);
                name
            },
            Cow::Borrowed,
        );
        let key = Key { name, span: span(at) };
        match self.frames.last_mut() {
            Some(Frame::Inline { keys, .. }) if self.header.is_none() => keys.push(key),
            _ => self.keys.push(key),
        }
    }

    fn scalar(&mut self, at: toml_parser::Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let kind = self.scalar_value(at, encoding, errors);
        self.deliver(Value { span: span(at), kind }, errors);
    }

    fn newline(&mut self, _at: toml_parser::Span, _errors: &mut dyn ErrorSink) {
        // A key that never got its value, or a header that was never closed, ends with its line.
        if self.frames.is_empty() {
            self.keys.clear();
            self.header = None;
        }
    }
}
