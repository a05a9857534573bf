//! Who answers for a recommendation, by the names that the plan has for them.

use super::{Op, Refusal, items_of, list, refuse, unknown};
use crate::edit::{Change, Value};
use crate::model::{Plan, Recommendation, Word, same_word};
use crate::ownership;
use crate::visible::one_line;

/// The name under which an owner is registered, of a name or an alias.
///
/// # Errors
/// Where nobody is registered so, or several are.
pub fn owner(plan: &Plan, typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    let names = |owners: &[&std::sync::Arc<crate::model::Owner>]| {
        owners.iter().map(|owner| format!("`{}`", one_line(&owner.name))).collect::<Vec<_>>().join(" or ")
    };
    match ownership::called(&plan.head, typed).as_slice() {
        [one] => Ok(one.name.clone()),
        [] if typed.is_empty() => refuse("an owner has a name, and this is none"),
        [] => {
            let all: Vec<&str> = plan.head.owners.iter().map(|owner| owner.name.as_str()).collect();
            let several = if typed.contains(',') { " (several are set off by semicolons)" } else { "" };
            let unknown = unknown("owner", typed, &all);
            let or = if unknown.ends_with('?') { " Else" } else { "; or" };
            refuse(format!("{unknown}{several}{or} register it in plan.toml with [[owner]]"))
        }
        several => refuse(format!("`{}` may mean several owners: say {}", one_line(typed), names(several))),
    }
}

/// What an assignment changes of the owners.
pub(super) fn change(op: &Op, plan: &Plan, r: &Recommendation) -> Result<Vec<Change>, Refusal> {
    let own = if r.owners_inherited { &[][..] } else { r.owners.as_slice() };
    match op {
        Op::Remove(name) if !name.trim().is_empty() => return remove(name.trim(), plan, r, own),
        Op::Add(name) if !name.trim().is_empty() => {
            let name = owner(plan, name)?;
            if own.iter().any(|owner| is_called(plan, owner, &name)) {
                return refuse(format!("{} is owned by {name} already", r.id));
            }
            if r.owners_inherited {
                // What a part has of its parent it keeps beside its own.
                let inherited = r.owners.iter().map(|owner| owner.name().to_owned());
                let owners = inherited.filter(|owner| *owner != name).chain([name.clone()]).collect();
                return Ok(vec![Change::Set { key: "owners".to_owned(), value: Value::List(owners) }]);
            }
        }
        Op::Set(names) => {
            let split = items_of(names).map(|name| with_commas(plan, name)).collect::<Vec<_>>().join(";");
            return nobody_is_no_owner(list("owners", &Op::Set(split), |name| owner(plan, name))?, r);
        }
        Op::Unset | Op::Add(_) | Op::Remove(_) => {}
    }
    nobody_is_no_owner(list("owners", op, |name| owner(plan, name))?, r)
}

/// Whether an owner of a recommendation goes by a registered name.
fn is_called(plan: &Plan, owner: &Word<crate::model::Owner>, name: &str) -> bool {
    owner.name() == name || self::owner(plan, owner.as_written()).is_ok_and(|found| found == name)
}

/// Takes an owner away, under every name that it is written by.
fn remove(
    name: &str,
    plan: &Plan,
    r: &Recommendation,
    own: &[Word<crate::model::Owner>],
) -> Result<Vec<Change>, Refusal> {
    let wanted = owner(plan, name).unwrap_or_else(|_| name.to_owned());
    let is = |owner: &&Word<_>| is_called(plan, owner, &wanted) || same_word(owner.as_written(), name);
    let gone: Vec<&Word<_>> = own.iter().filter(is).collect();
    if gone.is_empty() {
        let names: Vec<&str> = own.iter().map(Word::name).collect();
        return match names.as_slice() {
            [] => refuse(format!("{} names no owner of its own", r.id)),
            names => refuse(format!("{} is owned by {}, not by {}", r.id, names.join(", "), one_line(name))),
        };
    }
    if gone.len() == own.len() && r.parent.is_none() {
        return refuse(format!("{} would have no owner left: add the new one first", r.id));
    }
    let mut written: Vec<&str> = gone.iter().map(|owner| owner.as_written()).collect();
    written.dedup();
    let one = |item: &str| Change::RemoveFrom { key: "owners".to_owned(), item: item.to_owned() };
    Ok(written.into_iter().map(one).collect())
}

/// Names set off by commas, where each of them is registered and all of them together are not.
fn with_commas(plan: &Plan, typed: &str) -> String {
    let parts: Vec<&str> = typed.split(',').map(str::trim).collect();
    let are_owners = parts.len() > 1 && parts.iter().all(|part| owner(plan, part).is_ok());
    if are_owners && owner(plan, typed).is_err() { parts.join(";") } else { typed.to_owned() }
}

fn nobody_is_no_owner(change: Change, r: &Recommendation) -> Result<Vec<Change>, Refusal> {
    if matches!(change, Change::Unset { .. }) && r.parent.is_none() {
        return refuse(format!("{} would have no owner: only a part has its parent's", r.id));
    }
    Ok(vec![change])
}

/// The recommendation as a change of its owners leaves it.
pub(super) fn follow(r: &mut Recommendation, change: &Change) {
    match change {
        Change::Set { key, value: Value::List(names) } if key == "owners" => {
            r.owners = names.iter().map(|name| Word::unresolved(name)).collect();
        }
        Change::Unset { key } if key == "owners" => r.owners.clear(),
        Change::AddTo { key, item } if key == "owners" => r.owners.push(Word::unresolved(item)),
        Change::RemoveFrom { key, item } if key == "owners" => r.owners.retain(|o| o.as_written() != item),
        _ => return,
    }
    r.owners_inherited = false;
}
