//! From the text of a cell to a value: each file knows one kind of thing people write.

pub(crate) mod date;
