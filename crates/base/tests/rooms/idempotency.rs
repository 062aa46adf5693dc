//! A write is done once per key, for as long as keys are kept.

use base::{Db, Error, idempotency};

use crate::kit::{DAY_MS, count, houses, pass_ms, write};

/// Writes under a key; gives the answer.
fn answer(db: &Db, word: &'static str) -> String {
    write(db, move |tx| {
        idempotency::once(tx, "test.answer", "key", "sent", |_| Ok(word.to_owned()))
    })
    .unwrap()
}

const ANSWERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM base_answers";

#[test]
fn the_first_answer_is_given_again_until_its_key_is_given_up() {
    for house in houses("answers") {
        let db = &house.db;
        assert_eq!(answer(db, "first"), "first");
        assert_eq!(answer(db, "second"), "first", "{}", house.engine);
        pass_ms(db, (idempotency::KEEP_DAYS - 1) * DAY_MS);
        write(db, idempotency::prune).unwrap();
        assert_eq!(count(db, ANSWERS), 1);
        pass_ms(db, 2 * DAY_MS);
        write(db, idempotency::prune).unwrap();
        assert_eq!(count(db, ANSWERS), 0);
        assert_eq!(answer(db, "second"), "second");
    }
}

#[test]
fn a_key_with_something_else_in_hand_is_refused() {
    for house in houses("answers_reused") {
        answer(&house.db, "first");
        let other = write(&house.db, |tx| {
            idempotency::once(tx, "test.answer", "key", "other", |_| Ok("second".to_owned()))
        });
        let Err(Error::Invalid(problems)) = other else { panic!("{other:?}") };
        assert_eq!(problems[0].code, "idempotency-key-reused", "{}", house.engine);
    }
}
