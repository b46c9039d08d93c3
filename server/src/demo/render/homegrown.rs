//! The two shadow platforms: the same files, copied from repository to repository, each patched where it lies.
//! It must not decide when: that is the plan's.
use super::State;
use crate::{
    demo::plan::{Plan, Stack},
    scan::Files,
};

/// What is added to the Go copy, one a patch.
const GO: &[&str] = &[
    "\n// Names lists the known features.\nfunc (s *FeatureFlagService) Names() []string {\n\ts.mu.RLock()\n\tdefer s.mu.RUnlock()\n\tnames := make([]string, 0, len(s.rules))\n\tfor name := range s.rules {\n\t\tnames = append(names, name)\n\t}\n\treturn names\n}\n",
    "\n// Percent tells for how many customers the feature is on.\nfunc (s *FeatureFlagService) Percent(name string) uint32 {\n\ts.mu.RLock()\n\tdefer s.mu.RUnlock()\n\treturn s.rules[name].Percent\n}\n",
    "\n// Override switches a feature for one customer until the next reload.\nfunc (s *FeatureFlagService) Override(name, customer string) {\n\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n\trule := s.rules[name]\n\trule.Allow = append(rule.Allow, customer)\n\ts.rules[name] = rule\n}\n",
    "\n// IsKnown tells whether anybody wrote a rule for the feature.\nfunc (s *FeatureFlagService) IsKnown(name string) bool {\n\ts.mu.RLock()\n\tdefer s.mu.RUnlock()\n\t_, found := s.rules[name]\n\treturn found\n}\n",
];

/// What is added to the TypeScript copy.
const TS: &[&str] = &[
    "\nexport function parseRules(text: string): Rule[] {\n  return (JSON.parse(text) as Rule[]).filter((rule) => rule.percent >= 0);\n}\n",
    "\nexport function describeRule(rule: Rule): string {\n  const allowed = rule.allow.length > 0 ? ` and ${rule.allow.join(\", \")}` : \"\";\n  return `${rule.name}: ${rule.percent} %${allowed}`;\n}\n",
    "\nexport function isStale(rule: Rule): boolean {\n  return rule.percent === 0 && rule.allow.length === 0;\n}\n",
];

/// What is added to the deploy script.
const SH: &[&str] = &[
    "\n# Tell the channel of the team.\ncurl --silent --data \"text=${name} ${version} is out\" \"${CHAT_HOOK:-http://localhost}\" || true\n",
    "\n# Keep the last five images, the registry is small.\ndocker image ls --quiet \"${image%%:*}\" | tail -n +6 | xargs --no-run-if-empty docker image rm\n",
    "\n# Warm the caches before the first customer.\nfor path in / /healthz /metrics; do curl --silent \"https://${name}.${environment}.northpier.example${path}\"; done\n",
];

pub(super) fn add(files: &mut Files, plan: &Plan, state: &State) {
    if plan.uses("own-flags", state.month) {
        let (path, text, patches) = match plan.stack {
            Stack::Go | Stack::GoWork => {
                ("internal/feature_flags/service.go", include_str!("../data/shadow/service.go"), GO)
            }
            _ => ("src/feature_flags/service.ts", include_str!("../data/shadow/service.ts"), TS),
        };
        files.insert(path.into(), patched(text, patches, state.upkeep));
    }
    if plan.uses("deploykit", state.month) {
        let deploy = patched(include_str!("../data/shadow/deploy.sh"), SH, state.upkeep);
        files.insert("tools/deploykit/deploy.sh".into(), deploy);
        files.insert("tools/deploykit/rollback.sh".into(), include_str!("../data/shadow/rollback.sh").into());
        files.insert("tools/deploykit/release.py".into(), include_str!("../data/shadow/release.py").into());
    }
}

/// The copied text with the first `n` patches of its repository.
fn patched(text: &str, patches: &[&str], n: usize) -> String {
    let patches = patches.iter().take(n).copied();
    std::iter::once(text).chain(patches).collect()
}
