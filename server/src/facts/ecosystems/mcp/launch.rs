//! Which package or image a command line starts, for the few starters that name it plainly.
//! It must not guess: a script, a path or a variable is nothing.
use super::{super::docker, manifest};
use crate::facts::model::DependencyDecl;
use shared::{DependencyKind, Ecosystem, Scope};

/// Options of `docker run` whose value is the next argument.
const DOCKER_VALUES: &[&str] = &[
    "-e",
    "--env",
    "--env-file",
    "-v",
    "--volume",
    "--mount",
    "-p",
    "--publish",
    "--name",
    "--network",
    "--net",
    "-w",
    "--workdir",
    "-u",
    "--user",
    "--entrypoint",
    "--platform",
    "--add-host",
    "-l",
    "--label",
    "--pull",
    "-m",
    "--memory",
    "--cpus",
    "-h",
    "--hostname",
    "--cap-add",
    "--cap-drop",
    "--security-opt",
    "--tmpfs",
    "--restart",
    "--log-driver",
];

/// What `command` with its arguments starts.
pub(super) fn dependency(command: &str, args: &[&str], line: u32) -> Option<DependencyDecl> {
    let program = command.rsplit(['/', '\\']).next().unwrap_or_default();
    let program = program.strip_suffix(".exe").or_else(|| program.strip_suffix(".cmd")).unwrap_or(program);
    match (program, args) {
        ("cmd", ["/c" | "/C", command, rest @ ..]) => dependency(command, rest, line),
        ("npx" | "bunx" | "pnpx", args) => npm(args, line),
        ("npm", ["exec" | "x", rest @ ..]) | ("pnpm" | "yarn" | "bun", ["dlx" | "x", rest @ ..]) => npm(rest, line),
        ("uvx", args) | ("uv", ["tool", "run", args @ ..]) | ("pipx", ["run", args @ ..]) => python(args, line),
        ("docker" | "podman" | "nerdctl", ["run", rest @ ..]) => docker::dependency(image(rest)?, Scope::Dev, line),
        _ => None,
    }
}

fn npm(args: &[&str], line: u32) -> Option<DependencyDecl> {
    let spec = chosen(args, &["-p", "--package"])?;
    let at = spec.get(1..)?.find('@').map(|at| at + 1);
    let (name, version) = at.map_or((spec, None), |at| (&spec[..at], spec.get(at + 1..)));
    let scoped = name.strip_prefix('@').is_some_and(|rest| rest.split('/').count() == 2);
    let plain = !name.contains(['/', ':', '@', '\\']) && !name.starts_with('.');
    if !scoped && !plain {
        return None;
    }
    package("npm", name, version, line)
}

fn python(args: &[&str], line: u32) -> Option<DependencyDecl> {
    let spec = chosen(args, &["--from", "--spec"])?;
    let end = spec.find(['@', '=', '<', '>', '~', '!', '[']).unwrap_or(spec.len());
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let name = spec.get(..end)?;
    if !name.bytes().all(allowed) || name.starts_with('.') {
        return None;
    }
    let version = spec.get(end..)?.trim_start_matches(|c: char| c != '@' && c != '=').trim_start_matches(['@', '=']);
    package("pypi", &name.to_ascii_lowercase().replace(['_', '.'], "-"), Some(version), line)
}

/// The value of the option that names the package, else the first argument that is no option.
fn chosen<'a>(args: &[&'a str], options: &[&str]) -> Option<&'a str> {
    let mut rest = args.iter();
    let mut first = None;
    while let Some(arg) = rest.next() {
        let named = arg.split_once('=').filter(|(option, _)| options.contains(option));
        if let Some((_, value)) = named {
            return Some(value);
        }
        match *arg {
            arg if options.contains(&arg) => return rest.next().copied(),
            "--python" | "--with" | "--index-url" | "--registry" | "-c" => drop(rest.next()),
            "--" => {}
            arg if arg.starts_with('-') => {}
            arg if first.is_none() => first = Some(arg),
            _ => {}
        }
        if first.is_some() {
            return first;
        }
    }
    None
}

fn image<'a>(args: &[&'a str]) -> Option<&'a str> {
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if DOCKER_VALUES.contains(arg) {
            rest.next();
        } else if !arg.starts_with('-') {
            return Some(arg);
        }
    }
    None
}

fn package(ecosystem: &'static str, name: &str, version: Option<&str>, line: u32) -> Option<DependencyDecl> {
    let usable = manifest::is_name(name) && !name.contains(['$', '%']);
    usable.then(|| DependencyDecl {
        ecosystem: Ecosystem::known(ecosystem),
        name: name.to_owned(),
        requirement: version.and_then(manifest::requirement),
        version: None,
        scope: Scope::Dev,
        kind: DependencyKind::Declared,
        line: Some(line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starters_name_what_they_start() {
        let of = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let found = dependency(words[0], &words[1..], 1)?;
            Some(format!("{} {} {}", found.ecosystem, found.name, found.requirement.unwrap_or_default()))
        };
        for (line, expected) in [
            ("npx -y @acme/mcp@1.2 --flag x", "npm @acme/mcp 1.2"),
            ("cmd /c npx acme-mcp", "npm acme-mcp "),
            ("npx --package=@acme/mcp acme", "npm @acme/mcp "),
            ("npx -y -p @acme/mcp acme", "npm @acme/mcp "),
            ("pnpm dlx acme@latest", "npm acme latest"),
            ("uvx Acme_mcp==1.0", "pypi acme-mcp 1.0"),
            ("uvx --from acme-tools@2 serve", "pypi acme-tools 2"),
            (
                "/usr/bin/docker run -i --rm -e TOKEN --network=host ghcr.io/acme/mcp:1 stdio",
                "docker ghcr.io/acme/mcp 1",
            ),
        ] {
            assert_eq!(of(line).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "node build/index.js",
            "npx",
            "npx -y",
            "npx ./local",
            "npx github:acme/x",
            "uvx git+https://x.y/z",
            "uvx --from git+https://x.y/z serve",
            "docker run -e A",
            "docker build .",
            "npx ${PKG}",
            "npx https://x.y/z.tgz",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
