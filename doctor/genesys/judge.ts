import { nearestOf } from "../../architect/names.ts";
import { fitsGlob } from "../../functions/pipeline/route/glob.ts";
import { type Finding, fails, holds, isRead, judged, type Read, type Subject, unchecked } from "../finding.ts";
import type { NamedPlace, NeededPermission, Needs } from "../needs.ts";
import type { GenesysReadings, Listed, OfferedTopic, OfferedType, Organization } from "./read.ts";

const about = (id: string, what: string): Subject => ({ id: `genesys.${id}`, group: "Genesys Cloud", what });

/** Where the provider deploys and where the functions call must be one region. */
export function judgeRegion(region: string, provider: string | undefined): Finding {
	const subject = about("region", `region ${region}`);
	const set = `Set GENESYSCLOUD_REGION=${region}, or genesys.region to where the organization is.`;
	if (provider === undefined) return unchecked(subject, "GENESYSCLOUD_REGION is not set: the provider would not know", set);
	return provider === region ? holds(subject) : fails(subject, `the provider deploys to ${provider}`, set);
}

/** `token` is what the login host of the region made of the client. */
export function judgeToken(region: string, token: Read<unknown>): Finding {
	const subject = about("token", "token");
	if (isRead(token)) return holds(subject);
	const { reason, message } = token.unread;
	if (reason === "unauthorized")
		return fails(
			subject,
			`the client is refused in ${region}`,
			"Check id and secret, that it is a client-credentials client, and the region: others do not know it.",
		);
	return fails(subject, message, "Reach login and api hosts of the region from here, then ask again.");
}

export const judgeOrganization = (wanted: string, read: Read<Organization>): Finding =>
	judged(about("organization", "organization"), read, ({ id, name }) => {
		const subject = about("organization", "organization");
		if (id === wanted) return holds(subject, name);
		return fails(subject, `${name} is ${id}`, `Set genesys.organizationId to it, or use a client of ${wanted}.`);
	});

/** One finding for each permission, with whom it is for. */
export function judgePermissions(needed: readonly NeededPermission[], held: Read<readonly string[]>, base: string): readonly Finding[] {
	return needed.map(({ permission, for: users }) => {
		const subject = about(`permission.${permission}`, permission);
		const why = `for ${users.map((user) => (user.startsWith(`${base} `) ? user.slice(base.length + 1) : user)).join(", ")}`;
		if (isRead(held)) return covers(held.value, permission) ? holds(subject, why) : fails(subject, why, grant);
		if (held.unread.reason !== "forbidden") return unchecked(subject, held.unread.message);
		// By this one the deployer reads its own roles.
		return permission === readsRoles ? fails(subject, why, grant) : unchecked(subject, `its roles cannot be read without ${readsRoles}`);
	});
}

const readsRoles = "authorization:role:view";
const grant = "Add it to a role of the deployer's client.";

/** `a:b:*` covers all actions of an entity, `a:*` all of a domain, and `*` in any place all of it. */
export function covers(held: readonly string[], needed: string): boolean {
	const wanted = needed.split(":");
	return held.some((permission) => {
		const parts = permission.split(":");
		return wanted.every((part, index) => [part, "*"].includes(parts[index] ?? (parts.at(-1) === "*" ? "*" : "")));
	});
}

/** Whether the organization has what the integrations are of, which its licence decides. */
export const judgeTypes = (needs: Needs, read: Read<readonly OfferedType[]>, products: Read<readonly string[]>): readonly Finding[] =>
	[...needs.integrationTypes.keys()].toSorted().map((type) => {
		const subject = about(`integration-type.${type}`, `integrations of type ${type}`);
		return judged(subject, read, (offered) => {
			if (offered.some(({ id }) => id === type)) return holds(subject);
			const licence = isRead(products) ? `: the organization has ${products.value.join(", ") || "no product"}` : "";
			return fails(
				subject,
				`not among ${offered.length} types${licence}`,
				"Ask for a licence with it: data actions need Genesys Cloud CX 1, 2 or 3.",
			);
		});
	});

/** Whether a topic comes by Amazon EventBridge. How the vendor writes the ways is documented nowhere: an assumption, which no other word meets. */
export function judgeTopic(topic: string, read: Read<readonly OfferedTopic[]>): Finding {
	const subject = about(`topic.${topic}`, `topic ${topic}`);
	const poll = "Leave it out of the integration's eventFilter: what is polled does not need it.";
	return judged(subject, read, (offered) => {
		const found = offered.find(({ id }) => id === topic);
		if (found === undefined) return fails(subject, `not among ${offered.length} topics`, poll);
		if (found.transports.length === 0) return unchecked(subject, "it is not told how it comes");
		const comes = found.transports.some((way) => /^(all|eventbridge)$/i.test(way));
		return comes ? holds(subject, "by Amazon EventBridge") : fails(subject, `it comes by ${found.transports.join(", ")} only`, poll);
	});
}

