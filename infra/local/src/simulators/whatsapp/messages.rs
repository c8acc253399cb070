//! `POST /{phone-number-id}/messages`.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Path, State as Shared};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::config::{ClosedWindow, Person, Template};
use super::graph_error::GraphError;
use super::media_file;
use super::message::{Button, Content, Direction, Message, Picture, Receipt, Source, Status};
use super::outgoing::{self, Draft, Outgoing, Recipient, Request, TemplateCall};
use super::state::{MEDIA_KEPT, State};
use super::updates::Job;
use super::{Endpoint, Meta, version};
use crate::simulators::wire::Connection;

pub(super) async fn send(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async |fail_later| meta.take(&called, &id, &headers, &body, fail_later);
    meta.answer(Endpoint::Messages, &connection, work).await
}

impl Meta {
    fn take(&self, called: &str, id: &str, headers: &HeaderMap, body: &[u8], fail_later: Option<u32>) -> Result<Value, GraphError> {
        version(called)?;
        let token = self.authorise(headers, "whatsapp_business_messaging")?;
        let now = self.clock.now();
        let mut state = self.state();
        let (account, number) = state.number(id).ok_or_else(|| GraphError::no_object("post", id))?;
        if !token.accounts.contains(&account.id) {
            return Err(GraphError::of(200));
        }
        if number.status != "CONNECTED" {
            return Err(GraphError::of(133010));
        }
        let json = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let body = Some(body).filter(|_| json).and_then(|body| serde_json::from_slice(body).ok());
        let body: Value = body.ok_or_else(|| GraphError::parameter("The request body must be JSON, sent as application/json."))?;
        match outgoing::parse(&body)? {
            Request::Read { message_id } => mark_read(&mut state, id, &message_id, now),
            Request::Send(outgoing) => {
                let (message, fail, answer) = accept(&mut state, id, *outgoing, now)?;
                let job = Job::Accepted {
                    message_id: message.id.clone(),
                    fail: fail_later.or(fail),
                };
                state.messages.push(message);
                drop(state);
                self.enqueue(job);
                Ok(answer)
            }
        }
    }
}

/// Holds a message against what is known. Returns it with the code it will fail with later, and the answer.
fn accept(state: &mut State, number_id: &str, outgoing: Outgoing, now: Timestamp) -> Result<(Message, Option<u32>, Value), GraphError> {
    let (input, person) = match outgoing.to {
        Recipient::Phone(phone) => (phone.clone(), state.person_or_stranger(&phone)),
        Recipient::UserId(id) => {
            let person = state.person(&id).cloned().ok_or_else(|| GraphError::of(131026))?;
            (id, person)
        }
    };
    let own_digits = state.number(number_id).map(|(_, number)| number.digits());
    if own_digits.as_deref() == Some(&person.wa_id) {
        return Err(GraphError::of(131021));
    }
    let template = matches!(outgoing.draft, Draft::Template(_));
    let mut content = match outgoing.draft {
        Draft::Ready(content) => content,
        Draft::Template(call) => fill(state, number_id, call)?,
    };
    if let Some(id) = &outgoing.context
        && !in_chat(state, id, number_id, &person)
    {
        return Err(GraphError::of(131009).details("context.message_id is not a message of this conversation."));
    }
    if let Some(media) = content.media_mut() {
        find_file(state, number_id, media, now)?;
    }
    let mut fail = person.blocked.then_some(131026);
    if let Some(file) = content.media().and_then(|media| media.file.as_ref())
        && !media_file::fits(&content, file)
    {
        fail = Some(131053);
    }
    if matches!(content, Content::Document { .. }) {
        fail = fail.or(state.config.documents_fail);
    }
    if let Content::Reaction { message_id, .. } = &content {
        let target = state.message(message_id).filter(|_| in_chat(state, message_id, number_id, &person));
        if !target.is_some_and(|target| !matches!(target.content, Content::Reaction { .. })) {
            fail = Some(131009);
        }
    }
    let open = state
        .window_closes_at(number_id, &person, now)
        .is_some_and(|closes_at| now < closes_at);
    if !template && !open {
        match state.config.closed_window {
            ClosedWindow::AtOnce => return Err(GraphError::of(131047)),
            ClosedWindow::Later => fail = Some(131047),
        }
    }
    let message = Message {
        id: state.wamid(&person.wa_id, Direction::Outbound),
        phone_number_id: number_id.to_owned(),
        person: person.wa_id.clone(),
        direction: Direction::Outbound,
        at: now,
        content,
        context: outgoing.context,
        callback_data: outgoing.callback_data,
        receipts: Vec::new(),
    };
    let answer = answer(&input, &person, &message.id, template);
    Ok((message, fail, answer))
}

