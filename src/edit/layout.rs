//! Where everything of a file stands: its statements in their order, and the lines between them.

use super::splice::Splice;
use crate::source::{BOM, Span, line_end};
use crate::syntax::{Document, Form, Kind, Table, Value};
use std::ops::Range;
use std::rc::Rc;

/// A text, its tree, and its statements by place.
pub(super) struct Layout<'d, 'a> {
    pub(super) text: &'a str,
    pub(super) root: &'d Table<'a>,
    pub(super) statements: Vec<Statement<'d, 'a>>,
    /// Where each line feed is: looking for the nearest time and again would take long on a long line.
    breaks: Vec<usize>,
}

/// A header, or a key with its value. Each begins a line of its own; between them are only blank
/// lines and comments.
pub(super) struct Statement<'d, 'a> {
    /// The keys of the header that it stands under, or is; none at the top.
    pub(super) header: Rc<[&'d str]>,
    pub(super) what: What<'d, 'a>,
    /// Whole lines, the last line ending included.
    pub(super) lines: Range<usize>,
    /// From the first character of the header or key to the last of the header or value.
    pub(super) body: Range<usize>,
}

/// What a statement is: a header, of a list of tables or of one, or a key, dotted or not, and its value.
pub(super) enum What<'d, 'a> {
    Header { list: bool },
    Pair { keys: Vec<&'d str>, value: &'d Value<'a> },
}

impl Statement<'_, '_> {
    pub(super) fn is_header(&self) -> bool {
        matches!(self.what, What::Header { .. })
    }

    /// The first part of its own key; of a header none.
    pub(super) fn key(&self) -> Option<&str> {
        match &self.what {
            What::Pair { keys, .. } => keys.first().copied(),
            What::Header { .. } => None,
        }
    }
}

impl<'d, 'a> Layout<'d, 'a> {
    /// The layout of a document without faults.
    pub(super) fn new(text: &'a str, document: &'d Document<'a>) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let mut layout = Self { text, root: &document.root, statements: Vec::new(), breaks };
        layout.walk(&document.root, &Rc::from([]), &mut Vec::new());
        layout.statements.sort_by_key(|s| s.lines.start);
        layout
    }

    fn walk(&mut self, table: &'d Table<'a>, header: &Rc<[&'d str]>, dotted: &mut Vec<&'d str>) {
        for entry in &table.entries {
            dotted.push(&entry.key.name);
            match &entry.value.kind {
                Kind::Table(inner) if matches!(inner.form, Form::Dotted | Form::Implicit) => {
                    self.walk(inner, header, dotted);
                }
                Kind::Table(inner) if inner.form == Form::Header => {
                    let path: Rc<[&str]> = header.iter().chain(&*dotted).copied().collect();
                    self.section(inner, &path, false);
                }
                Kind::Tables(tables) => {
                    let path: Rc<[&str]> = header.iter().chain(&*dotted).copied().collect();
                    tables.iter().for_each(|inner| self.section(inner, &path, true));
                }
                _ => {
                    let what = What::Pair { keys: dotted.clone(), value: &entry.value };
                    let span = entry.key.span.to(entry.value.span);
                    self.push(header, what, span.range());
                }
            }
            dotted.pop();
        }
    }

    fn section(&mut self, table: &'d Table<'a>, path: &Rc<[&'d str]>, list: bool) {
        self.push(path, What::Header { list }, table.span.range());
        self.walk(table, path, &mut Vec::new());
    }

    fn push(&mut self, header: &Rc<[&'d str]>, what: What<'d, 'a>, span: Range<usize>) {
        let start = self.line_start(span.start);
        // A dotted key begins before its last part.
        let body = self.skip_white(start)..span.end;
        let lines = start..self.next_line(span.end);
        self.statements.push(Statement { header: Rc::clone(header), what, lines, body });
    }

    /// Where the text begins, a byte order mark apart.
    pub(super) fn top(&self) -> usize {
        if self.text.starts_with(BOM) { BOM.len_utf8() } else { 0 }
    }

    fn skip_white(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        from + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
    }

    /// Where the line of `at` begins, past a byte order mark.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.breaks.partition_point(|end| *end < at);
        before.checked_sub(1).map_or(self.top(), |last| self.breaks[last] + 1)
    }

    /// Where the line after that of `at` begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.breaks.get(self.breaks.partition_point(|end| *end < at)).map_or(self.text.len(), |end| end + 1)
    }

    /// The white space before a statement.
    pub(super) fn indent(&self, statement: &Statement<'_, '_>) -> &'a str {
        &self.text[statement.lines.start..statement.body.start]
    }