export const judgeFlows = (read: Read<readonly Listed[]>): Finding => {
	const subject = about("architect", "Architect flows");
	return judged(subject, read, (flows) => holds(subject, `${flows.length} there`));
};

type PlaceReadings = Pick<GenesysReadings, "queues" | "trunks" | "edges" | "divisions">;

/** Whether what settings name exists. `fromOutside`: alerts of other systems name entities that no organization has. */
export function judgePlace(place: NamedPlace, readings: PlaceReadings, fromOutside: boolean): Finding {
	const { of, name, path } = place;
	const subject = about(`${path} ${name}`, `${of} ${name}`);
	const unread = sources[of](readings).find((read) => !isRead(read));
	const names = sources[of](readings).flatMap((read) => (isRead(read) ? read.value : []));
	if (names.some((each) => fitsGlob(name, each.name) || fitsGlob(name, each.id))) return holds(subject);
	if (unread !== undefined && !isRead(unread)) return unchecked(subject, unread.unread.message);
	if (of === "entity" && fromOutside) return unchecked(subject, "nothing here has it; an alert of another system may");
	const nearest = nearestOf(
		name,
		names.map((each) => each.name),
	);
	return fails(
		subject,
		nearest === undefined ? `none of ${new Set(names.map((each) => each.name)).size} fits` : `did you mean ${nearest}?`,
		`Correct ${path}, or make it in Genesys Cloud.`,
	);
}

type NamedRead = Read<readonly { readonly id: string; readonly name: string }[]>;

/** Where each kind of place is looked for. */
const sources: Readonly<Record<NamedPlace["of"], (readings: PlaceReadings) => readonly NamedRead[]>> = {
	queue: ({ queues }) => [queues],
	trunk: ({ trunks }) => [mapped(trunks, ({ trunkBase }) => trunkBase)],
	entity: ({ queues, trunks, edges }) => [queues, mapped(trunks, ({ trunkBase }) => trunkBase), edges],
	site: ({ edges }) => [mapped(edges, ({ site }) => site)],
	division: ({ divisions }) => [divisions],
};

const mapped = <T, R>(read: Read<readonly T[]>, of: (value: T) => R | undefined): Read<readonly R[]> =>
	isRead(read) ? { value: read.value.flatMap((each) => of(each) ?? []) } : read;

export function judgeEmergencyGroup(id: string, read: Read<string>): Finding {
	const subject = about(`emergency-group.${id}`, `emergency group ${id.slice(0, 8)}`);
	if (!isRead(read) && read.unread.reason === "not-found")
		return fails(subject, `there is no ${id}`, "Take the id from Admin > Architect > Emergency Groups.");
	return judged(subject, read, (name) => holds(subject, name));
}

/**
 * Whether a name is free. A role with our description is ours: then the stack was deployed before, and so is what has the names of its flows and
 * data actions.
 */
export function judgeNames(needs: Needs, readings: Pick<GenesysReadings, "roles" | "flows" | "actions">): readonly Finding[] {
	const { roles, flows, actions } = readings;
	const existing = isRead(roles) ? roles.value.filter(({ name }) => needs.roles.has(name)) : [];
	const isOurs = existing.some(({ name, description }) => needs.roles.get(name) === description);
	const foreign = existing.filter(({ name, description }) => needs.roles.get(name) !== description).map(({ name }) => name);
	const taken = (names: readonly string[], all: readonly string[]) => (isOurs ? [] : names.filter((name) => all.includes(name)));
	const why = isOurs ? "the stack is deployed already" : "";
	return [
		nameFinding("roles", roles, () => foreign, why),
		nameFinding(
			"flows",
			flows,
			(all) =>
				taken(
					needs.flows,
					all.map(({ name }) => name),
				),
			why,
		),
		nameFinding(
			"data actions",
			actions,
			(all) =>
				taken(
					needs.actions,
					all.map(({ category, name }) => `${category}: ${name}`),
				),
			why,
		),
	];
}

function nameFinding(
	kind: string,
	read: Read<readonly Listed[]>,
	taken: (all: readonly Listed[]) => readonly string[],
	why: string,
): Finding {
	const subject = about(`names.${kind.replace(" ", "-")}`, `names of ${kind}`);
	return judged(subject, read, (all) => {
		const names = taken(all);
		if (names.length === 0) return holds(subject, why);
		return fails(subject, `not ours: ${names.join(", ")}`, "Choose another names.prefix, or rename what is there.");
	});
}
