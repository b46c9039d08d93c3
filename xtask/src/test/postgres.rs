//! A PostgreSQL of its own for one test run, in a temporary folder, on loopback.
//! It must not touch any other PostgreSQL of the machine, and leaves nothing behind.
use super::provision::is_root;
use crate::sh;
use anyhow::{Context, Result, bail};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};
use tempfile::TempDir;

/// What a pressed Ctrl-C has to stop.
static RUNNING: Mutex<Option<Server>> = Mutex::new(None);

/// Settings of a server whose data nobody will miss.
const SETTINGS: [&str; 6] = [
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "shared_buffers=64MB",
];

/// A started server; dropped, it is stopped and its folder removed.
pub(crate) struct Throwaway {
    port: u16,
}

struct Server {
    bin: PathBuf,
    dir: TempDir,
    user: Option<User>,
}

/// PostgreSQL refuses to run as root: the user that runs it instead.
#[derive(Clone, Copy)]
struct User {
    uid: u32,
    gid: u32,
}

impl Throwaway {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// When `initdb` or `pg_ctl` fails; the message holds the server's log.
    pub(crate) fn start(bin: &Path) -> Result<Self> {
        let user = if is_root() { Some(User::find()?) } else { None };
        let dir = tempfile::Builder::new().prefix("waymark-pg-").tempdir()?;
        let server = Server { bin: bin.to_path_buf(), dir, user };
        server.own()?;
        let port = server.start()?;
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
        // A second handler is refused: the first one serves every server of this process.
        let _ = ctrlc::set_handler(|| {
            stop_running();
            std::process::exit(130);
        });
        println!("PostgreSQL for this run: 127.0.0.1:{port}");
        Ok(Self { port })
    }

    /// Where the tests make their databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        stop_running();
    }
}

fn stop_running() {
    drop(RUNNING.lock().unwrap_or_else(PoisonError::into_inner).take());
}

impl Server {
    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Hands the folder to the user that will run the server.
    fn own(&self) -> Result<()> {
        #[cfg(unix)]
        if let Some(user) = self.user {
            std::os::unix::fs::chown(self.dir.path(), Some(user.uid), Some(user.gid))?;
        }
        Ok(())
    }

    fn start(&self) -> Result<u16> {
        let mut initdb = self.command("initdb");
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        sh::output(&mut initdb)?;
        let log = self.dir.path().join("log");
        let mut last = None;
        // Another process can take the port between our asking for a free one and the server's binding it.
        for _ in 0..3 {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let sockets = format!("unix_socket_directories={}", self.dir.path().display());
            let mut options = format!("-p {port} -c {sockets}");
            SETTINGS.iter().for_each(|setting| options.push_str(&format!(" -c {setting}")));
            let mut pg_ctl = self.command("pg_ctl");
            // Not captured: the server would inherit the pipe and hold it open.
            pg_ctl.args(["-w", "-s", "-t", "60", "-o", &options, "-l"]).arg(&log).arg("start");
            match sh::run(&mut pg_ctl) {
                Ok(()) => return Ok(port),
                Err(error) => last = Some(error),
            }
        }
        let log = std::fs::read_to_string(&log).unwrap_or_default();
        bail!("PostgreSQL did not start: {:#}\n{log}", last.context("it was never tried")?)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        command.arg("-D").arg(self.data()).current_dir(self.dir.path()).env("HOME", self.dir.path());
        #[cfg(unix)]
        if let Some(user) = self.user {
            use std::os::unix::process::CommandExt;
            command.uid(user.uid).gid(user.gid);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = sh::run(self.command("pg_ctl").args(["-s", "-m", "immediate", "stop"])) {
            eprintln!("xtask: {error:#}");
        }
    }
}

impl User {
    /// `postgres` where the package made it, else `nobody`.
    fn find() -> Result<Self> {
        let ask =
            |flag: &str, name: &str| -> Result<u32> { Ok(sh::output(Command::new("id").args([flag, name]))?.parse()?) };
        let find = |name: &str| Ok(Self { uid: ask("-u", name)?, gid: ask("-g", name)? });
        find("postgres").or_else(|_| find("nobody")).map_err(|error: anyhow::Error| {
            error.context("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it")
        })
    }
}
