//! The emulator's own Python environment: pinned, made once, shared by every process on this machine.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{EmulatorError, EmulatorOptions};

/// The release that reference/aws-local.md was measured with. Another release may answer differently: measure first.
const VERSION: &str = "1.5.33";
/// What that release asks for.
const PYTHON_MINOR_MIN: u32 = 10;

/// The environment's Python, installed first if it is not there. Two processes never install at once.
pub(super) fn python(options: &EmulatorOptions, progress: &mut dyn FnMut(&str)) -> Result<PathBuf, EmulatorError> {
    let slim = options.install_dir.join(format!("ministack-{VERSION}"));
    let full = options.install_dir.join(format!("ministack-{VERSION}-full"));
    if let Some(python) = installed(&full) {
        return Ok(python);
    }
    let wanted = if options.full { &full } else { &slim };
    if let Some(python) = installed(wanted) {
        return Ok(python);
    }

    fs::create_dir_all(&options.install_dir).map_err(|e| EmulatorError::io(&format!("create {}", options.install_dir.display()), &e))?;
    let lock = File::create(options.install_dir.join("lock")).map_err(|e| EmulatorError::io("create the installation's lock file", &e))?;
    if lock.try_lock().is_err() {
        progress("another process is installing the emulator; waiting for it");
        lock.lock().map_err(|e| EmulatorError::io("wait for the other installation", &e))?;
    }
    // Whoever held the lock may have done it for us.
    match installed(wanted) {
        Some(python) => Ok(python),
        None => install(wanted, options.full, progress),
    }
}

fn installed(environment: &Path) -> Option<PathBuf> {
    let python = environment.join("bin/python");
    python.exists().then_some(python)
}

/// Builds beside the final folder and renames: an installation that was interrupted is never taken for a whole one.
fn install(environment: &Path, full: bool, progress: &mut dyn FnMut(&str)) -> Result<PathBuf, EmulatorError> {
    let system_python = system_python()?;
    let size = if full { "215 MB" } else { "90 MB" };
    progress(&format!(
        "installing the AWS emulator (MiniStack {VERSION}, {size}), the first time only"
    ));

    let building = environment.with_extension("building");
    if building.exists() {
        fs::remove_dir_all(&building).map_err(|e| EmulatorError::io("remove an interrupted installation", &e))?;
    }
    let mut venv = Command::new(system_python);
    venv.args(["-m", "venv"]).arg(&building);
    run(&mut venv, progress).map_err(|said| explain("make a Python environment", &said))?;

    let package = if full { "ministack[full]" } else { "ministack" };
    let mut pip = Command::new(building.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--no-input",
        "--progress-bar",
        "off",
        "--disable-pip-version-check",
    ])
    .arg(format!("{package}=={VERSION}"));
    run(&mut pip, progress).map_err(|said| explain("install the emulator with pip", &said))?;

    fs::rename(&building, environment).map_err(|e| EmulatorError::io("put the installation in its place", &e))?;
    progress("the AWS emulator is installed");
    installed(environment).ok_or_else(|| {
        EmulatorError::new(format!(
            "The Python environment in {} has no bin/python: remove that folder and run the command again.",
            environment.display()
        ))
    })
}

/// The first Python on the PATH that is new enough and can make environments.
fn system_python() -> Result<&'static str, EmulatorError> {
    let question = "import sys, venv, ensurepip; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)";
    let mut found_but = None;
    for name in ["python3", "python"] {
        let Ok(output) = Command::new(name).args(["-c", question]).output() else {
            continue;
        };
        if !output.status.success() {
            found_but = Some("cannot make environments: install its venv package (Debian, Ubuntu: `apt install python3-venv`)");
            continue;
        }
        match String::from_utf8_lossy(&output.stdout).trim().parse::<u32>() {
            Ok(minor) if minor >= PYTHON_MINOR_MIN => return Ok(name),
            _ => found_but = Some("is too old: install Python 3.10 or newer"),
        }
    }
    Err(EmulatorError::new(match found_but {
        Some(but) => format!("The Python on the PATH {but}, then run the command again."),
        None => "Python 3 is not installed, and the AWS emulator needs it: install Python 3.10 or newer \
                 (https://www.python.org/downloads/), or set AWS_ENDPOINT_URL to an emulator that is running."
            .into(),
    }))
}

/// Runs to the end, passing on which packages are fetched; what it complained about if it failed.
fn run(command: &mut Command, progress: &mut dyn FnMut(&str)) -> Result<(), String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let complaints = child.stderr.take().map(|mut stderr| {
        std::thread::spawn(move || {
            let mut said = String::new();
            // Bytes that are no UTF-8 end the reading early; the exit status still tells failure from success.
            let _ended_early = stderr.read_to_string(&mut said);
            said
        })
    });
    let mut last_line = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(package) = line.strip_prefix("Collecting ") {
                progress(&format!("  fetching {package}"));
            } else if line.starts_with("Installing") {
                progress("  unpacking");
            }
            last_line = line;
        }
    }
    let status = child.wait().map_err(|e| e.to_string())?;
    if status.success() {
        return Ok(());
    }
    let said = complaints.and_then(|thread| thread.join().ok()).unwrap_or_default();
    Err(format!("{last_line}\n{said}"))
}

/// pip's many lines as one sentence that ends in what to do.
pub(super) fn explain(what: &str, said: &str) -> EmulatorError {
    let has = |needle: &str| said.contains(needle);
    if has("No space left on device") {
        return EmulatorError::disk_full();
    }
    if has("ensurepip") {
        return EmulatorError::new(
            "This Python cannot make environments: install its venv package (Debian, Ubuntu: `apt install python3-venv`) and run the command again.",
        );
    }
    if [
        "NameResolution",
        "NewConnectionError",
        "ConnectTimeout",
        "ReadTimeout",
        "ProxyError",
        "SSLError",
    ]
    .iter()
    .any(|e| has(e))
    {
        return EmulatorError::new(format!(
            "Could not {what}: the package index cannot be reached. Check the network and pip's proxy settings, then run the command again."
        ));
    }
    let reason = said
        .lines()
        .rfind(|line| line.starts_with("ERROR:") || line.starts_with("error:"))
        .or_else(|| said.lines().rfind(|line| !line.trim().is_empty()))
        .unwrap_or("it ended without a word")
        .trim();
    EmulatorError::new(format!("Could not {what}: {reason}. Mend that and run the command again."))
}
