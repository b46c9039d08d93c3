//! Everything that is said of the owners in one repository: an item for each component and for each CODEOWNERS rule.
//! It must not weigh or decide itself; it brings claims and work together.
use super::{
    evidence::evidence,
    layout::{Layout, RuleWork},
    link::{self, Web},
    model::{CodeOwnersFile, OwnedComponent, RepositoryOwnership},
    patch::{ClaimingRule, Patcher},
    people::People,
    place::{self, InDescriptor},
    signals::{Question, Share, Signals, Subject, unknown_share},
    verdict::{Case, Judge, Judgement},
};
use crate::{facts::code_owners::owners_of_folder, scan::Finding};
use shared::{
    EntityKind, EntityRef, OwnedPart, RepoPath, Severity, Verdict,
    api::{Moment, ObservedTeam, OwnerClaim, OwnerPatch, OwnershipItem},
};
use std::collections::{BTreeMap, HashSet};

/// Teams that an item shows.
const MAX_OBSERVED: usize = 8;
/// The share of strangers' work from which it is a finding.
const UNKNOWN_WORK: f64 = 0.25;
/// The score of a guess from which a patch is offered.
const PATCHED: f64 = 0.5;

/// Judges every component, and every CODEOWNERS rule that decides about a file at the tip (the 200 of most files).
pub fn judge(case: &Case<'_>) -> RepositoryOwnership {
    let people = People::new(case.log, case.members, case.now);
    let layout = Layout::new(case.claims, case.log, &people);
    let files: HashSet<&RepoPath> =
        case.log.lineages.iter().filter(|lineage| lineage.to.is_none()).map(|lineage| &lineage.path).collect();
    let bench = Bench {
        case,
        by_rule: &layout.by_rule,
        patcher: Patcher { claims: case.claims, roster: case.roster, is_file: &|path| files.contains(path) },
        judge: Judge::new(case, &people),
        web: Web::new(case.claims.web_url.as_deref(), &case.log.tip),
        owners: rule_owners(case),
        people: &people,
    };
    let nothing = Subject::default();
    let mut items: Vec<OwnershipItem> = vec![];
    for component in &case.claims.components {
        let subject = layout.by_root.get(&component.root).unwrap_or(&nothing);
        items.push(bench.component(component, subject));
    }
    for (position, work) in &layout.by_rule {
        let holder =
            work.roots.iter().max_by_key(|(root, files)| (**files, std::cmp::Reverse(*root))).map(|(root, _)| root);
        items.extend(bench.rule(*position, holder, &work.subject));
    }
    let mut findings = layout.findings.clone();
    findings.extend(strangers(case, &people));
    RepositoryOwnership { items, findings }
}

/// Owners that each rule of CODEOWNERS names.
fn rule_owners(case: &Case<'_>) -> Vec<Vec<EntityRef>> {
    let rules = case.claims.code_owners.as_ref().map_or(&[][..], |file| &file.rules);
    rules.iter().map(|rule| rule.owners.iter().filter_map(|owner| case.roster.handle(owner)).collect()).collect()
}

/// One finding for a repository in which much is done by people of no known team. Without any team nothing is known of
/// anybody, and that is no one repository's problem.
fn strangers(case: &Case<'_>, people: &People<'_>) -> Option<Finding> {
    let share = unknown_share(case.log, people).filter(|share| *share >= UNKNOWN_WORK && case.roster.knows_people())?;
    Some(Finding {
        rule: "work-unknown-team".to_owned(),
        severity: Severity::Info,
        path: None,
        line: None,
        column: None,
        message: format!(
            "{:.0} % of the recent work is by people of no known team; describe them as users, or map their addresses in \
            the team map.",
            share * 100.0
        ),
    })
}

/// What items of one repository are made with.
struct Bench<'a> {
    case: &'a Case<'a>,
    judge: Judge<'a>,
    people: &'a People<'a>,
    by_rule: &'a BTreeMap<usize, RuleWork>,
    patcher: Patcher<'a>,
    web: Web<'a>,
    owners: Vec<Vec<EntityRef>>,
}

