//! What a definition file holds: operations, channels, methods, tools or flags, each with its line.
//! It must not render the definition itself: that is one link away, at the scanned commit.
use crate::{
    components::{
        link::Place,
        table::{TableRegion, header},
    },
    words,
};
use leptos::prelude::*;
use shared::api::{Definition, DefinitionEntry, EntityDetail};

#[component]
pub fn DefinitionSection(entity: EntityDetail) -> impl IntoView {
    entity.definition.map(|definition| section(definition, entity.definition_permalink))
}

fn section(definition: Definition, permalink: Option<String>) -> impl IntoView {
    let (one, many) = nouns(&definition.format);
    let title = words::counted(definition.n_entries, one, many);
    let shown = definition.entries.len() as u64;
    let rest = (definition.n_entries > shown).then(|| {
        let text = format!("The first {} are listed; the file holds all of them.", words::grouped(shown));
        view! { <p class="small quiet">{text}</p> }
    });
    let head = (header("Name"), header("Description"), header("Line"));
    let rows = definition.entries.into_iter().map(row).collect_view();
    let table = (shown > 0).then(|| {
        view! { <TableRegion caption=title.clone() head=head.into_any()>{rows}</TableRegion>{rest} }
    });
    view! {
        <section id="definition">
            <div class="section-head">
                <h2>"Definition"</h2>
                <Place path=Some(definition.path) line=definition.line permalink/>
            </div>
            <p class="quiet">{format!("{}: {title}", format_name(&definition.format))}</p>
            {table}
        </section>
    }
}

fn row(entry: DefinitionEntry) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="entry"><code>{entry.name}</code></th>
            <td>{entry.description}</td>
            <td class="number">{entry.line}</td>
        </tr>
    }
}

/// What the entries of a format are called.
fn nouns(format: &str) -> (&'static str, &'static str) {
    match format {
        "openapi" => ("operation", "operations"),
        "asyncapi" => ("channel", "channels"),
        "graphql" => ("field", "fields"),
        "grpc" => ("method", "methods"),
        "mcp-server" => ("package or address", "packages and addresses"),
        "feature-flags" => ("flag", "flags"),
        "slo" => ("objective", "objectives"),
        _ => ("entry", "entries"),
    }
}

/// A format as people write it.
fn format_name(format: &str) -> String {
    match format {
        "openapi" => "OpenAPI",
        "asyncapi" => "AsyncAPI",
        "graphql" => "GraphQL",
        "grpc" => "gRPC",
        "mcp-server" => "MCP server",
        "slo" => "Service level objective",
        "feature-flags" => "Feature flags",
        "agent-instructions" => "Instructions for coding agents",
        "skill" => "Skill for coding agents",
        other => return other.to_owned(),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::RepoPath;

    fn definition(n_entries: u64) -> Definition {
        let entry =
            |name: &str| DefinitionEntry { name: name.into(), description: Some("<b>x</b>".into()), line: Some(7) };
        Definition {
            format: "openapi".into(),
            version: Some("5.0.3".into()),
            path: RepoPath::new("openapi.yaml").unwrap(),
            line: Some(1),
            entries: vec![entry("POST /charges"), entry("POST /refunds")],
            n_entries,
        }
    }

    fn html(definition: Definition) -> String {
        Owner::new().with(|| section(definition, None).into_any().to_html())
    }

    #[test]
    fn entries_are_listed_escaped_with_their_lines() {
        let out = html(definition(2));
        assert!(out.contains("OpenAPI: 2 operations") && out.contains("POST /charges"), "{out}");
        assert!(!out.contains("<b>x</b>") && !out.contains("are listed"), "{out}");
    }

    #[test]
    fn what_is_left_out_is_said() {
        assert!(html(definition(900)).contains("The first 2 are listed"));
    }
}
