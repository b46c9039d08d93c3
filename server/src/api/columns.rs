//! What each list looks like as CSV: fixed columns, so that scripts can rely on them, and cells that never start a formula.
//! It must not fetch rows.
use serde::Serialize;
use serde_json::Value;
use shared::api::{
    AdoptionItem, CapabilitySummary, DependencyItem, EntitySummary, FindingItem, MoveItem, RelationItem, ReportSummary,
    RepositoryItem, ScanItem, UsageItem,
};

/// The columns of a type: the heading, and where its value lies in the JSON (RFC 6901).
/// `…/0/…` takes the first of a list, e.g. the strongest evidence; a heading in `_count` counts the list it points to.
pub(super) trait Columns {
    const COLUMNS: &'static [(&'static str, &'static str)];
}

impl Columns for EntitySummary {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("ref", "/ref"),
        ("kind", "/kind"),
        ("namespace", "/namespace"),
        ("name", "/name"),
        ("title", "/title"),
        ("description", "/description"),
        ("type", "/type"),
        ("lifecycle", "/lifecycle"),
        ("owner", "/owner"),
        ("owner_exists", "/owner_exists"),
        ("system", "/system"),
        ("origin", "/origin"),
        ("repository", "/repository"),
        ("path", "/path"),
        ("language", "/language"),
        ("lines", "/lines"),
        ("tags", "/tags"),
        ("golden", "/golden"),
        ("off_path", "/off_path"),
        ("findings", "/findings"),
        ("created_at", "/created_at"),
        ("gone_at", "/gone_at"),
    ];
}

impl Columns for UsageItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("component", "/component"),
        ("repository", "/repository"),
        ("capability", "/capability"),
        ("offer", "/offer"),
        ("path", "/path"),
        ("confidence", "/confidence"),
        ("state", "/state"),
        ("owner", "/owner"),
        ("evidence_count", "/evidence"),
        ("evidence_rule", "/evidence/0/rule"),
        ("evidence_rung", "/evidence/0/rung"),
        ("evidence_path", "/evidence/0/path"),
        ("evidence_line", "/evidence/0/line"),
        ("evidence_blob", "/evidence/0/blob"),
        ("evidence_commit", "/evidence/0/commit"),
        ("evidence_permalink", "/evidence/0/permalink"),
        ("from_at", "/from/at"),
        ("from_commit", "/from/commit"),
        ("from_permalink", "/from/permalink"),
        ("to_at", "/to/at"),
        ("to_commit", "/to/commit"),
        ("to_permalink", "/to/permalink"),
    ];
}

impl Columns for AdoptionItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("name", "/name"),
        ("title", "/title"),
        ("area", "/area"),
        ("owner", "/owner"),
        ("has_golden", "/has_golden"),
        ("eligible", "/counts/eligible"),
        ("golden_eligible", "/golden_eligible"),
        ("adoption", "/adoption"),
        ("conformance", "/conformance"),
        ("delta_90d", "/delta_90d"),
        ("reuse_rate", "/reuse_rate"),
        ("new_components", "/new_components"),
        ("new_component_share", "/new_component_share"),
        ("golden", "/counts/golden"),
        ("tolerated", "/counts/tolerated"),
        ("vendor", "/counts/vendor"),
        ("homegrown", "/counts/homegrown"),
        ("migrating", "/counts/migrating"),
        ("off_path", "/counts/off_path"),
        ("none", "/counts/none"),
        ("exempt", "/counts/exempt"),
        ("target_adoption", "/target/adoption"),
        ("target_by", "/target/by"),
        ("spark_count", "/spark"),
    ];
}

impl Columns for MoveItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("component", "/component"),
        ("repository", "/repository"),
        ("owner", "/owner"),
        ("capability", "/capability"),
        ("offer", "/offer"),
        ("path", "/path"),
        ("from_commit", "/from/commit"),
        ("from_at", "/from/at"),
        ("to_commit", "/to/commit"),
        ("to_at", "/to/at"),
        ("ended", "/ended"),
        ("days", "/days"),
        ("replaced", "/replaced"),
        ("replaced_by", "/replaced_by"),
        ("evidence_rule", "/evidence_rule"),
        ("evidence_path", "/evidence_path"),
    ];
}

impl Columns for DependencyItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("repository", "/repository"),
        ("component", "/component"),
        ("ecosystem", "/ecosystem"),
        ("name", "/name"),
        ("requirement", "/requirement"),
        ("version", "/version"),
        ("scope", "/scope"),
        ("kind", "/kind"),
        ("path", "/path"),
        ("line", "/line"),
        ("provided_by", "/provided_by"),
        ("permalink", "/permalink"),
        ("source_use", "/source_use"),
        ("imported_path", "/imported_at/path"),
        ("imported_line", "/imported_at/line"),
        ("imported_permalink", "/imported_at/permalink"),
    ];
}

impl Columns for FindingItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("repository", "/repository"),
        ("path", "/path"),
        ("line", "/line"),
        ("column", "/column"),
        ("rule", "/rule"),
        ("severity", "/severity"),
        ("message", "/message"),
        ("permalink", "/permalink"),
    ];
}

impl Columns for RepositoryItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("name", "/name"),
        ("source", "/source"),
        ("location", "/location"),
        ("web_url", "/web_url"),
        ("status", "/status"),
        ("message", "/message"),
        ("branch", "/branch"),
        ("commit", "/commit"),
        ("committed_at", "/committed_at"),
        ("scanned_at", "/scanned_at"),
        ("language", "/languages/0/language"),
        ("language_lines", "/languages/0/lines"),
        ("languages_count", "/languages"),
        ("files", "/files"),
        ("entities", "/entities"),
        ("components", "/components"),
        ("findings", "/findings"),
    ];
}

