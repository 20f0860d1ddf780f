import "../assert-node.mjs";
import { closingLine, isGreen, runSuite } from "./gate/suite.ts";

const counts = await runSuite(process.argv.slice(2));
if (!isGreen(counts)) process.exitCode = 1;
console.log(closingLine(counts));