/// What somebody claims of a set of files.
struct Claim {
    declared: Vec<EntityRef>,
    place: Option<OwnerClaim>,
}

impl Bench<'_> {
    fn component(&self, component: &OwnedComponent, subject: &Subject) -> OwnershipItem {
        let claim = self.claim_of(component);
        let patch = |team: &EntityRef| self.patcher.component(component, self.claiming_rule(component), team);
        let mut item = self.item(subject, claim, patch);
        item.entity = component.reference.clone();
        item.title.clone_from(&component.title);
        item.path = component.root.to_string();
        item
    }

    /// A rule belongs to the component that holds most of its files, else to the repository's first one.
    fn rule(&self, position: usize, root: Option<&RepoPath>, subject: &Subject) -> Option<OwnershipItem> {
        let file = self.case.claims.code_owners.as_ref()?;
        let rule = file.rules.get(position)?;
        let components = &self.case.claims.components;
        let component = components.iter().find(|component| root == Some(&component.root)).or(components.first())?;
        let place = Some(self.rule_place(file, position));
        let declared = teams_first(&self.owners[position]);
        let first = declared.first().cloned();
        let patch = |team: &EntityRef| self.patcher.rule(position, first.as_ref()?, team);
        let mut item = self.item(subject, Claim { declared, place }, patch);
        item.entity = component.reference.clone();
        item.title.clone_from(&component.title);
        item.part = OwnedPart::Path;
        item.path.clone_from(&rule.pattern);
        Some(item)
    }

    /// An item of a component still without its name. `patch` makes a team the owner.
    fn item(&self, subject: &Subject, claim: Claim, patch: impl Fn(&EntityRef) -> Option<OwnerPatch>) -> OwnershipItem {
        let case = self.case;
        let question = Question {
            log: case.log,
            roster: case.roster,
            people: self.people,
            declared: &claim.declared,
            owners: &self.owners,
            now: case.now,
        };
        let signals = question.ask(subject);
        let Judgement { verdict, reason, score, guess } =
            self.judge.judge(&signals, &claim.declared, claim.place.is_some());
        let is_wrong = matches!(verdict, Verdict::Disputed | Verdict::Stale | Verdict::Orphan | Verdict::Undeclared);
        let sure = guess.as_ref().filter(|(_, score)| is_wrong && *score >= PATCHED);
        let patch = sure.and_then(|(team, _)| patch(team));
        let last = signals.last_work.map(|at| &case.log.commits[at as usize]);
        OwnershipItem {
            entity: EntityRef::new(EntityKind::Component, "default", "unnamed").expect("this is a name"),
            title: None,
            repository: case.claims.repository.clone(),
            part: OwnedPart::Component,
            path: String::new(),
            verdict,
            score,
            guess: guess.map(|(team, _)| team),
            reason,
            observed: self.observed(&signals),
            evidence: evidence(case.log, self.people, subject, &self.web, |person| question.team_of(person)),
            knowledge: u32::try_from(signals.holders.len()).ok().filter(|n| *n > 0),
            last_work: last.map(|commit| Moment {
                commit: commit.commit.clone(),
                at: link::timestamp(commit.at),
                permalink: self.web.commit(&commit.commit),
            }),
            patch,
            judged_at: link::timestamp(case.now),
            declared: claim.declared.first().cloned(),
            claim: claim.place,
        }
    }

    /// People stay out: the work of a declared user is shown as that of the user's team.
    fn observed(&self, signals: &Signals) -> Vec<ObservedTeam> {
        let mut shares: Vec<Share> = vec![];
        for share in &signals.shares {
            let team = share.team.clone().and_then(|team| match team.kind() {
                EntityKind::User => self.case.roster.teams_of(&team).next().cloned(),
                _ => Some(team),
            });
            match shares.iter_mut().find(|other| other.team == team) {
                Some(other) => other.join(share),
                None => shares.push(Share { team, ..share.clone() }),
            }
        }
        shares.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.team.cmp(&b.team)));
        shares.retain(|share| share.score > 0.0);
        shares.truncate(MAX_OBSERVED);
        let given =
            |share: Share| ObservedTeam { share: share.score, parts: share.parts(signals.present), team: share.team };
        shares.into_iter().map(given).collect()
    }

    /// The owner in force, and the line that says so: of the descriptor, else of CODEOWNERS, else the descriptor's place.
    fn claim_of(&self, component: &OwnedComponent) -> Claim {
        let Some(owner) = &component.owner else { return Claim { declared: vec![], place: None } };
        let declared = vec![owner.clone()];
        if let Some(place) = self.descriptor_place(component, owner) {
            return Claim { declared, place: Some(place) };
        }
        if let Some((file, position)) = self.rule_of(component).filter(|(_, at)| self.owners[*at].contains(owner)) {
            // Whoever the same rule names beside the first team owns it as much.
            let mut declared = teams_first(&self.owners[position]);
            declared.sort_by_key(|named| named != owner);
            return Claim { declared, place: Some(self.rule_place(file, position)) };
        }
        let place = component.descriptor.as_ref().map(|(path, line)| {
            let text = self.case.claims.texts.get(path).and_then(|text| text.lines().nth(*line as usize - 1));
            self.claim_at(path, *line, text.unwrap_or_default())
        });
        Claim { declared, place }
    }

    fn descriptor_place(&self, component: &OwnedComponent, owner: &EntityRef) -> Option<OwnerClaim> {
        let (path, line) = component.descriptor.as_ref()?;
        let text = self.case.claims.texts.get(path)?;
        let InDescriptor::Owner(found) = place::in_descriptor(text, *line) else { return None };
        let written = text.split('\n').nth(found.index)?;
        let named = place::owner_of(&written[found.value], component.reference.namespace());
        (named.as_ref() == Some(owner))
            .then(|| self.claim_at(path, u32::try_from(found.index + 1).unwrap_or(1), written))
    }

    /// The rule that speaks of a component's root, else of its descriptor.
    fn rule_of(&self, component: &OwnedComponent) -> Option<(&CodeOwnersFile, usize)> {
        let file = self.case.claims.code_owners.as_ref()?;
        let of_root = owners_of_folder(&file.rules, &component.root);
        let of_descriptor = || crate::facts::code_owners::owners_of(&file.rules, &component.descriptor.as_ref()?.0);
        let rule = of_root.or_else(of_descriptor)?;
        let position = file.rules.iter().position(|other| std::ptr::eq(other, rule))?;
        Some((file, position))
    }

    fn claiming_rule(&self, component: &OwnedComponent) -> Option<ClaimingRule> {
        let (_, position) = self.rule_of(component)?;
        let work = self.by_rule.get(&position);
        let is_own = work
            .is_some_and(|work| work.roots.get(&component.root).is_some_and(|files| *files == work.subject.n_files));
        Some(ClaimingRule { position, is_own })
    }

    fn rule_place(&self, file: &CodeOwnersFile, position: usize) -> OwnerClaim {
        let rule = &file.rules[position];
        let text = self.case.claims.texts.get(&file.path);
        let written = text.and_then(|text| text.lines().nth(rule.line.max(1) as usize - 1)).map(str::to_owned);
        let written = written.unwrap_or_else(|| format!("{} {}", rule.pattern, rule.owners.join(" ")));
        self.claim_at(&file.path, rule.line, &written)
    }

    fn claim_at(&self, path: &RepoPath, line: u32, text: &str) -> OwnerClaim {
        OwnerClaim {
            path: path.clone(),
            line: Some(line),
            text: text.trim().to_owned(),
            permalink: self.web.file(path, Some(line)),
        }
    }
}

/// Teams before people, as a team is the owner in force where both are named.
fn teams_first(owners: &[EntityRef]) -> Vec<EntityRef> {
    let mut owners = owners.to_vec();
    owners.sort_by_key(|owner| owner.kind() != EntityKind::Group);
    owners.dedup();
    owners
}
