//! The template itself, deployed to the emulator with the released binaries, and one pulse sent through them.

use crate::functions;
use crate::run::{self, Outcome, cargo};

/// The flow is a test like the others, tests/it/deploy.rs; only the binaries are made here. `cargo x size` has made the same ones.
pub fn run() -> Outcome {
    functions::build(&functions::all()?)?;
    let mut test = cargo();
    test.args([
        "test",
        "--quiet",
        "--package",
        "it",
        "--test",
        "it",
        "--",
        "--ignored",
        "--exact",
        "--nocapture",
        TEST,
    ]);
    run::run(&mut test, "The emulator's log is named above.")
}

/// The one test that needs released binaries.
const TEST: &str = "deploy::one_pulse_goes_through_the_deployed_template";
