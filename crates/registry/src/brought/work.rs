//! What is done with a list in the background: a look at a long one, and letting the rows in.

use base::job::{JobKind, Workshop};
use base::{Actor, Date, Error, Id, Read, Result, Timestamp, Tx};
use lists::{Form, Paper};
use particulars::region::CityRegions;

use super::{
    BroughtList, Found, Looked, Order, Standing, content, entered, find, found, look_again,
};
use crate::intake::{Brought, IMPORT};
use crate::list::{self, Columns};
use crate::pieces;

/// Lets the rows in. Safe to do again: rows that have entered add nothing.
pub(crate) const LET_IN: JobKind = JobKind { kind: "registry.let_in", run: enter };
/// Looks at a long list. Safe to do again: what was found takes the place of what was found before.
pub(crate) const LOOK: JobKind = JobKind { kind: "registry.look", run: look };

/// A list on the workbench: the database as whoever brought it, its bytes, the report being sealed.
struct Bench<'a> {
    db: base::Db,
    order: &'a Order,
    list: BroughtList,
    found: Found,
}

impl<'a> Bench<'a> {
    fn of(workshop: &Workshop, order: &'a Order) -> Result<Bench<'a>> {
        let id = order.import.clone();
        let kept = move |read: &mut Read<'_>| Ok::<_, Error>((find(read, &id)?, found(read, &id)?));
        let (list, found) = workshop.db.read(kept).wait()?;
        let (person, organisation) = (order.person.as_str(), order.organisation.clone());
        let actor = Actor::person(person, organisation, [IMPORT.0.to_owned()]);
        Ok(Bench { db: workshop.db.acting(actor), order, list, found })
    }

    /// Goes through the list; gives what became of it and the pieces of its report.
    fn work(
        &self,
        workshop: &Workshop,
        columns: Columns,
        import: Option<Id<Brought>>,
    ) -> Result<(list::Outcome, Vec<String>)> {
        let files = workshop.files.as_ref().ok_or_else(|| Error::broken("no file store"))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Error::broken)?;
        let (db, keyring) = (&self.db, &*workshop.keyring);
        let bytes = runtime.block_on(content(files, keyring, &self.list))?;
        let city = CityRegions::of_code(&self.order.region).ok_or(Error::NotFound)?;
        let as_of: Date = Timestamp::from_ms(db.clock().now_ms()).date();
        let (city, dry_run, watch) = (&city, import.is_none(), None);
        let bringing = list::Bringing { db, keyring, city, as_of, columns, import, dry_run, watch };
        let put = |sealed| runtime.block_on(pieces::put(files, sealed));
        let mut report = pieces::Writer::new(keyring, &put);
        let paper = Paper::new(Form::Json, &mut report);
        let outcome = list::bring(&bringing, &self.list.name, bytes, paper)?;
        Ok((outcome, report.finish()?))
    }
}

fn enter(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let order: Order = serde_json::from_value(order.clone()).map_err(Error::broken)?;
    let bench = Bench::of(workshop, &order)?;
    let columns = bench.found.understanding.clone();
    let columns = columns.map_or(Columns::Remembered, Columns::Understood);
    let (outcome, report) = bench.work(workshop, columns, Some(order.import.clone()))?;
    let odd = serde_json::to_string(&outcome.odd).map_err(Error::broken)?;
    let id = order.import.clone();
    let done = move |tx: &mut Tx<'_>| entered(tx, &id, &odd, &report);
    bench.db.write("registry.list_entered", done).wait()
}

fn look(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let order: Order = serde_json::from_value(order.clone()).map_err(Error::broken)?;
    let bench = Bench::of(workshop, &order)?;
    if bench.list.standing != Standing::Looking {
        return Ok(());
    }
    let (outcome, pieces) = bench.work(workshop, Columns::Remembered, None)?;
    let looked = Looked { found: outcome.into(), pieces };
    let id = order.import.clone();
    let done = move |tx: &mut Tx<'_>| {
        look_again(tx, &id, &looked)?;
        tx.record(&crate::events::ListLooked { import: id.as_str() })?;
        Ok(())
    };
    bench.db.write("registry.list_looked", done).wait()
}

impl From<list::Outcome> for Found {
    fn from(outcome: list::Outcome) -> Found {
        let list::Outcome { summary, understanding, odd, again, .. } = outcome;
        Found { summary, understanding, odd, again }
    }
}
