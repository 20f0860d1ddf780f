import "../assert-node.mjs";
import { logged, startCheck } from "./gate/checks.ts";
import { endWithThisProcess } from "./gate/child.ts";
import { closingLine, isGreen, runSuite } from "./gate/suite.ts";

// The tests use two processes, and wait now and then: lint and types run beside them, and are told of at the end.
const checks = ["lint", "types"].map(startCheck);
endWithThisProcess(() => {
	for (const check of checks) check.end();
});

const counts = await runSuite(process.argv.slice(2));
const ended = await Promise.all(checks.map((check) => check.ended));
console.log(ended.map(logged).join("\n"));
if (!isGreen(counts) || ended.some(({ passed }) => !passed)) process.exitCode = 1;
console.log(closingLine(counts));
