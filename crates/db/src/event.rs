//! What a transaction tells the city, and the identities that only it can give.

use crate::Chance;

/// Something that happened, told in the past tense: `gallery.piece_sold`.
pub trait Event: serde::Serialize {
    /// What it is called. A type that tells several kinds leaves it out and says `kind`.
    const KIND: &'static str = "";
    /// The kind of this event.
    fn kind(&self) -> &'static str {
        Self::KIND
    }
    /// What it happened to: the id of a piece, an order, a stall.
    fn subject(&self) -> String;
}

/// The text of an identity that only a transaction can give.
pub struct NewId(String);

impl NewId {
    pub(crate) fn new(text: String) -> NewId {
        NewId(text)
    }
}

impl From<NewId> for String {
    fn from(id: NewId) -> String {
        id.0
    }
}

/// 26 characters in the order of time: ten of milliseconds, four of their place within the
/// millisecond, twelve of chance.
pub(crate) fn sortable(now_ms: i64, serial: u64, chance: &Chance) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digits = |bits: u64, count: u32| {
        (0..count).rev().map(move |i| DIGITS[(bits >> (5 * i)) as usize % 32] as char)
    };
    digits(now_ms.unsigned_abs(), 10)
        .chain(digits(serial, 4))
        .chain(digits(chance.next(), 12))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(chance: &Chance, now_ms: i64) -> String {
        sortable(now_ms, chance.serial(now_ms, None), chance)
    }

    #[test]
    fn ids_sort_by_time_and_differ_within_it() {
        let chance = Chance::default();
        let id = |now_ms| id(&chance, now_ms);
        assert_eq!(id(1).len(), 26);
        let many: Vec<String> = (0..1_000).map(|_| id(1)).collect();
        assert!(many.is_sorted() && many.windows(2).all(|pair| pair[0] != pair[1]));
        for (earlier, later) in [(0, 1), (31, 32), (1_790_000_000_000, 1_790_000_000_001)] {
            assert!(id(earlier) < id(later), "{earlier} {later}");
        }
    }

    #[test]
    fn ids_of_one_transaction_stay_in_order_while_a_later_one_runs_beside_it() {
        let chance = Chance::default();
        let mut place = None;
        let mut slow = || {
            let serial = chance.serial(5, place);
            place = Some(serial);
            sortable(5, serial, &chance)
        };
        let mut made = vec![slow(), slow()];
        for now_ms in [6, 7, 6] {
            id(&chance, now_ms);
            made.push(slow());
        }
        assert!(made.is_sorted() && made.windows(2).all(|pair| pair[0] != pair[1]), "{made:?}");
    }

    #[test]
    fn a_seeded_series_is_the_same_again() {
        let series = |seed| {
            let chance = Chance::seeded(seed);
            [id(&chance, 1), id(&chance, 1)]
        };
        assert_eq!(series(7), series(7));
        assert_ne!(series(7), series(8));
    }
}
