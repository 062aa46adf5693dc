//! Rules that are asked for all the time are understood once per thread, not once per order.
//!
//! The key is the text of the body itself, so what is remembered cannot differ from what the row
//! says: this changes how long an answer takes and nothing else.

use std::any::Any;
use std::cell::RefCell;
use std::sync::Arc;

/// Each thread of the database remembers this many; a city uses a handful of rules.
const REMEMBERED_MAX: usize = 16;

struct Understood {
    body: String,
    meaning: Arc<dyn Any + Send + Sync>,
}

thread_local! {
    static REMEMBERED: RefCell<Vec<Understood>> = const { RefCell::new(Vec::new()) };
}

/// What `body` means, as `understand` has it the first time.
pub(super) fn meaning<V: Send + Sync + 'static, E>(
    body: &str,
    understand: impl FnOnce(&str) -> Result<V, E>,
) -> Result<Arc<V>, E> {
    let known = REMEMBERED.with_borrow(|all| {
        let of_this_body = all.iter().filter(|one| one.body == body);
        of_this_body.filter_map(|one| Arc::clone(&one.meaning).downcast::<V>().ok()).next()
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let meaning = Arc::new(understand(body)?);
    REMEMBERED.with_borrow_mut(|all| {
        if all.len() >= REMEMBERED_MAX {
            all.remove(0);
        }
        let shared: Arc<dyn Any + Send + Sync> = Arc::<V>::clone(&meaning);
        all.push(Understood { body: body.to_owned(), meaning: shared });
    });
    Ok(meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_understood_once_and_each_type_has_its_own_meaning() {
        let mut asked = 0;
        for _ in 0..3 {
            let length = meaning::<usize, ()>("abc", |body| {
                asked += 1;
                Ok(body.len())
            });
            assert_eq!(*length.unwrap(), 3);
        }
        assert_eq!(asked, 1);
        let text = meaning::<String, ()>("abc", |body| Ok(body.to_uppercase()));
        assert_eq!(*text.unwrap(), "ABC");
        assert!(meaning::<u8, &str>("x", |_| Err("unreadable")).is_err());
        for n in 0..100 {
            assert_eq!(
                *meaning::<usize, ()>(&n.to_string(), |b| Ok(b.len())).unwrap(),
                n.to_string().len()
            );
        }
        assert!(REMEMBERED.with_borrow(Vec::len) <= REMEMBERED_MAX);
    }
}
