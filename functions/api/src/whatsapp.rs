//! Verifying a WhatsApp number when it is connected: the token, its rights, the number, its account, our subscription. One clear sentence
//! per failure.

use domain::connection::WhatsappNumber;
use domain::fault::Fault;
use domain::secret::SecretText;
use domain::whatsapp::GRAPH_VERSION;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::Value;
use url::Url;
use utoipa::ToSchema;

use crate::api::Api;
use crate::problem::{FieldError, Problem};

/// Most of an answer that is read, in bytes: a page of a hundred numbers has a tenth of it.
const ANSWER_BYTES_MAX: usize = 512 * 1024;

/// Most pages of an account's numbers, a hundred each.
const NUMBER_PAGES_MAX: usize = 20;

const PERMISSIONS: [&str; 2] = ["whatsapp_business_messaging", "whatsapp_business_management"];

/// A WhatsApp number with its token, to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatsappClaim {
    /// A System User token with `whatsapp_business_messaging` and `whatsapp_business_management`.
    #[schema(write_only)]
    pub token: SecretText,
    /// Meta's id of the number ("Phone number ID"): digits.
    #[schema(example = "106540352242922")]
    pub phone_number_id: String,
    /// Meta's id of the WhatsApp Business Account ("WABA ID"): digits.
    #[schema(example = "102290129340398")]
    pub waba_id: String,
    /// The number as you know it; compared with Meta's where given.
    #[serde(default)]
    #[schema(example = "+1 415 555 0100")]
    pub display_number: Option<String>,
}

/// What Meta says about a token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TokenInfo {
    app_id: String,
    application: String,
    is_valid: bool,
    scopes: Vec<String>,
    granular_scopes: Vec<GranularScope>,
}

#[derive(Debug, Deserialize)]
struct GranularScope {
    scope: String,
    target_ids: Option<Vec<String>>,
}

