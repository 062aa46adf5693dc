//! The budget: each line with what is free, reserved, committed and spent; and bringing in a DPA
//! with a look at what it would change.

use ::web::{Access, Answer, Ctx, Path, Query, Routes, Upload, filters};
use askama::Template;
use base::account::{Organisation, organisation};
use base::{Date, Error, Id, Problem, Rate, Read, Result, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{asking, years};
use crate::budget::{self, BudgetLine, Use};
use crate::budget_file::{self, FILE_BYTES_MAX};
use crate::budget_import::{self, Applied, Bring, BudgetImport, BudgetImportId, Preview};
use crate::{BUDGET, BUDGET_ANY, OVERSEE, SEE_BUDGET, agencies, duties};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/budget", show, Access::May(SEE_BUDGET))
        .gives::<BudgetPage>()
        .asks(&["year", "agency"])
        .get("/procurement/budget/imports/new", new, Access::May(BUDGET))
        .asks(&["year", "agency"])
        .people_only()
        .post("/procurement/budget/imports", create, Access::May(BUDGET))
        .uploads(FILE_BYTES_MAX + 64 * 1024)
        .takes::<ImportForm>()
        .files(&["file"])
        .needs(&["year", "file"])
        .gives::<BudgetImportId>()
        .get("/procurement/budget/imports/{id}", look, Access::May(BUDGET))
        .gives::<PreviewPage>()
        .post("/procurement/budget/imports/{id}/application", apply, Access::May(BUDGET))
        .gives::<Applied>()
}

/// Which budget.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    year: String,
    #[serde(default)]
    agency: String,
}

/// A line, how it is used, and its drawing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct BudgetRow {
    line: BudgetLine,
    used: Use,
    #[serde(skip)]
    bar: [(i64, i64); 3],
}

/// An agency's budget of a year.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "budget.html")]
struct BudgetPage {
    agency: String,
    year: i64,
    #[serde(skip)]
    years: [i64; 3],
    /// To choose from, for those who see all.
    agencies: Vec<Organisation>,
    agency_id: Id<Organisation>,
    rows: Vec<BudgetRow>,
    total: Rupiah,
    used: Use,
    #[serde(skip)]
    whole: [(i64, i64); 3],
    may_import: bool,
    /// Files that were brought in, newest first, for those who bring them.
    files: Vec<BudgetImport>,
}

impl BudgetPage {
    fn of_year(&self, year: &i64) -> String {
        let agency = if self.agencies.is_empty() { "" } else { self.agency_id.as_str() };
        asking("/procurement/budget", &[("year", &year.to_string()), ("agency", agency)])
    }

    /// Where a file for this agency and year is brought in.
    fn bring(&self) -> String {
        let agency = if self.agencies.is_empty() { "" } else { self.agency_id.as_str() };
        let year = self.year.to_string();
        asking("/procurement/budget/imports/new", &[("year", &year), ("agency", agency)])
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let may_import = ctx.admits(Access::May(BUDGET));
    let page = ctx
        .read(move |read| {
            let today = Date::today(read);
            let (year, years) = (years::asked(&asked.year, today)?, years::around(today));
            let agencies = if sees_all(read) { agencies::all(read)? } else { Vec::new() };
            let agency = chosen(read, &asked.agency, &agencies)?;
            let mut rows = Vec::new();
            for line in budget::of_agency(read, &agency.id, year)? {
                let used = budget::used(read, &line.id)?;
                rows.push(BudgetRow { bar: parts(line.ceiling, used), line, used });
            }
            let used = sum(&rows);
            let total = Rupiah::sum(rows.iter().map(|row| row.line.ceiling));
            let total = total.unwrap_or(Rupiah::MAX);
            let files = match may_import {
                true => budget_import::latest(read, &agency.id)?,
                false => Vec::new(),
            };
            let (agency_id, agency, whole) = (agency.id, agency.name, parts(total, used));
            Ok(BudgetPage {
                agency,
                year,
                years,
                agencies,
                agency_id,
                rows,
                total,
                used,
                whole,
                may_import,
                files,
            })
        })
        .await?;
    ctx.page(page)
}

fn sees_all(read: &Read<'_>) -> bool {
    read.actor().may(OVERSEE.0)
}

/// The own agency; for those who see all the one they ask for, or the first.
fn chosen(read: &mut Read<'_>, asked: &str, agencies: &[Organisation]) -> Result<Organisation> {
    let wanted = agencies.iter().find(|agency| agency.id.as_str() == asked);
    match wanted.or(agencies.first()) {
        Some(agency) => Ok(agency.clone()),
        None => {
            let own = duties::organisation(read)?;
            organisation::find(read, &own)
        }
    }
}

fn sum(rows: &[BudgetRow]) -> Use {
    let all = |amount: fn(&Use) -> Rupiah| {
        Rupiah::sum(rows.iter().map(|row| amount(&row.used))).unwrap_or(Rupiah::MAX)
    };
    Use {
        free: all(|used| used.free),
        reserved: all(|used| used.reserved),
        committed: all(|used| used.committed),
        spent: all(|used| used.spent),
    }
}

/// Where each part of a ceiling begins on a bar and how wide it is, in thousandths: spent, committed,
/// reserved. What is free stays empty.
fn parts(ceiling: Rupiah, used: Use) -> [(i64, i64); 3] {
    let of = |amount: Rupiah| Rate::of(amount.amount(), ceiling.amount()).as_points() / 10;
    let (spent, committed, reserved) = (of(used.spent), of(used.committed), of(used.reserved));
    [(0, spent), (spent, committed), (spent + committed, reserved)]
}

/// Bringing a file.
#[derive(Template, Serialize)]
#[template(path = "budget_import.html")]
struct ImportPage {
    /// Only for the city's desk.
    agencies: Vec<Organisation>,
    year: String,
    dpa: String,
    agency: String,
    problems: Vec<Problem>,
}

async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = ctx
        .read(move |read| {
            let year = years::asked(&asked.year, Date::today(read))?.to_string();
            let (dpa, agency) = (String::new(), asked.agency.clone());
            let agencies = agencies(read)?;
            Ok(ImportPage { agencies, year, dpa, agency, problems: Vec::new() })
        })
        .await?;
    ctx.page(page)
}