impl Columns for CapabilitySummary {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("name", "/name"),
        ("ref", "/ref"),
        ("title", "/title"),
        ("description", "/description"),
        ("area", "/area"),
        ("owner", "/owner"),
        ("lifecycle", "/lifecycle"),
        ("source", "/source"),
        ("components", "/counts/components"),
        ("golden", "/counts/golden"),
        ("tolerated", "/counts/tolerated"),
        ("vendor", "/counts/vendor"),
        ("homegrown", "/counts/homegrown"),
        ("homegrown_confidence", "/homegrown_confidence"),
        ("migrating", "/counts/migrating"),
        ("off_path", "/counts/off_path"),
        ("none", "/counts/none"),
        ("exempt", "/counts/exempt"),
        ("eligible", "/counts/eligible"),
        ("adoption", "/adoption"),
        ("reuse_rate", "/reuse_rate"),
        ("target_adoption", "/target/adoption"),
        ("target_by", "/target/by"),
    ];
}

impl Columns for RelationItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("from", "/from"),
        ("type", "/type"),
        ("to", "/to"),
        ("origin", "/origin"),
        ("from_exists", "/from_exists"),
        ("to_exists", "/to_exists"),
        ("repository", "/repository"),
        ("path", "/path"),
        ("line", "/line"),
    ];
}

impl Columns for ScanItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("id", "/id"),
        ("status", "/status"),
        ("started_at", "/started_at"),
        ("finished_at", "/finished_at"),
        ("repositories", "/repositories"),
        ("done", "/done"),
        ("past", "/past"),
        ("unchanged", "/unchanged"),
        ("failed", "/failed"),
        ("errors", "/errors"),
        ("duration_ms", "/duration_ms"),
        ("message", "/message"),
    ];
}

impl Columns for ReportSummary {
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("id", "/id"), ("at", "/at"), ("digest", "/digest"), ("headline", "/headline")];
}

/// The heading line.
pub(super) fn header<T: Columns>() -> Vec<u8> {
    let names: Vec<_> = T::COLUMNS.iter().map(|(name, _)| *name).collect();
    format!("{}\r\n", names.join(",")).into_bytes()
}

/// One line (RFC 4180) of a row.
pub(super) fn row<T: Serialize + Columns>(out: &mut Vec<u8>, row: &T) -> anyhow::Result<()> {
    let value = serde_json::to_value(row)?;
    let cells = T::COLUMNS.iter().map(|(name, pointer)| cell(name, value.pointer(pointer)));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(cells)?;
    writer.flush()?;
    Ok(())
}

/// A list of words is joined by spaces, text is kept from being a formula.
fn cell(name: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => guarded(text),
        Some(Value::Array(items)) if name.ends_with("_count") => items.len().to_string(),
        Some(Value::Array(items)) => guarded(&items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        Some(other) => other.to_string(),
    }
}

/// Spreadsheets run a cell that starts so as a formula; a quote before it keeps it text
/// (OWASP, "CSV injection").
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use utoipa::{
        PartialSchema,
        openapi::{RefOr, schema::Schema},
    };

    /// Every field of the JSON has a column, so that a new field cannot be forgotten in the CSV.
    pub(in crate::api) fn covers<T: Columns + PartialSchema>() {
        let RefOr::T(Schema::Object(object)) = T::schema() else { panic!("a row is an object") };
        for field in object.properties.keys() {
            let covered = T::COLUMNS.iter().any(|(_, pointer)| pointer.split('/').nth(1) == Some(field));
            assert!(covered, "{field} has no column");
        }
    }

    #[test]
    fn every_field_has_a_column() {
        covers::<EntitySummary>();
        covers::<UsageItem>();
        covers::<DependencyItem>();
        covers::<FindingItem>();
        covers::<RepositoryItem>();
        covers::<CapabilitySummary>();
        covers::<RelationItem>();
        covers::<ScanItem>();
        covers::<AdoptionItem>();
        covers::<MoveItem>();
        covers::<ReportSummary>();
    }

    #[test]
    fn a_hostile_cell_is_text() {
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(cell("", Some(&Value::from(start))), format!("'{start}"));
        }
        assert_eq!(cell("", Some(&Value::from(-3))), "-3");
        assert_eq!(cell("", Some(&Value::from("a-b"))), "a-b");
        assert_eq!(cell("", Some(&serde_json::json!(["=a", "b"]))), "'=a b");
        assert_eq!(cell("tags", Some(&serde_json::json!([]))), "");
        assert_eq!(cell("evidence_count", Some(&serde_json::json!([{}, {}]))), "2");
    }

    #[test]
    fn a_row_is_quoted_as_rfc_4180_says() {
        let finding = FindingItem {
            repository: None,
            path: None,
            line: Some(3),
            column: None,
            rule: "descriptor-invalid-yaml".to_owned(),
            severity: shared::Severity::Error,
            message: "=HYPERLINK(\"x\"),\nmend it".to_owned(),
            permalink: None,
        };
        let mut out = Vec::new();
        row(&mut out, &finding).unwrap();
        let said = String::from_utf8(out).unwrap();
        assert_eq!(said, ",,3,,descriptor-invalid-yaml,error,\"'=HYPERLINK(\"\"x\"\"),\nmend it\",\r\n");
    }
}
