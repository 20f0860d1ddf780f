import type { ValuesOf } from "../../../contracts/contract.ts";
import type { owner } from "../../../contracts/ledger.ts";
import type { RemedyAnswers } from "../../../contracts/remedy.ts";
import type { Remedy } from "../../../remedies/kinds.ts";
import type { Order, Undone } from "../../../remedies/remedy.ts";
import type { RemedyBeginner } from "../model/incident.ts";
import type { LinkFacts } from "../page/linkPorts.ts";

/** Who asks the remediator, and about which occurrence; `launchId` is the workflow's launch, "" for anybody else. */
export type RemedyRequest = ValuesOf<typeof owner> & { readonly by: RemedyBeginner };

/** `gone`: the incident is no longer the asker's. */
export type RemedyBegun = RemedyAnswers<"begin">;
export type RemedyChecked = RemedyAnswers<"check">;
export type RemedyUndone = RemedyAnswers<"undo">;

/** The remediator as its askers see it; every method throws EdgeError and nothing else. */
export interface Remedies {
	begin(request: RemedyRequest): Promise<RemedyBegun>;
	check(request: RemedyRequest): Promise<RemedyChecked>;
	/** `why` is told as the reason of the rollback. */
	undo(request: RemedyRequest, why: string): Promise<RemedyUndone>;
	/** What a person's link is worth; with `press` it is used up and the remedy begun. */
	approve(link: ApprovalLink, press: boolean): Promise<Approval>;
}

/** What an approval link holds. */
export interface ApprovalLink {
	readonly incidentKey: string;
	readonly occurrence: number;
	/** Unix time in whole seconds. */
	readonly expires: number;
	readonly signature: string;
}

export interface Approval {
	/** From the closed sets of `remedy/rules.ts`, or a failure reason. */
	readonly outcome: string;
	/** What the remedy is and for what, for the person; absent for somebody without a valid link. */
	readonly about?: LinkFacts;
}

/** Signs the links of approvals; the secret stays behind it. */
export interface Approvals {
	link(text: string, link: Omit<ApprovalLink, "signature">): Promise<string>;
	/** Whether the signature is one of ours for this text; takes the same time for every wrong one. */
	valid(text: string, signature: string): Promise<boolean>;
}

export type RemedyOrder = Order<Remedy>;

/** What the kinds of remedies act on. Every method throws EdgeError and nothing else; doing and undoing twice is doing it once. */
export interface RemedyActs {
	/** What it is now: "in-effect" where there is nothing left to do, "off" or "" otherwise. */
	inspect(order: RemedyOrder): Promise<string>;
	act(order: RemedyOrder): Promise<{ readonly receipt: string }>;
	progress(order: RemedyOrder): Promise<"running" | "done" | "failed">;
	undo(order: RemedyOrder): Promise<Undone>;
}
