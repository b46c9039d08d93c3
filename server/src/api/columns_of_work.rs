//! The CSV columns of what is judged over all repositories: owners, teams, equal code, homegrown platforms.
//! It must not fetch rows.
use super::columns::Columns;
use shared::api::{ClusterItem, OwnershipItem, ShadowItem, TeamItem};

impl Columns for OwnershipItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("entity", "/entity"),
        ("title", "/title"),
        ("repository", "/repository"),
        ("part", "/part"),
        ("path", "/path"),
        ("declared", "/declared"),
        ("claim_path", "/claim/path"),
        ("claim_line", "/claim/line"),
        ("claim_text", "/claim/text"),
        ("verdict", "/verdict"),
        ("score", "/score"),
        ("guess", "/guess"),
        ("reason", "/reason"),
        ("observed_team", "/observed/0/team"),
        ("observed_share", "/observed/0/share"),
        ("observed_count", "/observed"),
        ("evidence_commit", "/evidence/0/commit"),
        ("evidence_at", "/evidence/0/at"),
        ("evidence_team", "/evidence/0/team"),
        ("evidence_permalink", "/evidence/0/permalink"),
        ("evidence_count", "/evidence"),
        ("knowledge", "/knowledge"),
        ("last_work_commit", "/last_work/commit"),
        ("last_work_at", "/last_work/at"),
        ("patch_path", "/patch/path"),
        ("judged_at", "/judged_at"),
    ];
}

impl Columns for TeamItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("team", "/team"),
        ("title", "/title"),
        ("described", "/described"),
        ("parent", "/parent"),
        ("members", "/members"),
        ("confirmed", "/verdicts/confirmed"),
        ("disputed", "/verdicts/disputed"),
        ("stale", "/verdicts/stale"),
        ("dormant", "/verdicts/dormant"),
        ("orphan", "/verdicts/orphan"),
        ("unknown", "/verdicts/unknown"),
        ("truth", "/truth"),
        ("golden", "/golden"),
        ("off_path", "/off_path"),
    ];
}

impl Columns for ClusterItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("id", "/id"),
        ("kind", "/kind"),
        ("name", "/name"),
        ("language", "/language"),
        ("files", "/n_files"),
        ("repositories", "/repositories"),
        ("teams", "/teams"),
        ("lines", "/lines"),
        ("duplicated_lines", "/duplicated_lines"),
        ("first_repository", "/first/repository"),
        ("first_commit", "/first/commit"),
        ("first_at", "/first/at"),
        ("file_repository", "/files/0/repository"),
        ("file_path", "/files/0/path"),
        ("file_blob", "/files/0/blob"),
        ("file_from_line", "/files/0/from_line"),
        ("file_to_line", "/files/0/to_line"),
        ("file_permalink", "/files/0/permalink"),
        ("capability", "/capability"),
        ("capability_reason", "/capability_reason"),
        ("shadow", "/shadow"),
        ("claim", "/claim"),
    ];
}

impl Columns for ShadowItem {
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("id", "/id"),
        ("name", "/name"),
        ("kind", "/kind"),
        ("claim", "/claim"),
        ("capability", "/capability"),
        ("capability_title", "/capability_title"),
        ("proposed", "/proposed"),
        ("why", "/why"),
        ("teams", "/teams"),
        ("consumers", "/consumers"),
        ("repositories", "/repositories"),
        ("growth_90d", "/growth_90d"),
        ("author_days", "/author_days"),
        ("author_days_year", "/author_days_year"),
        ("cost_low", "/cost/low"),
        ("cost_likely", "/cost/likely"),
        ("cost_high", "/cost/high"),
        ("currency", "/cost/currency"),
        ("day_rate", "/cost/day_rate"),
        ("lines", "/lines"),
        ("last_change_commit", "/last_change/commit"),
        ("last_change_at", "/last_change/at"),
        ("confidence", "/confidence"),
        ("retire_order", "/retire_order"),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::columns::tests::covers;

    #[test]
    fn every_field_has_a_column() {
        covers::<OwnershipItem>();
        covers::<TeamItem>();
        covers::<ClusterItem>();
        covers::<ShadowItem>();
    }
}
