//! Runs: one item per pulse and moment.

use domain::fault::Why;
use domain::ids::{OrgId, PulseId, RunId};
use domain::run::{Run, RunState};

use crate::error::{StoreError, aws, corrupt};
use crate::item::{Item, Reader, TTL, n, s, with_doc};
use crate::table::{Order, Page};
use crate::{Store, keys};

/// Runs are kept for so long.
pub(crate) const HISTORY_D: i64 = 400;

impl Store {
    /// Keeps a Run where none is. `false` where the same moment already has one: somebody was first, and that is fine.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_run(&self, org: &OrgId, run: &Run) -> Result<bool, StoreError> {
        let mut item = with_doc(&keys::run(org, &run.id), "run", run)?;
        item.insert(TTL.to_owned(), n(run.created_at.as_second() + HISTORY_D * 86_400));
        self.table.put_new_item("run", item).await
    }

    /// A Run.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn run(&self, org: &OrgId, id: &RunId) -> Result<Option<Run>, StoreError> {
        self.table
            .get_item("run", &keys::run(org, id))
            .await?
            .map(|item| read(&item))
            .transpose()
    }

    /// Notes that a Run could not be composed or drawn. A Run that is not under way is left as it is.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn fail_run(&self, org: &OrgId, id: &RunId, why: &Why) -> Result<(), StoreError> {
        let outcome = serde_json::to_string(&RunState::Failed { why: why.clone() }).map_err(corrupt("run"))?;
        let update = self.table.update(&keys::run(org, id)).update_expression("SET outcome = :outcome");
        let update = update
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(outcome)")
            .expression_attribute_values(":outcome", s(outcome));
        match update.send().await.map_err(aws("run")) {
            Ok(_) | Err(StoreError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Runs of a pulse, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn runs(&self, org: &OrgId, pulse: &PulseId, limit: i32, after: Option<&str>) -> Result<Page<Run>, StoreError> {
        let page = self
            .table
            .query_items("run", &keys::pulse_pk(org, pulse), keys::RUN, Order::NewestFirst, limit, after)
            .await?;
        let items = page.items.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }
}

fn read(item: &Item) -> Result<Run, StoreError> {
    let reader = Reader { what: "run", item };
    let mut run: Run = reader.doc()?;
    if let Some(outcome) = reader.json_opt("outcome")? {
        run.state = outcome;
    }
    Ok(run)
}
