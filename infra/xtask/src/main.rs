//! `cargo x`: everything a person or CI runs around the code. Knows the tools and the folders; must never know what a pulse is.

mod bench;
mod check;
mod deploy_test;
mod functions;
mod init_time;
mod links;
mod python;
mod run;
mod size;

use std::process::ExitCode;

const USAGE: &str = "cargo x <what>

  check        template.yaml through cfn-lint and `sam validate --lint`; links of the documents
  size         builds every function as it is released and holds it to its limit
  deploy-test  deploys template.yaml to the emulator with those binaries and sends one pulse through them
  bench [NAME] prints the figures beside what they should reach: size, init, receiver, units, pulse, charts";

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    let outcome = match what.as_str() {
        "check" => check::run(),
        "size" => size::run(),
        "deploy-test" => deploy_test::run(),
        "bench" => bench::run(std::env::args().nth(2).as_deref()),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
