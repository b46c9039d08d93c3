//! What the name of a YAML file tells before it is read.
//! It must not look into files.

/// Whether a file name is one of YAML.
pub(in crate::facts) fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Whether a YAML file is one that other tools read under its name or in its folder: no descriptor and no definition, so
/// that it need not be read from git for either.
pub(in crate::facts) fn is_of_other_tools(path: &str, name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "pnpm-lock.yaml",
        "pnpm-workspace.yaml",
        ".pre-commit-config.yaml",
        ".golangci.yml",
        ".golangci.yaml",
        ".gitlab-ci.yml",
        ".travis.yml",
        "codecov.yml",
        "docker-compose.yml",
        "docker-compose.yaml",
        "Chart.yaml",
        "values.yaml",
    ];
    path.split('/').any(|segment| matches!(segment, "node_modules" | ".github" | ".circleci")) || NAMES.contains(&name)
}
