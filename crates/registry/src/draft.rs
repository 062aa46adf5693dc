//! A draft that its owner gives up. It was never sent, so it is no record yet: it goes with all that
//! was handed in for it. Its number is not given out again, and that it was there stays in the events.

use base::{Error, Result, Tx};

use crate::business::{self, BusinessId, State};
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::{evidence, pair};

/// Removes a draft of the person who asks.
pub(crate) fn remove(tx: &mut Tx<'_>, id: &BusinessId) -> Result<()> {
    let business = business::find(tx, id)?;
    if !business::is_of_actor(tx, &business)? {
        return Err(Error::NotFound);
    }
    if business.state != State::Draft {
        return Err(Refusal::WrongState.into());
    }
    pair::let_go(tx, id)?;
    evidence::drop_all(tx, id)?;
    tx.execute("DELETE FROM registry_doubts WHERE business_id = $1", &[id])?;
    let rows =
        tx.execute("DELETE FROM registry_businesses WHERE id = $1 AND state = 'draft'", &[id])?;
    assert_eq!(rows, 1, "the draft has just been found");
    tx.record(&Happened::DraftRemoved { number: &business.number }.to(id))?;
    Ok(())
}