fn agencies(read: &mut Read<'_>) -> Result<Vec<Organisation>> {
    match read.actor().may(BUDGET_ANY.0) {
        true => agencies::all(read),
        false => Ok(Vec::new()),
    }
}

/// What is sent, as programs read of it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
struct ImportForm {
    /// The budget year.
    year: String,
    /// The number of the budget's paper.
    dpa: Option<String>,
    /// The agency's id, from whoever brings budgets for all of them.
    agency: Option<String>,
}

async fn create(ctx: Ctx, upload: Upload) -> Answer {
    let read = match command(&ctx, &upload) {
        Ok(cmd) => as_lines(cmd).await,
        Err(error) => Err(error),
    };
    let brought = match read {
        Ok(cmd) => ctx.write("procurement.bring", move |tx| budget_import::bring(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match brought {
        Ok(id) => Ok(ctx.done(format!("/procurement/budget/imports/{id}"), id)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let agencies = ctx.read(agencies).await?;
            let field = |name: &str| upload.field(name).to_owned();
            let (year, dpa, agency) = (field("year"), field("dpa"), field("agency"));
            ctx.again(ImportPage { agencies, year, dpa, agency, problems })
        }
        Err(error) => Err(error.into()),
    }
}

/// A workbook becomes lines before anybody holds the database for it.
async fn as_lines(cmd: Bring) -> Result<Bring> {
    let read = tokio::task::spawn_blocking(move || {
        let content = budget_file::as_csv(&cmd.file, cmd.content)?;
        Ok(Bring { content, ..cmd })
    });
    read.await.map_err(Error::broken)?.map_err(|problem| Error::Invalid(vec![problem]))
}

fn command(ctx: &Ctx, upload: &Upload) -> Result<Bring> {
    // The city's desk says for which agency; an agency's head brings their own.
    let own = ctx.actor().on_behalf_of.as_deref().filter(|_| !ctx.admits(Access::May(BUDGET_ANY)));
    let asked = upload.field("agency");
    let agency = if asked.is_empty() { own.and_then(Id::parse) } else { Id::parse(asked) };
    let agency = agency.ok_or(Error::invalid("agency", "procurement-agency-wanted"))?;
    let year = upload.field("year").parse();
    let year = year.map_err(|_| Error::invalid("year", "procurement-year-wanted"))?;
    let chosen = upload.files.iter().any(|file| file.field == "file" && !file.name.is_empty());
    let code = if chosen { "procurement-budget-file-empty" } else { "procurement-file-wanted" };
    let file = upload.file("file").ok_or(Error::invalid("file", code))?;
    Ok(Bring {
        agency,
        file: file.name.chars().take(FILE_NAME_CHARS_MAX).collect(),
        dpa: upload.field("dpa").to_owned(),
        year,
        content: file.bytes.to_vec(),
    })
}

const FILE_NAME_CHARS_MAX: usize = 120;

/// What a file would change.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "budget_preview.html")]
struct PreviewPage {
    #[serde(flatten)]
    preview: Preview,
    agency_name: String,
}

async fn look(ctx: Ctx, Path(id): Path<BudgetImportId>) -> Answer {
    let page = ctx
        .read(move |read| {
            let preview = budget_import::preview(read, &id)?;
            let agency_name = organisation::find(read, &preview.import.agency)?.name;
            Ok(PreviewPage { preview, agency_name })
        })
        .await?;
    ctx.page(page)
}

async fn apply(ctx: Ctx, Path(id): Path<BudgetImportId>) -> Answer {
    let looked = id.clone();
    let import = ctx.read(move |read| Ok(budget_import::preview(read, &looked)?.import)).await?;
    let done = ctx.write("procurement.apply", move |tx| budget_import::apply(tx, &id)).await?;
    let (year, agency) = (import.year.to_string(), import.agency.to_string());
    let at = asking("/procurement/budget", &[("year", &year), ("agency", &agency)]);
    Ok(ctx.done_saying(at, "procurement-said-budget-applied", done))
}
