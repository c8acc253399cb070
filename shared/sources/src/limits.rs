//! How much is read. Beyond it a source is refused by name: a chart of half the rows would be wrong, and quietly so.

use std::time::Duration;

use crate::SourceError;

/// Largest file and largest answer of a provider, in bytes. Ours.
pub const BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most rows, the header not counted. Ours.
pub const ROWS_MAX: usize = 200_000;
/// Most columns, nested JSON counted flat. Ours.
pub const COLUMNS_MAX: usize = 200;
/// Most cells, empty ones included. Ours: a full comma-separated file of [`BYTES_MAX`] stays below; it stops short rows under a wide header
/// from filling the memory.
pub const CELLS_MAX: usize = 5_000_000;

/// Longest time of one call to another machine. Ours; Google gives up after 180 s.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// Refuses what is larger than we read.
pub(crate) fn check_bytes(given: usize) -> Result<(), SourceError> {
    check("bytes", BYTES_MAX, given)
}

/// Refuses a table that is larger than we read.
pub(crate) fn check_table(rows: usize, columns: usize) -> Result<(), SourceError> {
    check("rows", ROWS_MAX, rows)?;
    check("columns", COLUMNS_MAX, columns)?;
    check("cells", CELLS_MAX, rows.saturating_mul(columns))
}

fn check(what: &'static str, limit: usize, given: usize) -> Result<(), SourceError> {
    if given > limit {
        Err(SourceError::Limit { what, limit, given })
    } else {
        Ok(())
    }
}
