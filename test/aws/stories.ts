import { parseScenario } from "../../rehearsal/scenario/read.ts";
import type { Scenario } from "../../rehearsal/scenario/scenario.ts";

/** Everything that a stack may have and need not, laid over the settings of `dev`: remedies, alarms told, a dead-man's switch, vendors that are AWS. */
const everything = `
  watch: { emails: [on-call@customer.example], pager: true, heartbeat: true }
  limits: { incidentsInResponse: 1 }
  ses: { region: eu-central-1, from: pages@runbooks.example, configurationSet: pages }
  slack: {}
  windows:
    - { name: carrier, why: the carrier works, who: Ada, match: { entity: "Munich-*" }, zone: Europe/Berlin, start: "2026-01-05T09:00", minutes: 5 }
  runbooks:
    trunk-down:
      remediation:
        mode: approve
        remedy:
          kind: ssm
          document: RestartCarrierGateway
          undoDocument: RestoreCarrierGateway
          parameters: { AutomationAssumeRole: ["arn:aws:iam::111122223333:role/carrier-automation"] }
        windowSeconds: 180
    edge-offline:
      remediation: { mode: auto, remedy: { kind: emergency-group, groupId: 3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10 } }
    queue-overflow:
      remediation: { mode: auto, remedy: { kind: webhook, url: "https://failover.customer.example/runbooks" } }
  policies:
    telephony:
      tiers:
        - name: primary
          channels:
            - { kind: email, to: ada@customer.example }
            - { kind: pagerduty, service: primary, serviceId: PRIMARY1 }
            - { kind: slack, channel: C0STATUS01, informs: true }
        - name: secondary
          channels: [{ kind: sms, to: "+15555550102" }]
`;

/** The first launch fails, and is tried again; then a person answers in PagerDuty. On the settings of `dev`, as they are. */
export const answered: Scenario = parseScenario(
	`
name: answered-by-hand
webhooks: [pagerduty]
why: A trunk fails while no workflow can be launched, Ada answers her page in PagerDuty, and the trunk comes back.
lasts: 12m
trunks: [{ name: Frankfurt-1, edges: 2 }, { name: Berlin-1, edges: 1 }]
happens:
  - { at: 1m, do: trunk-down, trunk: Frankfurt-1 }
  - { at: 1m50s, do: answers, system: genesys, path: /api/v2/flows, status: 503, for: 20s }
  - { at: 5m, do: acknowledge, service: primary, by: Ada }
  - { at: 8m, do: trunk-up, trunk: Frankfurt-1 }
must:
  - { by: 2m, what: incident-opened, who: poller, trunk: Frankfurt-1, times: 1 }
  - { by: 3m, what: workflow-launched, who: dispatcher, trunk: Frankfurt-1, times: 1 }
  - { by: 4m, what: page-proven, who: workflow, channel: pagerduty, tier: 1 }
  - { by: 6m, what: acknowledged, channel: pagerduty, tier: 1 }
  - { by: 12m, what: incident-resolved, trunk: Frankfurt-1, outcome: everybody-told, times: 1 }
never:
  - { what: page-sent, channel: sms }
  - { what: exhausted }
`,
	"answered-by-hand.yaml",
);

/** A person approves a remedy, which helps; another incident comes by the webhook and waits for its turn; a third waits for the end of a window. */
export const remedied: Scenario = parseScenario(
	`
name: remedied-by-approval
why: A trunk fails, Ada approves the remedy by the link in her e-mail, and it helps; meanwhile another one is told by a webhook, and a third one's window ends.
lasts: 12m
webhooks: [pagerduty, slack]
trunks: [{ name: Frankfurt-1 }, { name: Berlin-1 }, { name: Munich-1 }]
settings:${everything}
happens:
  - { at: 1m, do: trunk-down, trunk: Frankfurt-1 }
  - { at: 1m, do: remedy-helps, trunk: Frankfurt-1, after: 75s }
  - { at: 2m10s, do: trunk-down, trunk: Berlin-1 }
  - { at: 2m10s, do: trunk-down, trunk: Munich-1 }
  - { at: 2m20s, do: webhook, trunk: Berlin-1, verdict: breach }
  - { at: 2m50s, do: webhook, trunk: Berlin-1, verdict: breach }
  - { at: 3m30s, do: approve, by: Ada }
  - { at: 4m30s, do: acknowledge-by-link, tier: 1, by: Ada }
  - { at: 8m, do: trunk-up, trunk: Berlin-1 }
  - { at: 8m40s, do: trunk-up, trunk: Munich-1 }
must:
  - { by: 2m, what: incident-opened, who: poller, trunk: Frankfurt-1, times: 1 }
  - { by: 3m, what: page-sent, who: workflow, channel: email, tier: 1, trunk: Frankfurt-1, times: 1 }
  - { by: 3m30s, what: remediated, who: normalizer, outcome: ssm, times: 1 }
  - { by: 3m30s, what: approved, who: person, outcome: "200", times: 1 }
  - { by: 6m, what: remediation-verified, trunk: Frankfurt-1, outcome: clearing, times: 1 }
  - { by: 10m, what: incident-resolved, trunk: Frankfurt-1, outcome: everybody-told, times: 1 }
  - { by: 3m, what: incident-opened, who: normalizer, trunk: Berlin-1, times: 1 }
  - { by: 3m, what: lease-refused, who: dispatcher, trunk: Berlin-1 }
  - { by: 7m, what: silence-ended, who: overseer, trunk: Munich-1, times: 1 }
  - { by: 12m, what: incident-resolved, trunk: Berlin-1, times: 1 }
never:
  - { what: rolled-back }
`,
	"remedied-by-approval.yaml",
);
