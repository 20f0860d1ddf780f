import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { type LinkWorld, linkWorld } from "../functions/linkWorld.ts";
import { offeringGroup, states } from "./linkStates.ts";
import { axeViolations, overflowing, takePicture, useBrowser, views } from "./look.ts";
import { serve } from "./served.ts";

const { open } = useBrowser();
const opened: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
	for (const each of opened.splice(0)) await each.close();
});

/** The world of a link, behind an address that a browser can reach. */
async function given(options: LinkWorld = {}) {
	const world = await linkWorld(options);
	const served = await serve(world.handler);
	opened.push(served);
	return { ...world, url: served.url };
}

it.each(states)(
	"the page $name is clear to everybody: on a phone and a screen, by day and by night",
	async ({ name, link, world, pressed }) => {
		const { url, paths } = await given(offeringGroup(world));
		const path = { ...paths, unknown: "/unknown", forged: paths.approve.slice(0, -1) }[link];
		const page = await open({ url: url(path) }, { width: 320 });
		if (pressed) await Promise.all([page.waitForNavigation(), page.locator("button").click()]);
		for (const { width, scheme } of views) {
			await page.setViewportSize({ width, height: 640 });
			await page.emulateMedia({ colorScheme: scheme });
			await takePicture(page, `${name}-${width}-${scheme}`);
			expect(await axeViolations(page)).toEqual([]);
			expect(await overflowing(page)).toEqual([]);
		}
	},
);

describe("without scripts, by keyboard", () => {
	const heading = (page: Page): Promise<string> => page.locator("h1").innerText();

	it("the first stop of the tab key is the one button, and the enter key begins the remedy, once", async () => {
		const { url, paths, did, asked } = await given();
		const page = await open({ url: url(paths.approve) }, { width: 320, script: false });
		expect(await heading(page)).toBe("Begin this remedy?");
		expect(did).toEqual([]);
		await page.keyboard.press("Tab");
		expect(await focused(page)).toEqual({ text: "Begin the remedy", outlined: true });
		await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
		expect(await heading(page)).toBe("The remedy has begun");
		expect(did).toEqual(["act"]);
		expect(await page.locator("button").count()).toBe(0);
		await page.goto(url(paths.approve));
		expect(await heading(page)).toBe("This link has been used already");
		expect(did).toEqual(["act"]);
		expect(asked).toHaveLength(3);
	});

	it("a touch on the button acknowledges", async () => {
		const { url, paths, item } = await given();
		const page = await open({ url: url(paths.acknowledge) }, { width: 320, script: false });
		expect((await item()).acknowledged).toBeUndefined();
		await Promise.all([page.waitForNavigation(), page.locator("button").click()]);
		expect(await heading(page)).toBe("Acknowledged");
		expect((await item()).acknowledged).toMatchObject({ tier: 1, channel: "sms" });
	});
});

describe("the one button", () => {
	it.each([
		{ width: 320, whole: true },
		{ width: 1200, whole: false },
	])("is large at $width px, and as wide as a phone: $whole", async ({ width, whole }) => {
		const { url, paths } = await given();
		const page = await open({ url: url(paths.approve) }, { width });
		expect(await page.locator("button").count()).toBe(1);
		const { width: wide = 0, height = 0 } = (await page.locator("button").boundingBox()) ?? {};
		expect(height).toBeGreaterThanOrEqual(44);
		expect(wide >= width - 2 * 16).toBe(whole);
	});
});

it("the browser takes the page's style, and nothing else that a name brings along", async () => {
	const { url, paths } = await given({ about: { summary: "Frankfurt-1 <style>h1{display:none}</style><img src=x onerror=alert(1)>" } });
	const page = await open({ url: url("/unknown") }, { width: 320 });
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("dialog", (dialog) => complaints.push(dialog.message()));
	await page.goto(url(paths.approve));
	expect(complaints).toEqual([]);
	expect(await page.locator("h1").isVisible()).toBe(true);
	expect(await page.locator(".what").innerText()).toContain("<img src=x onerror=alert(1)>");
	expect(await page.evaluate("getComputedStyle(document.querySelector('button')).backgroundColor")).toBe("rgb(11, 87, 208)");
});

it("a name from right to left turns nothing beside it round", async () => {
	const name = "\u202eترنك";
	const { url, paths } = await given({ about: { entityName: name, summary: `SIP trunk ${name} is down` } });
	const page = await open({ url: url(paths.acknowledge) }, { width: 1200 });
	const order = `(() => {
		const line = document.querySelector(".what");
		const at = (node, text) => {
			const range = document.createRange();
			const start = node.textContent.indexOf(text);
			range.setStart(node, start);
			range.setEnd(node, start + text.length);
			return range.getBoundingClientRect().left;
		};
		const [before, , behind] = line.childNodes;
		return [at(before, "SIP"), line.querySelector("bdi").getBoundingClientRect().left, at(behind, "is"), at(behind, "down")];
	})()`;
	const lefts = await page.evaluate<readonly number[]>(order);
	expect(lefts).toEqual(lefts.toSorted((one, other) => one - other));
});

/** What has the focus, and whether that is seen. */
async function focused(page: Page): Promise<unknown> {
	return page.evaluate(`(() => {
		return { text: document.activeElement.innerText, outlined: getComputedStyle(document.activeElement).outlineStyle !== "none" };
	})()`);
}
