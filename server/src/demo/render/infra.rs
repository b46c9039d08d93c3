//! Infrastructure repositories: Terraform roots and a Helm chart.
//! It must not render anything but what those tools read.
use super::State;
use crate::{
    demo::plan::{Plan, Stack},
    scan::Files,
};

const PROVIDERS: &str = "terraform {\n  required_version = \">= 1.9\"\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"~> 5.98\"\n    }\n  }\n}\n";

pub(super) fn add(files: &mut Files, plan: &Plan, state: &State) {
    if plan.stack == Stack::Helm {
        return chart(files, state);
    }
    files.insert("versions.tf".into(), PROVIDERS.into());
    let mut main = String::new();
    if plan.uses("terraform-modules", state.month) {
        for module in ["network", "database"] {
            main += &format!(
                "module \"{module}\" {{\n  source = \"git::https://git.northpier.example/northpier/terraform-modules.git//modules/{module}?ref=v2.1.0\"\n  name   = \"{}\"\n}}\n\n",
                plan.name
            );
        }
    }
    if plan.uses("registry-modules", state.month) {
        main += "module \"vpc\" {\n  source  = \"terraform-aws-modules/vpc/aws\"\n  version = \"5.21.0\"\n}\n\n";
    }
    for (part, times) in &state.parts {
        main += &format!("resource \"aws_s3_bucket\" \"{part}\" {{\n  bucket = \"northpier-{part}-{times}\"\n}}\n\n");
    }
    files.insert("main.tf".into(), main);
}

fn chart(files: &mut Files, state: &State) {
    let version = state.parts.iter().map(|(_, times)| times).sum::<u32>();
    files.insert("charts/service/Chart.yaml".into(), format!("apiVersion: v2\nname: service\ndescription: One chart for every service\ntype: application\nversion: 1.{version}.0\ndependencies:\n  - name: redis\n    version: 20.13.4\n    repository: https://charts.bitnami.com/bitnami\n    condition: redis.enabled\n"));
    files.insert("charts/service/values.yaml".into(), "replicas: 2\nimage:\n  repository: registry.northpier.example/service\n  tag: latest\nredis:\n  enabled: false\n".into());
    files.insert("charts/service/templates/deployment.yaml".into(), "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: {{ .Values.replicas }}\n".into());
    super::notes(files, state);
}
