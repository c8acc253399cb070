//! The functions' settings on this machine: the caller's environment where it says something, what was made up here otherwise.

use std::collections::BTreeMap;

use runtime::Env;
use store::registry::sha256_hex;

use super::kept::Secrets;
use crate::simulators::whatsapp::config::DEMO_APP_ID;
use crate::template::{Template, workspace_dir};

/// Whose account it is at somebody else's endpoint.
const AWS: [&str; 4] = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// Addresses that are known once the simulators run; `None`: the caller's environment names the provider.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub whatsapp: Option<String>,
    pub google_token: Option<String>,
    pub google_sheets: Option<String>,
    /// Of all three providers of models; where the caller names one of them, that one is not ours.
    pub models: Option<String>,
    /// Of the webhook receiver, and wherever else this machine serves what may be fetched.
    pub origins: Vec<String>,
}

/// Every variable that the template fills from a parameter may be set by the caller: one list, which is the template's.
pub(super) fn settings(template: &Template, env: &Env, secrets: &Secrets, addresses: &Addresses) -> BTreeMap<String, String> {
    let variables = template.functions.iter().flat_map(|function| &function.environment);
    let from_parameter = variables.filter(|(_, declared)| {
        declared["Ref"]
            .as_str()
            .is_some_and(|name| !template.document["Parameters"][name].is_null())
    });
    let given = from_parameter.filter_map(|(name, _)| Some((name.clone(), env.get(name)?.to_owned())));
    let mut settings: BTreeMap<String, String> = given.collect();
    settings.extend(env.get("FONT_DIR").map(|dir| ("FONT_DIR".to_owned(), dir.to_owned())));
    settings.extend(env.get("PUBLIC_URL").map(|url| ("PUBLIC_URL".to_owned(), url.to_owned())));
    if env.get("AWS_ENDPOINT_URL").is_some() {
        settings.extend(AWS.iter().filter_map(|name| Some(((*name).to_owned(), env.get(name)?.to_owned()))));
    }

    let mut otherwise = |name: &str, value: &str| {
        settings.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    otherwise("META_APP_SECRET", &secrets.meta_app_secret);
    otherwise("META_WHATSAPP_WEBHOOK_VERIFY_TOKEN", &secrets.verify_token);
    otherwise("LOG_LEVEL", "warn");
    // What the template's layer brings.
    let fonts = workspace_dir().join("functions/render-chart/fonts");
    otherwise("FONT_DIR", &fonts.display().to_string());
    if let Some(url) = &addresses.whatsapp {
        otherwise("META_APP_ID", DEMO_APP_ID);
        otherwise("WHATSAPP_API_URL", url);
    }
    for (name, url) in [
        ("GOOGLE_TOKEN_URL", &addresses.google_token),
        ("GOOGLE_SHEETS_URL", &addresses.google_sheets),
        ("ANTHROPIC_URL", &addresses.models),
        ("OPENAI_URL", &addresses.models),
        ("BEDROCK_URL", &addresses.models),
    ] {
        if let Some(url) = url {
            otherwise(name, url);
        }
    }
    let origins = addresses
        .origins
        .iter()
        .map(String::as_str)
        .chain(env.get("WEBHOOK_ALLOWED_ORIGINS"));
    let origins: Vec<&str> = origins.collect();
    settings.insert("WEBHOOK_ALLOWED_ORIGINS".to_owned(), origins.join(","));
    settings.insert("BOOTSTRAP_KEY_SHA256".to_owned(), sha256_hex(secrets.api_key.as_bytes()));
    settings.insert("LINK_SIGNING_SECRET".to_owned(), secrets.link_signing_secret.clone());
    settings
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_callers_environment_wins_and_only_where_the_template_asks() {
        let template = Template::read().unwrap();
        let secrets = Secrets::generate(&runtime::Entropy::seeded(1));
        let env = Env::from_map([
            ("WHATSAPP_API_URL", "http://127.0.0.1:1"),
            ("META_APP_SECRET", "theirs"),
            ("WEBHOOK_ALLOWED_ORIGINS", "http://127.0.0.1:2"),
            ("BOOTSTRAP_KEY_SHA256", "theirs"),
            ("TABLE_NAME", "theirs"),
            ("AWS_ACCESS_KEY_ID", "theirs"),
        ]);
        let addresses = Addresses {
            google_token: Some("http://127.0.0.1:3/token".into()),
            origins: vec!["http://127.0.0.1:4".into()],
            ..Addresses::default()
        };
        let settings = settings(&template, &env, &secrets, &addresses);
        let value = |name: &str| settings.get(name).map(String::as_str);
        assert_eq!(value("WHATSAPP_API_URL"), Some("http://127.0.0.1:1"));
        assert_eq!(value("META_APP_SECRET"), Some("theirs"));
        assert_eq!(value("META_APP_ID"), None, "somebody else's provider has its own app");
        assert_eq!(value("GOOGLE_TOKEN_URL"), Some("http://127.0.0.1:3/token"));
        assert_eq!(value("GOOGLE_SHEETS_URL"), None);
        assert_eq!(value("WEBHOOK_ALLOWED_ORIGINS"), Some("http://127.0.0.1:4,http://127.0.0.1:2"));
        assert_eq!(value("BOOTSTRAP_KEY_SHA256").map(str::len), Some(64));
        assert!(
            std::path::Path::new(value("FONT_DIR").unwrap())
                .join("NotoSansArabic-Regular.ttf")
                .is_file()
        );
        assert_eq!((value("TABLE_NAME"), value("AWS_ACCESS_KEY_ID")), (None, None));
    }
}
