import { afterAll, describe, expect, it } from "vitest";
import { closing, flowText, variableText } from "../architect/flowText.ts";
import { Folder } from "./command.ts";
import { reportOf, simulate } from "./simulating.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const text = `workflow:
  name: Asks
  startUpRef: "/workflow/states/state[A]"
  variables:
    - stringVariable: { name: Flow.id, initialValue: { noValue: true }, isInput: true, isOutput: false }
    - stringVariable: { name: Flow.town, initialValue: { noValue: true }, isInput: false, isOutput: true }
    - stringVariable: { name: Flow.seen, initialValue: { noValue: true }, isInput: false, isOutput: true }
    - queueVariable: { name: Flow.queue, initialValue: { noValue: true }, isInput: false, isOutput: true }
    - integerVariable: { name: Flow.shared, initialValue: { noValue: true }, isInput: false, isOutput: true }
  states:
    - state:
        name: First
        refId: A
        actions:
          - dataTableLookup:
              name: Where
              lookupValue:
                exp: Flow.id
              dataTable:
                Sites:
                  foundOutputs:
                    town:
                      var: Flow.town
                  failureOutputs:
                    errorType:
                      noValue: true
              outputs:
                found:
                  actions:
                    - setConversationData:
                        name: Note
                        conversationId:
                          exp: Flow.id
                        attributes:
                          - attribute:
                              name:
                                lit: Town
                              value:
                                exp: Upper(Flow.town)
          - getConversationData:
              name: Read
              conversationId:
                exp: Flow.id
              attributes:
                - attribute:
                    name:
                      lit: Town
                    variable: Flow.seen
          - findQueueById:
              name: Queue
              findId:
                lit: 11111111-1111-4111-8111-111111111111
              findResult:
                var: Flow.queue
          - callCommonModule:
              name: Shared
              commonModule:
                Part:
                  ver_latestPublished:
                    inputs:
                      Common.town:
                        exp: Flow.seen
                    outputs:
                      Common.count:
                        var: Flow.shared
          - sendNotification:
              name: Tell
              subject:
                exp: Flow.seen
              outputs:
                failure:
                  actions:
                    - endWorkflow: { name: Bad, exitReason: { lit: bad } }
          - endWorkflow: { name: End, exitReason: { lit: done } }
