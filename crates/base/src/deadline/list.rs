//! Which clocks run: for one case, for one address, for the whole city.

use db::Read;

use super::Deadline;
use crate::message::Reader;
use crate::{Date, Result};

/// More clocks than a page shows or a case ever has.
const SHOWN_MAX: i64 = 200;

/// What a case waits for now, the nearest first.
pub fn open_of(read: &mut Read<'_>, subject: &str) -> Result<Vec<Deadline>> {
    Ok(read.all(
        "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure, open,
                met_at, passed_at, cancelled_at
         FROM base_deadlines WHERE subject = $1 AND open ORDER BY due, id LIMIT $2",
        &[&subject, &SHOWN_MAX],
    )?)
}

/// Every clock a case ever had, oldest first.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Vec<Deadline>> {
    Ok(read.all(
        "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure, open,
                met_at, passed_at, cancelled_at
         FROM base_deadlines WHERE subject = $1 ORDER BY id LIMIT $2",
        &[&subject, &SHOWN_MAX],
    )?)
}

/// What waits for this reader up to and including `until`, the nearest first.
pub fn due_list(read: &mut Read<'_>, reader: &Reader, until: Date) -> Result<Vec<Deadline>> {
    let mut waiting: Vec<Deadline> = Vec::new();
    for address in reader.addresses() {
        waiting.extend(read.all::<Deadline>(
            "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure,
                    open, met_at, passed_at, cancelled_at
             FROM base_deadlines WHERE address = $1 AND open AND due <= $2
             ORDER BY due, id LIMIT $3",
            &[address, &until.iso(), &SHOWN_MAX],
        )?);
    }
    waiting.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    Ok(waiting)
}

/// Clocks that passed and whose outcome could not be carried out, for whoever runs the city.
pub fn failed(read: &mut Read<'_>) -> Result<Vec<Deadline>> {
    Ok(read.all(
        "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure, open,
                met_at, passed_at, cancelled_at
         FROM base_deadlines WHERE passed_at IS NULL AND open AND failure IS NOT NULL
         ORDER BY sweep_at, id LIMIT $1",
        &[&SHOWN_MAX],
    )?)
}
