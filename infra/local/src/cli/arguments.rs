//! What was asked for on the command line.

use std::path::PathBuf;

/// What `--help` prints.
pub(super) const HELP: &str = "\
All of Chartcastr on this machine: AWS by an emulator, every function in one process, providers by simulators, and an outbox page.

usage: cargo local [--fresh] [--port PORT]      deliver the demo pulse, then keep firing schedules until stopped
       cargo local --once FILE.yaml             deliver that file's pulse once, print what became of it, and end

  --once FILE.yaml   a pulse file, such as infra/local/demo.yaml; ends with 0 when every delivery reached its provider
  --fresh            forget everything that .local/ keeps from former starts
  --port PORT        HTTP port on 127.0.0.1 (default 8787; the webhook receiver has the next one; --once takes free ones)
  --help             this text

environment (each optional)
  AWS_ENDPOINT_URL                      an emulator that already runs (MiniStack, LocalStack), instead of starting one
  WHATSAPP_API_URL                      WhatsApp Cloud API, instead of the simulator; with
    WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID
  GOOGLE_TOKEN_URL, GOOGLE_SHEETS_URL   Google's, instead of the simulator
  META_APP_ID, META_APP_SECRET, META_WHATSAPP_WEBHOOK_VERIFY_TOKEN
                                        what Meta's console says; made up where not given
  WEBHOOK_ALLOWED_ORIGINS               origins off the public internet that webhooks and data links may reach, beside our own
  PUBLIC_URL                            where this machine is reached from outside, for real webhooks and picture links
  LOG_LEVEL                             error, warn (default), info, debug or trace
";

/// The port that is used where none is given.
const PORT_USUAL: u16 = 8787;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Arguments {
    Help,
    /// Until stopped.
    Stay {
        fresh: bool,
        port: u16,
    },
    /// One pulse, on free ports where none is given.
    Once {
        file: PathBuf,
        fresh: bool,
        port: Option<u16>,
    },
}

impl Arguments {
    /// Reads what stands behind the program's name.
    ///
    /// # Errors
    /// A sentence that says what is accepted.
    pub(super) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let (mut file, mut fresh, mut port) = (None, false, None);
        let mut rest = arguments.into_iter();
        while let Some(argument) = rest.next() {
            let (name, glued) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (argument.clone(), None),
            };
            let mut value = |what: &str| {
                glued
                    .clone()
                    .or_else(|| rest.next())
                    .filter(|value| !value.is_empty())
                    .ok_or_else(|| format!("{name} needs {what}"))
            };
            match name.as_str() {
                "--once" if file.is_none() => file = Some(PathBuf::from(value("a pulse file, such as --once infra/local/demo.yaml")?)),
                "--port" if port.is_none() => {
                    let given = value("a port, such as --port 8787")?;
                    // The webhook receiver has the one behind it.
                    let parsed = given.parse().ok().filter(|port| (1..u16::MAX).contains(port));
                    port = Some(parsed.ok_or_else(|| format!("--port is {given}; 1 to 65534 is accepted"))?);
                }
                "--fresh" if glued.is_none() => fresh = true,
                "--help" | "-h" if glued.is_none() => return Ok(Self::Help),
                "--once" | "--port" => return Err(format!("{name} is given twice")),
                "--fresh" | "--help" => return Err(format!("{name} takes no value")),
                _ => {
                    return Err(format!(
                        "`{argument}` is unknown; --once FILE.yaml, --fresh, --port PORT and --help are accepted"
                    ));
                }
            }
        }
        Ok(match file {
            Some(file) => Self::Once { file, fresh, port },
            None => Self::Stay {
                fresh,
                port: port.unwrap_or(PORT_USUAL),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_is_asked_for() {
        let once = |file: &str, fresh, port| {
            Ok(Arguments::Once {
                file: file.into(),
                fresh,
                port,
            })
        };
        for (line, expected) in [
            ("", Ok(Arguments::Stay { fresh: false, port: 8787 })),
            ("--fresh --port 9000", Ok(Arguments::Stay { fresh: true, port: 9000 })),
            ("--once a.yaml", once("a.yaml", false, None)),
            ("--port=9000 --once=a=b.yaml --fresh", once("a=b.yaml", true, Some(9000))),
            ("--once a.yaml -h", Ok(Arguments::Help)),
        ] {
            assert_eq!(parse(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_refused_and_why() {
        for (line, expected) in [
            (
                "--onec a.yaml",
                "`--onec` is unknown; --once FILE.yaml, --fresh, --port PORT and --help are accepted",
            ),
            (
                "demo.yaml",
                "`demo.yaml` is unknown; --once FILE.yaml, --fresh, --port PORT and --help are accepted",
            ),
            ("--once", "--once needs a pulse file, such as --once infra/local/demo.yaml"),
            ("--once a --once b", "--once is given twice"),
            ("--port", "--port needs a port, such as --port 8787"),
            ("--port 65535", "--port is 65535; 1 to 65534 is accepted"),
            ("--port http", "--port is http; 1 to 65534 is accepted"),
            ("--fresh=yes", "--fresh takes no value"),
        ] {
            assert_eq!(parse(line), Err(expected.to_owned()), "{line}");
        }
    }
}
