//! Settings: a flag beats an environment variable beats `waymark.toml` beats the default. An unknown key is an error
//! that names the nearest known one. Nothing is created or written here.
use super::Shared;
use crate::{
    catalog::{Ruleset, ownership::parse_team_map},
    jobs::{ScanSettings, Source},
    metrics::rate::Rate,
    scan::Limits,
};
use anyhow::{Context, Result, anyhow, bail, ensure};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Every key of the file. Each is also the variable `WAYMARK_<SECTION>_<KEY>`.
const KEYS: &[&str] = &[
    "server.data",
    "server.listen",
    "server.database",
    "scan.sources",
    "scan.capabilities",
    "scan.workers",
    "scan.history",
    "report.day_rate",
    "report.currency",
    "ownership.team_map",
];

/// The currency of a day rate that names none.
const CURRENCY: &str = "EUR";

/// Variables that are no key of the file.
const OTHER_VARIABLES: &[&str] = &["WAYMARK_CONFIG"];

/// The configuration file, read and checked.
#[derive(Debug, Default)]
pub(super) struct File {
    data: Option<PathBuf>,
    listen: Option<String>,
    database: Option<String>,
    sources: Vec<String>,
    capabilities: Vec<PathBuf>,
    workers: Option<usize>,
    history: Option<bool>,
    day_rate: Option<f64>,
    currency: Option<String>,
    team_map: Option<PathBuf>,
}

/// The settings of a command, with everything decided.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) data: PathBuf,
    pub(super) database: Option<String>,
    pub(super) scan: ScanSettings,
}

