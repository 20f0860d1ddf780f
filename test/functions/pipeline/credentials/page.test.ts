import { expect, test } from "vitest";
import { credentialPageOf } from "../../../../functions/pipeline/credentials/page.ts";
import { pageBody } from "../../../../functions/pipeline/page/body.ts";
import { exampleSettings } from "../../edges/runtimeSettings.ts";
import { incident } from "../fixtures.ts";

const failing = (entityId: string) => ({ condition: "credentials-failing", entityId }) as const;

test.each([
	{ entityId: "pagerduty-second-line", anchor: "pagerduty" },
	{ entityId: "twilio", anchor: "twilio" },
	{ entityId: "twilio-voice", anchor: "twilio-voice" },
	{ entityId: "signedWebhook-relay", anchor: "signedwebhook" },
	{ entityId: "jira-data-center", anchor: "jira-data-center" },
	{ entityId: "launcher.expiry", anchor: "launcher" },
	{ entityId: "detector", anchor: "detector" },
])("the page of $entityId is #$anchor", ({ entityId, anchor }) => {
	expect(credentialPageOf({}, failing(entityId))).toBe(`docs/credentials.md#${anchor}`);
	expect(credentialPageOf({ credentialsPage: "https://git.example.com/credentials" }, failing(entityId))).toBe(
		`https://git.example.com/credentials#${anchor}`,
	);
});

test("nothing else has one", () => {
	expect(credentialPageOf({}, { condition: "trunk-down", entityId: "twilio" })).toBeUndefined();
});

test("what is told of a failing credential ends with its page", () => {
	const settings = { ...exampleSettings(), credentialsPage: "https://git.example.com/credentials" };
	const body = pageBody({ settings, incident: incident(failing("twilio")) }, "");
	expect(body.split("\n").at(-1)).toBe("Runbook: https://git.example.com/credentials#twilio");
});
