//! `POST /{phone-number-id}/messages`: the body, parsed as strictly as the reference allows.
//!
//! Stricter than Meta in one point: `to` without `+` is refused, because Meta would put the business's own country code in
//! front and deliver to a stranger.

use serde_json::Value;

use super::fields::Fields;
use super::graph_error::GraphError;
use super::message::{Button, Content, Picture, Source};

/// Longest text body, in characters (Meta, "Text messages").
pub const TEXT_CHARS_MAX: usize = 4096;
/// Longest image caption, in characters (Meta, "Image messages").
pub const CAPTION_CHARS_MAX: usize = 1024;
/// Longest name of a document, in characters. Meta gives no figure; file systems end here.
pub const FILE_NAME_CHARS_MAX: usize = 240;
/// Longest `biz_opaque_callback_data`, in characters.
pub const CALLBACK_DATA_CHARS_MAX: usize = 512;

/// What is asked for.
pub(super) enum Request {
    Send(Box<Outgoing>),
    /// The business has read this inbound message, and all before it.
    Read {
        message_id: String,
    },
}

/// A message to be sent.
pub(super) struct Outgoing {
    pub to: Recipient,
    pub context: Option<String>,
    pub callback_data: Option<String>,
    pub draft: Draft,
}

pub(super) enum Recipient {
    Phone(String),
    UserId(String),
}

pub(super) enum Draft {
    Ready(Content),
    Template(TemplateCall),
}

/// A template with its values, not yet held against its definition.
pub(super) struct TemplateCall {
    pub name: String,
    pub language: String,
    pub picture: Option<Picture>,
    pub body: Vec<String>,
    pub payloads: Vec<String>,
    /// What is wrong with a value. It is told only once the template is known to exist, as Meta does.
    pub problem: Option<GraphError>,
}

const COMMON: [&str; 7] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
];
/// Types Meta knows and this simulator does not play.
const UNSUPPORTED: [&str; 5] = ["audio", "contacts", "location", "sticker", "video"];

pub(super) fn parse(body: &Value) -> Result<Request, GraphError> {
    let root = Fields::root(body)?;
    match root.text("messaging_product")? {
        None => return Err(root.missing("messaging_product")),
        Some("whatsapp") => {}
        Some(_) => return Err(root.not("messaging_product", "one of {WHATSAPP}")),
    }
    if root.has("status") {
        read(&root)
    } else {
        Ok(Request::Send(Box::new(send(&root)?)))
    }
}

fn read(root: &Fields<'_>) -> Result<Request, GraphError> {
    root.only(&["messaging_product", "status", "message_id", "typing_indicator"])?;
    if root.text("status")? != Some("read") {
        return Err(root.not("status", "one of {READ}"));
    }
    if let Some(typing) = root.object("typing_indicator")? {
        typing.only(&["type"])?;
        if typing.text("type")? != Some("text") {
            return Err(typing.not("type", "one of {TEXT}"));
        }
    }
    Ok(Request::Read {
        message_id: root.needed("message_id", 512)?.to_owned(),
    })
}

fn send(root: &Fields<'_>) -> Result<Outgoing, GraphError> {
    match root.text("recipient_type")? {
        None | Some("individual") => {}
        Some("group") => return Err(GraphError::of(131215)),
        Some(_) => return Err(root.not("recipient_type", "one of {INDIVIDUAL, GROUP}")),
    }
    let kind = root.text("type")?.unwrap_or("text");
    let known: Vec<&str> = COMMON.iter().copied().chain([kind]).collect();
    root.only(&known)?;
    let context = match root.object("context")? {
        None => None,
        Some(context) => {
            context.only(&["message_id"])?;
            Some(context.needed("message_id", 512)?.to_owned())
        }
    };
    let callback_data = root
        .short_text("biz_opaque_callback_data", CALLBACK_DATA_CHARS_MAX)?
        .map(str::to_owned);
    Ok(Outgoing {
        to: recipient(root)?,
        context,
        callback_data,
        draft: draft(root, kind)?,
    })
}

