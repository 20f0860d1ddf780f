import "../../assert-node.mjs";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { chromium } from "playwright-core";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { play } from "../../rehearsal/play.ts";
import { reportPage } from "../../rehearsal/report/html/page.ts";
import { storyOf } from "../../rehearsal/report/story.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { findChromium, noChromium } from "./chromium.ts";

const file = "docs/report.png";

function command(): Command {
	return scriptCommand("docs:picture").description(
		`Writes ${file}: the upper part of the default rehearsal's report, as the README shows it. Exit status: 0; 1 it is larger than 200 KB; 2 there is no Chromium.`,
	);
}

/** As much of the page as shows the verdict, the figures, the policy and where the drawing begins. */
const clip = { x: 0, y: 0, width: 1000, height: 1340 };

/** Bytes: whoever clones the repository loads it. */
const largest = 200 * 1024;

class NoChromium extends Error {}

async function run(): Promise<number> {
	const executablePath = findChromium(process.env.PATH ?? "");
	if (executablePath === undefined) throw new NoChromium(`Expected a Chromium, got ${noChromium}`);
	const { report } = await play({ scenario: readScenario("trunk-outage"), file: readStackFile("dev"), seed: 1 });
	const browser = await chromium.launch({ executablePath, args: ["--disable-lcd-text"] });
	try {
		const page = await browser.newPage({ viewport: { width: clip.width, height: 900 }, colorScheme: "light", deviceScaleFactor: 0.85 });
		await page.setContent(reportPage(storyOf(report)));
		const bytes = await page.screenshot({ fullPage: true, clip });
		writeFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), bytes);
		console.log(`${file}: ${Math.ceil(bytes.length / 1024)} KB`);
		return bytes.length > largest ? 1 : 0;
	} finally {
		await browser.close();
	}
}

await runAsProcess({ command, run, isWrongInput: (error): error is Error => error instanceof NoChromium });
