import { EdgeError, type failureReasons } from "../../../../functions/pipeline/ports.ts";
import { remedyOrder, seconds } from "../fixtures.ts";
import { key } from "../remedyWorld.ts";

export const about = { incident: key, occurrence: 1 };

export const order = remedyOrder();

export const holder = { incidentKey: key, occurrence: 1, until: seconds(780) };

export const failing = (reason: (typeof failureReasons)[number]) => () =>
	Promise.reject(new EdgeError(reason, `it is ${reason}`, { retry: false }));

export const fault = () => Promise.reject(new TypeError("x is not a function"));
