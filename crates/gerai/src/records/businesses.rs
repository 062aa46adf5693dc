//! `gerai import businesses`: a list as it really is, every row's fate in a report.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use base::{Date, Result, Timestamp};
use clap::Args;
use lists::FILE_BYTES_MAX;
use particulars::region::CityRegions;
use registry::list::{self, Bringing, Outcome};

use crate::cli::FOUND;
use crate::house::House;
use crate::serve::say;

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
    #[arg(long)]
    as_of: Option<String>,
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
        let as_of = match &self.as_of {
            Some(text) => Date::parse(text).ok_or("--as-of: write a day like 2026-03-12")?,
            None => today(house),
        };
        let city = regions(house);
        let bringing = Bringing {
            db: &house.db,
            keyring: &house.keyring,
            city: &city,
            as_of,
            mapping: None,
            import: None,
            dry_run: self.dry_run,
        };
        let name = name.unwrap_or_default();
        let mut out = self.writer()?;
        let outcome =
            list::bring(&bringing, &name, bytes.clone(), &mut out).map_err(|e| e.to_string())?;
        out.flush().map_err(|e| e.to_string())?;
        self.workbook(&bringing, &name, bytes)?;
        tell(&outcome, json)
    }

    fn is_workbook(&self) -> bool {
        self.report.as_ref().is_some_and(|path| path.extension().is_some_and(|end| end == "xlsx"))
    }

    fn writer(&self) -> Result<Box<dyn Write>, String> {
        match &self.report {
            Some(path) if !self.is_workbook() => {
                let file = File::create(path).map_err(|e| format!("{}: {e}", path.display()))?;
                Ok(Box::new(BufWriter::new(file)))
            }
            _ => Ok(Box::new(std::io::sink())),
        }
    }

    fn workbook(&self, bringing: &Bringing<'_>, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        let Some(path) = self.report.as_ref().filter(|_| self.is_workbook()) else { return Ok(()) };
        let known = lists::KnownBusinesses::default();
        let options = lists::Options {
            city: bringing.city,
            as_of: bringing.as_of,
            mapping: bringing.mapping.as_ref(),
            known: &known,
            message: None,
        };
        let report = lists::report(name, bytes, &options, self.dry_run);
        let sheet = report.xlsx(&lists::SheetTexts::indonesian())?;
        fs::write(path, sheet).map_err(|e| format!("{}: {e}", path.display()))
    }
}

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
    if let Some(code) = summary.refused_file {
        return Err(format!("the file was refused: {code}"));
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
    let (keyring, mapping, dry_run) = (&*house.keyring, None, false);
    let bringing = Bringing { db, keyring, city: &city, as_of, mapping, import: None, dry_run };
    list::bring(&bringing, name, bytes, &mut std::io::sink()).map(drop)
}
