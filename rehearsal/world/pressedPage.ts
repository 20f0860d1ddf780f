import type { TimelineEvent } from "../report/timelineEvent.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/**
 * Somebody opens a page by its link, reads what it says and presses its button; `without` is what they say where there is no link. The link itself
 * is never told: whoever reads the report must not hold it.
 */
export async function pressPage(
	{ aws }: Pick<OfflineWorld, "aws">,
	url: string | undefined,
	{ by, without }: { readonly by: string; readonly without: string },
): Promise<Required<Pick<TimelineEvent, "outcome" | "detail">>> {
	if (url === undefined) return { outcome: "no-link", detail: `${by}: ${without}` };
	const opened = await aws.fetchUrl(new Request(url));
	const shown = await opened.text();
	const pressed = /<button>/.test(shown) ? await aws.fetchUrl(new Request(url, { method: "POST" })) : undefined;
	const { status } = pressed ?? opened;
	return { outcome: String(status), detail: `${by}: ${answerOf((await pressed?.text()) ?? shown)}` };
}

/** What a page answers to the person who opened it, above all that it tells of the incident. */
const answerOf = (html: string): string => `${html.match(/<h1>(.*?)<\/h1>/)?.[1]}. ${html.match(/<p>(.*?)<\/p>/)?.[1]}`;
