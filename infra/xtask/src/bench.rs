//! The figures, each beside what it should reach.

use crate::functions;
use crate::init_time;
use crate::run::{self, Outcome, cargo, workspace_dir};
use crate::size;

/// A sender may take so many times a hello-world function's init.
const INIT_RATIO_MAX: f64 = 2.0;
/// What send-webhook is given to start with. Nothing listens at these addresses: init must not wait for any.
const SENDER_VARIABLES: [(&str, &str); 9] = [
    ("TABLE_NAME", "table"),
    ("BUCKET_NAME", "bucket"),
    ("VAULT_KEY_ID", "key"),
    ("QUEUE_DELIVER_WHATSAPP_URL", "http://127.0.0.1:9/000000000000/whatsapp"),
    ("QUEUE_DELIVER_WEBHOOK_URL", "http://127.0.0.1:9/000000000000/webhook"),
    ("PUBLIC_URL", "http://127.0.0.1:9"),
    ("LINK_SIGNING_SECRET", "a secret that signs nothing but measurements"),
    ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
    ("LOG_LEVEL", "error"),
];

/// Prints every figure; an exceeded one is an error at the end.
pub fn run() -> Outcome {
    println!("## Size");
    size::run()?;
    println!("\n## Init");
    init()
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
