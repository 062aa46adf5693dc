//! Every way the database can say no, the same on both engines.

/// What went wrong, sorted by what the caller can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The schema refused a row. The detail is for the log: engines word it differently.
    Constraint { rule: Rule, detail: String },
    /// Other transactions won every time. Nothing was changed; asking again later may help.
    Conflict,
    /// Too many are waiting, or this one waited too long. The body was not run.
    Busy,
    /// The database cannot be reached or written to now: the disk is full, it is read-only, the
    /// server is gone. It recovers by itself when the cause goes. If the connection was lost
    /// during a commit (the text says so), it is unknown whether the write was kept.
    Unavailable(String),
    /// A column does not hold what the code expects.
    Decode { column: usize, wanted: &'static str },
    /// Anything else: a mistake in a statement, in the configuration, or in this program.
    Driver(String),
}

/// Which kind of rule of the schema was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Unique,
    ForeignKey,
    Check,
    NotNull,
}

impl Error {
    /// What happened, in one word for metrics.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Error::Constraint { .. } => "constraint",
            Error::Conflict => "conflict",
            Error::Busy => "busy",
            Error::Unavailable(_) => "unavailable",
            Error::Decode { .. } | Error::Driver(_) => "failed",
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Constraint { rule, detail } => write!(f, "{rule:?} constraint: {detail}"),
            Error::Conflict => f.write_str("other transactions kept winning"),
            Error::Busy => f.write_str("too many transactions are waiting"),
            Error::Decode { column, wanted } => write!(f, "column {column} is not {wanted}"),
            Error::Unavailable(text) => write!(f, "the database is unavailable: {text}"),
            Error::Driver(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
