//! How large each function is. Lambda fetches and maps the whole binary at every cold start.

use std::fs;

use crate::functions;
use crate::run::Outcome;

/// What feeds on a queue or a webhook and stands between a person and a message.
const FUNCTION_BYTES_MAX: u64 = 8_000_000;
/// The API carries its OpenAPI document and every resource's handlers. It was to be 10 MB: see infra/decisions/0011.
const API_BYTES_MAX: u64 = 11_400_000;
/// Readers of every kind of source, words and proof in five languages; runs once per pulse, behind the schedule, where nobody waits for its start.
const COMPOSE_BYTES_MAX: u64 = 9_300_000;
/// Fonts, shaping and drawing, optimised for speed.
const RENDER_BYTES_MAX: u64 = 11_800_000;

/// Builds and measures every function.
pub fn run() -> Outcome {
    let names = functions::all()?;
    functions::build(&names)?;
    let mut too_large = Vec::new();
    for name in names {
        let binary = functions::binary(&name);
        let bytes = fs::metadata(&binary)
            .map_err(|e| format!("{} was not built: {e}", binary.display()))?
            .len();
        let bytes_max = match name.as_str() {
            "api" => API_BYTES_MAX,
            "compose-pulse" => COMPOSE_BYTES_MAX,
            "render-chart" => RENDER_BYTES_MAX,
            _ => FUNCTION_BYTES_MAX,
        };
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
