//! Init time: from the start of the process to its first request for work, as Lambda counts it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each binary; taken in turns, so that both see the same machine.
const ROUNDS: usize = 30;

/// The medians of both.
pub struct Paired {
    /// Of the function.
    pub function: Duration,
    /// Of the function that does nothing.
    pub hello: Duration,
}

/// Starts both in turns, with the variables that the function needs to start. AWS is a server here that answers at once: what a function
/// asks it while it starts costs what asking costs, and nothing for the way.
pub fn measure(function: &Path, hello: &Path, variables: &[(&str, &str)]) -> Result<Paired, String> {
    let aws = answer_everything().map_err(|e| format!("No free port on 127.0.0.1: {e}"))?;
    let variables = [variables, &[("AWS_ENDPOINT_URL", aws.as_str())]].concat();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(once(hello, &[])?);
        ours.push(once(function, &variables)?);
    }
    Ok(Paired {
        function: median(ours),
        hello: median(theirs),
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A server that answers every request with an empty JSON object, for as long as this process lives. Gives its address.
fn answer_everything() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut request = [0; 16 * 1024];
                while stream.read(&mut request).is_ok_and(|bytes| bytes > 0) {
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}";
                    if stream.write_all(answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    Ok(address)
}

/// Plays the part of Lambda's runtime interface until the first `GET .../invocation/next`.
#[expect(clippy::disallowed_methods, reason = "it measures another process by this machine's clock")]
fn once(binary: &Path, variables: &[(&str, &str)]) -> Result<Duration, String> {
    let words = |e: std::io::Error| format!("{} could not be measured: {e}", binary.display());
    let runtime_api = TcpListener::bind("127.0.0.1:0").map_err(words)?;
    let address = runtime_api.local_addr().map_err(words)?.to_string();
    let before = Instant::now();
    let mut child = Command::new(binary)
        .env_clear()
        .envs(variables.iter().copied())
        .envs([
            ("AWS_LAMBDA_RUNTIME_API", address.as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "measured"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ])
        .stdout(Stdio::null())
        // It complains when we hang up on it.
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .spawn()
        .map_err(words)?;
    let asked = wait_for_request(&runtime_api, &mut child);
    let elapsed = before.elapsed();
    // Both fail only when it is already gone.
    let _gone = child.kill();
    let _reaped = child.wait();
    match asked {
        Ok(()) => Ok(elapsed),
        Err(why) => Err(format!("{} did not ask for work: {why}", binary.display())),
    }
}

fn wait_for_request(runtime_api: &TcpListener, child: &mut std::process::Child) -> Result<(), String> {
    runtime_api.set_nonblocking(true).map_err(|e| e.to_string())?;
    loop {
        match runtime_api.accept() {
            Ok((mut stream, _)) => {
                let mut head = [0; 64];
                stream.set_nonblocking(false).map_err(|e| e.to_string())?;
                stream.read(&mut head).map_err(|e| e.to_string())?;
                // It hangs up on us as soon as it is killed; what it thinks of the answer does not matter.
                let _answered = stream.write_all(b"HTTP/1.1 503 Bye\r\nContent-Length: 0\r\n\r\n");
                return Ok(());
            }
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => match child.try_wait() {
                Ok(Some(status)) => return Err(format!("it ended with {status}")),
                _ => std::thread::yield_now(),
            },
            Err(e) => return Err(e.to_string()),
        }
    }
}
