//! The officers' page for lists: bring a file, see what was understood, correct the columns, let
//! the rows in, take the report away.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, Upload, filters};
use askama::Template;
use axum::http::header;
use axum::response::IntoResponse;
use base::{Error, Id, Problem, Result, Timestamp};
use lists::{Fate, Field, ImportedRow, Mapping, Summary};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::brought::{self, BroughtList, Standing};
use crate::intake::{self, Brought, IMPORT};
use crate::list::{self, Bringing, Opened};

/// The largest list that comes through the page; larger ones go by the command line.
const LIST_BYTES_MAX: usize = 19 * 1024 * 1024;
/// Rows with problems that are shown at once; the report has all of them.
const SHOWN_ROWS: usize = 60;

pub(super) fn routes(routes: Routes) -> Routes {
    let office = Access::May(IMPORT);
    routes
        .get("/registry/lists", lists, office)
        .gives::<ListsPage>()
        .asks(&["before"])
        .post("/registry/lists", bring, office)
        .uploads(LIST_BYTES_MAX)
        .people_only()
        .get("/registry/lists/{id}", show, office)
        .gives::<ListPage>()
        .post("/registry/lists/{id}/columns", teach, office)
        .takes::<ColumnsForm>()
        .post("/registry/lists/{id}/entry", let_in, office)
        .get("/registry/lists/{id}/report.json", report_json, office)
        .raw()
        .get("/registry/lists/{id}/report.xlsx", report_xlsx, office)
        .raw()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// The lists that were brought.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "lists.html")]
struct ListsPage {
    lists: Vec<BroughtList>,
    next: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn page_of_lists(ctx: &Ctx, before: String, problems: Vec<Problem>) -> Result<ListsPage> {
    let before = (!before.is_empty()).then_some(before);
    let lists = ctx.read(move |read| brought::newest(read, before.as_deref())).await?;
    let full = i64::try_from(lists.len()).unwrap_or(0) == brought::PAGE_ROWS;
    let next =
        lists.last().filter(|_| full).map(|last| format!("/registry/lists?before={}", last.id));
    Ok(ListsPage { lists, next: next.unwrap_or_default(), problems })
}

async fn lists(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = page_of_lists(&ctx, asked.before, Vec::new()).await?;
    ctx.page(page)
}

async fn bring(ctx: Ctx, upload: Upload) -> Answer {
    let Some(file) = upload.file("list") else {
        let problems = vec![Problem::new("list", "registry-list-wanted")];
        return ctx.again(page_of_lists(&ctx, String::new(), problems).await?);
    };
    let (name, bytes) = (shown_name(&file.name), file.bytes.to_vec());
    let sha256 = base::files::hash(&bytes);
    let looked = looked(&ctx, name.clone(), bytes.clone()).await?;
    let refused = looked.summary.refused_file;
    let kept = brought::keep(ctx.files(), ctx.keyring(), &bytes).await?;
    let note = move |tx: &mut base::Tx<'_>| brought::note(tx, &name, (&sha256, &kept), refused);
    let id = ctx.write("registry.list_brought", note).await?;
    Ok(ctx.done(format!("/registry/lists/{id}"), id))
}

const NAME_CHARS_MAX: usize = 120;

fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect()
}

/// What a look at a file tells, without letting anything in.
struct Looked {
    summary: Summary,
    rows: Vec<ImportedRow>,
    columns: Vec<Column>,
    shape: Option<lists::Shape>,
}

/// One column as the page shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Column {
    /// What a correction is remembered under.
    key: String,
    title: String,
    /// What it was taken for; empty when it is not used.
    field: String,
}

async fn looked(ctx: &Ctx, name: String, bytes: Vec<u8>) -> Result<Looked> {
    let (db, city) = (ctx.database(), ctx.resource::<CityRegions>());
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let look = move || look(&db, &keyring, &city, &name, bytes);
    tokio::task::spawn_blocking(look).await.map_err(Error::broken)?
}

fn look(
    db: &base::Db,
    keyring: &base::keyring::Keyring,
    city: &CityRegions,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Looked> {
    let mut columns = Vec::new();
    let mut shape = None;
    if let Ok(Opened { understanding, .. }) = list::open(db, city, name, bytes.clone(), None)? {
        shape = Some(understanding.shape());
        let named = |(key, field): (String, Option<Field>)| Column {
            title: key.clone(),
            key,
            field: field.map_or("", Field::as_str).to_owned(),
        };
        columns.extend(understanding.mapping().columns.into_iter().map(named));
    }
    let as_of = Timestamp::from_ms(db.clock().now_ms()).date();
    let bringing =
        Bringing { db, keyring, city, as_of, mapping: None, import: None, dry_run: true };
    let mut rows = Vec::new();
    let keep = &mut |row: &ImportedRow| {
        let odd = !matches!(row.fate, Fate::Accepted | Fate::NotABusiness);
        if odd && rows.len() < SHOWN_ROWS {
            rows.push(row.clone());
        }
    };
    let outcome = list::look(&bringing, name, bytes, keep)?;
    Ok(Looked { summary: outcome.summary, rows, columns, shape })
}

/// One row of the list that needs a look.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Odd {
    line: u32,
    fate: &'static str,
    name: String,
    repeats: String,
    problems: Vec<String>,
}

