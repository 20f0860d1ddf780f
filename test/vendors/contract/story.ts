import type { PageOrder, PageReading, Pager } from "../../../functions/pipeline/ports.ts";
import { canPage } from "../../../vendors/actions.ts";
import { type ChannelKind, traitsOf } from "../../../vendors/kinds.ts";

/** One vendor, real or emulated, with one channel of it. */
export interface Bench {
	readonly pager: Pager;
	/** Shows whether the credential is taken. Throws EdgeError. */
	readonly check: () => Promise<void>;
	readonly order: PageOrder;
	/** Lets so many seconds pass. */
	readonly later: (seconds: number) => Promise<void>;
}

/** What every vendor does for a page, in this order; each is said once it holds. */
const steps = [
	"takes the credential",
	"takes a page",
	"shows the page",
	"joins or finds a repeat",
	"shows an acknowledgement",
	"ends the page",
	"shows the end",
] as const;
export type Step = (typeof steps)[number];

/** Those that a vendor of this kind comes to: what only informs is neither read back nor answered. */
export const stepsOf = (kind: ChannelKind): readonly Step[] =>
	canPage(kind) ? steps : steps.filter((step) => !/repeat|acknowledgement|shows the end/.test(step));

/** How often a page is looked for, and how long apart: two minutes in all, which no vendor needs. */
const looks = { times: 24, everySeconds: 5 };

/**
 * Plays the contract of every vendor on one: each step is told once it holds, or with why it does not apply. Throws Error for a step that does not
 * hold, and EdgeError of a call that fails. Whatever happens, what was paged is ended.
 */
export async function playContract(bench: Bench, tell: Tell): Promise<void> {
	const { pager, check, order } = bench;
	await check();
	tell("takes the credential");
	const { receipt } = await pager.send(order);
	tell("takes a page");
	const paged: PageOrder = { ...order, receipt };
	try {
		await playPage(bench, paged, tell);
	} catch (error) {
		// What did not hold is what is told, also where the page cannot be ended.
		await pager.resolve({ ...paged, note }).catch(() => {});
		throw error;
	}
	await playEnd(bench, paged, tell);
}

type Tell = (step: Step, why?: string) => void;

const note = "Over: this was a test of the contract.";

async function playPage({ pager, order, later }: Bench, paged: PageOrder, tell: Tell): Promise<void> {
	const { kind } = order.channel;
	const { acknowledges, deduplicates } = traitsOf(kind);
	if (!canPage(kind)) return tell("shows the page", "nothing can be read back there");
	await until(() => pager.read(paged), ["delivered", "sent", "acknowledged"], later);
	tell("shows the page");
	const again = deduplicates ? (await pager.send(order)).receipt : paged.receipt;
	await until(
		() => pager.read({ ...paged, ...(again === undefined ? {} : { receipt: again }) }),
		["delivered", "sent", "acknowledged"],
		later,
	);
	tell("joins or finds a repeat", ...(deduplicates ? [] : ["each is a message of its own"]));
	if (acknowledges) await pager.acknowledge?.(paged);
	if (acknowledges) await until(() => pager.read(paged), ["acknowledged"], later);
	tell("shows an acknowledgement", ...(acknowledges ? [] : ["nobody answers there by itself"]));
}

async function playEnd({ pager, order, later }: Bench, paged: PageOrder, tell: Tell): Promise<void> {
	const { kind } = order.channel;
	const { proof, resolves } = traitsOf(kind);
	const end = await pager.resolve({ ...paged, note });
	tell("ends the page");
	if (!canPage(kind)) return;
	const ended = resolves === "same-key" ? paged : { ...order, receipt: end.receipt };
	await until(() => pager.read(ended), proof === "record" ? ["resolved"] : ["delivered", "sent"], later);
	tell("shows the end");
}

async function until(read: () => Promise<PageReading>, wanted: readonly PageReading["state"][], later: Bench["later"]): Promise<void> {
	let state: PageReading["state"] = "absent";
	for (let look = 0; look < looks.times; look += 1) {
		({ state } = await read());
		if (wanted.includes(state)) return;
		await later(looks.everySeconds);
	}
	throw new Error(`Expected a page that is ${wanted.join(" or ")} within ${looks.times * looks.everySeconds} s, got one that is ${state}`);
}