impl File {
    /// Reads the named file, or `waymark.toml` in this folder when there is one; and refuses unknown variables.
    ///
    /// # Errors
    /// When the file cannot be read, is no TOML, or holds an unknown key or a value of the wrong type.
    pub(super) fn read(named: Option<&Path>) -> Result<Self> {
        check_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
        let default = Path::new("waymark.toml");
        let path = match named {
            Some(path) => path,
            None if default.is_file() => default,
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration file {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in the configuration file {}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let table: toml::Table = toml::from_str(text)?;
        let mut file = Self::default();
        for (section, content) in &table {
            let toml::Value::Table(content) = content else {
                bail!("unknown key \"{section}\"{}", nearest(section, KEYS.iter().copied()));
            };
            for (key, value) in content {
                file.set(&format!("{section}.{key}"), value)?;
            }
        }
        Ok(file)
    }

    fn set(&mut self, key: &str, value: &toml::Value) -> Result<()> {
        match key {
            "server.data" => self.data = Some(string(key, value)?.into()),
            "server.listen" => self.listen = Some(string(key, value)?),
            "server.database" => self.database = Some(string(key, value)?),
            "scan.sources" => self.sources = strings(key, value)?,
            "scan.capabilities" => self.capabilities = strings(key, value)?.into_iter().map(Into::into).collect(),
            "scan.workers" => {
                let number = value.as_integer().and_then(|n| usize::try_from(n).ok());
                self.workers = Some(number.with_context(|| format!("{key} must be a whole number"))?);
            }
            "scan.history" => {
                self.history = Some(value.as_bool().with_context(|| format!("{key} must be true or false"))?);
            }
            "report.day_rate" => {
                let number = value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
                self.day_rate = Some(number.with_context(|| format!("{key} must be a number"))?);
            }
            "report.currency" => self.currency = Some(string(key, value)?),
            "ownership.team_map" => self.team_map = Some(string(key, value)?.into()),
            _ => bail!("unknown key \"{key}\"{}", nearest(key, KEYS.iter().copied())),
        }
        Ok(())
    }

    /// The sources of a command: those it names, else those of the file.
    ///
    /// # Errors
    /// When one is not usable.
    pub(super) fn sources(&self, named: &[String]) -> Result<Vec<Source>> {
        let texts = if named.is_empty() { &self.sources } else { named };
        texts.iter().map(|text| Ok(Source::parse(text)?)).collect()
    }

    /// Where to listen. Beyond loopback nobody may listen before sign-in exists.
    ///
    /// # Errors
    /// When the address is none, or not of the loopback.
    pub(super) fn listen(&self, named: Option<String>) -> Result<SocketAddr> {
        let text = named.or_else(|| self.listen.clone()).unwrap_or_else(|| "127.0.0.1:7007".into());
        let text = if let Some(port) = text.strip_prefix("localhost:") { format!("127.0.0.1:{port}") } else { text };
        let address: SocketAddr = text
            .parse()
            .map_err(|_| anyhow!("\"{text}\" is no address to listen on; write IP:PORT, e.g. 127.0.0.1:7007"))?;
        ensure!(
            address.ip().is_loopback(),
            "refusing to listen on {address}: everybody who reaches it could read the catalog and start scans, and \
             sign-in is not configured. Listen on 127.0.0.1 and put a proxy with sign-in before it"
        );
        Ok(address)
    }

    /// The settings shared by all commands.
    ///
    /// # Errors
    /// When a capability file or the team map cannot be read, or a number makes no sense.
    pub(super) fn settings(&self, flags: &Shared) -> Result<Settings> {
        let data = flags.data.clone().or_else(|| self.data.clone()).map_or_else(default_data, Ok)?;
        let capabilities = self.capability_files(&flags.capabilities)?;
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = flags.workers.or(self.workers).unwrap_or(2 * processors);
        ensure!((1..=256).contains(&workers), "scan.workers must be 1 to 256, not {workers}");
        let history = flags.history.or(self.history).unwrap_or(true);
        let (rate, team_map, limits) = (self.rate(flags)?, self.team_map(flags)?, Limits::default());
        let scan = ScanSettings { data: data.clone(), capabilities, workers, history, team_map, rate, limits };
        let database = flags.database.clone().or_else(|| self.database.clone());
        Ok(Settings { data, database, scan })
    }

    /// The day rate; a currency alone is checked too, so that it is not found wrong only once there is a rate.
    fn rate(&self, flags: &Shared) -> Result<Option<Rate>> {
        let currency = flags.currency.as_deref().or(self.currency.as_deref()).unwrap_or(CURRENCY);
        let day = flags.day_rate.or(self.day_rate);
        let rate = Rate::new(day.unwrap_or(1.0), currency).context("report.day_rate and report.currency")?;
        Ok(day.map(|_| rate))
    }

    fn team_map(&self, flags: &Shared) -> Result<Option<String>> {
        let Some(path) = flags.team_map.as_ref().or(self.team_map.as_ref()) else { return Ok(None) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read the team map {}", path.display()))?;
        for problem in parse_team_map(&text).1 {
            eprintln!("waymark: {}: line {}: {}", path.display(), problem.line, problem.message);
        }
        Ok(Some(text))
    }

    /// The capability files of a command as (name, text): those it names, else those of the file. Says what is wrong with
    /// them.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(super) fn capability_files(&self, named: &[PathBuf]) -> Result<Vec<(String, String)>> {
        let files = if named.is_empty() { &self.capabilities } else { named };
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the capability file {}", path.display()))?;
            Ok((path.display().to_string(), text))
        };
        let capabilities = files.iter().map(read).collect::<Result<Vec<_>>>()?;
        report_problems(&capabilities);
        Ok(capabilities)
    }
}

/// Says what is wrong with capability files; what is good of them is used all the same.
fn report_problems(capabilities: &[(String, String)]) {
    if capabilities.is_empty() {
        return;
    }
    let (_, findings) = Ruleset::compose(capabilities, &[]);
    for finding in findings.iter().filter(|(repository, _)| repository.is_none()).map(|(_, finding)| finding) {
        let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let path = finding.path.as_ref().map(|path| format!("{path}: ")).unwrap_or_default();
        eprintln!("waymark: {}: {path}{line}{}", finding.severity, finding.message);
    }
}

fn default_data() -> Result<PathBuf> {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).or_else(home);
    Ok(base.context("no home folder to keep data in; name one with --data DIR")?.join("waymark"))
}

fn string(key: &str, value: &toml::Value) -> Result<String> {
    Ok(value.as_str().with_context(|| format!("{key} must be a text in quotes"))?.to_owned())
}

fn strings(key: &str, value: &toml::Value) -> Result<Vec<String>> {
    let list = value.as_array().with_context(|| format!("{key} must be a list of texts"))?;
    list.iter().map(|item| string(key, item)).collect()
}

fn check_variables(names: impl Iterator<Item = String>) -> Result<()> {
    let known: Vec<String> = KEYS
        .iter()
        .map(|key| format!("WAYMARK_{}", key.replace('.', "_").to_uppercase()))
        .chain(OTHER_VARIABLES.iter().map(|name| (*name).to_owned()))
        .collect();
    for name in names.filter(|name| name.starts_with("WAYMARK_")) {
        if !known.contains(&name) {
            bail!("unknown variable {name}{}", nearest(&name, known.iter().map(String::as_str)));
        }
    }
    Ok(())
}

