//! Git repositories that tests make in process: fixed names and days, nobody's configuration, no git
//! installed.

use gix::bstr::BString;
use gix::objs::tree::EntryKind;
use gix::{ObjectId, Repository, hash, refs};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What stands at a path: of which kind, and its content's name.
type Entry = (EntryKind, ObjectId);

/// A repository with its work tree.
pub(crate) struct Repo {
    folder: TempDir,
    git: Repository,
    /// What the next commit holds, by path.
    files: BTreeMap<String, Entry>,
}

impl Repo {
    pub(crate) fn new() -> Self {
        Self::with(gix::create::Kind::WithWorktree, hash::Kind::Sha1)
    }

    pub(crate) fn with(kind: gix::create::Kind, hash: hash::Kind) -> Self {
        let folder = TempDir::new().expect("a folder");
        let options = gix::create::Options { object_hash: Some(hash), ..Default::default() };
        let isolated = gix::open::Options::isolated();
        let git = gix::ThreadSafeRepository::init_opts(folder.path(), kind, options, isolated);
        let mut git: Repository = git.expect("a repository can be made").into();
        git.object_cache_size(None);
        Self { folder, git, files: BTreeMap::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn git(&self) -> &Repository {
        &self.git
    }

    /// Writes a file, in the work tree and for the next commit.
    pub(crate) fn write(&mut self, path: &str, content: &str) -> &mut Self {
        if !self.git.is_bare() {
            let full = self.folder.path().join(path);
            fs::create_dir_all(full.parent().expect("a folder")).expect("a folder can be made");
            fs::write(full, content).expect("a file can be written");
        }
        self.stage(path, EntryKind::Blob, content)
    }

    /// Puts something that is no ordinary file into the next commit alone.
    pub(crate) fn stage(&mut self, path: &str, kind: EntryKind, content: &str) -> &mut Self {
        let id = match kind {
            EntryKind::Commit => ObjectId::from_hex(content.as_bytes()).expect("a commit's name"),
            _ => self.git.write_blob(content).expect("an object can be written").detach(),
        };
        self.files.insert(path.to_owned(), (kind, id));
        self
    }

    /// Takes a file out of the work tree and the next commit.
    pub(crate) fn remove(&mut self, path: &str) -> &mut Self {
        fs::remove_file(self.folder.path().join(path)).ok();
        self.files.remove(path);
        self
    }

    /// Commits what was written to the branch that HEAD is on, at noon of a day.
    pub(crate) fn commit(&mut self, day: &str, subject: &str) -> ObjectId {
        let parent = self.git.head_id().ok().map(gix::Id::detach);
        self.commit_after(day, subject, "HEAD", parent)
    }

    /// Commits what was written to a reference, with these parents.
    pub(crate) fn commit_after(
        &mut self,
        day: &str,
        subject: &str,
        reference: &str,
        parents: impl IntoIterator<Item = ObjectId>,
    ) -> ObjectId {
        let paths: Vec<(&str, Entry)> =
            self.files.iter().map(|(path, entry)| (path.as_str(), *entry)).collect();
        let tree = self.tree(&paths);
        let time = format!("{day} 12:00:00 +0100");
        let time = gix::date::parse(&time, None).expect("a day").to_string();
        let author = gix::actor::SignatureRef {
            name: "Planning Office".into(),
            email: "plan@example.org".into(),
            time: &time,
        };
        let id = self.git.commit_as(author, author, reference, subject, tree, parents);
        id.expect("a commit can be written").detach()
    }

    /// The file that holds an object.
    pub(crate) fn object(&self, id: ObjectId) -> PathBuf {
        let hex = id.to_string();
        self.path().join(".git/objects").join(&hex[..2]).join(&hex[2..])
    }

    /// Points a name at a commit.
    pub(crate) fn tag(&self, name: &str, id: ObjectId) {
        let any = refs::transaction::PreviousValue::Any;
        self.git.reference(name, id, any, "test").expect("a reference can be written");
    }

    /// Writes the tree of these paths, all below one folder.
    fn tree(&self, paths: &[(&str, Entry)]) -> ObjectId {
        let mut entries: BTreeMap<&str, Entry> = BTreeMap::new();
        let mut folders: BTreeMap<&str, Vec<(&str, Entry)>> = BTreeMap::new();
        for (path, entry) in paths {
            match path.split_once('/') {
                Some((folder, rest)) => folders.entry(folder).or_default().push((rest, *entry)),
                None => drop(entries.insert(path, *entry)),
            }
        }
        for (folder, inner) in &folders {
            entries.insert(folder, (EntryKind::Tree, self.tree(inner)));
        }
        let entry = |(name, (kind, oid)): (&str, Entry)| gix::objs::tree::Entry {
            mode: kind.into(),
            filename: BString::from(name),
            oid,
        };
        let mut entries: Vec<_> = entries.into_iter().map(entry).collect();
        entries.sort();
        self.git.write_object(gix::objs::Tree { entries }).expect("a tree can be written").detach()
    }
}
