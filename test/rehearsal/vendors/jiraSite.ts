import { createJiraCloud } from "../../../rehearsal/vendors/jira/cloud.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

export const start = Date.UTC(2026, 10, 24, 10);
export const paragraph = (text: string) => ({
	type: "doc",
	version: 1,
	content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});
export const fields = {
	project: { key: "OPS" },
	issuetype: { name: "Task" },
	summary: "Trunk is down",
	description: paragraph("since ten"),
	labels: ["inc:1:k"],
};
export const base = "https://acme.atlassian.net/rest/api/3";

interface Found {
	readonly issues: readonly {
		readonly key: string;
		readonly fields: { readonly status: { readonly statusCategory: { readonly key: string } } };
	}[];
	readonly isLast: boolean;
}

/** A site of Jira Cloud with two projects, and ways to ask it. */
export function site() {
	const clock = new VirtualClock(start);
	const { fetch, world, token, host } = createJiraCloud({ clock, site: "acme", email: "oncall@acme.example", projects: ["OPS", "TEL"] });
	const basic = (password: string) => `Basic ${btoa(`oncall@acme.example:${password}`)}`;
	const get = (path: string, authorization = basic(token)) => fetch(new Request(`${base}${path}`, { headers: { authorization } }));
	const post = (path: string, body: unknown, authorization = basic(token)) =>
		fetch(
			new Request(`${base}${path}`, {
				method: "POST",
				headers: { authorization, "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
		);
	const search = (jql: string, more = "&fields=status,labels,created,updated") => get(`/search/jql?jql=${encodeURIComponent(jql)}${more}`);
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	const found = async (jql: string, more?: string): Promise<Found> => JSON.parse(await (await search(jql, more)).text());
	return { clock, fetch, world, token, host, get, post, search, found, later };
}
