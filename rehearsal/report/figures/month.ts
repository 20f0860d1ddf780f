import type { Documents } from "../documents.ts";
import { storyOfItems } from "../ledger/story.ts";
import { type Occurrence, occurrencesOf } from "../occurrences.ts";
import { type Story, storyOf } from "../story.ts";

export const isMonth = (text: string): boolean => /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);

/** Every occurrence of some documents that opened in a month, by UTC; all of them where none is asked for. A story that has no clock is in no month. */
export function occurrencesIn({ reports, items }: Documents, month: string | undefined): readonly Occurrence[] {
	// Each item is a story of its own: two accounts may know the same key.
	const stories = [...reports.map(storyOf), ...items.map((item) => storyOfItems([item], {}))];
	return stories.flatMap((story) => occurrencesOf(story.events, story.names).filter((each) => isWithin(story, each, month)));
}

const isWithin = ({ begins }: Story, { openedAt }: Occurrence, month: string | undefined): boolean =>
	month === undefined || (begins !== undefined && new Date(Date.parse(begins) + openedAt * 1000).toISOString().startsWith(month));
