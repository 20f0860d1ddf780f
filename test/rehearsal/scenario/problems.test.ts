import { expect, test } from "vitest";
import { parseScenario, ScenarioError } from "../../../rehearsal/scenario/read.ts";

const whole = { name: "x", why: "y", lasts: "1m", trunks: [{ name: "a" }], happens: [], must: [{ by: "1m", what: "polled" }] };
const problemsOf = (file: unknown): string => {
	try {
		parseScenario(JSON.stringify(file), "x.yaml");
	} catch (error) {
		if (error instanceof ScenarioError) return error.message;
	}
	return "";
};
const verb = (rest: object) => ({ ...whole, happens: [{ at: "1m", ...rest }] });

test.each([
	{ file: verb({ do: "trunk-dwn" }), says: /^x\.yaml: happens\[0\]\.do: expected one of trunk-down, trunk-up, .*, got "trunk-dwn"$/ },
	{ file: verb({}), says: /^x\.yaml: happens\[0\]\.do: expected one of .*, got nothing$/ },
	{
		file: verb({ do: "trunk-up", trunk: "a", ruonds: 3 }),
		says: /^x\.yaml: happens\[0\]\.ruonds: expected one of rounds, at, do, .*, got the unknown key "ruonds"$/,
	},
	{ file: verb({ do: "trunk-up", trunk: "a", rounds: 1 }), says: /: happens\[0\]\.rounds: expected at least 2, got 1$/ },
	{ file: verb({ do: "trunk-up", trunk: "a", numbers: [1] }), says: /: happens\[0\]\.numbers: expected at least 2 entries, got \[1\]$/ },
	{
		file: verb({ do: "slow", system: "twilio", seconds: 0, for: "1m" }),
		says: /: happens\[0\]\.seconds: expected more than 0, got 0$/,
	},
	{
		file: verb({ do: "refuses", client: "launche", for: "1m" }),
		says: /: happens\[0\]\.client: expected one of launcher, detector, .*, got "launche"$/,
	},
	{
		file: verb({ do: "webhook", verdict: "breach" }),
		says: /: happens\[0\]: expected a trunk or a queue, and not both, got \{"at":/,
	},
	{ file: { ...whole, trunks: [] }, says: /^x\.yaml: trunks: expected at least 1 entry, got \[\]$/ },
	{ file: { ...whole, lasts: 60 }, says: /^x\.yaml: lasts: expected a text, got 60$/ },
	{ file: { ...whole, lasts: "60" }, says: /^x\.yaml: lasts: expected a span such as 90s, 3m, 1m30s or 1h, got "60"$/ },
	{ file: { ...whole, latency: "norml" }, says: /^x\.yaml: latency: expected one of normal, off, slow, or a mapping, got "norml"$/ },
	{
		file: { ...whole, latency: { htp: [1, 2] } },
		says: /^x\.yaml: latency\.htp: expected one of http, ledger, queue, aws, got the unknown key "htp"$/,
	},
	{ file: { ...whole, must: [] }, says: /^x\.yaml: must: expected at least one expectation, got \[\]$/ },
	{ file: { ...whole, why: "", expect: [] }, says: /^x\.yaml: why: expected at least 1 character, got ""; expect: expected one of / },
	{ file: "x", says: /^x\.yaml: \(file\): expected a mapping, got "x"$/ },
])("$says", ({ file, says }) => {
	expect(problemsOf(file)).toMatch(says);
});
