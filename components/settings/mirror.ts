import type * as z from "zod";
import { choice, section } from "../../functions/schemas/builders.ts";
import { canPage } from "../../vendors/actions.ts";
import { type ChannelKind, channelKinds } from "../../vendors/kinds.ts";
import { list, part, record } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";
import { channelSchema } from "./vendors.ts";

const [firstKind, ...otherKinds] = channelKinds.filter(canPage);
if (firstKind === undefined) throw new Error("Expected a vendor that can page, got none");
const kind = () => choice([firstKind, ...otherKinds]);

/** Two incident systems that are told the same, of which one counts: how a shop moves from one to the other. */
export const mirrorSchema = section({
	from: kind().describe("The kind of channel that the shop has."),
	to: kind().describe("The kind that it moves to. A tier that has it beside the other is told twice."),
	counts: choice(["from", "to"])
		.default("from")
		.describe("Which of them pages. The other one is told beside it, and `npm run cutover -- report` compares what came of both."),
}).describe("Tells a second incident system everything that the first is told, while one of them counts.");

export type Mirror = z.infer<typeof mirrorSchema>;

/** The kind whose channels only inform while the other one counts. */
export const besideKind = ({ from, to, counts }: Mirror): ChannelKind => (counts === "from" ? to : from);

/** A mirror of one kind shows nothing, and where only the kind is that does not count, nobody would be paged. */
export function mirrorProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const mirror = part(mirrorSchema, raw.mirror);
	if (mirror === undefined) return [];
	const { from, to } = mirror;
	if (from === to) return [{ path: configPath(["mirror", "to"]), expected: `another kind than from (${from})`, got: shown(to) }];
	const beside = besideKind(mirror);
	const counting = beside === from ? to : from;
	return Object.entries(record(raw.policies)).flatMap(([policy, given]) =>
		list(record(given).tiers).flatMap((tier, index) => {
			const channels = list(record(tier).channels).map((channel) => part(channelSchema, channel));
			const path = configPath(["policies", policy, "tiers", index, "channels"]);
			const kinds = channels.map((channel) => channel?.kind);
			const isAlone = kinds.includes(beside) && !kinds.includes(counting);
			const mirrored = channels.filter((channel) => channel?.kind === from || channel?.kind === to);
			return [
				...(isAlone && !kinds.includes(undefined)
					? [
							{
								path,
								expected: `a channel of kind ${counting} too, because mirror says that ${beside} only informs`,
								got: `only ${beside}`,
							},
						]
					: []),
				...(mirrored.some((channel) => channel?.informs === true || channel?.pages === true)
					? [
							{
								path,
								expected: "neither pages nor informs on mirrored channels: mirror.counts says which of them pages",
								got: "one of them",
							},
						]
					: []),
			];
		}),
	);
}
