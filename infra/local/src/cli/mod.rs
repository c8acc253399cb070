//! `cargo local`: brings everything up, delivers a pulse through the API as any client would, and stays or ends.
//!
//! Knows the command line, `.local/` and how results are shown. Must never know how a pulse is composed, drawn or sent.

mod arguments;
mod bring_up;
mod chats;
mod client;
mod deliver;
mod kept;
mod report;
mod settings;
mod watch;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use runtime::{Clock, Env, Stopwatch, telemetry};

use crate::pulse_file::PulseFile;
use crate::scheduler::Scheduler;
use crate::template::workspace_dir;
use arguments::{Arguments, HELP};
use bring_up::{Plan, Running};
use deliver::{Delivered, Write};
use kept::{Kept, Secrets};

/// A sentence that says what to do.
#[derive(Debug)]
struct Failure(String);

impl Failure {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! in_words {
    ($($error:ty)+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )+};
}

in_words! {
    crate::emulator::EmulatorError crate::host::HostError crate::pulse_file::FileError crate::template::TemplateError
    runtime::EnvError runtime::StartError reqwest::Error
}

/// The whole command. Prints results to standard output, progress and errors to standard error.
#[must_use]
pub fn main() -> ExitCode {
    let started = Clock::system().stopwatch();
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(Arguments::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(arguments) => arguments,
        Err(sentence) => {
            eprintln!("cargo local: {sentence}");
            return ExitCode::from(2);
        }
    };
    let env = Env::process();
    let quiet = if env.get("LOG_LEVEL").is_some() {
        env.clone()
    } else {
        env.clone().with("LOG_LEVEL", "warn")
    };
    telemetry::init(&quiet);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("cargo local: the runtime cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        let stop = stop_signal().boxed_local().shared();
        match arguments {
            Arguments::Help => Ok(ExitCode::SUCCESS),
            Arguments::Once { file, fresh, port } => once(&file, fresh, port, &env, &started, stop).await,
            Arguments::Stay { fresh, port } => stay(fresh, port, &env, &started, stop).await,
        }
    });
    // What still blocks (an installation) ends with the process.
    runtime.shutdown_background();
    outcome.unwrap_or_else(|failure| {
        eprintln!("cargo local: {failure}");
        ExitCode::FAILURE
    })
}

/// Somebody wants us to end. Clones end together.
type Stop = Shared<LocalBoxFuture<'static, ()>>;

/// One pulse in a world of its own, which is gone afterwards.
async fn once(file: &Path, fresh: bool, port: Option<u16>, env: &Env, started: &Stopwatch, stop: Stop) -> Result<ExitCode, Failure> {
    let pulse = PulseFile::read(file)?;
    if fresh {
        drop(Kept::open(kept::dir(), true, &runtime::Entropy::system())?);
    }
    let secrets = Secrets::generate(&runtime::Entropy::system());
    let plan = Plan {
        port: port.unwrap_or(0),
        receiver_port: port.map_or(0, |port| port + 1),
        state_dir: None,
        secrets,
    };
    let Some(running) = unless(&stop, Running::bring_up(plan, env, progress)).await.transpose()? else {
        return Ok(stopped());
    };
    let up_ms = started.elapsed_ms();
    let outcome = unless(&stop, deliver_and_show(&running, &pulse, Write::Always, up_ms, started)).await;
    running.stop().await;
    outcome.unwrap_or_else(|| Ok(stopped()))
}

/// The demo pulse, then schedules, until somebody stops it.
async fn stay(fresh: bool, port: u16, env: &Env, started: &Stopwatch, stop: Stop) -> Result<ExitCode, Failure> {
    let demo = PulseFile::read(&workspace_dir().join("infra/local/demo.yaml"))?;
    let kept = Kept::open(kept::dir(), fresh, &runtime::Entropy::system())?;
    let plan = Plan {
        port,
        receiver_port: kept.receiver_port(port + 1)?,
        state_dir: Some(kept.dir.join("emulator")),
        secrets: kept.secrets.clone(),
    };
    let Some(running) = unless(&stop, Running::bring_up(plan, env, progress)).await.transpose()? else {
        return Ok(stopped());
    };
    let up_ms = started.elapsed_ms();
    let chats = kept.dir.join("chats.json");
    running.recall(&chats, progress);

    // What was due while nothing ran, before anything new is written.
    let clock = Clock::system();
    let mut scheduler = Scheduler::of(&running.host, Some(kept.dir.join("schedules.json")), clock.now())?;
    scheduler.fire_due(clock.now()).await?;
    let schedules = tokio::spawn(scheduler.run(clock)).abort_handle();

    // A demo pulse that was changed through the API stays changed, until its file is.
    let mark = kept.dir.join("demo.sha256");
    let write = if std::fs::read_to_string(&mark).is_ok_and(|written| written == demo.sha256_hex()) {
        Write::IfMissing
    } else {
        Write::Always
    };
    let outcome = unless(&stop, deliver_and_show(&running, &demo, write, up_ms, started)).await;
    match outcome {
        Some(Ok(_)) => std::fs::write(&mark, demo.sha256_hex()).map_err(|error| kept::unwritable(&mark, &error))?,
        Some(Err(failure)) => eprintln!("cargo local: the demo pulse was not delivered: {failure}"),
        None => {}
    }
    if stop.peek().is_none() {
        print!("{}", report::addresses(&running));
    }
    stop.await;
    progress("stopping");
    schedules.abort();
    running.remember(&chats)?;
    running.stop().await;
    progress("stopped; the state is in .local/ for the next start");
    Ok(ExitCode::SUCCESS)
}

/// `None`: somebody stopped us first.
async fn unless<T>(stop: &Stop, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = stop.clone() => None,
        done = work => Some(done),
    }
}

/// As shells have it for Ctrl-C.
fn stopped() -> ExitCode {
    progress("stopped");
    ExitCode::from(130)
}

async fn deliver_and_show(running: &Running, file: &PulseFile, write: Write, up_ms: u64, started: &Stopwatch) -> Result<ExitCode, Failure> {
    let delivered = deliver::deliver(running, file, write).await?;
    show(running, &delivered, up_ms, started).await
}

/// Prints what became of a run; a failure where not everything went out.
async fn show(running: &Running, delivered: &Delivered, up_ms: u64, started: &Stopwatch) -> Result<ExitCode, Failure> {
    let total_ms = started.elapsed_ms();
    let pictures = deliver::save_pictures(running, delivered).await?;
    print!("{}", report::report(delivered, &pictures, up_ms, total_ms));
    match delivered.trouble() {
        None => Ok(ExitCode::SUCCESS),
        Some(trouble) => Err(Failure::new(trouble)),
    }
}

fn progress(line: &str) {
    eprintln!("· {line}");
}

/// Ctrl-C, or whoever sends SIGTERM.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}
