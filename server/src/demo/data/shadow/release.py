"""DeployKit: writes a release into the environment's inventory and asks the cluster to follow."""

import argparse
import json
import pathlib
import subprocess


class DeployKit:
    """One release of one service."""

    def __init__(self, service: str, environment: str, image: str) -> None:
        self.service = service
        self.environment = environment
        self.image = image

    def inventory(self) -> pathlib.Path:
        return pathlib.Path("/srv/inventory") / self.environment / f"{self.service}.json"

    def record(self) -> None:
        path = self.inventory()
        known = json.loads(path.read_text()) if path.exists() else {"releases": []}
        known["releases"].append(self.image)
        path.write_text(json.dumps(known, indent=2))

    def roll_out(self) -> None:
        command = ["kubectl", "--context", self.environment, "set", "image"]
        subprocess.run([*command, f"deployment/{self.service}", f"app={self.image}"], check=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--service", required=True)
    parser.add_argument("--environment", required=True)
    parser.add_argument("--image", required=True)
    kit = DeployKit(**vars(parser.parse_args()))
    kit.record()
    kit.roll_out()


if __name__ == "__main__":
    main()
