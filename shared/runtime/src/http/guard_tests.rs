#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;

fn settings(allowed: &str) -> GuardSettings {
    GuardSettings::from_env(&Env::from_map([("WEBHOOK_ALLOWED_ORIGINS", allowed)])).unwrap()
}

fn check(url: &str, allowed: &str) -> Result<(), String> {
    settings(allowed)
        .check(&Url::parse(url).unwrap())
        .map_err(|refused| refused.to_string())
}

#[test]
fn urls_are_checked_in_every_spelling() {
    let table = [
        ("https://example.com/hook?token=planted", ""),
        ("https://example.com:8443/", ""),
        ("https://8.8.8.8/", ""),
        ("https://[2606:4700:4700::1111]/", ""),
        ("http://example.com/", "begins with `http:`"),
        ("ftp://example.com/", "begins with `ftp:`"),
        ("file:///etc/passwd", "begins with `file:`"),
        ("https://example.com:80/", "port is 80"),
        ("https://example.com:22/", "port is 22"),
        ("https://user@example.com/", "user name or a password"),
        ("https://:planted@example.com/", "user name or a password"),
        ("https://127.0.0.1/", "`127.0.0.1` is not on the public internet"),
        ("https://127.0.0.1./", "`127.0.0.1` is not on the public internet"),
        ("https://127.1/", "`127.0.0.1` is not on the public internet"),
        ("https://2130706433/", "`127.0.0.1` is not on the public internet"),
        ("https://0x7f000001/", "`127.0.0.1` is not on the public internet"),
        ("https://0177.0.0.1/", "`127.0.0.1` is not on the public internet"),
        ("https://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("https://１２７.0.0.1/", "`127.0.0.1` is not on the public internet"),
        ("https://[::1]/", "`[::1]` is not on the public internet"),
        ("https://[::ffff:8.8.8.8]/", "not on the public internet"),
        ("https://[::ffff:a9fe:a9fe]/", "not on the public internet"),
        ("https://[64:ff9b::7f00:1]/", "not on the public internet"),
        ("https://[2002:7f00:1::]/", "not on the public internet"),
        ("https://[fd00:ec2::254]/", "not on the public internet"),
    ];
    for (url, expected) in table {
        match check(url, "") {
            Ok(()) => assert_eq!(expected, "", "{url} was accepted"),
            Err(words) => {
                assert!(!expected.is_empty() && words.contains(expected), "{url}: {words}");
                assert!(!words.contains("planted"), "{words}");
            }
        }
    }
}

#[test]
fn an_allowed_origin_is_exactly_that_origin() {
    let allowed = "http://127.0.0.1:9300, http://localhost:9301/";
    assert_eq!(check("http://127.0.0.1:9300/hook", allowed), Ok(()));
    assert_eq!(check("http://localhost:9301/", allowed), Ok(()));
    for url in [
        "http://127.0.0.1:9301/",
        "https://127.0.0.1:9300/",
        "http://127.0.0.2:9300/",
        "https://127.0.0.1/",
    ] {
        assert!(check(url, allowed).is_err(), "{url}");
    }
    for entry in ["127.0.0.1:9300", "http://127.0.0.1:9300/hook", "ftp://127.0.0.1"] {
        let error = GuardSettings::from_env(&Env::from_map([("WEBHOOK_ALLOWED_ORIGINS", entry)])).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("WEBHOOK_ALLOWED_ORIGINS is `{entry}`")),
            "{error}"
        );
    }
}

/// A server that counts its connections and answers each with 200.
async fn server() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, connections) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = connections.clone();
    let app = axum::Router::new().fallback(|| async { "reached" });
    let listener = axum::serve::ListenerExt::tap_io(listener, move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, connections)
}

/// A guard whose name resolves to one answer after the other; what is at `private` counts as off the public internet.
fn scripted(answers: Vec<Vec<SocketAddr>>, private: SocketAddr) -> (Client, Arc<Mutex<Vec<Vec<SocketAddr>>>>) {
    let left = Arc::new(Mutex::new(answers));
    let script = left.clone();
    let lookup = move |_| {
        let answer = script.lock().unwrap().remove(0);
        Box::pin(async move { Ok(answer) }) as Found
    };
    let guard = Guard {
        lookup: Arc::new(lookup),
        is_accepted: Arc::new(move |address| address != private),
    };
    (guarded(Duration::from_secs(5), guard).unwrap(), left)
}

#[tokio::test]
async fn a_flipping_name_gains_nothing() {
    let ((public, public_connections), (private, private_connections)) = (server().await, server().await);
    let (client, left) = scripted(vec![vec![public], vec![private], vec![public, private], vec![public]], private);
    let call = || client.get("http://flipping.test/").send();

    assert_eq!(call().await.unwrap().text().await.unwrap(), "reached");
    for answer in ["now private", "public and private"] {
        let error = call().await.expect_err(answer);
        let refused = refusal(&error).unwrap_or_else(|| panic!("{answer}: {error:?}"));
        assert_eq!(
            refused.to_string(),
            "`flipping.test` is not on the public internet, and only that can be reached from here"
        );
    }
    assert_eq!(call().await.unwrap().status(), 200);

    assert!(left.lock().unwrap().is_empty(), "one lookup for each connection");
    assert_eq!(public_connections.load(Ordering::SeqCst), 2);
    assert_eq!(private_connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_machine_itself_is_out_of_reach() {
    let client = GuardedClient::new(settings("")).unwrap();
    let request = client.request(Method::POST, Url::parse("https://localhost/").unwrap()).unwrap();
    let error = request.send().await.unwrap_err();
    let words = super::super::in_words(&error);
    assert_eq!(
        words,
        "`localhost` is not on the public internet, and only that can be reached from here"
    );

    let refused = client.request(Method::POST, Url::parse("https://127.0.0.1/").unwrap()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`127.0.0.1` is not on the public internet, and only that can be reached from here"
    );
}

#[tokio::test]
async fn an_allowed_origin_is_called_and_other_failures_are_no_refusals() {
    let (address, connections) = server().await;
    let client = GuardedClient::new(settings(&format!("http://{address}"))).unwrap();
    let url = Url::parse(&format!("http://{address}/hook")).unwrap();
    assert_eq!(client.request(Method::POST, url).unwrap().send().await.unwrap().status(), 200);
    assert_eq!(connections.load(Ordering::SeqCst), 1);

    // The list opens an origin, not a name: the same name on another port goes through the guard.
    let error = client
        .request(Method::GET, Url::parse("https://localhost:8443/").unwrap())
        .unwrap()
        .send()
        .await
        .unwrap_err();
    assert!(refusal(&error).is_some(), "{error:?}");

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = GuardedClient::new(settings(&format!("http://{closed}"))).unwrap();
    let error = client
        .request(Method::GET, Url::parse(&format!("http://{closed}/")).unwrap())
        .unwrap()
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect() && refusal(&error).is_none(), "{error:?}");
}
