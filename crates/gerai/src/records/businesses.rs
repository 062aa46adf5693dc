//! `gerai import businesses`: a list as it really is, every row's fate in a report.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use base::{Date, Result, Timestamp};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lists::{FILE_BYTES_MAX, Form, Paper, SheetTexts};
use particulars::region::CityRegions;
use registry::list::{self, Bringing, Columns, Outcome};

use crate::cli::FOUND;
use crate::house::House;
use crate::serve::say;
use crate::words;

/// Which list, and how.
#[derive(Debug, Args)]
pub(crate) struct Bring {
    file: PathBuf,
    /// Nothing enters the registry; only the report is made.
    #[arg(long)]
    dry_run: bool,
    /// Where the report goes, as JSON, or as a workbook when it ends in .xlsx.
    #[arg(long)]
    report: Option<PathBuf>,
    /// The day of the list, for dates that lie in the future; today without it.
    #[arg(long, value_parser = super::day)]
    as_of: Option<Date>,
}

impl Bring {
    pub(crate) fn run(self, house: &House, json: bool) -> Result<ExitCode, String> {
        let named = |e: std::io::Error| format!("{}: {e}", self.file.display());
        let size = fs::metadata(&self.file).map_err(named)?.len();
        if size > FILE_BYTES_MAX as u64 {
            return Err(format!(
                "{}: {size} bytes are more than {FILE_BYTES_MAX}: split the list",
                self.file.display()
            ));
        }
        let bytes = fs::read(&self.file).map_err(named)?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let as_of = self.as_of.unwrap_or_else(|| today(house));
        let bar = bar();
        let watch = |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        };
        let bringing = Bringing {
            db: &house.db,
            keyring: &house.keyring,
            city: &regions(house),
            as_of,
            columns: Columns::Remembered,
            import: None,
            dry_run: self.dry_run,
            watch: Some(&watch),
        };
        let mut out = self.writer()?;
        let texts = SheetTexts::indonesian();
        let paper = Paper::new(self.form(&texts), &mut out);
        let outcome = list::bring(&bringing, &name.unwrap_or_default(), bytes, paper);
        bar.finish_and_clear();
        let outcome = outcome.map_err(|e| words::of(&e))?;
        out.flush().map_err(|e| e.to_string())?;
        tell(&outcome, json)
    }

    fn form<'a>(&self, texts: &'a SheetTexts) -> Form<'a> {
        match &self.report {
            None => Form::Nothing,
            Some(path) if path.extension().is_some_and(|end| end == "xlsx") => {
                Form::Workbook(texts)
            }
            Some(_) => Form::Json,
        }
    }

    fn writer(&self) -> Result<Box<dyn Write>, String> {
        match &self.report {
            Some(path) => {
                let file = File::create(path).map_err(|e| format!("{}: {e}", path.display()))?;
                Ok(Box::new(BufWriter::new(file)))
            }
            None => Ok(Box::new(std::io::sink())),
        }
    }
}

/// How far a long list has come, on a terminal; nothing where standard error is none.
fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(DRAWN_HZ));
    let style = ProgressStyle::with_template(
        "{wide_bar} {human_pos} of {human_len} rows, {per_sec}, {eta} left",
    );
    bar.with_style(style.expect("the template of the bar is well formed"))
}

/// How often a second the bar is drawn.
const DRAWN_HZ: u8 = 8;

fn tell(outcome: &Outcome, json: bool) -> Result<ExitCode, String> {
    let summary = &outcome.summary;
    if json {
        say(&serde_json::to_string(summary).map_err(|e| e.to_string())?);
    } else {
        say(&format!(
            "{} rows: {} accepted, {} for review, {} duplicate, {} refused, {} no business. {} new records, {} known before.",
            summary.rows,
            summary.accepted,
            summary.review,
            summary.duplicate,
            summary.refused,
            summary.not_a_business,
            outcome.added,
            outcome.known,
        ));
    }
    if let Some(code) = &summary.refused_file {
        let why = words::of_code(&format!("lists-file-{code}"), &"");
        return Err(format!("the file was refused. {why}"));
    }
    Ok(if summary.refused > 0 { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn today(house: &House) -> Date {
    Timestamp::from_ms(house.db.clock().now_ms()).date()
}

fn regions(house: &House) -> CityRegions {
    let regions = CityRegions::of_code(&house.config.city.region_code);
    regions.expect("the configuration was checked for its region")
}

/// Brings a list in as somebody, without a report on paper: the demo's officer does.
pub(crate) fn bring_in(house: &House, db: &base::Db, name: &str, bytes: Vec<u8>) -> Result<()> {
    let city = regions(house);
    let as_of = today(house);
    let (keyring, columns, dry_run) = (&*house.keyring, Columns::Remembered, false);
    let (import, watch) = (None, None);
    let bringing = Bringing { db, keyring, city: &city, as_of, columns, import, dry_run, watch };
    let mut nowhere = std::io::sink();
    list::bring(&bringing, name, bytes, Paper::new(Form::Nothing, &mut nowhere)).map(drop)
}
