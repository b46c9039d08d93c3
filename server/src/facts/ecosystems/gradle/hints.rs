//! What Gradle plugins and frameworks say about the kind of component.
//! It must not look at files.
use super::super::manifest::hint;
use crate::facts::model::TypeHint;

/// Plugin id, type, weight.
const PLUGINS: &[(&str, &str, u8)] = &[
    ("org.springframework.boot", "service", 60),
    ("io.micronaut.application", "service", 60),
    ("io.quarkus", "service", 60),
    ("io.ktor.plugin", "service", 60),
    ("com.google.cloud.tools.jib", "service", 60),
    ("war", "service", 50),
    ("org.gretty", "service", 50),
    ("com.android.application", "mobile-app", 90),
    ("com.android.library", "library", 50),
    ("com.gradle.plugin-publish", "library", 50),
    ("java-gradle-plugin", "library", 45),
    ("com.vanniktech.maven.publish", "library", 45),
    ("maven-publish", "library", 40),
    ("java-library", "library", 40),
    ("application", "cli", 42),
];

/// Start of an artifact's coordinates that shows a server, with the weight.
const SERVERS: &[(&str, u8)] = &[
    ("io.ktor:ktor-server-", 55),
    ("org.springframework.boot:spring-boot-starter-web", 50),
    ("io.micronaut:micronaut-http-server", 50),
    ("io.quarkus:quarkus-rest", 50),
    ("io.dropwizard:dropwizard-core", 50),
    ("io.javalin:javalin", 50),
    ("org.http4s:http4s-ember-server", 50),
    ("com.typesafe.akka:akka-http", 40),
];

/// Plugins that make others able to depend on the project.
const PUBLISHING: &[&str] = &[
    "maven-publish",
    "com.vanniktech.maven.publish",
    "com.gradle.plugin-publish",
    "maven",
    "ivy-publish",
    "java-platform",
];

/// The hints of a project, heaviest first.
pub(super) fn of<'a>(plugins: &[String], runtime: impl Iterator<Item = &'a str>) -> Vec<TypeHint> {
    let mut hints = vec![];
    for (id, subtype, weight) in PLUGINS.iter().filter(|(id, ..)| plugins.iter().any(|plugin| plugin == id)) {
        hints.push(hint(subtype, *weight, format!("the build applies the plugin {id}")));
    }
    // Libraries for servers depend on them too: only what is built as a program serves.
    let runs = plugins.iter().any(|plugin| plugin == "application");
    if runs {
        let server = |name: &str| SERVERS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, weight)| *weight);
        let found = runtime.filter_map(|name| Some((server(name)?, name))).max_by_key(|(weight, _)| *weight);
        hints.extend(found.map(|(weight, name)| hint("service", weight, format!("a program that depends on {name}"))));
    }
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

/// Whether the project is made for others to depend on.
pub(super) fn is_published(plugins: &[String]) -> bool {
    plugins.iter().any(|plugin| PUBLISHING.contains(&plugin.as_str()))
}
