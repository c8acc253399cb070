#![expect(clippy::unwrap_used, reason = "tests")]

use std::net::TcpListener;

use super::*;

fn start(options: &EmulatorOptions) -> Result<Emulator, EmulatorError> {
    Emulator::start(options, &mut |line| eprintln!("{line}"))
}

#[test]
fn a_taken_port_is_said_in_words() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = start(&EmulatorOptions {
        port: Some(port),
        ..EmulatorOptions::default()
    })
    .unwrap_err();
    assert!(error.to_string().contains(&format!("Port {port} is taken")), "{error}");
    assert!(error.to_string().contains("choose another port"), "{error}");
}

#[test]
fn an_endpoint_of_somebody_else_is_used_and_checked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let theirs = EmulatorOptions {
        endpoint: Some(url.clone()),
        ..EmulatorOptions::default()
    };
    let emulator = start(&theirs).unwrap();
    assert_eq!(emulator.endpoint, url.trim_end_matches('/'));
    assert_eq!(emulator.process_id(), None);

    drop(listener);
    let error = start(&theirs).unwrap_err().to_string();
    assert!(error.contains("Nothing answers at AWS_ENDPOINT_URL"), "{error}");
    let error = start(&EmulatorOptions {
        endpoint: Some("localstack".into()),
        ..theirs
    })
    .unwrap_err()
    .to_string();
    assert!(error.contains("no URL"), "{error}");
}

#[test]
fn pip_failures_say_what_to_do() {
    for (said, expected) in [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        (
            "WARNING: Retrying after NewConnectionError: refused",
            "package index cannot be reached",
        ),
        (
            "The virtual environment was not created successfully because ensurepip is not available.",
            "python3-venv",
        ),
        (
            "noise\nERROR: No matching distribution found for ministack==0\n",
            "No matching distribution",
        ),
    ] {
        let sentence = install::explain("install the emulator with pip", said).to_string();
        assert!(sentence.contains(expected), "{said:?} became {sentence:?}");
    }
}

#[test]
fn starts_keeps_nothing_and_is_gone_when_dropped() {
    let emulator = start(&EmulatorOptions::default()).unwrap();
    let address = emulator.endpoint.trim_start_matches("http://").to_owned();
    let port: u16 = address.rsplit(':').next().unwrap().parse().unwrap();
    let run_dir = EmulatorOptions::default()
        .install_dir
        .join(format!("run-{}-{port}", std::process::id()));
    assert!(run_dir.exists());
    drop(emulator);
    assert!(TcpListener::bind(&address).is_ok(), "the port is still taken");
    assert!(!run_dir.exists(), "the ephemeral state is still there");
}
