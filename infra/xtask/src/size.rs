//! How large each function is. Lambda fetches and maps the whole binary at every cold start.

use std::fs;

use crate::functions;
use crate::run::Outcome;

/// Everything that feeds on a queue or a webhook.
const FUNCTION_BYTES_MAX: u64 = 8_000_000;
/// The API carries its OpenAPI document and every resource's handlers.
const API_BYTES_MAX: u64 = 10_000_000;

/// Builds and measures one function after the other.
pub fn run() -> Outcome {
    let mut too_large = Vec::new();
    for name in functions::all()? {
        functions::build(&name)?;
        let binary = functions::binary(&name);
        let bytes = fs::metadata(&binary)
            .map_err(|e| format!("{} was not built: {e}", binary.display()))?
            .len();
        let bytes_max = if name == "api" { API_BYTES_MAX } else { FUNCTION_BYTES_MAX };
        println!("{name:<16} {bytes:>10} bytes of {bytes_max}");
        if bytes > bytes_max {
            too_large.push(name);
        }
    }
    if too_large.is_empty() {
        return Ok(());
    }
    Err(format!(
        "Too large: {}. See what came in with `cargo tree -p <function> -e features` and leave it out, or say in infra/decisions/ why the limit moves.",
        too_large.join(", ")
    ))
}