/// A list and what was understood of it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "list.html")]
struct ListPage {
    list: BroughtList,
    rows: u64,
    accepted: u64,
    review: u64,
    duplicate: u64,
    refused: u64,
    not_a_business: u64,
    refused_file: Option<String>,
    odd: Vec<Odd>,
    columns: Vec<Column>,
    #[serde(skip)]
    fields: Vec<&'static str>,
    entering: bool,
    seen: bool,
    entered: bool,
}

async fn show(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let list = ctx.read(move |read| brought::find(read, &id)).await?;
    let standing = list.standing;
    let looked = match standing {
        Standing::Seen | Standing::Refused => {
            let bytes = brought::content(ctx.files(), ctx.keyring(), &list).await?;
            looked(&ctx, list.name.clone(), bytes).await?
        }
        Standing::Entering | Standing::Entered => {
            let summary = serde_json::from_str(&list.summary).unwrap_or_default();
            Looked { summary: told(&summary), rows: Vec::new(), columns: Vec::new(), shape: None }
        }
    };
    let Summary { rows, accepted, review, duplicate, refused, not_a_business, refused_file } =
        looked.summary;
    ctx.page(ListPage {
        rows,
        accepted,
        review,
        duplicate,
        refused,
        not_a_business,
        refused_file: refused_file.map(|code| format!("lists-file-{code}")),
        odd: looked.rows.iter().map(odd).collect(),
        columns: looked.columns,
        fields: Field::ALL.iter().map(|field| field.as_str()).collect(),
        entering: standing == Standing::Entering,
        seen: standing == Standing::Seen,
        entered: standing == Standing::Entered,
        list,
    })
}

/// The counts as they were kept.
fn told(kept: &serde_json::Value) -> Summary {
    let count = |name: &str| kept.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
    Summary {
        rows: count("rows"),
        accepted: count("accepted"),
        review: count("review"),
        duplicate: count("duplicate"),
        refused: count("refused"),
        not_a_business: count("not_a_business"),
        refused_file: None,
    }
}

fn odd(row: &ImportedRow) -> Odd {
    let repeats = match &row.duplicate_of {
        Some(lists::DuplicateOf::Line(line)) => line.to_string(),
        Some(lists::DuplicateOf::Number(number)) => number.clone(),
        None => String::new(),
    };
    Odd {
        line: row.line,
        fate: match row.fate {
            Fate::Review => "review",
            Fate::Duplicate => "duplicate",
            Fate::Refused => "refused",
            Fate::Accepted | Fate::NotABusiness => "accepted",
        },
        name: row.business.as_ref().map(|business| business.name.clone()).unwrap_or_default(),
        repeats,
        problems: row.problems.iter().map(|problem| problem.message.clone()).collect(),
    }
}

/// What an officer says about the columns: keys and fields in the same order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ColumnsForm {
    #[serde(default)]
    key: Vec<String>,
    /// A field's stable name; empty when the column is not used.
    #[serde(default)]
    field: Vec<String>,
}

async fn teach(ctx: Ctx, Path(id): Path<Id<Brought>>, Input(form): Input<ColumnsForm>) -> Answer {
    let wanted = id.clone();
    let list = ctx.read(move |read| brought::find(read, &wanted)).await?;
    let bytes = brought::content(ctx.files(), ctx.keyring(), &list).await?;
    let looked = looked(&ctx, list.name.clone(), bytes).await?;
    let shape = looked.shape.ok_or(Error::NotFound)?;
    let mut mapping = Mapping::default();
    for (key, field) in form.key.iter().zip(&form.field) {
        let known = looked.columns.iter().any(|column| column.key == *key);
        let field = Field::ALL.into_iter().find(|known| known.as_str() == field);
        if known {
            mapping.columns.insert(key.clone(), field);
        }
    }
    let remember = move |tx: &mut base::Tx<'_>| intake::remember(tx, &shape, &mapping);
    ctx.write("registry.columns_taught", remember).await?;
    Ok(ctx.done_saying(format!("/registry/lists/{id}"), "registry-columns-saved", ()))
}

async fn let_in(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let (at, region) = (format!("/registry/lists/{id}"), ctx.city().region_code.clone());
    ctx.write("registry.let_in", move |tx| brought::let_in(tx, &id, &region)).await?;
    Ok(ctx.done_saying(at, "registry-list-entering", ()))
}

async fn report_json(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let list = ctx.read(move |read| brought::find(read, &id)).await?;
    let report = brought::report(ctx.files(), ctx.keyring(), &list).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"laporan-impor.json\""),
    ];
    Ok((headers, report).into_response())
}

async fn report_xlsx(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let list = ctx.read(move |read| brought::find(read, &id)).await?;
    let bytes = brought::content(ctx.files(), ctx.keyring(), &list).await?;
    let (db, city) = (ctx.database(), ctx.resource::<CityRegions>());
    let draw = move || list::workbook(&db, &city, &list.name, bytes);
    let sheet = tokio::task::spawn_blocking(draw).await.map_err(Error::broken)??;
    let headers = [
        (header::CONTENT_TYPE, base::files::FileKind::Xlsx.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"laporan-impor.xlsx\""),
    ];
    Ok((headers, sheet).into_response())
}
