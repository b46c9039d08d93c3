//! Two teams that copied the same code beside a golden path, with people, dates and a handover: what is judged over all
//! repositories shows something in it.
//! It must not hold a check.
use crate::{Folder, Story, Who, Work};
use std::fmt::Write as _;

const ANN: Who = ("Pay Ann", "pay.ann@acme.example");
const BEN: Who = ("Shop Ben", "shop.ben@acme.example");
const CY: Who = ("Platform Cy", "platform.cy@acme.example");

const ORGANISATION: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: commerce}
spec: {type: department, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: pay, title: Payments}
spec: {type: team, parent: commerce, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: shop, title: Shop}
spec: {type: team, parent: commerce, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: platform, title: Platform}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: pay-ann}
spec: {profile: {displayName: Pay Ann, email: pay.ann@acme.example}, memberOf: [pay]}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: shop-ben}
spec: {profile: {displayName: Shop Ben, email: shop.ben@acme.example}, memberOf: [shop]}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: platform-cy}
spec: {profile: {displayName: Platform Cy, email: platform.cy@acme.example}, memberOf: [platform]}
";

const CAPABILITY: &str = "\
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags, title: Feature flags, description: Turn behaviour on per customer}
spec:
  area: developer-platform
  owner: group:default/platform
  lifecycle: ga
  eligible: {types: [service]}
  offers:
    - {name: flagship, path: golden, component: component:default/flagship, detect: {packages: [\"go:acme.example/flagship\"]}}
    - {name: own-flags, path: homegrown, detect: {files: [\"**/feature_flags/**\"]}}
  start: docs/quickstart.md
";

/// The folder, the time of it, and the homegrown code, so that more can be told of it.
pub struct Copied {
    pub folder: Folder,
    pub now: i64,
}

impl Copied {
    /// The five repositories.
    #[must_use]
    pub fn new() -> Self {
        // Yesterday's noon: commits that are told to be of one day are of one day.
        let now = chrono::Utc::now().timestamp().div_euclid(86_400) * 86_400 - 43_200;
        let copied = Self { folder: Folder::new(), now };
        let now = copied.now;
        Story::new("acme/organisation", now)
            .commit(
                500,
                CY,
                &[
                    ("org.yaml", Some(ORGANISATION)),
                    ("capability.yaml", Some(CAPABILITY)),
                    ("docs/quickstart.md", Some("# Start\n")),
                ],
            )
            .write_to(copied.folder.path());
        Story::new("acme/flagship", now)
            .commit(
                400,
                CY,
                &[
                    ("catalog-info.yaml", Some(&descriptor("flagship", "platform"))),
                    ("go.mod", Some("module acme.example/flagship\n\ngo 1.24\n")),
                ],
            )
            .work(work(CY, (390, 5), 20))
            .write_to(copied.folder.path());
        copied.service("pay-api", "pay", ANN, 380).write_to(copied.folder.path());
        // Declared to be the payment team's, and worked on by the shop's.
        copied.service("shop-api", "pay", BEN, 200).write_to(copied.folder.path());
        copied.service("web-api", "shop", BEN, 150).write_to(copied.folder.path());
        copied
    }

    /// One more service that takes a copy ten days ago.
    pub fn another(&self) {
        self.service("cart-api", "shop", BEN, 10).write_to(self.folder.path());
    }

    fn service(&self, name: &str, owner: &str, by: Who, since: i64) -> Story {
        let module = format!("module acme.example/{name}\n\ngo 1.24\n");
        Story::new(&format!("acme/{name}"), self.now)
            .commit(since, by, &[("catalog-info.yaml", Some(&descriptor(name, owner))), ("go.mod", Some(&module))])
            .commit(since - 1, by, &[("internal/feature_flags/service.go", Some(&flags("")))])
            .work(work(by, (since - 2, 3), 12))
            .commit(
                2,
                by,
                &[(
                    "internal/feature_flags/service.go",
                    Some(&flags(&format!("\nfunc Only{}() string {{ return \"{name}\" }}\n", name.replace('-', "")))),
                )],
            )
    }
}

impl Default for Copied {
    fn default() -> Self {
        Self::new()
    }
}

fn work(by: Who, days: (i64, i64), commits: i64) -> Work {
    let who: &'static [Who] = match by {
        ANN => &[ANN],
        BEN => &[BEN],
        _ => &[CY],
    };
    Work { who, days, commits, lines: 8, folder: "internal/work" }
}

fn descriptor(name: &str, owner: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  lifecycle: production\n  owner: {owner}\n"
    )
}

/// The homegrown flags, the same everywhere but for what is added at the end.
fn flags(added: &str) -> String {
    let mut text = "package feature_flags\n\ntype Rule struct {\n\tName string\n\tPercent int\n}\n".to_owned();
    for (name, field) in
        [("IsOn", "percent"), ("Reload", "path"), ("Names", "rules"), ("Bucket", "salt"), ("Override", "customer")]
    {
        let _ = write!(
            text,
            "\nfunc {name}(rules map[string]Rule, {field} string) bool {{\n\trule, found := rules[{field}]\n\tif !found {{\n\t\treturn len({field}) > {}\n\t}}\n\tlog.Printf(\"{name} of %s\", {field})\n\treturn rule.Percent > hash{name}({field})\n}}\n",
            name.len()
        );
    }
    text + added
}
