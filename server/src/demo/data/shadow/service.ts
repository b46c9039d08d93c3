// Answers which features are on. Copied between repositories until there is something better.
import { readFileSync } from "node:fs";

export interface Rule {
  name: string;
  percent: number;
  allow: string[];
}

export class FeatureFlagService {
  private rules = new Map<string, Rule>();

  constructor(private readonly path: string) {
    this.reload();
  }

  reload(): void {
    const rules: Rule[] = JSON.parse(readFileSync(this.path, "utf8"));
    this.rules = new Map(rules.map((rule) => [rule.name, rule]));
  }

  isOn(name: string, customer: string): boolean {
    const rule = this.rules.get(name);
    if (!rule) {
      return false;
    }
    return rule.allow.includes(customer) || bucket(`${name}:${customer}`) < rule.percent;
  }
}

function bucket(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash % 100;
}
