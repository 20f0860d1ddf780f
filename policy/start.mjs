// A policy pack is always started with ts-node, which cannot read these sources; from here on Node itself reads them (type stripping).
import "./index.ts";
