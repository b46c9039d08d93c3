//! A PostgreSQL of its own for one test run, in a temporary folder, on loopback.
//! It must not touch any other PostgreSQL of the machine, and leaves nothing behind, however the run ends.
use super::provision::is_root;
use crate::sh;
use anyhow::{Context, Result, bail};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Settings of a server whose data nobody will miss.
const SETTINGS: [&str; 6] = [
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "shared_buffers=64MB",
];

/// Waits until the pipe from this process closes, which it does whether we end well, are interrupted or are killed; then
/// stops the server, if there is one, and removes the folder. Arguments: `pg_ctl`, the cluster, the folder.
const KEEPER: &str = r#"cat >/dev/null; "$0" -D "$1" -s -m immediate stop; cd /; rm -rf "$2""#;

/// A started server; dropped, it is stopped and its folder removed.
pub(crate) struct Throwaway {
    bin: PathBuf,
    dir: PathBuf,
    user: Option<User>,
    keeper: Child,
    port: u16,
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
        // From here on the keeper removes it, not this process.
        let dir = tempfile::Builder::new().prefix("waymark-pg-").tempdir()?.keep();
        #[cfg(unix)]
        if let Some(user) = user {
            std::os::unix::fs::chown(&dir, Some(user.uid), Some(user.gid))?;
        }
        let keeper = keeper(bin, &dir, user)?;
        let mut server = Self { bin: bin.to_path_buf(), dir, user, keeper, port: 0 };
        server.initialise()?;
        server.port = server.listen()?;
        println!("PostgreSQL for this run: 127.0.0.1:{}", server.port);
        Ok(server)
    }

    /// Where the tests make their databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn initialise(&self) -> Result<()> {
        let mut initdb = self.command("initdb");
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        sh::output(&mut initdb).map(drop)
    }

    /// Starts the server on a free port and gives it.
    fn listen(&self) -> Result<u16> {
        let log = self.dir.join("log");
        let mut last = None;
        // Another process can take the port between our asking for a free one and the server's binding it.
        for _ in 0..3 {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let mut options = format!("-p {port} -c unix_socket_directories={}", self.dir.display());
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
        command.arg("-D").arg(self.dir.join("data")).current_dir(&self.dir).env("HOME", &self.dir);
        become_user(&mut command, self.user);
        command
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("xtask: PostgreSQL in {} may still run: {error}", self.dir.display());
        }
    }
}

/// Starts the process that cleans up, out of reach of a Ctrl-C at the terminal.
fn keeper(bin: &Path, dir: &Path, user: Option<User>) -> Result<Child> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(KEEPER).arg(bin.join("pg_ctl")).arg(dir.join("data")).arg(dir).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    become_user(&mut command, user);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().context("sh could not be started")
}

#[cfg(unix)]
fn become_user(command: &mut Command, user: Option<User>) {
    use std::os::unix::process::CommandExt;
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid);
    }
}

#[cfg(not(unix))]
fn become_user(_: &mut Command, _: Option<User>) {}

impl User {
    /// `postgres` where the package made it, else `nobody`.
    fn find() -> Result<Self> {
        let id = |flag: &str, name: &str| sh::output(Command::new("id").args([flag, name]));
        let find = |name: &str| Ok(Self { uid: id("-u", name)?.parse()?, gid: id("-g", name)?.parse()? });
        find("postgres").or_else(|_| find("nobody")).map_err(|error: anyhow::Error| {
            error.context("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::keeper;
    use std::path::Path;

    #[test]
    fn the_keeper_removes_the_folder_when_the_pipe_closes() {
        let dir = tempfile::tempdir().unwrap().keep();
        std::fs::write(dir.join("file"), "x").unwrap();
        let mut child = keeper(Path::new("/nowhere"), &dir, None).unwrap();
        assert!(dir.is_dir() && child.try_wait().unwrap().is_none());
        drop(child.stdin.take());
        child.wait().unwrap();
        assert!(!dir.exists());
    }
}
