//! Draws a Run's pictures, makes the files that go along, and hands one Delivery to each Destination.
//!
//! Knows: which picture a Destination needs, and the fan-out. Must never know: how anything is drawn (`chart` does) or sent, where it runs
//! (`main.rs` does).
//!
//! Drawing is deterministic and Deliveries have keys: a second time draws the same bytes, finds the Deliveries there, and sends their
//! messages again, which costs a claim each and nothing more.

mod brands;
mod fan_out;
mod files;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use brands::Brands;
use chart::{Colors, Medium, RenderOptions, Renderer, Size};
use domain::chart_spec::{ChartSpec, Title};
use domain::dataset::Dataset;
use domain::delivery::{Picture, PictureSize, Theme};
use domain::fault::Why;
use domain::ids::RunId;
use domain::locale::Locale;
use domain::message::Render;
use domain::pulse::Pulse;
use domain::reading::Reading;
use fan_out::Plan;
use jiff::tz::TimeZone;
use runtime::sqs::{Batch, DeliverQueues, Disposition, InvalidEvent, SendError};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};
use store::{Store, StoreError};

/// The function. Build it once.
pub struct RenderChart {
    runtime: Runtime,
    store: Store,
    queues: DeliverQueues,
    batch: Batch,
    // One picture at a time: drawing uses the whole of a small function's share of a processor.
    renderer: Mutex<Renderer>,
    brands: Brands,
}

/// Why a message could not be worked on; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The table or the bucket.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sender's queue.
    #[error(transparent)]
    Send(#[from] SendError),
    /// Something that an earlier step wrote is not there.
    #[error("{0}")]
    Missing(String),
}

impl RenderChart {
    /// Reads `TABLE_NAME`, `BUCKET_NAME`, the senders' queues, and `FONT_DIR`: fonts of other scripts than Latin, opened only when needed.
    ///
    /// # Errors
    /// [`StartError`] where one of the first three is missing.
    pub fn new(runtime: Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let store = Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?);
        let (queues, batch) = (DeliverQueues::from_env(&runtime)?, runtime.batch());
        let renderer = Mutex::new(Renderer::new(env.get("FONT_DIR").map(PathBuf::from)));
        Ok(Self {
            runtime,
            store,
            queues,
            batch,
            renderer,
            brands: Brands::default(),
        })
    }

    /// Opens the connection to the table while the function still starts; what fails here fails again, and is reported, at the first message.
    pub async fn warm_up(&self) {
        drop(self.store.table.warm_up().await);
    }

    /// Works on a batch of Render messages.
    ///
    /// # Errors
    /// [`InvalidEvent`] where the event is not SQS's.
    pub async fn handle(&self, event: SqsEvent) -> Result<SqsBatchResponse, InvalidEvent> {
        self.batch
            .run(event, |message: Render, _| async move {
                self.one(&message).await.map(|()| Disposition::Done)
            })
            .await
    }

    async fn one(&self, message: &Render) -> Result<(), RenderError> {
        let (org, run) = (&message.org_id, &message.run_id);
        let pulse = self.store.pulse_version(org, run.pulse(), message.pulse_version).await?;
        let pulse = pulse.ok_or_else(|| RenderError::Missing(format!("pulse {} has no version {}", run.pulse(), message.pulse_version)))?;
        let dataset = self.store.bucket.dataset(org, run).await?.ok_or_else(|| missing(run, "rows"))?;
        let reading: Reading = self.store.bucket.reading(org, run).await?.ok_or_else(|| missing(run, "reading"))?;
        let options = RenderOptions {
            brand: self.brand(org).await?,
            ..options(&pulse, &reading)
        };
        let attachments = self.attach(message, &pulse, &dataset, &reading, &options).await?;
        let Plan { deliveries, colors } = self.plan(message, &pulse, &attachments).await?;
        if deliveries.is_empty() {
            let why = Why::new(
                "pulse.no_destination",
                "Every destination of this pulse is switched off or deleted: there was nobody to send it to.",
            );
            return Ok(self.store.fail_run(org, run, &why).await?);
        }
        let pictures: BTreeSet<Picture> = deliveries.iter().map(|delivery| delivery.picture).collect();
        for picture in pictures {
            match self.draw(&dataset, &pulse, &options, picture, colors) {
                // A former try's picture stays: its link may be out.
                Ok(png) => drop(self.store.bucket.put_new_picture(org, run, picture, png).await?),
                Err(why) => {
                    tracing::error!(run.id = %run, why.code = %why.code, "a run could not be drawn");
                    return Ok(self.store.fail_run(org, run, &why).await?);
                }
            }
        }
        self.fan_out(org, &deliveries).await
    }

    fn draw(&self, dataset: &Dataset, pulse: &Pulse, usual: &RenderOptions, picture: Picture, colors: Colors) -> Result<Vec<u8>, Why> {
        let (width_px, height_px) = picture.size.pixels();
        let options = RenderOptions {
            size: Size { width_px, height_px },
            theme: match picture.theme {
                Theme::Light => chart::Theme::Light,
                Theme::Dark => chart::Theme::Dark,
            },
            medium: match picture.size {
                PictureSize::Mail => Medium::Mail,
                PictureSize::Square | PictureSize::Wide => Medium::Screen,
            },
            colors,
            ..usual.clone()
        };
        let spec = titled(pulse);
        let mut renderer = self.renderer.lock().unwrap_or_else(PoisonError::into_inner);
        let drawn = renderer
            .render_rows(dataset, &spec, &options)
            .map_err(|error| Why::new("chart.spec", error.to_string()))?;
        if !drawn.unprintable.is_empty() {
            tracing::warn!(pulse.id = %pulse.id, characters = drawn.unprintable.len(), "the chart holds characters that no installed font has");
        }
        Ok(drawn.png)
    }
}

fn missing(run: &RunId, what: &str) -> RenderError {
    RenderError::Missing(format!("the {what} of run {run} are not in the bucket"))
}

/// The pulse's chart; the pulse's name is its title where it has none.
fn titled(pulse: &Pulse) -> ChartSpec {
    let mut spec = pulse.chart.clone();
    if spec.title.is_none() {
        spec.title = Some(Title::from(pulse.name.as_str()));
    }
    spec
}

/// What every form of the chart has in common.
fn options(pulse: &Pulse, reading: &Reading) -> RenderOptions {
    RenderOptions {
        locale: Locale::of(&pulse.message.locale),
        footer: Some(footer(pulse, reading)),
        ..RenderOptions::default()
    }
}

/// The schedule's time zone.
fn zone(pulse: &Pulse) -> TimeZone {
    pulse
        .schedule
        .as_ref()
        .map_or(TimeZone::UTC, |schedule| schedule.time_zone.rules.clone())
}

/// Where the numbers come from and when they were read, in the schedule's time zone.
fn footer(pulse: &Pulse, reading: &Reading) -> String {
    let read_at = reading.as_of.to_zoned(zone(pulse));
    let zone = read_at.strftime("%Z").to_string();
    chart::footer(Locale::of(&pulse.message.locale), &reading.source_name, read_at.datetime(), &zone)
}
