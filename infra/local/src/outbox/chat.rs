//! Chats as the person sees them: bubbles with what they quote, what was reacted, and their ticks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::simulators::whatsapp::codes;
use crate::simulators::whatsapp::config::{Number, Person};
use crate::simulators::whatsapp::message::{Content, Direction, Message, Picture, Receipt, Source, Status};
use crate::simulators::whatsapp::{WINDOW, WhatsApp};

/// The chat of one business number with one person.
#[derive(Serialize)]
pub(super) struct Chat {
    number: Number,
    person: Person,
    /// Until when the business may write freely; none if the person never wrote.
    window_closes_at: Option<Timestamp>,
    window_open: bool,
    /// How many messages were delivered and not read.
    unread: usize,
    bubbles: Vec<Bubble>,
}

/// One message on the screen.
#[derive(Serialize)]
struct Bubble {
    id: String,
    from: Direction,
    at: Timestamp,
    /// With WhatsApp's markup.
    text: String,
    header: Option<String>,
    footer: Option<String>,
    picture: Option<FileState>,
    document: Option<Document>,
    buttons: Vec<Button>,
    quote: Option<Quote>,
    reactions: Vec<Reaction>,
    /// None while merely accepted.
    status: Option<Status>,
    error: Option<Error>,
    /// The delivery it is a part of, if the product says so.
    delivery_id: Option<String>,
    part: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum FileState {
    Here,
    Missing { link: Option<String> },
}

/// A file that can be opened.
#[derive(Serialize)]
struct Document {
    name: String,
    state: FileState,
    mime_type: Option<String>,
    file_size: Option<usize>,
}

#[derive(Serialize)]
struct Button {
    title: String,
    url: Option<String>,
}

#[derive(Serialize)]
struct Quote {
    id: String,
    from: Direction,
    text: String,
    picture: bool,
}

#[derive(Serialize)]
struct Reaction {
    from: Direction,
    emoji: String,
}

#[derive(Serialize)]
struct Error {
    code: u32,
    title: &'static str,
    details: &'static str,
}

/// Every chat in which something was said, and the first one even if nothing was; the liveliest on top.
pub(super) fn chats(sim: &WhatsApp, now: Timestamp) -> Vec<Chat> {
    let config = sim.config();
    let messages = sim.messages();
    let mut by_chat: BTreeMap<(String, String), Vec<&Message>> = BTreeMap::new();
    for message in &messages {
        by_chat
            .entry((message.phone_number_id.clone(), message.person.clone()))
            .or_default()
            .push(message);
    }
    let numbers: Vec<&Number> = config.accounts.iter().flat_map(|account| &account.numbers).collect();
    if let (Some(number), Some(person)) = (numbers.first(), config.people.first()) {
        by_chat.entry((number.id.clone(), person.wa_id.clone())).or_default();
    }
    let chat = |((number_id, wa_id), said): ((String, String), Vec<&Message>)| {
        let number = (*numbers.iter().find(|number| number.id == number_id)?).clone();
        let person = config.people.iter().find(|person| person.wa_id == wa_id)?.clone();
        let window_closes_at = sim.window_closes_at(&number_id, &wa_id);
        let delivered = |message: &&&Message| message.direction == Direction::Outbound && message.status() == Some(Status::Delivered);
        let last = said.last().map(|message| message.at);
        let chat = Chat {
            number,
            person,
            window_closes_at,
            window_open: window_closes_at.is_some_and(|closes_at| now < closes_at && closes_at <= now + WINDOW),
            unread: said.iter().filter(delivered).count(),
            bubbles: said.iter().filter_map(|message| bubble(message, &said)).collect(),
        };
        Some((last, chat))
    };
    let mut chats: Vec<(Option<Timestamp>, Chat)> = by_chat.into_iter().filter_map(chat).collect();
    chats.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
    chats.into_iter().map(|(_, chat)| chat).collect()
}

/// None for what has no bubble of its own: a reaction.
fn bubble(message: &Message, said: &[&Message]) -> Option<Bubble> {
    if matches!(message.content, Content::Reaction { .. }) {
        return None;
    }
    let error = message
        .receipts
        .iter()
        .find_map(|Receipt { error, .. }| *error)
        .and_then(codes::find);
    let (delivery_id, part) = message.callback_data.as_deref().and_then(correlation).unzip();
    let quoted = message.context.as_ref().and_then(|id| said.iter().find(|other| other.id == *id));
    let (header, footer, buttons) = match &message.content {
        Content::Interactive {
            header, footer, buttons, ..
        } => (header.clone(), footer.clone(), buttons.as_slice()),
        Content::Template { buttons, .. } => (None, None, buttons.as_slice()),
        _ => (None, None, &[][..]),
    };
    let button = |button: &crate::simulators::whatsapp::message::Button| Button {
        title: button.title.clone(),
        url: button.id.starts_with("https://").then(|| button.id.clone()),
    };
    Some(Bubble {
        id: message.id.clone(),
        from: message.direction,
        at: message.at,
        text: text(&message.content).to_owned(),
        header,
        footer,
        picture: message.content.picture().map(file_state),
        document: document(&message.content),
        buttons: buttons.iter().map(button).collect(),
        quote: quoted.map(|quoted| Quote {
            id: quoted.id.clone(),
            from: quoted.direction,
            text: text(&quoted.content).chars().take(160).collect(),
            picture: quoted.content.picture().is_some(),
        }),
        reactions: reactions(&message.id, said),
        status: message.status(),
        error: error.map(|known| Error {
            code: known.code,
            title: known.title,
            details: known.details,
        }),
        delivery_id,
        part,
    })
}

fn file_state(file: &Picture) -> FileState {
    match (&file.file, &file.source) {
        (Some(_), _) => FileState::Here,
        (None, Source::Link(link)) => FileState::Missing { link: Some(link.clone()) },
        (None, Source::Id(_)) => FileState::Missing { link: None },
    }
}

fn document(content: &Content) -> Option<Document> {
    let Content::Document { document, file_name, .. } = content else {
        return None;
    };
    Some(Document {
        name: file_name.clone().unwrap_or_else(|| "Untitled".to_owned()),
        state: file_state(document),
        mime_type: document.file.as_ref().map(|file| file.mime_type.clone()),
        file_size: document.file.as_ref().map(|file| file.file_size),
    })
}

fn text(content: &Content) -> &str {
    match content {
        Content::Text { body, .. } | Content::Interactive { body, .. } | Content::Template { body, .. } => body,
        Content::Image { caption, .. } | Content::Document { caption, .. } => caption.as_deref().unwrap_or_default(),
        Content::Tap { button, .. } => &button.title,
        Content::Reaction { .. } => "",
    }
}

/// Each side has at most one reaction on a message: the last one that arrived and was not taken back.
fn reactions(message_id: &str, said: &[&Message]) -> Vec<Reaction> {
    let last_of = |direction: Direction| {
        let mut of_it = said
            .iter()
            .rev()
            .filter(|other| other.direction == direction && other.status() != Some(Status::Failed));
        let emoji = of_it.find_map(|other| match &other.content {
            Content::Reaction { message_id: target, emoji } if target == message_id => Some(emoji.clone().unwrap_or_default()),
            _ => None,
        })?;
        (!emoji.is_empty()).then_some(Reaction { from: direction, emoji })
    };
    [Direction::Inbound, Direction::Outbound].into_iter().filter_map(last_of).collect()
}

/// `<org>/<delivery>/<part>`, the product's own mark on a message.
fn correlation(callback_data: &str) -> Option<(String, String)> {
    let (_org, rest) = callback_data.split_once('/')?;
    let (delivery, part) = rest.rsplit_once('/')?;
    Some((delivery.to_owned(), part.to_owned()))
}
