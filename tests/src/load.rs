//! A server as a process of its own, and the load that benches put on it over HTTP.
//! It must not reach into the server: it starts the binary and talks over loopback.
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Connections that ask at the same time.
pub const CONNECTIONS: usize = 8;
const REQUESTS: usize = 100;

/// `waymark serve` on a free port; it ends with this value.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Serves a data folder with the binary that `WAYMARK_BIN` names.
    ///
    /// # Errors
    /// When it is not named, does not start, or prints no address.
    pub fn start(data: &Path) -> Result<Self> {
        let binary =
            std::env::var_os("WAYMARK_BIN").context("run through cargo xtask bench, which builds the binary")?;
        let mut child = Command::new(binary)
            .env_remove("WAYMARK_BIN")
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("stdout of the server")?).read_line(&mut line)?;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.context("no address printed")?.to_owned();
        Ok(Self { child, address })
    }

    /// Asks for a path on every connection, and prints the median and the 95th percentile against a limit.
    ///
    /// # Errors
    /// When an answer is not 200.
    pub fn measure(&self, name: &str, path: &str, limit_ms: f64) -> Result<()> {
        let mut times = load(&self.address, path)?;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!(
            "  {name:<16} p50 {:>7.2} ms   p95 {:>7.2} ms   of the limit {:.2}",
            at(0.5),
            at(0.95),
            at(0.95) / limit_ms
        );
        Ok(())
    }

    /// The line of the system that says how much memory is resident.
    pub fn resident(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS"));
        line.unwrap_or("VmRSS: unknown on this system").to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that is gone already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every connection asks one after the other; the first answers of each are not counted.
fn load(address: &str, path: &str) -> Result<Vec<Duration>> {
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, path) = (address.to_owned(), path.to_owned());
            std::thread::spawn(move || -> Result<Vec<Duration>> {
                let mut stream = TcpStream::connect(&address)?;
                stream.set_nodelay(true)?;
                let mut times = Vec::with_capacity(REQUESTS);
                for n in 0..REQUESTS + 5 {
                    let start = Instant::now();
                    ask(&mut stream, &address, &path)?;
                    if n >= 5 {
                        times.push(start.elapsed());
                    }
                }
                Ok(times)
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.join().map_err(|_| anyhow::anyhow!("a connection's thread stopped"))??);
    }
    Ok(all)
}

/// One request over a connection that stays open: reads the head, then the body by its announced length or in chunks
/// (RFC 9112, section 7.1).
fn ask(stream: &mut TcpStream, address: &str, path: &str) -> Result<()> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json, text/html\r\n\r\n")?;
    let mut reader = BufReader::new(&mut *stream);
    let (mut line, mut length, mut first) = (String::new(), None, true);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if first {
            anyhow::ensure!(line.contains(" 200 "), "{path}: {line}");
            first = false;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = Some(value.trim().parse::<usize>()?);
        }
    }
    match length {
        Some(length) => reader.read_exact(&mut vec![0; length])?,
        None => chunks(&mut reader)?,
    }
    Ok(())
}

fn chunks(reader: &mut impl BufRead) -> Result<()> {
    let mut line = String::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).context("the answer has neither length nor chunks")?;
        reader.read_exact(&mut vec![0; length + 2])?;
        if length == 0 {
            return Ok(());
        }
    }
}