fn recipient(root: &Fields<'_>) -> Result<Recipient, GraphError> {
    let Some(to) = root.text("to")? else {
        let user_id = root.text("recipient")?.ok_or_else(|| root.missing("to"))?;
        return Ok(Recipient::UserId(user_id.to_owned()));
    };
    let digits = to.strip_prefix('+').ok_or_else(|| {
        GraphError::of(131009).details("Param to must start with '+': the country code of the business would be put in front.")
    })?;
    let valid = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if !valid {
        return Err(GraphError::of(131009).details("Param to is not a phone number in E.164."));
    }
    Ok(Recipient::Phone(to.to_owned()))
}

fn draft(root: &Fields<'_>, kind: &str) -> Result<Draft, GraphError> {
    let content = match kind {
        "text" => {
            let text = root.needed_object("text", &["body", "preview_url"])?;
            let body = text.needed("body", TEXT_CHARS_MAX)?.to_owned();
            Content::Text {
                body,
                preview_url: text.flag("preview_url")?.unwrap_or(false),
            }
        }
        "image" => {
            let image = root.needed_object("image", &["id", "link", "caption"])?;
            let caption = image.short_text("caption", CAPTION_CHARS_MAX)?.map(str::to_owned);
            Content::Image {
                picture: picture(&image)?,
                caption,
            }
        }
        "document" => document(&root.needed_object("document", &["id", "link", "caption", "filename"])?)?,
        "reaction" => {
            let reaction = root.needed_object("reaction", &["message_id", "emoji"])?;
            let message_id = reaction.needed("message_id", 512)?.to_owned();
            let emoji = reaction.short_text("emoji", 16)?.ok_or_else(|| reaction.missing("emoji"))?;
            Content::Reaction {
                message_id,
                emoji: Some(emoji.to_owned()),
            }
        }
        "interactive" => interactive(root)?,
        "template" => return Ok(Draft::Template(template(root)?)),
        kind if UNSUPPORTED.contains(&kind) => return Err(GraphError::of(131051)),
        _ => return Err(root.not("type", "one of {TEXT, IMAGE, DOCUMENT, REACTION, INTERACTIVE, TEMPLATE}")),
    };
    Ok(Draft::Ready(content))
}

fn document(document: &Fields<'_>) -> Result<Content, GraphError> {
    let file_name = match document.text("filename")? {
        None => None,
        Some(_) => Some(document.needed("filename", FILE_NAME_CHARS_MAX)?.to_owned()),
    };
    if file_name
        .as_ref()
        .is_some_and(|name| name.contains(['/', '\\']) || name.contains(char::is_control))
    {
        return Err(document.not("filename", "a file's name without a folder"));
    }
    Ok(Content::Document {
        document: picture(document)?,
        file_name,
        caption: document.short_text("caption", CAPTION_CHARS_MAX)?.map(str::to_owned),
    })
}

fn picture(image: &Fields<'_>) -> Result<Picture, GraphError> {
    let source = match (image.text("id")?, image.text("link")?) {
        (Some(id), None) => Source::Id(id.to_owned()),
        (None, Some(link)) => {
            let url = url::Url::parse(link)
                .ok()
                .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
            url.ok_or_else(|| image.not("link", "a valid URI"))?;
            Source::Link(link.to_owned())
        }
        (None, None) => return Err(image.missing("id")),
        (Some(_), Some(_)) => {
            return Err(GraphError::parameter(format_args!(
                "Only one of {} and {} may be given.",
                image.path("id"),
                image.path("link")
            )));
        }
    };
    Ok(Picture { source, file: None })
}

