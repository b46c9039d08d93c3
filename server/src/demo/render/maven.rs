//! Maven repositories: a parent with its versions as properties, and one module that uses them.
//! It must not render anything but what Maven and Java read.
use super::{State, packages};
use crate::{demo::plan::Plan, scan::Files};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n";

pub(super) fn add(files: &mut Files, plan: &Plan, state: &State) {
    let needs: Vec<(&str, &str)> = packages(plan, state.month).filter_map(|item| item.maven).collect();
    let split: Vec<(&str, &str, &str)> = needs
        .iter()
        .filter_map(|(name, version)| name.split_once(':').map(|(group, artifact)| (group, artifact, *version)))
        .collect();
    files.insert("pom.xml".into(), parent(plan, &split));
    files.insert("app/pom.xml".into(), module(plan, &split));
    let package = format!("app/src/main/java/example/northpier/{}", plan.name.replace('-', "/"));
    let word = super::word(plan);
    for (part, times) in &state.parts {
        let class = super::title(part);
        let methods: String = (1..=*times)
            .map(|n| format!("\n    /** Step {n} of handling {part}. */\n    public static long {word}{n}(long {word}) {{\n        if ({word} < 0) {{\n            throw new IllegalArgumentException(\"{part}: bad input\");\n        }}\n        return {word} * {n} + {};\n    }}\n", n + 1))
            .collect();
        let text = format!(
            "package example.northpier.{};\n\n/** Handles {part}. */\npublic final class {class} {{\n    private {class}() {{}}\n{methods}}}\n",
            plan.name.replace('-', ".")
        );
        files.insert(format!("{package}/{class}.java"), text);
    }
}

fn parent(plan: &Plan, needs: &[(&str, &str, &str)]) -> String {
    let properties: String = needs
        .iter()
        .map(|(_, artifact, version)| format!("    <{artifact}.version>{version}</{artifact}.version>\n"))
        .collect();
    let managed: String = needs.iter().map(|(group, artifact, _)| format!("      <dependency>\n        <groupId>{group}</groupId>\n        <artifactId>{artifact}</artifactId>\n        <version>${{{artifact}.version}}</version>\n      </dependency>\n")).collect();
    format!(
        "{HEAD}  <groupId>example.northpier.services</groupId>\n  <artifactId>{0}-parent</artifactId>\n  <version>1.0.0</version>\n  <packaging>pom</packaging>\n  <description>{1}</description>\n  <modules>\n    <module>app</module>\n  </modules>\n  <properties>\n    <java.version>21</java.version>\n{properties}  </properties>\n  <dependencyManagement>\n    <dependencies>\n{managed}    </dependencies>\n  </dependencyManagement>\n</project>\n",
        plan.name, plan.about
    )
}

fn module(plan: &Plan, needs: &[(&str, &str, &str)]) -> String {
    let uses: String = needs.iter().map(|(group, artifact, _)| format!("    <dependency>\n      <groupId>{group}</groupId>\n      <artifactId>{artifact}</artifactId>\n    </dependency>\n")).collect();
    format!(
        "{HEAD}  <parent>\n    <groupId>example.northpier.services</groupId>\n    <artifactId>{0}-parent</artifactId>\n    <version>1.0.0</version>\n  </parent>\n  <artifactId>{0}</artifactId>\n  <dependencies>\n    <dependency>\n      <groupId>org.springframework.boot</groupId>\n      <artifactId>spring-boot-starter-web</artifactId>\n      <version>3.5.0</version>\n    </dependency>\n{uses}    <dependency>\n      <groupId>org.junit.jupiter</groupId>\n      <artifactId>junit-jupiter</artifactId>\n      <version>5.12.2</version>\n      <scope>test</scope>\n    </dependency>\n  </dependencies>\n</project>\n",
        plan.name
    )
}
