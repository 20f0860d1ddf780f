/** What a method answers beside `ok`: a no has an `error`. */
export type SlackAnswer = Readonly<Record<string, unknown>>;