fn interactive(root: &Fields<'_>) -> Result<Content, GraphError> {
    let interactive = root.needed_object("interactive", &["type", "header", "body", "footer", "action"])?;
    let kind = interactive.needed("type", 64)?;
    if !matches!(kind, "button" | "cta_url") {
        return Err(GraphError::of(131051).details(format!("Interactive messages of type {kind} are not played here.")));
    }
    let (mut header, mut top) = (None, None);
    if let Some(fields) = interactive.object("header")? {
        match fields.needed("type", 16)? {
            "text" => header = Some(fields.needed("text", 60)?.to_owned()),
            "image" => top = Some(picture(&fields.needed_object("image", &["id", "link"])?)?),
            _ => return Err(fields.not("type", "one of {TEXT, IMAGE}")),
        }
    }
    let body = interactive.needed_object("body", &["text"])?.needed("text", 1024)?.to_owned();
    let footer = match interactive.object("footer")? {
        None => None,
        Some(footer) => Some(footer.needed("text", 60)?.to_owned()),
    };
    let action = interactive.object("action")?.ok_or_else(|| interactive.missing("action"))?;
    let buttons = if kind == "button" {
        reply_buttons(&action)?
    } else {
        vec![url_button(&action)?]
    };
    Ok(Content::Interactive {
        picture: top,
        header,
        body,
        footer,
        buttons,
    })
}

fn reply_buttons(action: &Fields<'_>) -> Result<Vec<Button>, GraphError> {
    action.only(&["buttons"])?;
    let mut buttons: Vec<Button> = Vec::new();
    for item in action.objects("buttons")? {
        item.only(&["type", "reply"])?;
        if item.text("type")? != Some("reply") {
            return Err(item.not("type", "one of {REPLY}"));
        }
        let reply = item.needed_object("reply", &["id", "title"])?;
        let button = Button {
            id: reply.needed("id", 256)?.to_owned(),
            title: reply.needed("title", 20)?.to_owned(),
        };
        if buttons.iter().any(|other| other.title == button.title || other.id == button.id) {
            return Err(reply.not("title", "unique"));
        }
        buttons.push(button);
    }
    if !(1..=3).contains(&buttons.len()) {
        return Err(action.not("buttons", "an array of 1 to 3 buttons"));
    }
    Ok(buttons)
}

fn url_button(action: &Fields<'_>) -> Result<Button, GraphError> {
    action.only(&["name", "parameters"])?;
    if action.text("name")? != Some("cta_url") {
        return Err(action.not("name", "one of {CTA_URL}"));
    }
    let parameters = action.needed_object("parameters", &["display_text", "url"])?;
    Ok(Button {
        id: parameters.needed("url", 2000)?.to_owned(),
        title: parameters.needed("display_text", 20)?.to_owned(),
    })
}

fn template(root: &Fields<'_>) -> Result<TemplateCall, GraphError> {
    let template = root.needed_object("template", &["name", "language", "components"])?;
    let language = template.needed_object("language", &["code", "policy"])?;
    let mut call = TemplateCall {
        name: template.needed("name", 512)?.to_owned(),
        language: language.needed("code", 64)?.to_owned(),
        picture: None,
        body: Vec::new(),
        payloads: Vec::new(),
        problem: None,
    };
    for component in template.objects("components")? {
        component.only(&["type", "sub_type", "index", "parameters"])?;
        let kind = component.needed("type", 16)?.to_ascii_lowercase();
        for parameter in component.objects("parameters")? {
            match (kind.as_str(), parameter.needed("type", 32)?) {
                ("header", "image") => {
                    call.picture = Some(picture(&parameter.needed_object("image", &["id", "link"])?)?);
                }
                ("body", "text") => match parameter_text(&parameter) {
                    Ok(text) => call.body.push(text),
                    Err(problem) => call.problem = Some(problem),
                },
                ("body", kind @ ("currency" | "date_time")) => {
                    let value = parameter.object(kind)?.ok_or_else(|| parameter.missing(kind))?;
                    call.body.push(value.needed("fallback_value", 1024)?.to_owned());
                }
                ("button", "payload") => call.payloads.push(parameter.needed("payload", 256)?.to_owned()),
                _ => call.problem = Some(GraphError::of(132012)),
            }
        }
    }
    Ok(call)
}

/// A value: not empty, without newlines, tabs and more than four spaces in a row.
fn parameter_text(parameter: &Fields<'_>) -> Result<String, GraphError> {
    let text = parameter.needed("text", 1024).map_err(|_| GraphError::of(132012))?;
    if text.contains(['\n', '\t']) || text.contains("     ") {
        let details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces.";
        return Err(GraphError::of(132012).details(details));
    }
    Ok(text.to_owned())
}
