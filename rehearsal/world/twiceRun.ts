/** The functions that a schedule or the queue runs twice now. */
export type TwiceRun = Set<{ readonly function: "poller" | "overseer" | "dispatcher" }>;