    /// The comment at the end of a statement's last line.
    pub(super) fn trailing_comment(&self, statement: &Statement<'_, '_>) -> Option<&'a str> {
        let rest = self.text[statement.body.end..line_end(self.text, statement.body.end)].trim();
        (!rest.is_empty()).then_some(rest)
    }

    /// The line ending in use at a place: of the line before it, else of the first.
    pub(super) fn ending(&self, at: usize) -> &'static str {
        let before = self.breaks.partition_point(|end| *end < at);
        let found = before.checked_sub(1).map_or(self.breaks.first(), |last| self.breaks.get(last));
        if found.is_some_and(|end| self.text[..*end].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    /// The lines between a statement and the one before it; past the last, those at the end.
    pub(super) fn gap(&self, index: usize) -> Range<usize> {
        let start = index.checked_sub(1).map_or(self.top(), |before| self.statements[before].lines.end);
        start..self.statements.get(index).map_or(self.text.len(), |s| s.lines.start)
    }

    /// Where the comment begins that stands directly above a statement; without one, the statement.
    pub(super) fn block_start(&self, index: usize) -> usize {
        let gap = self.gap(index);
        let mut start = gap.end;
        for line in self.text[gap].split_inclusive('\n').rev() {
            if line.trim().is_empty() {
                break;
            }
            start -= line.len();
        }
        start
    }

    /// Where something that is to follow a statement begins: after its comment, if one directly
    /// below it is not directly above the next.
    pub(super) fn after(&self, index: usize) -> usize {
        let gap = self.gap(index + 1);
        let mut end = gap.start;
        for line in self.text[gap.clone()].split_inclusive('\n') {
            if line.trim().is_empty() {
                return end;
            }
            end += line.len();
        }
        // The comment reaches down to the next statement, and belongs to it.
        if index + 1 < self.statements.len() { gap.start } else { end }
    }

    /// Lines put in at the beginning of a line, or at the end of the text. Each gets the line ending
    /// of its neighbours.
    pub(super) fn lines_at(&self, at: usize, lines: &[String]) -> Splice {
        let ending = self.ending(at);
        let mut text = String::new();
        if at > self.top() && !self.text[..at].ends_with('\n') {
            text.push_str(ending);
        }
        for line in lines {
            text.push_str(line);
            text.push_str(ending);
        }
        Splice { at: at..at, text }
    }

    /// What stands somewhere in its own place: it stays, for all that is known of it now.
    pub(super) fn as_it_is(&self, span: Span) -> Splice {
        Splice { at: span.range(), text: self.text[span.range()].to_owned() }
    }

    /// The statement that holds a place.
    pub(super) fn statement_at(&self, at: usize) -> Option<usize> {
        let next = self.statements.partition_point(|s| s.lines.start <= at);
        next.checked_sub(1)
    }

    /// The statements under the header at a place, or at the top, without the header itself.
    pub(super) fn section_at(&self, header: Option<usize>) -> Range<usize> {
        let start = header.and_then(|at| self.statement_at(at)).map_or(0, |header| header + 1);
        let more = self.statements[start..].iter().position(Statement::is_header);
        start..more.map_or(self.statements.len(), |n| start + n)
    }
}
