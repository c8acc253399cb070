#![expect(clippy::unwrap_used, reason = "tests")]
mod kms;

use super::*;
use kms::Kms;
use serde_json::{Value, json};
use std::time::Duration;

const SECRET: &str = r#"{"access_token":"planted-secret-token"}"#;

fn start() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn org(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn connection(id: &str) -> ConnectionId {
    ConnectionId::parse(id).unwrap()
}

/// A vault, an organisation's key and a credential sealed for its Connection `c`.
async fn sealed(kms: &Kms) -> (Vault, OrgKey, Sealed) {
    let vault = kms.vault();
    let key = vault.create_key(&org("a"), start()).await.unwrap();
    let secret = SecretString::from(SECRET);
    let sealed = vault.seal(&org("a"), &connection("c"), &key, &secret, start()).await.unwrap();
    (vault, key, sealed)
}

/// A sealed credential with one field changed.
fn altered(sealed: &Sealed, field: &str, change: impl FnOnce(&mut Value)) -> Sealed {
    let mut value = serde_json::to_value(sealed).unwrap();
    change(&mut value[field]);
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn what_was_sealed_opens_after_a_restart() {
    let kms = Kms::start().await;
    let (_, key, sealed) = sealed(&kms).await;
    let stored = (key.as_str(), sealed.to_json());
    assert!(!format!("{stored:?}").contains("planted"), "{stored:?}");
    assert_eq!(OrgKey::parse(stored.0).unwrap(), key);
    let sealed = Sealed::from_json(&stored.1).unwrap();
    let opened = kms.vault().open(&org("a"), &connection("c"), &sealed, start()).await.unwrap();
    assert_eq!(opened.expose_secret(), SECRET);
}

#[tokio::test]
async fn kms_is_told_the_organisation_and_the_purpose() {
    let kms = Kms::start().await;
    let (_, _, sealed) = sealed(&kms).await;
    kms.vault().open(&org("a"), &connection("c"), &sealed, start()).await.unwrap();
    let context = json!({ "org": "a", "purpose": "credentials" });
    let calls = kms.calls();
    assert_eq!(
        calls.iter().map(|call| call.0.as_str()).collect::<Vec<_>>(),
        ["GenerateDataKey", "Decrypt"]
    );
    for (_, body) in &calls {
        assert_eq!((&body["EncryptionContext"], &body["KeyId"]), (&context, &json!("alias/chartcastr")));
    }
    assert_eq!(calls[0].1["KeySpec"], "AES_256");
}

#[tokio::test]
async fn two_seals_of_one_secret_differ() {
    let kms = Kms::start().await;
    let (vault, key, first) = sealed(&kms).await;
    let second = vault
        .seal(&org("a"), &connection("c"), &key, &SecretString::from(SECRET), start())
        .await
        .unwrap();
    let (first, second) = (serde_json::to_value(first).unwrap(), serde_json::to_value(second).unwrap());
    assert_eq!((&first["v"], &first["key"]), (&json!(1), &second["key"]));
    assert_ne!(first["nonce"], second["nonce"]);
    assert_ne!(first["text"], second["text"]);
}

#[tokio::test]
async fn a_credential_opens_in_its_own_place_only() {
    let kms = Kms::start().await;
    let (vault, _, sealed) = sealed(&kms).await;
    let moved = vault.open(&org("a"), &connection("d"), &sealed, start()).await.unwrap_err();
    assert_eq!(moved, VaultError::Tampered, "another connection");
    for vault in [vault, kms.vault()] {
        let stolen = vault.open(&org("b"), &connection("c"), &sealed, start()).await.unwrap_err();
        assert_eq!(
            stolen,
            VaultError::WrongOrganisation,
            "another organisation, with a warm cache and a cold one"
        );
    }
}

#[tokio::test]
async fn one_organisation_cannot_seal_with_the_key_of_another() {
    let kms = Kms::start().await;
    let (vault, key, _) = sealed(&kms).await;
    let error = vault
        .seal(&org("b"), &connection("c"), &key, &SecretString::from(SECRET), start())
        .await
        .unwrap_err();
    assert_eq!(error, VaultError::WrongOrganisation);
}

#[tokio::test]
async fn a_swapped_key_opens_nothing() {
    let kms = Kms::start().await;
    let (vault, _, sealed) = sealed(&kms).await;
    let other_key = serde_json::to_value(vault.create_key(&org("a"), start()).await.unwrap()).unwrap();
    let swapped = altered(&sealed, "key", |key| *key = other_key);
    assert_eq!(
        vault.open(&org("a"), &connection("c"), &swapped, start()).await.unwrap_err(),
        VaultError::Tampered
    );
}

#[tokio::test]
async fn every_changed_byte_is_found() {
    let kms = Kms::start().await;
    let (vault, _, sealed) = sealed(&kms).await;
    for field in ["nonce", "text"] {
        let length = decode(&serde_json::to_value(&sealed).unwrap()[field]).len();
        for index in 0..length {
            let changed = altered(&sealed, field, |value| {
                let mut bytes = decode(value);
                bytes[index] ^= 1;
                *value = encode(&bytes);
            });
            let error = vault.open(&org("a"), &connection("c"), &changed, start()).await.unwrap_err();
            assert_eq!(error, VaultError::Tampered, "{field}, byte {index}");
        }
    }
    let changed = altered(&sealed, "key", |value| *value = encode(b"no key of ours"));
    assert_eq!(
        vault.open(&org("a"), &connection("c"), &changed, start()).await.unwrap_err(),
        VaultError::WrongOrganisation
    );
}

#[tokio::test]
async fn what_we_did_not_write_is_malformed() {
    let kms = Kms::start().await;
    let (vault, _, sealed) = sealed(&kms).await;
    assert_eq!(
        OrgKey::parse("*").unwrap_err().to_string(),
        "stored text is malformed: the organisation's key"
    );
    for text in ["", "{}", r#"{"v":1,"key":"","nonce":""}"#] {
        assert_eq!(
            Sealed::from_json(text).unwrap_err().to_string(),
            "stored text is malformed: the credential's JSON"
        );
    }
    let calls = kms.calls().len();
    for (field, value) in [
        ("v", json!(2)),
        ("key", json!("*")),
        ("nonce", json!("AAAA")),
        ("nonce", json!("*")),
        ("text", json!("*")),
    ] {
        let changed = altered(&sealed, field, |old| *old = value.clone());
        let error = vault.open(&org("a"), &connection("c"), &changed, start()).await.unwrap_err();
        assert!(matches!(error, VaultError::Malformed { .. }), "{field} {value}: {error}");
    }
    let short = altered(&sealed, "text", |old| *old = encode(b"short"));
    assert_eq!(
        vault.open(&org("a"), &connection("c"), &short, start()).await.unwrap_err(),
        VaultError::Tampered
    );
    assert_eq!(kms.calls().len(), calls, "none of it reaches KMS");
}

#[tokio::test]
async fn a_data_key_is_fetched_once_in_five_minutes() {
    let kms = Kms::start().await;
    let (vault, _, sealed) = sealed(&kms).await;
    let open_at = async |seconds| {
        vault
            .open(&org("a"), &connection("c"), &sealed, start() + Duration::from_secs(seconds))
            .await
            .unwrap();
        kms.calls().len()
    };
    assert_eq!(open_at(0).await, 1, "the key is known from its making");
    assert_eq!(open_at(299).await, 1);
    assert_eq!(open_at(300).await, 2);
    assert_eq!(open_at(599).await, 2);
    assert_eq!(open_at(600).await, 3);
}

#[tokio::test]
async fn what_kms_says_decides_about_trying_again() {
    let table = [
        (400, "AccessDeniedException", false),
        (400, "DisabledException", false),
        (400, "KMSInvalidStateException", false),
        (400, "NotFoundException", false),
        (400, "ThrottlingException", true),
        (500, "KMSInternalException", true),
        (500, "KeyUnavailableException", true),
        (503, "DependencyTimeoutException", true),
    ];
    let kms = Kms::start().await;
    let (_, _, sealed) = sealed(&kms).await;
    for (status, code, is_retryable) in table {
        kms.fail_next(status, code);
        let error = kms.vault().open(&org("a"), &connection("c"), &sealed, start()).await.unwrap_err();
        assert_eq!(error.is_retryable(), is_retryable, "{error}");
        assert!(error.to_string().ends_with(code), "{error}");
        kms.fail_next(status, code);
        assert_eq!(
            kms.vault().create_key(&org("a"), start()).await.unwrap_err(),
            error,
            "the same for both calls"
        );
    }
    let error = Kms::absent()
        .await
        .vault()
        .open(&org("a"), &connection("c"), &sealed, start())
        .await
        .unwrap_err();
    assert_eq!(
        error,
        VaultError::Unavailable {
            why: "no connection".into()
        }
    );
}

#[tokio::test]
async fn long_credentials_are_refused() {
    let kms = Kms::start().await;
    let (vault, key, _) = sealed(&kms).await;
    let seal = async |bytes| {
        vault
            .seal(&org("a"), &connection("c"), &key, &SecretString::from("x".repeat(bytes)), start())
            .await
    };
    let fits = seal(SECRET_BYTES_MAX).await.unwrap();
    let opened = vault.open(&org("a"), &connection("c"), &fits, start()).await.unwrap();
    assert_eq!(opened.expose_secret().len(), SECRET_BYTES_MAX);
    let error = seal(SECRET_BYTES_MAX + 1).await.unwrap_err();
    assert_eq!(error.to_string(), "the credential has 16385 bytes; at most 16384 are accepted");
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let kms = Kms::start().await;
    let (vault, key, sealed) = sealed(&kms).await;
    let opened = vault.open(&org("a"), &connection("c"), &sealed, start()).await.unwrap();
    assert_eq!(format!("{key:?} {sealed:?}"), "OrgKey(…) Sealed(v1, …)");
    let shown = format!(
        "{vault:?} {opened:?} {:?}",
        vault.open(&org("b"), &connection("c"), &sealed, start()).await
    );
    assert!(!shown.contains("planted") && shown.contains("alias/chartcastr"), "{shown}");
}

fn decode(value: &Value) -> Vec<u8> {
    base64::Engine::decode(&base64::engine::general_purpose::STANDARD, value.as_str().unwrap()).unwrap()
}

fn encode(bytes: &[u8]) -> Value {
    Value::from(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes))
}
