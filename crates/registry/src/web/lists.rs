//! The officers' page for lists: bring a file, see what was understood, correct the columns, let
//! the rows in.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, Upload, filters};
use askama::Template;
use base::{Error, Id, Language, Problem, Result, Timestamp};
use lists::{Field, Form, Mapping, Paper, Summary};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::BusinessId;
use crate::brought::{self, Bringing as Kept, BroughtList, Looked, Standing};
use crate::intake::{self, Brought, IMPORT};
use crate::list::{self, Bringing, Columns};
use crate::odd::Odd;
use crate::pieces;

/// The largest list that comes through the page; larger ones go by the command line.
const LIST_BYTES_MAX: usize = 19 * 1024 * 1024;
/// A list up to this size is looked at while its officer waits; a longer one in the background.
const AT_ONCE_BYTES_MAX: usize = 256 * 1024;
/// Somewhat larger ones still come through, to be told so at the form.
const LIST_UPLOAD_BYTES_MAX: usize = 64 * 1024 * 1024;

pub(super) fn routes(routes: Routes) -> Routes {
    let office = Access::May(IMPORT);
    routes
        .get("/registry/lists", lists, office)
        .gives::<ListsPage>()
        .asks(&["before"])
        .post("/registry/lists", bring, office)
        .uploads(LIST_UPLOAD_BYTES_MAX)
        .people_only()
        .get("/registry/lists/{id}", show, office)
        .gives::<ListPage>()
        .post("/registry/lists/{id}/columns", teach, office)
        .takes::<ColumnsForm>()
        .post("/registry/lists/{id}/entry", let_in, office)
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
    let Some(file) = upload.file("list").filter(|file| file.bytes.len() <= LIST_BYTES_MAX) else {
        let sent = upload.files.iter().find(|file| file.field == "list" && !file.name.is_empty());
        let code = match sent.map(|file| file.bytes.len()) {
            None => "registry-list-wanted",
            Some(0) => "lists-file-empty",
            Some(_) => "registry-list-too-large",
        };
        let problems = vec![Problem::new("list", code)];
        return ctx.again(page_of_lists(&ctx, String::new(), problems).await?);
    };
    let (name, bytes) = (shown_name(&file.name), file.bytes.to_vec());
    let (sha256, region) = (base::files::hash(&bytes), ctx.city().region_code.clone());
    let kept = pieces::keep(ctx.files(), ctx.keyring(), &bytes).await?;
    let looked = match bytes.len() {
        ..=AT_ONCE_BYTES_MAX => Some(look(&ctx, name.clone(), bytes, Columns::Remembered).await?),
        _ => None,
    };
    let note = move |tx: &mut base::Tx<'_>| {
        let (name, sha256, file, region) = (&*name, &*sha256, &*kept, &*region);
        brought::note(tx, &Kept { name, sha256, file, region, looked: looked.as_ref() })
    };
    let id = ctx.write("registry.list_brought", note).await?;
    Ok(ctx.done(format!("/registry/lists/{id}"), id))
}

const NAME_CHARS_MAX: usize = 120;

fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect()
}

/// Looks at a file without letting anything in, and keeps the report of that.
async fn look(ctx: &Ctx, name: String, bytes: Vec<u8>, columns: Columns) -> Result<Looked> {
    let (db, city, files) = (ctx.database(), ctx.resource::<CityRegions>(), ctx.files().clone());
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let runtime = tokio::runtime::Handle::current();
    let look = move || {
        let as_of = Timestamp::from_ms(db.clock().now_ms()).date();
        let (db, keyring, city) = (&db, &*keyring, &*city);
        let (import, dry_run, watch) = (None, true, None);
        let bringing = Bringing { db, keyring, city, as_of, columns, import, dry_run, watch };
        let put = |sealed| runtime.block_on(pieces::put(&files, sealed));
        let mut report = pieces::Writer::new(keyring, &put);
        let outcome = list::bring(&bringing, &name, bytes, Paper::new(Form::Json, &mut report))?;
        Ok::<_, Error>(Looked { found: outcome.into(), pieces: report.finish()? })
    };
    tokio::task::spawn_blocking(look).await.map_err(Error::broken)?
}

