//! Every way an action can end other than well: one vocabulary for all areas.

use std::fmt::Display;

/// Why something was not done. A new variant only if a program must tell it apart.
#[derive(Debug, Clone)]
pub enum Error {
    /// It does not exist, or the actor may not know that it does.
    NotFound,
    /// Nobody is signed in, and somebody must be.
    Unauthenticated,
    /// Somebody is signed in who may not do this.
    Forbidden,
    /// The input is wrong: which fields, and how to mend them.
    Invalid(Vec<Problem>),
    /// The input is right and a rule says no. The code is stable and also the key of its text.
    Refused(&'static str),
    /// What was edited has changed since it was read.
    Stale,
    /// Too much at once, or the database is away; asking again later will help.
    Busy,
    /// A bug or a broken disk. The text is for the log, never for a client.
    Broken(String),
}

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Problem {
    /// The name of the field in the form.
    pub field: String,
    /// Stable code, also the key of the text that says how to mend it.
    pub code: &'static str,
    /// What the text may mention as `$a`: what was read, or a limit.
    pub detail: String,
}

impl Problem {
    /// A problem whose text needs no detail.
    pub fn new(field: impl Into<String>, code: &'static str) -> Problem {
        Problem { field: field.into(), code, detail: String::new() }
    }

    /// A problem whose text mentions `detail` as `$a`.
    pub fn with(field: impl Into<String>, code: &'static str, detail: impl Display) -> Problem {
        Problem { field: field.into(), code, detail: detail.to_string() }
    }
}

/// The result of everything in the house.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Something only a bug or a broken machine can cause.
    pub fn broken(cause: impl Display) -> Error {
        Error::Broken(cause.to_string())
    }

    /// One wrong field.
    pub fn invalid(field: impl Into<String>, code: &'static str) -> Error {
        Error::Invalid(vec![Problem::new(field, code)])
    }

    /// The stable code that programs and texts know it by.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotFound => "not-found",
            Error::Unauthenticated => "unauthenticated",
            Error::Forbidden => "forbidden",
            Error::Invalid(_) => "invalid",
            Error::Refused(code) => code,
            Error::Stale => "stale",
            Error::Busy => "busy",
            Error::Broken(_) => "broken",
        }
    }

    /// The status programs get: 404, 401, 403, 422, 409, 412, 503 or 500.
    pub fn status(&self) -> u16 {
        match self {
            Error::NotFound => 404,
            Error::Unauthenticated => 401,
            Error::Forbidden => 403,
            Error::Invalid(_) => 422,
            Error::Refused(_) => 409,
            Error::Stale => 412,
            Error::Busy => 503,
            Error::Broken(_) => 500,
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Broken(cause) => f.write_str(cause),
            Error::Invalid(problems) => {
                f.write_str("invalid")?;
                problems.iter().try_for_each(|p| write!(f, " {}: {}", p.field, p.code))
            }
            other => f.write_str(other.code()),
        }
    }
}

impl std::error::Error for Error {}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Conflict | db::Error::Busy | db::Error::Unavailable(_) => Error::Busy,
            other => Error::broken(other),
        }
    }
}
