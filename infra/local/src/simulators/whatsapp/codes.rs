//! The Cloud API's documented error codes with the HTTP status and the words that come with them.
//! Source: Meta, "Cloud API error codes".

/// One documented error.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The number a client must decide on.
    pub code: u32,
    /// The documented HTTP status when the error is the answer to a request.
    pub http: u16,
    /// Short title, as in a status webhook.
    pub title: &'static str,
    /// `error_data.details`.
    pub details: &'static str,
}

const fn code(code: u32, http: u16, title: &'static str, details: &'static str) -> Code {
    Code {
        code,
        http,
        title,
        details,
    }
}

/// Looks up a documented code.
#[must_use]
pub fn find(code: u32) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == code)
}

/// Every documented code this simulator can produce, by itself or as an injected fault.
pub const CODES: &[Code] = &[
    code(0, 401, "AuthException", "We were unable to authenticate the app user."),
    code(1, 400, "API Unknown", "Invalid request or possible server error."),
    code(2, 503, "API Service", "Temporary due to downtime or due to being overloaded."),
    code(3, 500, "API Method", "Capability or permissions issue."),
    code(4, 400, "API Too Many Calls", "The app has reached its API call rate limit."),
    code(
        10,
        403,
        "Permission Denied",
        "Permission is either not granted or has been removed.",
    ),
    code(
        33,
        400,
        "Parameter value is not valid",
        "The business phone number has been deleted.",
    ),
    code(
        100,
        400,
        "Invalid parameter",
        "The request included one or more unsupported or misspelled parameters.",
    ),
    code(190, 401, "Access token has expired", "Your access token has expired."),
    code(200, 403, "API Permission", "Permission is either not granted or has been removed."),
    code(
        368,
        403,
        "Temporarily blocked for policies violations",
        "The WhatsApp Business Account has been restricted for violating a platform policy.",
    ),
    code(
        80007,
        400,
        "Rate limit issues",
        "The WhatsApp Business Account has reached its rate limit.",
    ),
    code(130429, 400, "Rate limit hit", "Cloud API message throughput has been reached."),
    code(
        130472,
        400,
        "User's number is part of an experiment",
        "Message was not sent as part of an experiment.",
    ),
    code(
        130497,
        403,
        "Business account is restricted from messaging users in this country.",
        "The WhatsApp Business Account is restricted from messaging users in certain countries.",
    ),
    code(
        131000,
        500,
        "Something went wrong",
        "Message failed to send due to an unknown error.",
    ),
    code(
        131005,
        403,
        "Access denied",
        "Permission is either not granted or has been removed.",
    ),
    code(
        131008,
        400,
        "Required parameter is missing",
        "The request is missing a required parameter.",
    ),
    code(
        131009,
        400,
        "Parameter value is not valid",
        "One or more parameter values are invalid.",
    ),
    code(131016, 500, "Service unavailable", "A service is temporarily unavailable."),
    code(
        131021,
        400,
        "Recipient cannot be sender",
        "Sender and recipient phone number is the same.",
    ),
    code(131026, 400, "Message undeliverable", "Unable to deliver message."),
    code(
        131030,
        400,
        "Recipient phone number not in allowed list",
        "Add recipient phone number to recipient list and try again.",
    ),
    code(
        131031,
        403,
        "Account has been locked",
        "The WhatsApp Business Account associated with the app has been restricted or disabled.",
    ),
    code(
        131037,
        400,
        "Display name approval required",
        "The 555 business phone number's display name has not been approved.",
    ),
    code(
        131042,
        400,
        "Business eligibility payment issue",
        "There was an error related to your payment method.",
    ),
    code(
        131045,
        500,
        "Incorrect certificate",
        "Message failed to send due to a phone number registration error.",
    ),
    code(
        131047,
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    ),
    code(
        131048,
        400,
        "Spam rate limit hit",
        "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
    ),
    code(
        131049,
        400,
        "Meta chose not to deliver",
        "This message was not delivered to maintain healthy ecosystem engagement.",
    ),
    code(
        131050,
        400,
        "User opted out of marketing messages",
        "The recipient has chosen to stop receiving marketing messages from your business.",
    ),
    code(131051, 400, "Unsupported message type", "Message type is currently not supported."),
    code(
        131052,
        400,
        "Media download error",
        "Unable to download the media sent by the user.",
    ),
    code(131053, 400, "Media upload error", "Unable to upload the media used in the message."),
    code(
        131056,
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
    ),
    code(
        131057,
        500,
        "Account in maintenance mode",
        "Business Account is in maintenance mode.",
    ),
    code(
        131062,
        400,
        "Business-scoped user ID recipient not allowed",
        "This message cannot be sent to a business-scoped user ID.",
    ),
    code(
        131064,
        400,
        "Messaging limit reduced",
        "The messaging limit was cut for template category violations.",
    ),
    code(
        131215,
        400,
        "Groups not enabled",
        "The business phone number is not eligible for groups.",
    ),
    code(
        132000,
        400,
        "Template Param Count Mismatch",
        "The number of variable parameter values in the request did not match the number defined in the template.",
    ),
    code(
        132001,
        404,
        "Template does not exist",
        "The template does not exist in the specified language or has not been approved.",
    ),
    code(132005, 400, "Template hydrated text too long", "The translated text is too long."),
    code(
        132007,
        400,
        "Template format character policy violated",
        "Template content violates a WhatsApp policy.",
    ),
    code(
        132008,
        400,
        "Template parameter value is not valid",
        "A parameter value is formatted incorrectly.",
    ),
    code(
        132012,
        400,
        "Template parameter format mismatch",
        "Variable parameter values formatted incorrectly.",
    ),
    code(
        132015,
        400,
        "Template is paused",
        "Template is paused due to low quality so it cannot be sent in a template message.",
    ),
    code(
        132016,
        400,
        "Template is disabled",
        "Template has been paused too many times due to low quality and is now permanently disabled.",
    ),
    code(133004, 503, "Server temporarily unavailable", "Server is temporarily unavailable."),
    code(
        133010,
        400,
        "Phone number not registered",
        "Phone number not registered on the WhatsApp Business Platform.",
    ),
    code(
        135000,
        400,
        "Generic user error",
        "Message failed to send because of an unknown error with your request parameters.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_stands_twice_and_all_are_in_order() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(find(131047).is_some() && find(131999).is_none());
    }
}
