//! Everything that runs: emulator, simulators, functions, outbox; and an organisation to begin with.

use std::path::PathBuf;

use reqwest::Method;
use runtime::{Clock, Entropy, Env};
use serde_json::{Value, json};

use super::client::Api;
use super::kept::Secrets;
use super::settings::{Addresses, settings};
use super::{Failure, progress};
use crate::emulator::{Emulator, EmulatorOptions};
use crate::host::{Host, HostOptions, Polling};
use crate::outbox::{self, Outbox, Product};
use crate::simulators::google::{self, Google, ServiceAccount, Workbook};
use crate::simulators::model::{self, ModelServer};
use crate::simulators::webhook_receiver::WebhookReceiver;
use crate::simulators::whatsapp::WhatsApp;
use crate::simulators::whatsapp::config::{Config, DEMO_ACCOUNT_ID, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use crate::template::Template;

/// What to bring up.
#[derive(Debug)]
pub(super) struct Plan {
    /// HTTP port; 0: any free one.
    pub port: u16,
    /// The webhook receiver's port; 0: any free one.
    pub receiver_port: u16,
    /// Where the emulator keeps its state; `None`: nothing is kept.
    pub state_dir: Option<PathBuf>,
    pub secrets: Secrets,
}

/// Everything that runs. Dropping it ends it.
pub(super) struct Running {
    pub host: Host,
    pub api: Api,
    pub secrets: Secrets,
    pub receiver: WebhookReceiver,
    simulators: Simulators,
    /// Last: the others talk to it until they end.
    emulator: Emulator,
}

struct Simulators {
    whatsapp: Option<WhatsApp>,
    /// Held, not used: it stops when it is dropped.
    _google: Option<Google>,
    /// The same.
    _models: Option<ModelServer>,
}

impl Running {
    /// Starts everything, as much of it as possible at the same time.
    pub(super) async fn bring_up(plan: Plan, env: &Env, say: fn(&str)) -> Result<Self, Failure> {
        let Plan {
            port,
            receiver_port,
            state_dir,
            secrets,
        } = plan;
        let template = Template::read()?;
        let listener = Host::listen(port).await?;
        let url = format!("http://{}", listener.local_addr().map_err(|error| Failure::new(error.to_string()))?);

        let options = EmulatorOptions {
            state_dir,
            endpoint: env.get("AWS_ENDPOINT_URL").map(str::to_owned),
            ..EmulatorOptions::default()
        };
        let starting = tokio::task::spawn_blocking(move || Emulator::start(&options, &mut |line| say(line)));
        let http = runtime::http::provider_client(env)?;
        let receiver = WebhookReceiver::start(receiver_port, Clock::system(), http.clone()).await;
        let receiver = receiver.map_err(|error| {
            Failure::new(format!("Port {receiver_port}, for the webhook receiver, cannot be used ({error}): stop what listens there, or begin anew with --fresh and another --port."))
        })?;
        let mut addresses = Addresses {
            origins: vec![receiver.url("").trim_end_matches("/hooks/").to_owned()],
            ..Addresses::default()
        };
        let simulators = simulators(env, &secrets, &http, &mut addresses)
            .await
            .map_err(|error| Failure::new(format!("A simulator cannot start: {error}.")))?;
        let emulator = starting.await.map_err(|error| Failure::new(error.to_string()))??;

        say("starting the functions");
        let settings = settings(&template, env, &secrets, &addresses);
        let verify_token = settings.get("META_WHATSAPP_WEBHOOK_VERIFY_TOKEN").cloned().unwrap_or_default();
        let api = Api {
            url: url.clone(),
            key: secrets.api_key.clone(),
            http: http.clone(),
        };
        let outbox = Outbox {
            whatsapp: simulators.whatsapp.clone(),
            receiver: Some(receiver.clone()),
            product: Product {
                api_url: url,
                key: api.key.clone(),
                http,
            },
            clock: Clock::system(),
        };
        let host = Host::start(HostOptions {
            settings,
            listener: Some(listener),
            pages: outbox::router(outbox),
            polling: Polling::Background,
            ..HostOptions::new(&emulator.endpoint, &secrets.stack)
        })
        .await?;
        let running = Self {
            host,
            api,
            secrets,
            receiver,
            simulators,
            emulator,
        };
        running.connect_whatsapp(env, &verify_token).await?;
        Ok(running)
    }

    /// Connects the number that pulses without a connection of their own are sent from, unless an earlier start has.
    async fn connect_whatsapp(&self, env: &Env, verify_token: &str) -> Result<(), Failure> {
        if let Some(whatsapp) = &self.simulators.whatsapp {
            let callback = format!("{}{}", self.host.url, receive_webhook::WHATSAPP_PATH);
            whatsapp
                .subscribe(&callback, verify_token)
                .await
                .map_err(|why| Failure::new(format!("The WhatsApp simulator cannot reach {callback}: {why}.")))?;
        }
        let value = |name: &str, otherwise: &str| env.get(name).unwrap_or(otherwise).to_owned();
        let phone_number_id = value("WHATSAPP_PHONE_NUMBER_ID", DEMO_PHONE_NUMBER_ID);
        let there = self.api.get("/v1/connections?limit=200").await?;
        let is_it = |connection: &Value| {
            connection["account"]["whatsapp"]["phone_number_id"] == phone_number_id && connection["state"] == "connected"
        };
        if there["items"].as_array().is_some_and(|items| items.iter().any(is_it)) {
            return Ok(());
        }
        let account = json!({ "whatsapp": {
            "token": value("WHATSAPP_TOKEN", DEMO_TOKEN),
            "phone_number_id": phone_number_id,
            "waba_id": value("WHATSAPP_BUSINESS_ACCOUNT_ID", DEMO_ACCOUNT_ID),
        }});
        let made = self
            .api
            .send(
                Method::POST,
                "/v1/connections",
                &json!({ "name": "Demo number", "account": account }),
            )
            .await;
        match made {
            Ok(_) => Ok(()),
            // Pulses to webhooks still work.
            Err(refusal) if env.get("WHATSAPP_API_URL").is_some() => {
                progress(&format!("no WhatsApp number is connected: {}", Failure::from(refusal)));
                Ok(())
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// The simulated Meta, where it is ours.
    pub(super) fn whatsapp(&self) -> Option<&WhatsApp> {
        self.simulators.whatsapp.as_ref()
    }

    /// Lets the functions finish, then stops everything else.
    pub(super) async fn stop(self) {
        let Self {
            host,
            simulators,
            receiver,
            emulator,
            ..
        } = self;
        host.stop().await;
        drop((simulators, receiver));
        // It saves its state, and blocks until it has.
        drop(tokio::task::spawn_blocking(move || drop(emulator)).await);
    }
}

/// One for each provider that the caller's environment does not name.
async fn simulators(env: &Env, secrets: &Secrets, http: &reqwest::Client, addresses: &mut Addresses) -> std::io::Result<Simulators> {
    let clock = Clock::system();
    let whatsapp = match env.get("WHATSAPP_API_URL") {
        Some(_) => None,
        None => {
            let mut config = Config {
                seed: u64::from_le_bytes(Entropy::system().bytes()),
                ..Config::demo()
            };
            let app_secret = env.get("META_APP_SECRET").unwrap_or(&secrets.meta_app_secret);
            config.app.secret = app_secret.split(',').next().unwrap_or_default().trim().to_owned();
            if let Some(id) = env.get("META_APP_ID") {
                config.app.id = id.to_owned();
                config.tokens.iter_mut().for_each(|token| token.app_id = id.to_owned());
            }
            Some(WhatsApp::start(0, config, clock.clone(), http.clone()).await?)
        }
    };
    addresses.whatsapp = whatsapp.as_ref().map(WhatsApp::base_url);
    let google = match (env.get("GOOGLE_TOKEN_URL"), env.get("GOOGLE_SHEETS_URL")) {
        (Some(_), Some(_)) => None,
        (token_url, sheets_url) => {
            let google = Google::start(0, google_config(), clock.clone()).await?;
            addresses.google_token = token_url.is_none().then(|| google.token_url());
            addresses.google_sheets = sheets_url.is_none().then(|| google.sheets_url());
            Some(google)
        }
    };
    let models = if ["ANTHROPIC_URL", "OPENAI_URL", "BEDROCK_URL"]
        .iter()
        .all(|name| env.get(name).is_some())
    {
        None
    } else {
        Some(ModelServer::start(0, model::Config::demo(), clock).await?)
    };
    addresses.models = models.as_ref().map(ModelServer::base_url);
    Ok(Simulators {
        whatsapp,
        _google: google,
        _models: models,
    })
}

/// The reader and the workbook of infra/local/fixtures.
fn google_config() -> google::Config {
    let reader = ServiceAccount::from_key_file(include_str!("../../fixtures/google-service-account.test-only.json"));
    let workbook = Workbook::from_json(include_str!("../../fixtures/google-workbook.json"));
    google::Config {
        accounts: reader.into_iter().collect(),
        workbooks: workbook.into_iter().collect(),
        ..google::Config::empty()
    }
}
