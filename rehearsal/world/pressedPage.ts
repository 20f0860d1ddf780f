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
	const pressed = opened.ok ? await aws.fetchUrl(new Request(url, { method: "POST" })) : opened;
	return { outcome: String(pressed.status), detail: `${by}: ${textOf(await pressed.text())}` };
}

/** What a page says to the person who opened it. */
const textOf = (html: string): string => html.match(/<p>(.*?)<\/p>/)?.[1] ?? "";
