//! From a Dataset to what a person reads: Facts, and a Narrative written from them.
//!
//! Knows: how to compute what is true of a drawn table ([`facts()`]), how to say it ([`narrative()`]), how to answer what is asked about it
//! ([`answer()`]), how a channel wants it cut and marked up ([`whatsapp_caption`], [`whatsapp_analysis`], [`plain_text`]), and how to prove that
//! each number of a text is a Fact's ([`prove()`]).
//! Must never know: the clock, the environment, the network, AWS, who the text is for, or a model's credentials.
//!
//! Two rules hold throughout. A number is only ever written from a Fact, rounded as it is written. A cell is data: whatever it holds, it is
//! tamed to one short visible line before it enters a sentence, and a channel's markup in it is taken out.

mod amount;
mod answer;
mod cell_text;
mod claim;
mod cut;
mod fact;
mod facts;
mod language;
mod line;
mod message_text;
mod narrative;
mod plain;
mod prove;
mod scale;
mod statistics;
mod whatsapp;
pub mod writing;

pub use amount::{Amount, PERCENTAGE_POINTS};
pub use answer::{ANSWER_CHARS_MAX, Answer, AnswerKind, Asked, answer};
pub use cut::{cut, utf16_units};
pub use fact::{Axis, Basis, Change, Claim, Cycle, Direction, Fact, Facts, Joined, Label, Method, Place, Reading, Rows};
pub use facts::facts;
pub use message_text::{CUSTOM_TEXT_UNITS_MAX, CustomTextError, PLACEHOLDERS, Placeholders, check_custom_text};
pub use narrative::{ALT_CHARS_MAX, ANALYSIS_UNITS_MAX, Narrative, Section, Telling, alt_text, narrative};
pub use plain::{plain_analysis, plain_text};
pub use prove::{Checked, Proof, Reason, SentenceVerdict, Strictness, Verdict, What, prove, prove_sentences};
pub use whatsapp::{ANALYSIS_MESSAGE_UNITS_MAX, CAPTION_UNITS_MAX, whatsapp_analysis, whatsapp_caption};
