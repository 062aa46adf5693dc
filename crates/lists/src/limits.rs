//! How much of a file is read. A list of a whole city's businesses stays far below each of these.

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;
/// Largest content of a packed file (xlsx, ods) once unpacked.
pub(crate) const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// No part of a packed file may grow by more than this factor beyond the first megabytes.
pub(crate) const UNPACK_RATIO_MAX: u64 = 200;
/// Parts smaller than this may have any ratio.
pub(crate) const UNPACK_RATIO_FREE_BYTES: u64 = 8 << 20;
/// Most parts in a packed file.
pub(crate) const UNPACKED_PARTS_MAX: usize = 10_000;
/// Most rows of one sheet.
pub(crate) const ROWS_MAX: usize = 200_000;
/// Most columns of one sheet.
pub(crate) const COLUMNS_MAX: usize = 200;
/// Most sheets of one file.
pub(crate) const SHEETS_MAX: usize = 100;
/// Longest text of a cell, in characters; the rest is cut.
pub(crate) const CELL_CHARS_MAX: usize = 4_000;
/// Most line breaks in a quoted cell before the quote is taken for a slip.
pub(crate) const QUOTED_LINES_MAX: u32 = 50;
/// Rows looked at to understand a sheet.
pub(crate) const SAMPLE_ROWS: usize = 400;
/// Rows in which a header is looked for.
pub(crate) const HEADER_ROWS_MAX: usize = 60;
/// Deepest nesting of a JSON file.
pub(crate) const JSON_DEPTH_MAX: usize = 32;
