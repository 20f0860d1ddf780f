/** OAuth clients of Genesys Cloud, as credentials are called. They stand apart from the rules, which know every vendor. */
export const launcherName = "launcher";
export const remediatorName = "remediator";
export const announcerName = "announcer";

/** The client whose secret never leaves Genesys Cloud: only a workflow can say whether it is taken. */
export const responderName = "responder";
