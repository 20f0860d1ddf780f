/** The cases that every test run looks at, the same each time; the nightly command looks at others. */
export const runs = 1000;
export const seed = 20260105;
