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
  gallery      draws every form of chart over every kind of difficult rows: target/gallery/index.html and contact.png
  bench [NAME] prints the figures beside what they should reach: size, init, receiver, units, pulse, charts, facts";

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    let outcome = match what.as_str() {
        "check" => check::run(),
        "size" => size::run(),
        "deploy-test" => deploy_test::run(),
        "gallery" => gallery(),
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

/// The pictures to be looked at before a change of the charts is called done.
fn gallery() -> run::Outcome {
    let mut draw = run::cargo();
    draw.args(["run", "--quiet", "--release", "--package", "chart", "--example", "gallery", "--"]);
    draw.args(["target/gallery", "functions/render-chart/fonts"]);
    run::run(&mut draw, "Mend what it says above.")
}
