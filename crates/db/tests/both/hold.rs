//! One program at a time holds a database, until it lets go or ends.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::kit::{count, databases, empty};

/// The session that holds is looked after more often than this.
const TAKEN_AGAIN: Duration = Duration::from_secs(20);

#[test]
fn one_holds_a_database_and_the_next_one_after_it() {
    for place in empty("hold") {
        let first = db::hold(&place.url).unwrap();
        assert!(first.is_some(), "{}", place.engine);
        assert!(db::hold(&place.url).unwrap().is_none(), "{}", place.engine);
        drop(first);
        let begun = Instant::now();
        while db::hold(&place.url).unwrap().is_none() {
            assert!(begun.elapsed() < TAKEN_AGAIN, "{}: nobody has it", place.engine);
            sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn a_hold_that_was_lost_with_its_connection_is_taken_again() {
    for place in databases("regain") {
        if place.engine == "sqlite" {
            continue;
        }
        let _held = db::hold(&place.url).unwrap().unwrap();
        let holders = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_locks l
             JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'advisory'
               AND a.application_name = current_setting('application_name')";
        assert_eq!(count(place.db(), holders), 1);
        let ended = "SELECT CAST(COUNT(pg_terminate_backend(l.pid)) AS BIGINT) FROM pg_locks l
             JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'advisory'
               AND a.application_name = current_setting('application_name')";
        assert_eq!(count(place.db(), ended), 1);
        let begun = Instant::now();
        sleep(Duration::from_millis(500));
        while count(place.db(), holders) == 0 {
            assert!(begun.elapsed() < TAKEN_AGAIN, "the hold is gone for good");
            sleep(Duration::from_millis(200));
        }
    }
}
