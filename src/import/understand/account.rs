//! What was made of a document: what was understood and why, what is uncertain, and what was left out.

use super::columns::Column;

/// An account of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Each table of the document, in its order.
    pub tables: Vec<TableAccount>,
    /// How many RAG levels are nothing but the colour of a cell.
    pub coloured: usize,
    /// How many rows are shaded from one end to the other, in a colour that might be a RAG level.
    pub banded: usize,
    /// What would make a table part of the plan, which lacks one column for it: what heads one that may be it, and the key
    /// that it would have.
    pub nearly: Option<(String, &'static str)>,
    /// What was understood besides.
    pub understood: Vec<String>,
    /// What somebody should look at.
    pub uncertain: Vec<String>,
    /// What is not in the plan.
    pub left_out: Vec<String>,
}

/// What was made of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableAccount {
    /// What it is called: "table 2".
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
    /// What it is.
    pub outcome: Outcome,
}

/// What a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds recommendations.
    Plan {
        /// Its columns.
        columns: Vec<Column>,
        /// How many recommendations begin in it.
        recommendations: usize,
        /// Its other rows.
        others: Others,
    },
    /// It goes on with the table of that name.
    GoesOn {
        /// The table before.
        with: String,
        /// How many recommendations begin in it.
        recommendations: usize,
        /// Its other rows.
        others: Others,
    },
    /// It says what words mean.
    Words {
        /// What stands over them.
        headings: Vec<String>,
        /// RAG levels.
        levels: Vec<String>,
        /// Statuses.
        statuses: Vec<String>,
    },
    /// It says something about the plan.
    About(Vec<String>),
    /// It is a form: a line a key.
    Form {
        /// Its labels, and what they hold.
        columns: Vec<Column>,
        /// How many recommendations stand in it.
        recommendations: usize,
    },
    /// It is not of the plan; its rows, each on a line.
    Other(Vec<String>),
}

/// The rows of a table that are no recommendation of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// Headers, the first one and those that are repeated.
    pub headers: usize,
    /// Rows that go on with the one before.
    pub continued: usize,
    /// Section rows, and what each was taken for: `theme "Training"`.
    pub sections: Vec<String>,
    /// Rows in which nothing stands.
    pub blank: usize,
}

impl Others {
    /// Adds those of a table that goes on with this one.
    pub fn add(&mut self, more: &Self) {
        self.headers += more.headers;
        self.continued += more.continued;
        self.sections.extend(more.sections.iter().cloned());
        self.blank += more.blank;
    }
}