impl Api {
    /// Asks Meta everything that later sends depend on.
    pub(crate) async fn verify_whatsapp(&self, claim: &WhatsappClaim) -> Result<WhatsappNumber, Problem> {
        let is_id = |text: &str| (5..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let malformed = [
            ("/account/whatsapp/phone_number_id", &claim.phone_number_id),
            ("/account/whatsapp/waba_id", &claim.waba_id),
        ]
        .into_iter()
        .filter(|(_, id)| !is_id(id))
        .map(|(pointer, _)| FieldError::silent(pointer, "Meta's id: 5 to 32 digits, as WhatsApp > API Setup shows it"))
        .collect::<Vec<_>>();
        if !malformed.is_empty() {
            return Err(Problem::invalid(malformed));
        }
        let graph = Graph {
            api: self,
            token: claim.token.expose(),
        };
        self.check_token(&graph, claim).await?;
        let display_number = check_number(&graph, claim).await?;
        check_account(&graph, claim).await?;
        let subscribed = graph.call(Method::POST, &format!("{}/subscribed_apps", claim.waba_id), &[]).await?;
        if subscribed.get("success") != Some(&Value::Bool(true)) {
            return Err(refused(
                "Meta did not subscribe the app to the account's webhooks. Check the app's webhook set-up and try again.",
            ));
        }
        Ok(WhatsappNumber {
            phone_number_id: claim.phone_number_id.clone(),
            waba_id: claim.waba_id.clone(),
            display_number,
        })
    }

    async fn check_token(&self, graph: &Graph<'_>, claim: &WhatsappClaim) -> Result<(), Problem> {
        let own_app = self.settings.meta_app.as_ref();
        let asking = own_app.map_or_else(
            || claim.token.expose().to_owned(),
            |(id, secret)| format!("{id}|{}", secret.expose_secret()),
        );
        let asked = Graph { token: &asking, ..*graph };
        let mut answer = asked
            .call(Method::GET, "debug_token", &[("input_token", claim.token.expose())])
            .await?;
        let info: TokenInfo = serde_json::from_value(answer["data"].take()).unwrap_or_default();
        if !info.is_valid {
            return Err(refused(
                "Meta says that this token is not valid: it has expired, was revoked, or was not copied whole. Create a new System User token.",
            ));
        }
        if let Some((id, _)) = own_app.filter(|(id, _)| *id != info.app_id) {
            let theirs = if info.application.is_empty() {
                info.app_id
            } else {
                info.application
            };
            return Err(refused(format!(
                "The token belongs to another Meta app ({theirs}). Create it for the app {id}: statuses and replies come to that one only."
            )));
        }
        let missing: Vec<&str> = PERMISSIONS
            .into_iter()
            .filter(|needed| !info.scopes.iter().any(|scope| scope == needed))
            .collect();
        if !missing.is_empty() {
            return Err(refused(format!(
                "The token lacks the permission {}. Create a token that has it.",
                missing.join(" and ")
            )));
        }
        let limited = |scope: &GranularScope| {
            scope
                .target_ids
                .as_ref()
                .is_some_and(|ids| !ids.is_empty() && !ids.contains(&claim.waba_id))
        };
        if info
            .granular_scopes
            .iter()
            .any(|scope| PERMISSIONS.contains(&scope.scope.as_str()) && limited(scope))
        {
            let waba = &claim.waba_id;
            return Err(refused(format!(
                "The token may not use the WhatsApp Business Account {waba}. Assign that account to the System User, or correct the WABA ID."
            )));
        }
        Ok(())
    }
}

async fn check_number(graph: &Graph<'_>, claim: &WhatsappClaim) -> Result<String, Problem> {
    let number = graph
        .call(
            Method::GET,
            &claim.phone_number_id,
            &[("fields", "id,display_phone_number,verified_name")],
        )
        .await?;
    let shown = number["display_phone_number"].as_str().unwrap_or_default().to_owned();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match &claim.display_number {
        Some(given) if digits(given) != digits(&shown) => {
            let accepted = format!("{shown}, which is the number that Meta has under that Phone number ID, or nothing");
            Err(Problem::field("/account/whatsapp/display_number", given, accepted))
        }
        _ => Ok(shown),
    }
}

/// Whether the number is one of the account's.
async fn check_account(graph: &Graph<'_>, claim: &WhatsappClaim) -> Result<(), Problem> {
    let path = format!("{}/phone_numbers", claim.waba_id);
    let mut after = None::<String>;
    for _ in 0..NUMBER_PAGES_MAX {
        let mut query = vec![("fields", "id"), ("limit", "100")];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let page = graph.call(Method::GET, &path, &query).await?;
        let numbers = page["data"].as_array().map(Vec::as_slice).unwrap_or_default();
        if numbers.iter().any(|number| number["id"].as_str() == Some(&claim.phone_number_id)) {
            return Ok(());
        }
        match (page["paging"]["next"].as_str(), page["paging"]["cursors"]["after"].as_str()) {
            (Some(_), Some(cursor)) => after = Some(cursor.to_owned()),
            _ => break,
        }
    }
    let (number, waba) = (&claim.phone_number_id, &claim.waba_id);
    Err(refused(format!(
        "The number {number} is not one of the WhatsApp Business Account {waba}. Correct the Phone number ID or the WABA ID."
    )))
}

fn refused(sentence: impl Into<String>) -> Problem {
    Problem::refused_by_provider(sentence)
}

/// Calls to Meta's Graph API with one token.
#[derive(Clone, Copy)]
struct Graph<'a> {
    api: &'a Api,
    token: &'a str,
}

impl Graph<'_> {
    async fn call(&self, method: Method, path: &str, query: &[(&str, &str)]) -> Result<Value, Problem> {
        let url = self.url(path, query)?;
        let silent = || Problem::provider_unavailable("WhatsApp did not answer. Nothing was connected; try again in a minute.");
        let response = self
            .api
            .providers
            .request(method, url)
            .bearer_auth(self.token)
            .send()
            .await
            .map_err(|_| silent())?;
        let status = response.status();
        let body = runtime::http::read_body(response, ANSWER_BYTES_MAX).await.map_err(|_| silent())?;
        let answer: Value = serde_json::from_slice(&body.bytes).map_err(|_| silent())?;
        match answer["error"]["code"].as_i64() {
            Some(code) => Err(problem(code, path)),
            None if status.is_success() => Ok(answer),
            None => Err(silent()),
        }
    }

    fn url(&self, path: &str, query: &[(&str, &str)]) -> Result<Url, Problem> {
        let mut url = self
            .api
            .settings
            .whatsapp_api_url
            .join(&format!("{GRAPH_VERSION}/{path}"))
            .map_err(Problem::internal)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }
}

/// Meta's code in our words.
fn problem(code: i64, path: &str) -> Problem {
    if code == 100 {
        let id = path.split('/').next().unwrap_or_default();
        return refused(format!(
            "Meta knows nothing under the id {id}, or this token may not see it. Check the id and the token's assets."
        ));
    }
    match domain::whatsapp::fault(code, None) {
        Fault::Retry { why, .. } => Problem::provider_unavailable(why.sentence),
        fault => refused(fault.why().sentence),
    }
}
