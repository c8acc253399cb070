//! A person's side: writing, replying, reacting, tapping.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Meta;
use super::config::Person;
use super::message::{Button, Content, Direction, Message};
use super::state::State;
use super::updates::Job;
use super::webhook::{Update, What};

/// What a person does, as `POST /_sim/inbound` takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inbound {
    /// To which business number; the first one if not said.
    #[serde(default)]
    pub phone_number_id: Option<String>,
    /// Who: phone, `wa_id` or user id.
    pub from: String,
    /// The message this one quotes.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// Leaves out the phone number, as for people who go by a user name. They need a `user_id`.
    #[serde(default)]
    pub without_phone: bool,
    /// What they say.
    pub said: Said,
}

/// What a person says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// Words.
    Text {
        /// The words.
        body: String,
    },
    /// An emoji on a message.
    Reaction {
        /// The message.
        message_id: String,
        /// None and empty both take the reaction back; Meta sends either shape.
        #[serde(default)]
        emoji: Option<String>,
    },
    /// A tap on a button of the message in `reply_to`.
    Tap {
        /// The button's title.
        title: String,
    },
}

impl Inbound {
    /// Words from somebody to the first number.
    #[must_use]
    pub fn text(from: &str, body: &str) -> Self {
        let said = Said::Text { body: body.to_owned() };
        Self {
            phone_number_id: None,
            from: from.to_owned(),
            reply_to: None,
            without_phone: false,
            said,
        }
    }

    /// Words that quote a message.
    #[must_use]
    pub fn reply(from: &str, to: &str, body: &str) -> Self {
        Self {
            reply_to: Some(to.to_owned()),
            ..Self::text(from, body)
        }
    }

    /// An emoji on a message; `None` and `Some("")` take it back.
    #[must_use]
    pub fn reaction(from: &str, message_id: &str, emoji: Option<&str>) -> Self {
        let said = Said::Reaction {
            message_id: message_id.to_owned(),
            emoji: emoji.map(str::to_owned),
        };
        Self {
            said,
            ..Self::text(from, "")
        }
    }

    /// A tap on a button of a message.
    #[must_use]
    pub fn tap(from: &str, message_id: &str, title: &str) -> Self {
        Self {
            said: Said::Tap { title: title.to_owned() },
            ..Self::reply(from, message_id, "")
        }
    }
}

impl Meta {
    pub(super) fn inbound(&self, inbound: Inbound) -> Result<String, String> {
        let now = self.clock.now();
        let mut state = self.state();
        let first = || state.numbers().next().map(|(_, number)| number.id.clone());
        let number_id = inbound
            .phone_number_id
            .clone()
            .or_else(first)
            .ok_or("there is no business number")?;
        if state.number(&number_id).is_none() {
            return Err(format!("there is no business number {number_id}"));
        }
        let person = match state.person(&inbound.from) {
            Some(person) => person.clone(),
            None if inbound.from.starts_with('+') => state.person_or_stranger(&inbound.from),
            None => return Err(format!("nobody is {}: give a phone number with + or somebody known", inbound.from)),
        };
        if inbound.without_phone && person.user_id.is_none() {
            return Err(format!("{} has no user id, so the phone number cannot be left out", person.name));
        }
        let content = content(&state, &inbound)?;
        let message = Message {
            id: state.wamid(&person.wa_id, Direction::Inbound),
            phone_number_id: number_id.clone(),
            person: person.wa_id.clone(),
            direction: Direction::Inbound,
            at: now,
            content,
            context: inbound.reply_to.clone(),
            callback_data: None,
            receipts: Vec::new(),
        };
        state.last_inbound.insert((number_id, person.wa_id.clone()), now);
        let update = update(&state, &message, &person, inbound.without_phone);
        let id = message.id.clone();
        state.messages.push(message);
        drop(state);
        self.enqueue(Job::Post(update.into_iter().collect()));
        Ok(id)
    }
}

fn content(state: &State, inbound: &Inbound) -> Result<Content, String> {
    let existing = |id: &str| state.message(id).ok_or_else(|| format!("there is no message {id}"));
    let quoted = inbound.reply_to.as_deref().map(existing).transpose()?;
    match &inbound.said {
        Said::Text { body } if body.is_empty() => Err("a text cannot be empty".to_owned()),
        Said::Text { body } => Ok(Content::Text {
            body: body.clone(),
            preview_url: false,
        }),
        Said::Reaction { message_id, emoji } => {
            existing(message_id)?;
            Ok(Content::Reaction {
                message_id: message_id.clone(),
                emoji: emoji.clone(),
            })
        }
        Said::Tap { title } => {
            let quoted = quoted.ok_or("a tap needs reply_to: the message with the button")?;
            let (Content::Interactive { buttons, .. } | Content::Template { buttons, .. }) = &quoted.content else {
                return Err("that message has no buttons".to_owned());
            };
            let button = buttons.iter().find(|button| button.title == *title);
            let button: &Button = button.ok_or_else(|| format!("that message has no button \"{title}\""))?;
            let of_template = matches!(quoted.content, Content::Template { .. });
            Ok(Content::Tap {
                button: button.clone(),
                of_template,
            })
        }
    }
}

fn update(state: &State, message: &Message, person: &Person, without_phone: bool) -> Option<Update> {
    let (account, number) = state.number(&message.phone_number_id)?;
    let mut contact = json!({"profile": {"name": person.name}});
    let mut what = json!({});
    if let Some(id) = &message.context {
        let of_business = state.message(id).is_some_and(|quoted| quoted.direction == Direction::Outbound);
        let author = if of_business { number.digits() } else { person.wa_id.clone() };
        what["context"] = json!({"from": author, "id": id});
    }
    if !without_phone {
        contact["wa_id"] = json!(person.wa_id);
        what["from"] = json!(person.wa_id);
    }
    if let Some(user_id) = &person.user_id {
        contact["user_id"] = json!(user_id);
        what["from_user_id"] = json!(user_id);
    }
    what["id"] = json!(message.id);
    what["timestamp"] = json!(seconds(message.at));
    let (kind, body) = shape(&message.content)?;
    what["type"] = json!(kind);
    what[kind] = body;
    Some(Update {
        account_id: account.id.clone(),
        phone_number_id: number.id.clone(),
        display_phone_number: number.display_phone_number.clone(),
        contact: Some(contact),
        what: What::Message(what),
    })
}

fn seconds(at: Timestamp) -> String {
    at.as_second().to_string()
}

fn shape(content: &Content) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Text { body, .. } => ("text", json!({"body": body})),
        Content::Reaction { message_id, emoji: None } => ("reaction", json!({"message_id": message_id})),
        Content::Reaction { message_id, emoji } => ("reaction", json!({"message_id": message_id, "emoji": emoji})),
        Content::Tap { button, of_template: true } => ("button", json!({"payload": button.id, "text": button.title})),
        Content::Tap {
            button,
            of_template: false,
        } => (
            "interactive",
            json!({"type": "button_reply", "button_reply": {"id": button.id, "title": button.title}}),
        ),
        _ => return None,
    })
}
