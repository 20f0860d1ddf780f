import type { Settings } from "../settings/settings.ts";

type Named = Pick<Settings, "base">;

/** What the operator's command looks for is named here, for it and for the program. */
export const ledgerTableName = ({ base }: Named): string => `${base}-incidents`;
export const dispatchQueueName = ({ base }: Named): string => `${base}-dispatch`;
/** Of a secret, known before it exists. */
export const nameOfSecret = ({ base }: Named, secretName: string): string => `${base}/${secretName}`;
/** Where messages end that failed five times. */
export const deadLetterQueueName = ({ base }: Named): string => `${base}-dispatch-dead`;
export const eventQueueName = ({ base }: Named): string => `${base}-events`;
/** Where events end that nobody could understand, or that Amazon EventBridge could not deliver. */
export const eventDeadLetterQueueName = ({ base }: Named): string => `${base}-events-dead`;
/** What Genesys Cloud names the event source, and so the bus: of a public blueprint, not of its documentation. */
export const partnerSourceName = (organizationId: string, suffix: string): string =>
	`aws.partner/genesys.com/cloud/${organizationId}/${suffix}`;
