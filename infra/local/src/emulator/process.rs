//! The emulator as a child process: started on 127.0.0.1, waited for, and gone when we are gone.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::{EmulatorError, EmulatorOptions, install};

/// A second is usual; a cold disk may take ten.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// Saving the state of a few thousand items takes well under a second.
const STOPPED_WITHIN: Duration = Duration::from_secs(10);
/// How often a starting or stopping emulator is looked at.
const POLL_EVERY: Duration = Duration::from_millis(25);
/// The exit code of bootstrap.py when another emulator holds the state folder.
const STATE_IN_USE: i32 = 75;

/// A running emulator, or an endpoint that somebody else runs. Dropping it stops what it started.
#[derive(Debug)]
pub struct Emulator {
    /// Where every AWS client of this machine is pointed, such as `http://127.0.0.1:4566`.
    pub endpoint: String,
    child: Option<Child>,
}

impl Emulator {
    /// Brings the emulator up and returns when it answers. Blocks: the first time for as long as pip takes, later for about a second.
    ///
    /// `progress` is told in short lines what is being waited for.
    ///
    /// # Errors
    /// No usable Python, pip failed, the port is taken, the state is in use, the disk is full: in words.
    pub fn start(options: &EmulatorOptions, progress: &mut dyn FnMut(&str)) -> Result<Self, EmulatorError> {
        if let Some(endpoint) = &options.endpoint {
            return answers(endpoint).map(|()| Self {
                endpoint: endpoint.trim_end_matches('/').to_owned(),
                child: None,
            });
        }
        let python = install::python(options, progress)?;
        let port = free_port(options.port)?;
        let endpoint = format!("http://127.0.0.1:{port}");
        let state_dir = state_dir(options, port);
        fs::create_dir_all(state_dir.join("tmp")).map_err(|e| EmulatorError::io(&format!("create {}", state_dir.display()), &e))?;
        let log_path = state_dir.join("emulator.log");
        let log = File::create(&log_path).map_err(|e| EmulatorError::io("create the emulator's log file", &e))?;

        progress("starting the AWS emulator");
        let mut child = command(&python, options, &endpoint, port, &state_dir)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().map_err(|e| EmulatorError::io("share the log file", &e))?)
            .stderr(log)
            .spawn()
            .map_err(|e| EmulatorError::io("start the emulator", &e))?;
        match wait_until_ready(&mut child, port, &log_path) {
            Ok(()) => Ok(Self {
                endpoint,
                child: Some(child),
            }),
            Err(error) => {
                stop(&mut child);
                Err(error)
            }
        }
    }

    /// The process id of the emulator that was started here.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            stop(child);
        }
    }
}

/// Closing its standard input asks it to save and leave; who does not leave is killed.
fn stop(child: &mut Child) {
    drop(child.stdin.take());
    for _ in 0..polls_in(STOPPED_WITHIN) {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        pause();
    }
    // Both fail only when it is already gone.
    let _gone = child.kill();
    let _reaped = child.wait();
}

fn polls_in(time: Duration) -> u128 {
    time.as_millis() / POLL_EVERY.as_millis()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a child process that starts or stops gives no event that std could wait for with a limit"
)]
fn pause() {
    std::thread::sleep(POLL_EVERY);
}

/// Variables of the caller's that would change what the emulator is.
const NOT_INHERITED: [&str; 9] = [
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "PYTHONPATH",
    "PYTHONHOME",
    "USE_SSL",
];

