//! A recommendation's text, taken apart where offices change it and put together again. It knows the
//! form in which the generator writes, and no other TOML.

/// The keys of a recommendation's head, in canonical order.
const KEYS: &[&str] = &[
    "id",
    "title",
    "theme",
    "priority",
    "owners",
    "lead",
    "issued",
    "deadline",
    "forecast",
    "rag",
    "status",
    "mitigation",
    "depends_on",
    "custom.area",
];

/// The tables below it, in canonical order.
const TABLES: &[&str] = &[
    "[[milestone]]",
    "[[extension]]",
    "[[answer]]",
    "[[update]]",
    "[[evidence]]",
    "[[assurance]]",
    "[closure]",
];

/// What stands between the head and what is asked for.
const TEXT: &str = "\n\ntext = \"\"\"\n";

pub(super) struct Sheet {
    /// Its lines up to `text`.
    head: Vec<String>,
    /// What stands after the line that opens `text`, with the quotes that end it.
    text: String,
    /// Each from its heading to its last line.
    tables: Vec<String>,
}

impl Sheet {
    pub(super) fn read(text: &str) -> Self {
        let (head, rest) = text.split_once(TEXT).expect("every recommendation has a text");
        let mut blocks = rest.trim_end().split("\n\n[");
        let text = blocks.next().unwrap_or_default().to_owned();
        let tables = blocks.map(|block| format!("[{block}")).collect();
        Self { head: head.lines().map(str::to_owned).collect(), text, tables }
    }

    pub(super) fn write(&self) -> String {
        let mut out = format!("{}{TEXT}{}\n", self.head.join("\n"), self.text);
        for table in &self.tables {
            out.push('\n');
            out.push_str(table);
            out.push('\n');
        }
        out
    }

    /// The value of a key of the head, as it is written.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.head.iter().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
    }

    /// Gives a key of the head a value, at its place.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        let rank = |line: &str| {
            let key = line.split(" = ").next();
            KEYS.iter().position(|k| Some(*k) == key).expect("the generator writes no other key")
        };
        let line = format!("{key} = {value}");
        let at = self.head.iter().position(|other| rank(other) >= rank(&line)).unwrap_or(self.head.len());
        if self.head.get(at).is_some_and(|other| rank(other) == rank(&line)) {
            self.head[at] = line;
        } else {
            self.head.insert(at, line);
        }
    }

    /// Puts a table after the last of its kind.
    pub(super) fn add(&mut self, table: String) {
        let rank = |table: &str| {
            let heading = table.lines().next();
            TABLES.iter().position(|t| Some(*t) == heading).expect("the generator writes no other table")
        };
        let at = self.tables.iter().position(|other| rank(other) > rank(&table));
        self.tables.insert(at.unwrap_or(self.tables.len()), table);
    }

    /// The tables with that heading.
    pub(super) fn tables(&mut self, heading: &str) -> impl Iterator<Item = &mut String> {
        self.tables.iter_mut().filter(move |table| table.starts_with(heading))
    }

    /// Puts another first paragraph into what is asked for.
    pub(super) fn reword(&mut self, paragraph: &str) {
        let (_, rest) = self.text.split_once('\n').expect("it has more than a paragraph");
        self.text = format!("{paragraph}\n{rest}");
    }
}
