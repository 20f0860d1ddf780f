import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { findChromium, noChromium } from "./chromium.ts";

/** What is looked at: the text of an HTML document, or an address. */
export type Shown = { readonly html: string } | { readonly url: string };

/** How a person sees it. */
export interface View {
	/** CSS pixels: 320 is the narrowest that WCAG 2.1 (1.4.10 Reflow) asks for. */
	readonly width: number;
	readonly height?: number;
	readonly scheme?: "light" | "dark";
	/** False: a browser in which no script runs. */
	readonly script?: boolean;
}

/** Every combination that a page is looked at in: a phone and a screen, by day and by night. */
export const views: readonly Required<Pick<View, "width" | "scheme">>[] = [320, 1200].flatMap((width) =>
	(["light", "dark"] as const).map((scheme) => ({ width, scheme })),
);

/** Git ignores it. */
const pictures = resolve(import.meta.dirname, "../../build/browser");

/** A Chromium for the tests of one file: opens pages, which close after their test. */
export function useBrowser(): { readonly open: (shown: Shown, view: View) => Promise<Page> } {
	let browser: Browser | undefined;
	const opened: BrowserContext[] = [];
	beforeAll(async () => {
		const executablePath = findChromium(process.env.PATH ?? "");
		if (executablePath === undefined) throw new Error(noChromium);
		browser = await chromium.launch({ executablePath });
	});
	afterEach(async () => {
		for (const context of opened.splice(0)) await context.close();
	});
	afterAll(() => browser?.close());
	return {
		open: async (shown, { width, height = 640, scheme = "light", script = true }) => {
			if (browser === undefined) throw new Error("expected a page to be opened inside of a test");
			const viewport = { width, height };
			const context = await browser.newContext({ viewport, colorScheme: scheme, javaScriptEnabled: script, locale: "en-GB" });
			opened.push(context);
			const page = await context.newPage();
			await ("url" in shown ? page.goto(shown.url) : page.setContent(shown.html));
			return page;
		},
	};
}

/** Takes a PNG of the whole page, `build/browser/<name>.png`, for people to look at. */
export async function takePicture(page: Page, name: string): Promise<string> {
	mkdirSync(pictures, { recursive: true });
	const path = join(pictures, `${name}.png`);
	await page.screenshot({ path, fullPage: true });
	return path;
}

/** WCAG 2.1, A and AA: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags */
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/**
 * What axe has to say against a page by WCAG 2.1 A and AA: one line for each element, `rule: element: why`. axe is a script: the page must have
 * been opened with them. The page's own Content-Security-Policy does not hold it off.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
	await page.evaluate(axe.source);
	const { violations } = await page.evaluate<Pick<axe.AxeResults, "violations">>(
		`axe.run(document, { runOnly: ${JSON.stringify(levels)} })`,
	);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary = "" }) => `${id}: ${html}: ${failureSummary.replaceAll(/\s+/g, " ")}`),
	);
}

/** An expression, not a function: the compiler knows no DOM here. */
const sticksOut = `(() => {
	const root = document.documentElement;
	if (root.scrollWidth <= root.clientWidth) return [];
	const out = [...document.querySelectorAll("body *")].filter((element) => {
		const { left, right } = element.getBoundingClientRect();
		return right > root.clientWidth + 0.5 || left < -0.5;
	});
	return [
		"the page: " + root.scrollWidth + " px of content in " + root.clientWidth + " px",
		...out.map((element) => element.outerHTML.slice(0, 120) + ": until " + Math.round(element.getBoundingClientRect().right) + " px"),
	];
})()`;

/** Empty where nobody has to scroll sideways; else how wide the page is, and which elements stick out of the window. */
export const overflowing = (page: Page): Promise<readonly string[]> => page.evaluate<readonly string[]>(sticksOut);
