//! What a business asks before it connects a number: whose token is this, is that number in that account, who is subscribed.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Path, Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::config::{Account, Number, Token};
use super::graph_error::GraphError;
use super::{Endpoint, Meta, bearer, version};
use crate::simulators::wire::Connection;

const MANAGEMENT: &str = "whatsapp_business_management";

type Parameters = Query<HashMap<String, String>>;

pub(super) async fn debug_token(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path(called): Path<String>,
    Query(parameters): Parameters,
    headers: HeaderMap,
) -> Response {
    let work = async |_| {
        version(&called)?;
        let caller = bearer(&headers).or_else(|| parameters.get("access_token").map(String::as_str));
        meta.check_caller(caller)?;
        let input = parameters.get("input_token");
        let input = input.ok_or_else(|| GraphError::parameter("The parameter input_token is required."))?;
        Ok(json!({"data": meta.describe_token(input)}))
    };
    meta.answer(Endpoint::DebugToken, &connection, work).await
}

impl Meta {
    /// An app token or any live token may ask about tokens.
    fn check_caller(&self, caller: Option<&str>) -> Result<(), GraphError> {
        let state = self.state();
        let app = &state.config.app;
        let may = caller.is_some_and(|caller| {
            caller == format!("{}|{}", app.id, app.secret) || state.token(caller).is_some_and(|token| self.alive(token))
        });
        may.then_some(()).ok_or_else(|| GraphError::of(190))
    }

    fn describe_token(&self, value: &str) -> Value {
        let state = self.state();
        let Some(token) = state.token(value) else {
            let error = json!({"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"});
            return json!({"error": error, "is_valid": false, "scopes": []});
        };
        let granular: Vec<Value> = token
            .scopes
            .iter()
            .map(|scope| json!({"scope": scope, "target_ids": token.accounts}))
            .collect();
        let mut data = json!({
            "app_id": token.app_id,
            "type": "SYSTEM_USER",
            "application": state.config.app.name,
            "data_access_expires_at": 0,
            "expires_at": token.expires_at.map_or(0, jiff::Timestamp::as_second),
            "is_valid": self.alive(token),
            "issued_at": 1_760_000_000,
            "scopes": token.scopes,
            "granular_scopes": granular,
            "user_id": "122100000000000001",
        });
        if !self.alive(token) {
            data["error"] = json!({"code": 190, "message": "Error validating access token", "subcode": 463});
        }
        data
    }

    fn reachable_account(&self, method: &str, headers: &HeaderMap, id: &str) -> Result<Account, GraphError> {
        let token = self.authorise(headers, MANAGEMENT)?;
        let account = self.state().account(id).cloned();
        reach(&token, account.ok_or_else(|| GraphError::no_object(method, id))?)
    }

    /// Asks a callback for the challenge, as Meta does when one is set.
    pub(super) async fn challenge(&self, callback_url: &str, verify_token: &str) -> Result<(), String> {
        let challenge = "1158201444";
        let query = [
            ("hub.mode", "subscribe"),
            ("hub.challenge", challenge),
            ("hub.verify_token", verify_token),
        ];
        let answer = self.http.get(callback_url).query(&query).send().await;
        let answer = answer.map_err(|_| format!("The URL couldn't be validated: {callback_url} cannot be reached."))?;
        let status = answer.status();
        match answer.text().await {
            Ok(body) if status == 200 && body == challenge => Ok(()),
            _ => Err(format!(
                "The URL couldn't be validated. Response does not match challenge, expected value=\"{challenge}\", HTTP status {status}."
            )),
        }
    }
}

fn reach(token: &Token, account: Account) -> Result<Account, GraphError> {
    if token.accounts.contains(&account.id) {
        Ok(account)
    } else {
        Err(GraphError::of(200))
    }
}

/// `GET /{id}`: Meta has one space of ids, so the kind of object decides.
pub(super) async fn object(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    Query(parameters): Parameters,
    headers: HeaderMap,
) -> Response {
    let fields = parameters.get("fields").map(String::as_str);
    let (account, number) = {
        let state = meta.state();
        (
            state.account(&id).cloned(),
            state.number(&id).map(|(account, number)| (account.clone(), number.clone())),
        )
    };
    if let Some(account) = account {
        let work = async |_| {
            version(&called)?;
            let account = reach(&meta.authorise(&headers, MANAGEMENT)?, account)?;
            select(
                account_fields(&account),
                "id,name,timezone_id,message_template_namespace",
                fields,
                "WhatsAppBusinessAccount",
            )
        };
        return meta.answer(Endpoint::Account, &connection, work).await;
    }
    if let Some((account, number)) = number {
        let work = async |_| {
            version(&called)?;
            reach(&meta.authorise(&headers, MANAGEMENT)?, account)?;
            select(number_fields(&number), NUMBER_DEFAULT, fields, "WhatsAppBusinessPhoneNumber")
        };
        return meta.answer(Endpoint::Number, &connection, work).await;
    }
    let of_number = parameters.get("phone_number_id").map(String::as_str);
    let work = async |_| {
        version(&called)?;
        meta.describe_media(&headers, &id, of_number)
    };
    meta.answer(Endpoint::Media, &connection, work).await
}

