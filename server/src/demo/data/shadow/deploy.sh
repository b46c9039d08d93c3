#!/usr/bin/env bash
# DeployKit: builds an image, pushes it and rolls it out. Usage: deploy.sh <environment> <version>
set -euo pipefail

environment="$1"
version="$2"
name="$(basename "$(git rev-parse --show-toplevel)")"
image="registry.northpier.example/${name}:${version}"

docker build --tag "${image}" .
docker push "${image}"

python3 "$(dirname "$0")/release.py" --service "${name}" --environment "${environment}" --image "${image}"

for attempt in 1 2 3 4 5; do
  if curl --fail --silent "https://${name}.${environment}.northpier.example/healthz"; then
    echo "deployed ${version} to ${environment}"
    exit 0
  fi
  echo "attempt ${attempt}: not healthy yet"
  sleep "$((attempt * 5))"
done

"$(dirname "$0")/rollback.sh" "${environment}"
exit 1