/// `; did you mean …?` with the nearest word, when one is near.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let best = known.map(|k| (strsim::jaro_winkler(word, k), k)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((score, known)) if score > 0.7 => format!("; did you mean \"{known}\"?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let error = File::parse("[server]\nlisen = \"127.0.0.1:1\"").unwrap_err().to_string();
        assert_eq!(error, "unknown key \"server.lisen\"; did you mean \"server.listen\"?");
        let error = File::parse("data = \"x\"").unwrap_err().to_string();
        assert!(error.starts_with("unknown key \"data\""), "{error}");
        let error = check_variables(["WAYMARK_SERVER_LISTN".to_owned()].into_iter()).unwrap_err().to_string();
        assert!(error.contains("WAYMARK_SERVER_LISTEN"), "{error}");
        check_variables(["WAYMARK_SCAN_WORKERS".to_owned(), "HOME".to_owned()].into_iter()).unwrap();
    }

    #[test]
    fn a_flag_beats_the_file_and_the_file_the_default() {
        let file =
            File::parse("[server]\ndata = \"/from/file\"\nlisten = \"127.0.0.1:9\"\n[scan]\nworkers = 3").unwrap();
        let flags = Shared { data: Some("/from/flag".into()), ..Shared::default() };
        assert_eq!(file.settings(&flags).unwrap().data, PathBuf::from("/from/flag"));
        let settings = file.settings(&Shared::default()).unwrap();
        assert_eq!((settings.data, settings.scan.workers), (PathBuf::from("/from/file"), 3));
        assert_eq!(file.listen(None).unwrap().port(), 9);
        assert_eq!(file.listen(Some("127.0.0.1:10".into())).unwrap().port(), 10);
        assert_eq!(File::default().listen(None).unwrap().port(), 7007);
    }

    #[test]
    fn a_day_rate_is_a_number_with_a_currency() {
        let file = File::parse("[report]\nday_rate = 800\n").unwrap();
        assert_eq!(
            file.settings(&Shared::default()).unwrap().scan.rate,
            Some(Rate { day: 800.0, currency: "EUR".into() })
        );
        let flags = Shared { day_rate: Some(950.5), currency: Some("CHF".into()), ..Shared::default() };
        assert_eq!(file.settings(&flags).unwrap().scan.rate, Some(Rate { day: 950.5, currency: "CHF".into() }));
        assert_eq!(File::default().settings(&Shared::default()).unwrap().scan.rate, None);
        assert!(File::parse("[report]\nday_rate = \"800\"").unwrap_err().to_string().contains("must be a number"));
        for (text, said) in [
            ("day_rate = -1", "above 0"),
            ("day_rate = nan", "above 0"),
            ("day_rate = 800\ncurrency = \"euro\"", "three capital letters"),
            ("currency = \"euro\"", "three capital letters"),
        ] {
            let file = File::parse(&format!("[report]\n{text}")).unwrap();
            let error = format!("{:#}", file.settings(&Shared::default()).unwrap_err());
            assert!(error.contains(said) && error.contains("report."), "{error}");
        }
    }

    #[test]
    fn the_team_map_is_read_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("teams.txt");
        std::fs::write(&path, "*@pay.acme.example group:default/pay\n").unwrap();
        let flags = Shared { team_map: Some(path), ..Shared::default() };
        let text = File::default().settings(&flags).unwrap().scan.team_map.unwrap();
        assert!(text.starts_with("*@pay."));
        let file = File::parse("[ownership]\nteam_map = \"nowhere.txt\"").unwrap();
        let error = format!("{:#}", file.settings(&Shared::default()).unwrap_err());
        assert!(error.contains("cannot read the team map nowhere.txt"), "{error}");
    }

    #[test]
    fn only_loopback_is_listened_on() {
        let file = File::default();
        assert!(file.listen(Some("0.0.0.0:7007".into())).unwrap_err().to_string().contains("sign-in"));
        assert!(file.listen(Some("nowhere".into())).unwrap_err().to_string().contains("IP:PORT"));
        assert!(file.listen(Some("[::1]:7007".into())).is_ok());
        assert!(file.listen(Some("localhost:7007".into())).is_ok());
    }
}
