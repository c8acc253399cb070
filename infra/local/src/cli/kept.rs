//! What is kept in `.local/` between starts.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use runtime::Entropy;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::template::workspace_dir;

/// The folder, and the lock on it that keeps a second `cargo local` out.
#[derive(Debug)]
pub(super) struct Kept {
    pub dir: PathBuf,
    pub secrets: Secrets,
    _lock: File,
}

/// What this machine made up for itself.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Secrets {
    /// With which every resource's name begins: a fresh one finds nothing of the old ones.
    pub stack: String,
    pub api_key: String,
    pub meta_app_secret: String,
    pub verify_token: String,
    pub webhook_secret: String,
    pub link_signing_secret: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("stack", &self.stack).finish_non_exhaustive()
    }
}

impl Secrets {
    pub(super) fn generate(entropy: &Entropy) -> Self {
        let token = || URL_SAFE_NO_PAD.encode(entropy.bytes::<32>());
        Self {
            stack: format!("local-{:08x}", u32::from_le_bytes(entropy.bytes())),
            api_key: format!("ck_{}", token()),
            meta_app_secret: token(),
            verify_token: token(),
            webhook_secret: format!("whsec_{}", STANDARD.encode(entropy.bytes::<32>())),
            link_signing_secret: token(),
        }
    }
}

/// Where `.local/` is: beside `template.yaml`.
pub(super) fn dir() -> PathBuf {
    workspace_dir().join(".local")
}

impl Kept {
    /// Takes the folder, empties it if asked, and makes up what is not there yet.
    pub(super) fn open(dir: PathBuf, fresh: bool, entropy: &Entropy) -> Result<Self, Failure> {
        fs::create_dir_all(&dir).map_err(|error| unwritable(&dir, &error))?;
        let lock_path = dir.join("lock");
        let lock = File::create(&lock_path).map_err(|error| unwritable(&lock_path, &error))?;
        if lock.try_lock().is_err() {
            return Err(Failure::new(
                "Another `cargo local` runs in this checkout: stop it, or use --once FILE.yaml, which runs beside it.",
            ));
        }
        if fresh {
            empty(&dir)?;
        }
        let path = dir.join("secrets.json");
        let secrets = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                Failure::new(format!(
                    "{} cannot be read ({error}): run with --fresh to begin anew.",
                    path.display()
                ))
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secrets = Secrets::generate(entropy);
                write_secret(&path, &secrets).map_err(|error| unwritable(&path, &error))?;
                secrets
            }
            Err(error) => {
                return Err(Failure::new(format!(
                    "{} cannot be read ({error}): mend that, or run with --fresh.",
                    path.display()
                )));
            }
        };
        Ok(Self { dir, secrets, _lock: lock })
    }
}

impl Kept {
    /// The webhook receiver's port: the one it had, because destinations that are stored name it; `otherwise` at the first start.
    pub(super) fn receiver_port(&self, otherwise: u16) -> Result<u16, Failure> {
        let path = self.dir.join("receiver-port");
        if let Some(port) = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok()) {
            return Ok(port);
        }
        fs::write(&path, otherwise.to_string()).map_err(|error| unwritable(&path, &error))?;
        Ok(otherwise)
    }
}

/// Everything but the lock.
fn empty(dir: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(dir).map_err(|error| unwritable(dir, &error))?.flatten() {
        let path = entry.path();
        let removed = match entry.file_type() {
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(&path),
            _ if path.file_name().is_some_and(|name| name == "lock") => Ok(()),
            _ => fs::remove_file(&path),
        };
        removed.map_err(|error| unwritable(&path, &error))?;
    }
    Ok(())
}

/// For the owner's eyes only, from the first byte on.
fn write_secret(path: &Path, secrets: &Secrets) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(&serde_json::to_vec_pretty(secrets)?)
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Failure::new("The disk is full: free 400 MB (`cargo clean` frees target/) and run the command again.");
    }
    Failure::new(format!(
        "{} cannot be written ({error}): make the folder writable and run the command again.",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("chartcastr-kept-{name}-{}", std::process::id()))
    }

    #[test]
    fn what_is_made_up_once_stays_until_fresh() {
        let dir = scratch("stays");
        let open = |fresh| Kept::open(dir.clone(), fresh, &Entropy::system()).unwrap();
        let first = open(false).secrets;
        assert_eq!(open(false).secrets.api_key, first.api_key);
        fs::create_dir_all(dir.join("emulator/state")).unwrap();
        let fresh = open(true).secrets;
        assert_ne!((fresh.api_key, &fresh.stack), (first.api_key, &first.stack));
        assert!(!dir.join("emulator").exists());
        fs::remove_dir_all(dir).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn secrets_are_the_owners_alone_and_not_printed() {
        use std::os::unix::fs::PermissionsExt;
        let dir = scratch("secret");
        let kept = Kept::open(dir.clone(), false, &Entropy::system()).unwrap();
        let mode = fs::metadata(dir.join("secrets.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!format!("{kept:?}").contains(&kept.secrets.api_key));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_second_one_is_kept_out_in_words() {
        let dir = scratch("lock");
        let first = Kept::open(dir.clone(), false, &Entropy::system()).unwrap();
        let refused = Kept::open(dir.clone(), true, &Entropy::system()).unwrap_err();
        assert!(
            refused.to_string().starts_with("Another `cargo local` runs in this checkout"),
            "{refused}"
        );
        drop(first);
        fs::remove_dir_all(dir).unwrap();
    }
}