`;

const file = folder.write("asks.yaml", text);
const input = folder.write("input.json", JSON.stringify({ "Flow.id": "c1" }));
const queue = { id: "11111111-1111-4111-8111-111111111111", name: "Parcels" };
const whole = {
	entities: { queues: [queue] },
	dataTables: { Sites: { c1: { town: "Ulm" } } },
	conversations: { c1: { Town: "?" } },
	actions: { "callCommonModule/Part": [{ outputs: { "Common.count": 3 } }], "sendNotification/Tell": [{ path: "success" }] },
};
const runIn = (world: unknown, name = "world.json") =>
	simulate([file, "--input", input, "--world", folder.write(name, JSON.stringify(world)), "--json"]);

describe("what only an organization knows is asked of the world", () => {
	it("by its tables, conversations, entities and answers; what a conversation is given is read there later", () => {
		const { outcome, exitReason, outputs, trace } = reportOf(runIn(whole));
		expect({ outcome, exitReason, outputs }).toEqual({
			outcome: "completed",
			exitReason: "done",
			outputs: { "Flow.town": "Ulm", "Flow.seen": "ULM", "Flow.queue": queue, "Flow.shared": 3 },
		});
		expect(trace.map(({ kind, values }) => [kind, values.path])).toEqual([
			["dataTableLookup", "found"],
			["setConversationData", "success"],
			["getConversationData", "found"],
			["findQueueById", "found"],
			["callCommonModule", undefined],
			["sendNotification", "success"],
			["endWorkflow", undefined],
		]);
		expect(trace.find(({ kind }) => kind === "callCommonModule")?.values.inputs).toEqual({ "Common.town": "ULM" });
	});

	it("a row, a conversation or an entity that is not there is not found, and a failure where it is written", () => {
		const { outputs } = reportOf(runIn({ ...whole, dataTables: { Sites: {} }, conversations: { other: {} }, entities: { queues: [] } }));
		expect(outputs).toEqual({ "Flow.town": null, "Flow.seen": null, "Flow.queue": null, "Flow.shared": 3 });
		expect(reportOf(runIn({ ...whole, conversations: { other: {} } })).trace[1]?.values.path).toBe("failure");
	});

	it("what is said of one action comes before the tables, in order, and the last answer repeats", () => {
		const actions = { ...whole.actions, "dataTableLookup/Sites": [{ path: "notFound" }], "sendNotification/Tell": [{ path: "failure" }] };
		expect(reportOf(runIn({ ...whole, actions }))).toMatchObject({ exitReason: "bad", outputs: { "Flow.town": null } });
	});

	it("what the world lacks is told at once, by line, after what was done until then", () => {
		const ended = runIn({ dataTables: whole.dataTables });
		const { status, err } = ended;
		expect(status).toBe(2);
		expect(reportOf(ended).trace.map(({ kind }) => kind)).toEqual(["dataTableLookup"]);
		expect(
			err
				.trimEnd()
				.split("\n")
				.map((line) => line.replace(file, "F")),
		).toEqual([
			'F:30 Expected the world to answer for "Note" by conversations or actions["setConversationData/Note"], got none.',
			'F:40 Expected the world to answer for "Read" by conversations or actions["getConversationData/Read"], got none.',
			'F:49 Expected the world to answer for "Queue" by entities.queues or actions["findQueueById/Queue"], got none.',
			'F:55 Expected the world to answer for "Shared" by actions["callCommonModule/Part"], got none.',
			'F:66 Expected the world to answer for "Tell" by actions["sendNotification/Tell"], got none.',
			"--world-skeleton prints a world that has all of them.",
		]);
	});

	it("an external contact is what the world says of it", () => {
		const get =
			"- getExternalContact:\n    name: Who\n    externalId:\n      exp: Flow.id\n    externalResult:\n      var: Flow.contact\n    outputs:\n      found:\n        actions:\n          - updateData:\n              statements:\n                - string:\n                    variable: Flow.town\n                    value:\n                      exp: Flow.contact.city";
		const variables = ["string", "string", "externalContact"].map((type, index) =>
			variableText(type, ["Flow.id", "Flow.town", "Flow.contact"][index] ?? "", undefined, index === 0),
		);
		const path = folder.write("contact.yaml", flowText({ actions: `${get}\n${closing}`, variables: variables.join("\n") }));
		const ran = (externalContacts: unknown) =>
			reportOf(simulate([path, "--input", input, "--world", folder.write("contacts.json", { externalContacts }), "--json"])).trace.map(
				({ kind, values }) => [kind, values.path ?? values["Flow.town"]],
			);
		expect(ran({ c1: { city: "Ulm" } })).toEqual([
			["getExternalContact", "found"],
			["updateData", "Ulm"],
			["endWorkflow", undefined],
		]);
		expect(ran({ other: {} })).toEqual([
			["getExternalContact", "notFound"],
			["endWorkflow", undefined],
		]);
	});

	it("the skeleton has all of it, and the flow runs in it", () => {
		const skeleton = JSON.parse(simulate([file, "--world-skeleton"]).out);
		expect(skeleton).toMatchObject({
			dataTables: { Sites: { "": { town: "" } } },
			conversations: { "": { Town: "" } },
			actions: { "callCommonModule/Part": [{ outputs: { "Common.count": 0 } }], "sendNotification/Tell": [{ path: "success" }] },
		});
		expect(runIn(skeleton).status).toBe(0);
	});

	it.each([
		{
			name: "a value of another type",
			world: { ...whole, dataTables: { Sites: { c1: { town: [1] } } } },
			says: /output town of dataTableLookup for Flow\.town/,
		},
		{
			name: "a path that the action does not have",
			world: { ...whole, actions: { ...whole.actions, "sendNotification/Tell": [{ path: "maybe" }] } },
			says: /one of the paths failure, success, got "maybe"/,
		},
	])("$name ends the run", ({ world, says }) => {
		const ended = runIn(world);
		expect(ended.status).toBe(1);
		expect(reportOf(ended).error?.message).toMatch(says);
	});

	it.each([
		{ name: "answers that are no list", actions: { "sendNotification/Tell": {} }, says: /a list of at least one/ },
		{ name: "a key without a type", actions: { Tell: [{}] }, says: /"<type>\/<table, module or its name>", got "Tell"/ },
		{ name: "another word", actions: { "sendNotification/Tell": [{ paht: "x" }] }, says: /to have path, outputs, got "paht"/ },
		{
			name: "a path that is no text",
			actions: { "sendNotification/Tell": [{ path: 5 }] },
			says: /path of answer 1 .* to be a text, got 5/,
		},
	])("$name is refused", ({ actions, says }) => {
		const { status, err } = runIn({ actions });
		expect(status).toBe(2);
		expect(err).toMatch(says);
	});
});
