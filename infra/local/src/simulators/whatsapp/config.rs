//! What a simulated Meta consists of: an app, its tokens, accounts with numbers and templates, and people with phones.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::webhook::Webhooks;

/// A whole simulated Meta.
#[derive(Clone, Debug)]
pub struct Config {
    /// The app that calls and is called.
    pub app: App,
    /// Access tokens in circulation.
    pub tokens: Vec<Token>,
    /// WhatsApp Business Accounts.
    pub accounts: Vec<Account>,
    /// People with a phone.
    pub people: Vec<Person>,
    /// Whether somebody not in `people` counts as having just written, so that free-form messages reach them. The demo
    /// says yes, or nobody could try their own number; Meta says no.
    pub strangers_have_written: bool,
    /// How a message outside the 24-hour window fails.
    pub closed_window: ClosedWindow,
    /// The code with which every document fails after it was accepted; none: they arrive.
    pub documents_fail: Option<u32>,
    /// Webhook delivery.
    pub webhooks: Webhooks,
    /// Varies all ids made here; two runs against one database need different seeds.
    pub seed: u64,
}

/// The Meta app.
#[derive(Clone)]
pub struct App {
    /// App id.
    pub id: String,
    /// App name.
    pub name: String,
    /// App secret: signs webhooks, and `id|secret` is the app token.
    pub secret: String,
}

/// An access token.
#[derive(Clone)]
pub struct Token {
    /// The token itself.
    pub value: String,
    /// The app it was made for.
    pub app_id: String,
    /// Granted permissions.
    pub scopes: Vec<String>,
    /// Accounts (WABA ids) it reaches.
    pub accounts: Vec<String>,
    /// When it dies; never if absent.
    pub expires_at: Option<Timestamp>,
    /// False once revoked.
    pub valid: bool,
}

/// A WhatsApp Business Account (WABA).
#[derive(Clone, Debug)]
pub struct Account {
    /// WABA id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the app is subscribed: no webhook arrives otherwise.
    pub subscribed: bool,
    /// Callback of this account alone, in place of the app's.
    pub override_callback: Option<String>,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// Its approved templates.
    pub templates: Vec<Template>,
}

/// A business phone number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Number {
    /// Phone number id.
    pub id: String,
    /// As people see it, such as `+1 555-010-0100`.
    pub display_phone_number: String,
    /// The business's name.
    pub verified_name: String,
    /// `CONNECTED`, or for instance `PENDING` while not registered: sending then answers 133010.
    pub status: String,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality_rating: String,
    /// For instance `TIER_250`.
    pub whatsapp_business_manager_messaging_limit: String,
}

/// An approved message template with positional parameters.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its language, such as `en_US`.
    pub language: String,
    /// `UTILITY` or `MARKETING`.
    pub category: String,
    /// Whether its header is an image.
    pub image_header: bool,
    /// Body text with `{{1}}` and so on.
    pub body: String,
    /// Texts of its quick-reply buttons.
    pub buttons: Vec<String>,
}

/// Somebody with WhatsApp on their phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Digits without `+`. For some countries it differs from the number dialled.
    pub wa_id: String,
    /// The number dialled to reach them, with `+`.
    pub phone: String,
    /// Profile name.
    pub name: String,
    /// Business-scoped user id.
    pub user_id: Option<String>,
    /// They have blocked the business: messages to them fail with 131026, later.
    pub blocked: bool,
    /// Whether their 24-hour window is open when the simulator starts.
    pub has_written: bool,
}

/// How a free-form message outside the 24-hour window fails with 131047. Both happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedWindow {
    /// HTTP 400, at once.
    AtOnce,
    /// HTTP 200, then a `failed` status: the usual case.
    Later,
}

/// Access token of the demo account.
pub const DEMO_TOKEN: &str = "EAAdemo-token-of-the-simulator-only";
/// Phone number id of the demo account.
pub const DEMO_PHONE_NUMBER_ID: &str = "100000000000101";
/// WABA id of the demo account.
pub const DEMO_ACCOUNT_ID: &str = "100000000000201";
/// App id of the demo app.
pub const DEMO_APP_ID: &str = "100000000000301";
/// App secret of the demo app.
pub const DEMO_APP_SECRET: &str = "app-secret-of-the-simulator-only";
/// The demo recipient's phone.
pub const DEMO_PHONE: &str = "+15550100123";

impl Config {
    /// One app, one account, one number, one person who has written today.
    #[must_use]
    pub fn demo() -> Self {
        let number = Number::new(DEMO_PHONE_NUMBER_ID, "+1 555-010-0100", "Chartcastr");
        let scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
            .map(str::to_owned)
            .to_vec();
        Self {
            app: App {
                id: DEMO_APP_ID.into(),
                name: "Chartcastr".into(),
                secret: DEMO_APP_SECRET.into(),
            },
            tokens: vec![Token {
                value: DEMO_TOKEN.into(),
                app_id: DEMO_APP_ID.into(),
                scopes,
                accounts: vec![DEMO_ACCOUNT_ID.into()],
                expires_at: None,
                valid: true,
            }],
            accounts: vec![Account::new(DEMO_ACCOUNT_ID, "Chartcastr demo", vec![number])],
            people: vec![Person::new(DEMO_PHONE, "Demo phone")],
            strangers_have_written: true,
            documents_fail: None,
            closed_window: ClosedWindow::Later,
            webhooks: Webhooks::default(),
            seed: 0,
        }
    }
}

impl Account {
    /// An account the app is subscribed to, with Meta's sample template `hello_world`.
    #[must_use]
    pub fn new(id: &str, name: &str, numbers: Vec<Number>) -> Self {
        let hello = Template {
            name: "hello_world".into(),
            language: "en_US".into(),
            category: "UTILITY".into(),
            image_header: false,
            body: "Hello World. Welcome and congratulations!!".into(),
            buttons: Vec::new(),
        };
        let (id, name) = (id.to_owned(), name.to_owned());
        Self {
            id,
            name,
            subscribed: true,
            override_callback: None,
            numbers,
            templates: vec![hello],
        }
    }
}

impl Number {
    /// A connected number in good standing.
    #[must_use]
    pub fn new(id: &str, display_phone_number: &str, verified_name: &str) -> Self {
        Self {
            id: id.to_owned(),
            display_phone_number: display_phone_number.to_owned(),
            verified_name: verified_name.to_owned(),
            status: "CONNECTED".to_owned(),
            quality_rating: "GREEN".to_owned(),
            whatsapp_business_manager_messaging_limit: "TIER_250".to_owned(),
        }
    }

    /// The number as digits.
    #[must_use]
    pub fn digits(&self) -> String {
        self.display_phone_number.chars().filter(char::is_ascii_digit).collect()
    }
}

impl Person {
    /// A person who has written today.
    #[must_use]
    pub fn new(phone: &str, name: &str) -> Self {
        let wa_id = phone.trim_start_matches('+').to_owned();
        Self {
            wa_id,
            phone: phone.to_owned(),
            name: name.to_owned(),
            user_id: None,
            blocked: false,
            has_written: true,
        }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("app_id", &self.app_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