/// One column as the page shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Column {
    /// What a correction is remembered under.
    key: String,
    title: String,
    /// What stands in it, long numbers hidden.
    example: String,
    /// What it was taken for; empty when it is not used.
    field: String,
    /// Nobody understood it, and nothing of it is read.
    unread: bool,
}

fn column((key, column): (String, &lists::Column)) -> Column {
    Column {
        key,
        title: column.title.clone(),
        example: column.example.clone(),
        field: column.field.map_or("", Field::as_str).to_owned(),
        unread: column.field.is_none() && !column.settled,
    }
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
    /// Rows that had come in before.
    again: i64,
    refused: u64,
    not_a_business: u64,
    refused_file: Option<String>,
    odd: Vec<OddRow>,
    /// The list of the same content that has entered already.
    before: Option<BroughtList>,
    columns: Vec<Column>,
    /// It has no header: the columns were told by what stands in them.
    headless: bool,
    /// No column holds names of businesses: owners' names stand for them.
    names_lacking: bool,
    /// The column that is taken for names of businesses by what stands in it.
    names_from: Option<String>,
    /// Two columns of one meaning.
    double: String,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    fields: Vec<&'static str>,
    looking: bool,
    entering: bool,
    seen: bool,
    entered: bool,
}

impl ListPage {
    /// Titles of what nobody understood.
    fn unread(&self) -> String {
        let unread = self.columns.iter().filter(|column| column.unread);
        unread.map(|column| column.title.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Businesses that are new; those held beside another are not, until somebody says so.
    fn became(&self) -> u64 {
        u64::try_from(self.list.rows_done).unwrap_or_default().saturating_sub(self.duplicate)
    }
}

/// A row that somebody should look at, with the record that it became.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct OddRow {
    odd: Odd,
    record: Option<BusinessId>,
}

fn odd_row(read: &mut base::Read<'_>, list: &BroughtList, odd: Odd) -> Result<OddRow> {
    let record = match list.standing {
        Standing::Entered => {
            let sheet = odd.sheet.clone().unwrap_or_default();
            intake::record_of(read, &list.id, &sheet, i64::from(odd.line))?
        }
        _ => None,
    };
    Ok(OddRow { odd, record })
}

async fn show(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    ctx.page(page_of_list(&ctx, id).await?)
}

async fn page_of_list(ctx: &Ctx, id: Id<Brought>) -> Result<ListPage> {
    let kept = move |read: &mut base::Read<'_>| {
        let (list, mut found) = (brought::find(read, &id)?, brought::found(read, &id)?);
        let odd = std::mem::take(&mut found.odd).into_iter();
        let odd = odd.map(|odd| odd_row(read, &list, odd)).collect::<Result<Vec<_>>>()?;
        Ok::<_, Error>((brought::entered_before(read, &id)?, list, found, odd))
    };
    let (before, list, found, mut odd) = ctx.read(kept).await?;
    if ctx.language() == Language::English {
        let problems = odd.iter_mut().flat_map(|row| &mut row.odd.problems);
        problems.for_each(|problem| problem.hint.clone_from(&problem.hint_en));
    }
    let standing = list.standing;
    let open = matches!(standing, Standing::Seen | Standing::Refused);
    let understood = found.understanding.filter(|_| open);
    let keyed = understood.iter().flat_map(lists::Understanding::keyed);
    let columns = keyed.map(column).collect();
    let Summary { rows, accepted, review, duplicate, refused, not_a_business, refused_file } =
        found.summary;
    let understood = understood.as_ref();
    Ok(ListPage {
        names_lacking: understood.is_some_and(lists::Understanding::lacks_names),
        names_from: understood
            .filter(|it| !it.is_headless())
            .and_then(lists::Understanding::guessed_names)
            .map(|column| column.title.clone()),
        double: understood.and_then(twice).unwrap_or_default(),
        problems: Vec::new(),
        rows,
        accepted,
        review,
        duplicate: duplicate.saturating_sub(u64::try_from(found.again).unwrap_or_default()),
        again: found.again,
        before,
        refused,
        not_a_business,
        refused_file: refused_file.map(|code| format!("lists-file-{code}")),
        odd,
        columns,
        headless: understood.is_some_and(lists::Understanding::is_headless),
        fields: Field::ALL.iter().map(|field| field.as_str()).collect(),
        looking: standing == Standing::Looking,
        entering: standing == Standing::Entering,
        seen: standing == Standing::Seen,
        entered: standing == Standing::Entered,
        list,
    })
}

