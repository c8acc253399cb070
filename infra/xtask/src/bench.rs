//! The figures, each beside what it should reach.

use crate::functions;
use crate::init_time;
use crate::run::{self, Outcome, cargo, command, workspace_dir};
use crate::size;

/// A sender may take so many times a hello-world function's init.
const INIT_RATIO_MAX: f64 = 2.0;
/// What send-webhook is given to start with.
const SENDER_VARIABLES: [(&str, &str); 8] = [
    ("TABLE_NAME", "table"),
    ("BUCKET_NAME", "bucket"),
    ("VAULT_KEY_ID", "key"),
    ("QUEUE_DELIVER_WHATSAPP_URL", "http://127.0.0.1:9/000000000000/whatsapp"),
    ("QUEUE_DELIVER_WEBHOOK_URL", "http://127.0.0.1:9/000000000000/webhook"),
    ("PUBLIC_URL", "http://127.0.0.1:9"),
    ("LINK_SIGNING_SECRET", "a secret that signs nothing but measurements"),
    ("LOG_LEVEL", "error"),
];

/// Where other renderers are kept, to be timed beside ours. Not part of this repository.
const CHART_PEERS_DIR: &str = "../shared/bench/charts";
/// See the peers' README.
const CHART_WORKLOADS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
/// Fonts of other scripts, which (h) needs.
const FONT_DIR: &str = "functions/render-chart/fonts";

type Bench = fn() -> Outcome;

/// What can be measured, and how.
const BENCHES: [(&str, Bench); 7] = [
    ("size", size::run),
    ("init", init),
    ("receiver", receiver),
    ("units", units),
    ("pulse", pulse),
    ("charts", charts),
    ("facts", facts),
];

/// Prints the figures of that name, or all of them; an exceeded one is an error at the end.
pub fn run(name: Option<&str>) -> Outcome {
    let chosen: Vec<_> = BENCHES.iter().filter(|(bench, _)| name.is_none_or(|name| name == *bench)).collect();
    if chosen.is_empty() {
        return Err(format!(
            "`cargo x bench` knows {}, or nothing for all of them.",
            BENCHES.map(|(bench, _)| bench).join(", ")
        ));
    }
    for (bench, measure) in chosen {
        println!("\n## {bench}");
        measure()?;
    }
    Ok(())
}

/// The webhook receiver without the queue's share.
fn receiver() -> Outcome {
    let mut bench = cargo();
    bench.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "receive-webhook",
        "--example",
        "receiver_bench",
    ]);
    run::run(&mut bench, "Mend what it says above.")
}

/// What one pulse costs at AWS, counted by a flow test from its own requests.
fn units() -> Outcome {
    let mut test = cargo();
    test.args([
        "test",
        "--quiet",
        "--package",
        "it",
        "--test",
        "it",
        "--",
        "--nocapture",
        "flows::figures",
    ]);
    run::run(&mut test, "Mend what the test says above.")
}

/// The demo pulse from nothing to delivered, step by step.
fn pulse() -> Outcome {
    let mut once = cargo();
    once.args(["run", "--quiet", "--package", "local", "--", "--once", "infra/local/demo.yaml"]);
    run::run(&mut once, "Mend what it says above.")
}

/// Tables of 100,000 rows, from rows to Facts.
fn facts() -> Outcome {
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--package", "insight", "--example", "facts_bench"]);
    run::run(
        &mut bench,
        "Run it on a quiet machine before you look for the cause in `plot` or `facts`.",
    )
}

/// Our charts, warm and in a cold process, and the peers' in the same run.
fn charts() -> Outcome {
    let peers = workspace_dir().join(CHART_PEERS_DIR);
    let workloads = peers.join("workloads.json");
    if !workloads.exists() {
        println!("{CHART_PEERS_DIR} is not here: nothing to time our charts on, or beside.");
        return Ok(());
    }
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "--package", "chart", "--example", "chart_bench"]);
    run::run(&mut build, "Mend what the compiler says above.")?;
    let ours = workspace_dir().join("target/release/examples/chart_bench");
    let fonts = workspace_dir().join(FONT_DIR);
    run::run(
        command(&ours)
            .env("FONT_DIR", &fonts)
            .arg(&workloads)
            .args(["bench", "50"])
            .args(CHART_WORKLOADS),
        "It draws the workloads of the peers' README.",
    )?;
    let picture = workspace_dir().join("target/bench-a.png");
    let mut cold = command("python3");
    cold.arg(peers.join("cold.py"))
        .arg("20")
        .arg(&ours)
        .arg(&workloads)
        .args(["once", "a", "light"])
        .arg(&picture);
    run::run(&mut cold, "Install Python 3.")?;
    let mut others = command("bash");
    others
        .arg(peers.join("run"))
        .arg(workspace_dir().join("target/bench-charts"))
        .arg("20")
        .args(CHART_WORKLOADS);
    run::run(&mut others, "The peers need Node.js and npm.")
}

fn init() -> Outcome {
    let mut hello = cargo();
    hello.args(["build", "--quiet", "--release", "--package", "xtask", "--example", "hello"]);
    run::run(&mut hello, "Mend what the compiler says above.")?;
    let hello = workspace_dir().join("target/release/examples/hello");
    let paired = init_time::measure(&functions::binary("send-webhook"), &hello, &SENDER_VARIABLES)?;
    let ratio = paired.function.as_secs_f64() / paired.hello.as_secs_f64();
    println!(
        "send-webhook {:?}, hello {:?}: {ratio:.2} x of {INIT_RATIO_MAX} x (medians, started in turns)",
        paired.function, paired.hello
    );
    if ratio > INIT_RATIO_MAX {
        return Err("A sender starts too slowly: see what its main.rs does before it asks for work.".into());
    }
    Ok(())
}
