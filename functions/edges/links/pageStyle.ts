import { createHash } from "node:crypto";

/** What every page for a person looks like: for one hand and tired eyes, by day and by night. Every pair of colours has a contrast of 4.5 at least. */
export const style = `
*{box-sizing:border-box}
:root{color-scheme:light dark;--ground:#eceff3;--card:#fff;--text:#181b20;--soft:#505967;--line:#d5dae2;--act:#0b57d0;--onact:#fff;--critical:#a3121f;--high:#9c3d00;--medium:#6f5600;--low:#1b5a8c;--onbadge:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#0d1014;--card:#171b21;--text:#e8ebef;--soft:#a8b1be;--line:#333b46;--act:#8ab4f8;--onact:#0a1a33;--critical:#ff9a92;--high:#ffb07a;--medium:#efcd66;--low:#98c9f4;--onbadge:#12151a}}
body{margin:0;background:var(--ground);color:var(--text);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:44rem;min-height:100vh;margin:0 auto;padding:1.25rem 1rem 2rem;background:var(--card);border-top:.375rem solid var(--tone,var(--line))}
.critical{--tone:var(--critical)}.high{--tone:var(--high)}.medium{--tone:var(--medium)}.low{--tone:var(--low)}
.tags{display:flex;flex-wrap:wrap;gap:.5rem;font-size:.875rem;font-weight:600}
.tags span{padding:.125rem .625rem;border:1px solid var(--soft);border-radius:1rem;color:var(--soft)}
.tags .badge{border-color:var(--tone);background:var(--tone);color:var(--onbadge)}
h1{margin:.75rem 0 .25rem;font-size:1.625rem;line-height:1.2}
h2{margin:2rem 0 0;padding-top:1.25rem;border-top:1px solid var(--line);font-size:1.0625rem}
p{margin:.5rem 0}
.what{margin:1.25rem 0;padding-inline-start:.75rem;border-inline-start:.25rem solid var(--tone,var(--line));font-size:1.1875rem;font-weight:600;line-height:1.35}
dl{margin:1rem 0}
dt{margin-top:.75rem;color:var(--soft);font-size:.9375rem}
dd{margin:0}
ul{margin:0;padding-inline-start:1.25rem}
form{margin:1.5rem 0 1rem}
button{width:100%;min-height:3.5rem;padding:.75rem 1.5rem;border:2px solid transparent;border-radius:.75rem;background:var(--act);color:var(--onact);font:inherit;font-size:1.1875rem;font-weight:700;cursor:pointer}
button:hover{filter:brightness(1.1)}
button:focus-visible{outline:.1875rem solid var(--act);outline-offset:.1875rem}
.terms{color:var(--soft);font-size:.9375rem}
@media(min-width:46rem){
main{min-height:0;margin:2.5rem auto;padding:1.75rem 2.25rem 2rem;border-radius:.75rem;box-shadow:0 1px 3px #0003}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.75rem 1.25rem}
dt{margin:0;padding-top:.0625rem}
button{width:auto;min-width:20rem}
}
`;

/** By which a Content-Security-Policy knows this very style, so that no other one counts. https://www.w3.org/TR/CSP3/#grammardef-hash-source */
export const styleHash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