fn command(python: &Path, options: &EmulatorOptions, endpoint: &str, port: u16, state_dir: &Path) -> Command {
    let ephemeral = options.state_dir.is_none();
    let persist = if ephemeral { "0" } else { "1" };
    let mut command = Command::new(python);
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command
        .args(["-c", include_str!("bootstrap.py")])
        .current_dir(state_dir)
        // The defaults listen on every interface.
        .env("BIND_HOST", "127.0.0.1")
        .env("IOT_MTLS_ENABLED", "0")
        .env("GATEWAY_PORT", port.to_string())
        .env("AWS_ENDPOINT_URL", endpoint)
        // Lambdas then act under their own roles; keys called `test` are the account's root.
        .env("AUTH", if options.full { "true" } else { "false" })
        .env("LOG_LEVEL", if options.full { "INFO" } else { "WARNING" })
        .env("PERSIST_STATE", persist)
        .env("STATE_DIR", state_dir.join("state"))
        .env("S3_PERSIST", persist)
        .env("S3_DATA_DIR", state_dir.join("s3"))
        .env("TMPDIR", state_dir.join("tmp"))
        .env("CHARTCASTR_STATE_DIR", state_dir)
        .env("CHARTCASTR_EPHEMERAL", if ephemeral { "1" } else { "0" });
    command
}

/// The folder to keep, or one of its own that bootstrap.py removes.
fn state_dir(options: &EmulatorOptions, port: u16) -> PathBuf {
    options
        .state_dir
        .clone()
        .unwrap_or_else(|| options.install_dir.join(format!("run-{}-{port}", std::process::id())))
}

fn free_port(wanted: Option<u16>) -> Result<u16, EmulatorError> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, wanted.unwrap_or(0))).and_then(|l| l.local_addr()) {
        Ok(address) => Ok(address.port()),
        Err(e) => Err(EmulatorError::new(match wanted {
            Some(port) => format!("Port {port} is taken ({e}): stop what listens there, or choose another port."),
            None => format!("This machine has no free port on 127.0.0.1: {e}."),
        })),
    }
}

fn wait_until_ready(child: &mut Child, port: u16, log_path: &Path) -> Result<(), EmulatorError> {
    for _ in 0..polls_in(READY_WITHIN) {
        if is_healthy(port) {
            return Ok(());
        }
        if let Ok(Some(status)) = child.try_wait() {
            return Err(match status.code() {
                Some(STATE_IN_USE) => EmulatorError::new("Another `cargo local` is using this state: stop it, or run in another checkout."),
                _ => EmulatorError::new(format!(
                    "The AWS emulator ended while starting: {}. Its whole log is {}.",
                    last_line(log_path),
                    log_path.display()
                )),
            });
        }
        pause();
    }
    Err(EmulatorError::new(format!(
        "The AWS emulator did not answer within {} seconds; its log is {}.",
        READY_WITHIN.as_secs(),
        log_path.display()
    )))
}

/// One plain GET: not worth an HTTP client.
fn is_healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /_ministack/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut status_line = [0; 12];
        stream.read_exact(&mut status_line)?;
        Ok(&status_line == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}

/// Whether anything listens at an endpoint that somebody else runs.
fn answers(endpoint: &str) -> Result<(), EmulatorError> {
    let parsed = url::Url::parse(endpoint).ok().filter(|url| url.has_host());
    let (Some(host), Some(port)) = (
        parsed.as_ref().and_then(|url| url.host_str()),
        parsed.as_ref().and_then(url::Url::port_or_known_default),
    ) else {
        return Err(EmulatorError::new(format!(
            "AWS_ENDPOINT_URL is {endpoint:?}, which is no URL: set it to one such as http://127.0.0.1:4566, or unset it."
        )));
    };
    let reached = (host.trim_matches(['[', ']']), port)
        .to_socket_addrs()
        .is_ok_and(|mut addresses| addresses.any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(3)).is_ok()));
    if reached {
        return Ok(());
    }
    Err(EmulatorError::new(format!(
        "Nothing answers at AWS_ENDPOINT_URL ({endpoint}): start the emulator there, or unset the variable to have one started."
    )))
}

fn last_line(log_path: &Path) -> String {
    let log = fs::read_to_string(log_path).unwrap_or_default();
    log.lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or("it said nothing")
        .trim()
        .to_owned()
}