fn answer(input: &str, person: &Person, message_id: &str, template: bool) -> Value {
    let mut contact = json!({"input": input, "wa_id": person.wa_id});
    if let Some(user_id) = &person.user_id {
        contact["user_id"] = json!(user_id);
    }
    let mut message = json!({"id": message_id});
    if template {
        message["message_status"] = json!("accepted");
    }
    json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]})
}

fn in_chat(state: &State, message_id: &str, number_id: &str, person: &Person) -> bool {
    let message = state.message(message_id);
    message.is_some_and(|message| message.phone_number_id == number_id && message.person == person.wa_id)
}

/// Finds the file behind a media id. Links are fetched later, as Meta does.
fn find_file(state: &State, number_id: &str, picture: &mut Picture, now: Timestamp) -> Result<(), GraphError> {
    let Source::Id(id) = &picture.source else { return Ok(()) };
    let media = state
        .media
        .get(id)
        .filter(|media| media.phone_number_id == number_id && now < media.uploaded_at + MEDIA_KEPT);
    let media = media.ok_or_else(|| GraphError::parameter("Param id is not a valid whatsapp business account media attachment ID"))?;
    picture.file = Some(media.file.clone());
    Ok(())
}

/// Fills a template in, after holding the call against its definition.
fn fill(state: &State, number_id: &str, call: TemplateCall) -> Result<Content, GraphError> {
    let templates = state.number(number_id).map_or(&[][..], |(account, _)| &account.templates);
    let template = templates
        .iter()
        .find(|template| template.name == call.name && template.language == call.language);
    let template: &Template = template
        .ok_or_else(|| GraphError::of(132001).details(format!("template name ({}) does not exist in {}", call.name, call.language)))?;
    if let Some(problem) = call.problem {
        return Err(problem);
    }
    let expected = (1..)
        .take_while(|index| template.body.contains(&format!("{{{{{index}}}}}")))
        .count();
    if call.body.len() != expected || call.picture.is_some() != template.image_header {
        let details = format!(
            "body: number of localizable_params ({}) does not match the expected number of params ({expected})",
            call.body.len()
        );
        return Err(GraphError::of(132000).details(details));
    }
    let mut body = template.body.clone();
    for (index, value) in call.body.iter().enumerate() {
        body = body.replace(&format!("{{{{{}}}}}", index + 1), value);
    }
    let payload = |index: usize, title: &String| call.payloads.get(index).unwrap_or(title).clone();
    let button = |(index, title)| Button {
        id: payload(index, title),
        title: title.clone(),
    };
    Ok(Content::Template {
        name: call.name,
        category: template.category.clone(),
        picture: call.picture,
        body,
        buttons: template.buttons.iter().enumerate().map(button).collect(),
    })
}

/// The business has read an inbound message, and with it all before it.
fn mark_read(state: &mut State, number_id: &str, message_id: &str, now: Timestamp) -> Result<Value, GraphError> {
    let is_it =
        |message: &Message| message.id == message_id && message.phone_number_id == number_id && message.direction == Direction::Inbound;
    let position = state.messages.iter().position(is_it);
    let position = position.ok_or_else(|| GraphError::of(131009).details("message_id is not a message received by this number."))?;
    let person = state.messages[position].person.clone();
    for message in &mut state.messages[..=position] {
        let inbound = message.direction == Direction::Inbound && message.person == person;
        if inbound && message.phone_number_id == number_id && message.receipts.is_empty() {
            message.receipts.push(Receipt {
                status: Status::Read,
                at: now,
                error: None,
            });
        }
    }
    Ok(json!({"success": true}))
}
