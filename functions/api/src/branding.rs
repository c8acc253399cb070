//! `/v1/branding`: the organisation's own colours and logo. What is given is kept; the answer says what of it is drawn otherwise, and why.

use axum::Json;
use axum::extract::State;
use domain::branding::{Adjusted, Branding, Look};
use domain::picture::Theme;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Shared;
use crate::body::Body;
use crate::caller::{Editor, Viewer};
use crate::problem::Problem;

/// The organisation's own look: as given, and as drawn.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrandingShown {
    /// As it was given; send it back to keep what you do not change.
    pub branding: Branding,
    /// What pictures are drawn with, where it is not ours.
    pub drawn: Drawn,
    /// Given colours that cannot be read on their ground, or not be told apart, and what is drawn in their place. Empty where all are as given.
    pub adjusted: Vec<Adjusted>,
}

/// Colours by theme.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drawn {
    /// On white.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub light: Option<Look>,
    /// On near-black.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dark: Option<Look>,
}

impl From<Branding> for BrandingShown {
    fn from(branding: Branding) -> Self {
        let mut adjusted = Vec::new();
        let mut look = |theme| {
            branding.look(theme).map(|(look, changed)| {
                adjusted.extend(changed);
                look
            })
        };
        let drawn = Drawn {
            light: look(Theme::Light),
            dark: look(Theme::Dark),
        };
        Self { branding, drawn, adjusted }
    }
}

/// The organisation's colours and logo
#[utoipa::path(get, path = "/v1/branding", tag = "branding", responses((status = 200, body = BrandingShown), crate::openapi::Refusals))]
pub(crate) async fn get(State(api): State<Shared>, Viewer(caller): Viewer) -> Result<Json<BrandingShown>, Problem> {
    Ok(Json(api.store.branding(&caller.org).await?.into()))
}

/// Replace the organisation's colours and logo
///
/// What is left out is ours again. Every picture and document from the next run on is drawn with it.
#[utoipa::path(put, path = "/v1/branding", tag = "branding", request_body = Branding,
    responses((status = 200, body = BrandingShown), crate::openapi::Refusals))]
pub(crate) async fn put(
    State(api): State<Shared>,
    Editor(caller): Editor,
    Body { value: branding, .. }: Body<Branding>,
) -> Result<Json<BrandingShown>, Problem> {
    api.store.put_branding(&caller.org, &branding).await?;
    api.note(&caller, "branding.replace", "branding").await;
    Ok(Json(branding.into()))
}
