//! Which files are not compared, by their path alone, and why.
//! It must not look into files.
//!
//! Compared is what a team writes to make something happen: programming languages, shell, SQL, Dockerfiles, Makefiles,
//! Terraform, and interface definitions (Protocol Buffers, GraphQL, Thrift). Style sheets, pages, prose and data are not:
//! equal ones say little about who built what.
use super::model::LeftOut;
use crate::facts::{exclusion_of, model::Exclusion, source};
use shared::RepoPath;

/// Why a file is not compared; `None` for code. Called for every file of every repository.
pub fn left_out(path: &RepoPath) -> Option<LeftOut> {
    if let Some((why, _)) = exclusion_of(path) {
        return Some(match why {
            Exclusion::Vendored => LeftOut::Vendored,
            Exclusion::Generated => LeftOut::Generated,
            Exclusion::Fixture => LeftOut::Fixture,
        });
    }
    let name = path.file_name();
    by_name(name).or_else(|| by_place(path.as_str(), name)).or_else(|| no_code(path))
}

fn no_code(path: &RepoPath) -> Option<LeftOut> {
    match source::language_of(path) {
        None | Some("CSS" | "Sass" | "LESS" | "HTML") => Some(LeftOut::Data),
        Some(_) => None,
    }
}

fn by_name(name: &str) -> Option<LeftOut> {
    let lower = name.to_ascii_lowercase();
    let starts = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    let stem = lower.split('.').next().unwrap_or_default();
    if LOCKS.contains(&lower.as_str()) || lower.ends_with(".lock") || lower.ends_with(".lockb") {
        return Some(LeftOut::Lock);
    }
    if matches!(stem, "license" | "licence" | "copying" | "notice" | "unlicense" | "copyright")
        || starts(&["license-", "licence-", "license_"])
    {
        return Some(LeftOut::Licence);
    }
    if matches!(stem, "code_of_conduct" | "security" | "contributing" | "codeowners" | "maintainers" | "governance")
        && (lower.len() == stem.len() || lower.ends_with(".md") || lower.ends_with(".txt") || lower.ends_with(".rst"))
    {
        return Some(LeftOut::Policy);
    }
    if starts(POLICY_STARTS) || is_tool_config(&lower) {
        return Some(LeftOut::Policy);
    }
    if CI_NAMES.contains(&lower.as_str()) || starts(&[".gitlab-ci", "azure-pipelines", "jenkinsfile"]) {
        return Some(LeftOut::CiTemplate);
    }
    let copied = WRAPPERS.contains(&name) || GENERATED_ENDINGS.iter().any(|ending| name.ends_with(ending));
    copied.then_some(LeftOut::Generated)
}

/// `jest.config.ts`, `vite.config.js` and their like: settings of a tool, written as code.
fn is_tool_config(lower: &str) -> bool {
    let Some((start, extension)) = lower.rsplit_once('.') else { return false };
    let script = matches!(extension, "js" | "cjs" | "mjs" | "ts" | "mts" | "cts");
    script
        && (start.ends_with(".config")
            || start.ends_with("rc") && start.starts_with('.')
            || TOOL_CONFIGS.contains(&start))
}

fn by_place(path: &str, name: &str) -> Option<LeftOut> {
    let folders = path.strip_suffix(name).unwrap_or_default();
    let first = folders.split('/').next().unwrap_or_default();
    // Build glue of Sage and Mage: every repository of an organisation holds the same few calls.
    if folders.split('/').any(|folder| matches!(folder, ".sage" | "magefiles")) {
        return Some(LeftOut::CiTemplate);
    }
    if matches!(first, ".github" | ".gitlab" | ".circleci" | ".buildkite" | ".azure-pipelines" | ".azuredevops" | ".ci")
    {
        return Some(LeftOut::CiTemplate);
    }
    if folders.contains("/LICENSES/") || first == "LICENSES" {
        return Some(LeftOut::Licence);
    }
    if folders.split('/').any(|folder| matches!(folder, ".mvn" | ".husky" | ".idea" | ".vscode" | ".storybook")) {
        return Some(LeftOut::Policy);
    }
    // Flutter, Django, Rails, Laravel and Phoenix write these into every project.
    let scaffold = SCAFFOLDS.iter().any(|ending| path.ends_with(ending)) || is_laravel_config(path);
    scaffold.then_some(LeftOut::Generated)
}

/// `config/queue.php` and its like come with the framework, and are settings.
fn is_laravel_config(path: &str) -> bool {
    let name = path.strip_prefix("config/").or_else(|| path.strip_prefix("app/Config/"));
    name.and_then(|name| name.strip_suffix(".php")).is_some_and(|name| LARAVEL_CONFIGS.contains(&name))
}

const LARAVEL_CONFIGS: &[&str] = &[
    "app",
    "auth",
    "broadcasting",
    "cache",
    "clockwork",
    "cors",
    "database",
    "debugbar",
    "filesystems",
    "hashing",
    "logging",
    "mail",
    "queue",
    "sanctum",
    "scout",
    "services",
    "session",
    "view",
];