/// The titles of two columns that mean the same.
fn twice(understood: &lists::Understanding) -> Option<String> {
    named(understood.told_twice(&understood.mapping()))
}

fn named(columns: Option<(&str, &str)>) -> Option<String> {
    columns.map(|(first, second)| format!("{first}, {second}"))
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
    let kept = move |read: &mut base::Read<'_>| {
        Ok::<_, Error>((brought::find(read, &wanted)?, brought::found(read, &wanted)?))
    };
    let (list, found) = ctx.read(kept).await?;
    let understood = found.understanding.ok_or(Error::NotFound)?;
    let known: Vec<String> = understood.keyed().into_iter().map(|(key, _)| key).collect();
    let mut mapping = Mapping::default();
    for (key, field) in form.key.iter().zip(&form.field).filter(|(key, _)| known.contains(key)) {
        let field = Field::ALL.into_iter().find(|known| known.as_str() == field);
        mapping.columns.insert(key.clone(), field);
    }
    if let Some(titles) = named(understood.told_twice(&mapping)) {
        let problems = vec![Problem::with("columns", "registry-columns-twice", titles)];
        return again_with(&ctx, id, &form, problems).await;
    }
    let bytes = brought::content(ctx.files(), ctx.keyring(), &list).await?;
    let (at, shape) = (format!("/registry/lists/{id}"), understood.shape);
    let region = ctx.city().region_code.clone();
    let looked = match bytes.len() {
        ..=AT_ONCE_BYTES_MAX => {
            Some(look(&ctx, list.name, bytes, Columns::Told(mapping.clone())).await?)
        }
        _ => None,
    };
    let teach = move |tx: &mut base::Tx<'_>| {
        match &looked {
            Some(looked) => brought::look_again(tx, &id, looked)?,
            None => brought::look_later(tx, &id, &region)?,
        }
        intake::remember(tx, &shape, &mapping)
    };
    ctx.write("registry.columns_taught", teach).await?;
    Ok(ctx.done_saying(at, "registry-columns-saved", ()))
}

/// The page with the columns as they were sent.
async fn again_with(
    ctx: &Ctx,
    id: Id<Brought>,
    form: &ColumnsForm,
    problems: Vec<Problem>,
) -> Answer {
    if !ctx.wants_page() {
        return Err(Error::Invalid(problems).into());
    }
    let mut page = page_of_list(ctx, id).await?;
    for (key, field) in form.key.iter().zip(&form.field) {
        if let Some(column) = page.columns.iter_mut().find(|column| column.key == *key) {
            column.field.clone_from(field);
        }
    }
    page.problems = problems;
    ctx.again(page)
}

async fn let_in(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let (at, region) = (format!("/registry/lists/{id}"), ctx.city().region_code.clone());
    ctx.write("registry.let_in", move |tx| brought::let_in(tx, &id, &region)).await?;
    Ok(ctx.done_saying(at, "registry-list-entering", ()))
}