const NUMBER_DEFAULT: &str = "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput,id";

fn number_fields(number: &Number) -> Value {
    json!({
        "verified_name": number.verified_name,
        "code_verification_status": "VERIFIED",
        "display_phone_number": number.display_phone_number,
        "quality_rating": number.quality_rating,
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "id": number.id,
        "name_status": "APPROVED",
        "status": number.status,
        "account_mode": "LIVE",
        "is_official_business_account": false,
        "whatsapp_business_manager_messaging_limit": number.whatsapp_business_manager_messaging_limit,
        "messaging_limit_tier": number.whatsapp_business_manager_messaging_limit,
        "health_status": {"can_send_message": "AVAILABLE", "entities": [
            {"entity_type": "PHONE_NUMBER", "id": number.id, "can_send_message": "AVAILABLE"},
        ]},
    })
}

fn account_fields(account: &Account) -> Value {
    let limit = account
        .numbers
        .first()
        .map(|number| &number.whatsapp_business_manager_messaging_limit);
    json!({
        "id": account.id,
        "name": account.name,
        "timezone_id": "1",
        "message_template_namespace": "5f3a0000_0000_0000_0000_000000000001",
        "currency": "USD",
        "account_review_status": "APPROVED",
        "business_verification_status": "verified",
        "whatsapp_business_manager_messaging_limit": limit,
        "health_status": {"can_send_message": "AVAILABLE", "entities": [
            {"entity_type": "WABA", "id": account.id, "can_send_message": "AVAILABLE"},
        ]},
    })
}

/// Picks the fields asked for. The id always comes along.
fn select(all: Value, default: &str, fields: Option<&str>, node: &str) -> Result<Value, GraphError> {
    let mut picked = Map::new();
    for name in fields.unwrap_or(default).split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let value = all
            .get(name)
            .ok_or_else(|| GraphError::parameter(format_args!("Tried accessing nonexisting field ({name}) on node type ({node})")))?;
        picked.insert(name.to_owned(), value.clone());
    }
    picked.insert("id".to_owned(), all["id"].clone());
    Ok(Value::Object(picked))
}

pub(super) async fn phone_numbers(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    Query(parameters): Parameters,
    headers: HeaderMap,
) -> Response {
    let fields = parameters.get("fields").map(String::as_str);
    let work = async |_| {
        version(&called)?;
        let account = meta.reachable_account("get", &headers, &id)?;
        let describe = |number| select(number_fields(number), NUMBER_DEFAULT, fields, "WhatsAppBusinessPhoneNumber");
        let data = account.numbers.iter().map(describe).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"data": data, "paging": {"cursors": {"before": "QVFI", "after": "QVFI"}}}))
    };
    meta.answer(Endpoint::PhoneNumbers, &connection, work).await
}

pub(super) async fn subscribed_apps(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let work = async |_| {
        version(&called)?;
        let account = meta.reachable_account("get", &headers, &id)?;
        let app = meta.state().config.app.clone();
        let link = format!("https://www.facebook.com/games/?app_id={}", app.id);
        let entry = json!({"whatsapp_business_api_data": {"id": app.id, "link": link, "name": app.name}});
        Ok(json!({"data": if account.subscribed { vec![entry] } else { Vec::new() }}))
    };
    meta.answer(Endpoint::SubscribedApps, &connection, work).await
}

pub(super) async fn subscribe(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async |_| {
        version(&called)?;
        meta.reachable_account("post", &headers, &id)?;
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let callback = body["override_callback_uri"].as_str();
        if let Some(callback) = callback {
            let challenged = meta.challenge(callback, body["verify_token"].as_str().unwrap_or_default()).await;
            challenged.map_err(|why| GraphError {
                code: 2200,
                message: format!("(#2200) {why}"),
                ..GraphError::parameter("")
            })?;
        }
        meta.change_account(&id, |account| {
            account.subscribed = true;
            account.override_callback = callback.map(str::to_owned);
        });
        Ok(json!({"success": true}))
    };
    meta.answer(Endpoint::SubscribedApps, &connection, work).await
}

pub(super) async fn unsubscribe(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let work = async |_| {
        version(&called)?;
        meta.reachable_account("delete", &headers, &id)?;
        meta.change_account(&id, |account| account.subscribed = false);
        Ok(json!({"success": true}))
    };
    meta.answer(Endpoint::SubscribedApps, &connection, work).await
}

impl Meta {
    fn change_account(&self, id: &str, change: impl FnOnce(&mut Account)) {
        if let Some(account) = self.state().config.accounts.iter_mut().find(|account| account.id == id) {
            change(account);
        }
    }
}
