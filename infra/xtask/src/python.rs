//! Tools that come as Python packages: pinned, one environment, made the first time they are needed.

use std::fs::{self, File};
use std::path::PathBuf;

use crate::run::{command, run, workspace_dir};

/// SAM brings cfn-lint; both are named so that neither moves by itself.
const PACKAGES: [&str; 2] = ["aws-sam-cli==1.170.0", "cfn-lint==1.58.0"];
/// Changes with the pins: another name is another environment.
const ENVIRONMENT: &str = "sam-1.170.0";

/// The folder with `cfn-lint` and `sam`. The first time takes about a minute and 350 MB.
pub fn tools() -> Result<PathBuf, String> {
    let tools = workspace_dir().join("target/tools");
    let environment = tools.join(ENVIRONMENT);
    let bin = environment.join("bin");
    // Written last: an installation that was interrupted is made again.
    let complete = environment.join("complete");
    fs::create_dir_all(&tools).map_err(|e| format!("Could not create {} ({e}): free some disk space.", tools.display()))?;
    let lock = File::create(tools.join("lock")).and_then(|file| file.lock().map(|()| file));
    let _held_until_the_end = lock.map_err(|e| format!("Could not lock {} ({e}).", tools.display()))?;
    if complete.exists() {
        return Ok(bin);
    }
    eprintln!("installing {} (350 MB), the first time only", PACKAGES.join(" and "));
    run(
        command("python3").args(["-m", "venv", "--clear"]).arg(&environment),
        "Install Python 3.10 or newer with its venv package (Debian, Ubuntu: `apt install python3-venv`).",
    )?;
    run(
        command(bin.join("python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(PACKAGES),
        "pip says why above; check the network and the disk, then run the command again.",
    )?;
    File::create(complete)
        .map_err(|e| format!("Could not finish the installation ({e})."))
        .map(|_| bin)
}