const LOCKS: &[&str] = &[
    "go.sum",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "packages.lock.json",
    "gradle.lockfile",
    "package.resolved",
    ".terraform.lock.hcl",
    "pipfile.lock",
    "poetry.lock",
    "mix.lock",
    "uv.lock",
];

const POLICY_STARTS: &[&str] = &[
    ".editorconfig",
    ".eslintrc",
    ".golangci",
    ".prettierrc",
    ".stylelintrc",
    ".rubocop",
    ".flake8",
    ".pylintrc",
    ".pre-commit-config",
    ".commitlintrc",
    ".babelrc",
    ".clang-format",
    ".clang-tidy",
    ".swiftlint",
    ".formatter.exs",
    ".credo.exs",
    ".php-cs-fixer",
    ".scalafmt",
];

const TOOL_CONFIGS: &[&str] = &[
    "karma.conf",
    "protractor.conf",
    "wdio.conf",
    "gruntfile",
    "gulpfile",
    "jest.setup",
    "jest-setup",
    "setuptests",
    "babel-config",
];

const CI_NAMES: &[&str] = &[
    ".travis.yml",
    "cloudbuild.yaml",
    "cloudbuild.yml",
    "bitbucket-pipelines.yml",
    ".drone.yml",
    "appveyor.yml",
    "magefile.go",
    "dangerfile",
    "dangerfile.js",
    "dangerfile.ts",
];

/// Files that a tool copies into a project, by their whole names.
const WRAPPERS: &[&str] = &[
    "gradlew",
    "gradlew.bat",
    "mvnw",
    "mvnw.cmd",
    "MavenWrapperDownloader.java",
    "manage.py",
    "setup.py",
    "__init__.py",
    "versioneer.py",
    "_version.py",
    "ez_setup.py",
    "get-pip.py",
    "vite-env.d.ts",
    "next-env.d.ts",
    "react-app-env.d.ts",
    "reportWebVitals.js",
    "reportWebVitals.ts",
    "setupTests.js",
    "setupTests.ts",
    "serviceWorker.js",
    "serviceWorker.ts",
    "service-worker-registration.js",
    "polyfills.ts",
    "config.ru",
    "boot.rb",
    "puma.rb",
    "artisan",
    "doctrine_migration_template.php",
    "bb.edn",
    "GeneratedPluginRegistrant.java",
    "GeneratedPluginRegistrant.swift",
    "GeneratedPluginRegistrant.m",
    "generated_plugin_registrant.cc",
    "generated_plugin_registrant.h",
    "SnapshotHelper.swift",
    "gomock_reflect.go",
    "wire_gen.go",
    "install-poetry.py",
    "yarn.js",
];

const GENERATED_ENDINGS: &[&str] = &[
    ".g.cs",
    ".g.i.cs",
    ".Designer.vb",
    "_pb2_grpc.pyi",
    "_grpc_pb.js",
    "_grpc_pb.d.ts",
    "Grpc.cs",
    "ModelSnapshot.cs",
    "AssemblyInfo.cs",
    "_string.go",
    "_easyjson.go",
    "_gen.go",
    ".gr.dart",
    ".config.dart",
    ".mocks.dart",
    ".twirp.go",
];

const SCAFFOLDS: &[&str] = &[
    "ios/Runner/AppDelegate.swift",
    "ios/RunnerTests/RunnerTests.swift",
    "macos/Runner/AppDelegate.swift",
    "macos/Runner/MainFlutterWindow.swift",
    "macos/RunnerTests/RunnerTests.swift",
    "linux/my_application.cc",
    "linux/runner/my_application.cc",
    "linux/my_application.h",
    "linux/main.cc",
    "windows/runner/flutter_window.cpp",
    "windows/runner/flutter_window.h",
    "windows/runner/main.cpp",
    "windows/runner/utils.cpp",
    "windows/runner/utils.h",
    "windows/runner/win32_window.cpp",
    "windows/runner/win32_window.h",
    "windows/runner/resource.h",
    "ios/Podfile",
    "macos/Podfile",
    "android/build.gradle",
    "android/settings.gradle",
    "android/app/build.gradle",
    "android/build.gradle.kts",
    "android/settings.gradle.kts",
    "android/app/build.gradle.kts",
    "alembic/env.py",
    "migrations/env.py",
    "docs/conf.py",
    "docs/source/conf.py",
    "docs/make.bat",
    "docs/Makefile",
    "rel/env.sh.eex",
    "priv/repo/seeds.exs",
    "bin/setup",
    "config/environment.rb",
    "config/application.rb",
    "_create_cache_table.php",
    "_create_failed_jobs_table.php",
    "_create_job_batches_table.php",
    "_create_jobs_table.php",
    "_create_password_resets_table.php",
    "_create_personal_access_tokens_table.php",
    "_create_sessions_table.php",
    "_create_users_table.php",
    "public/index.php",
    "resources/lang/en/validation.php",
    "lang/en/validation.php",
    "_web/telemetry.ex",
    "_web/components/core_components.ex",
    "_web/gettext.ex",
    "ios/Runner/SceneDelegate.swift",
];
