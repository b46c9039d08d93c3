#!/usr/bin/env bash
# DeployKit: goes back to the release before. Usage: rollback.sh <environment>
set -euo pipefail

environment="$1"
name="$(basename "$(git rev-parse --show-toplevel)")"
previous="$(kubectl --context "${environment}" rollout history "deployment/${name}" | tail -n 3 | head -n 1 | cut -d ' ' -f 1)"
kubectl --context "${environment}" rollout undo "deployment/${name}" --to-revision "${previous}"
