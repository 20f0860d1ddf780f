/** How the page looks: light and dark, on a phone, on a desk and on paper. It asks for nothing from anywhere. */
export const style = `
:root{color-scheme:light dark;--page:#fff;--panel:#f5f6f8;--line:#d9dde3;--ink:#14171c;--soft:#535b68;--link:#0b57b7;
--failed:#b3261e;--failed-soft:#fdecea;--proven:#14713a;--proven-soft:#e4f5ea;--sent:#0b57b7;--person:#6d3aa8;--opened:#96500a;--over:#0f6b73;--sign:#fff;--arrow:#8a93a1}
@media (prefers-color-scheme:dark){:root{--page:#121417;--panel:#1b1f24;--line:#343a43;--ink:#eceef1;--soft:#a9b1bd;--link:#8ab8ff;
--failed:#ff8a80;--failed-soft:#3a1a1a;--proven:#6fd695;--proven-soft:#13301f;--sent:#8ab8ff;--person:#c9a4f5;--opened:#f2b366;--over:#6ccfd8;--sign:#121417;--arrow:#6c7583}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main,header,footer{max-width:980px;margin:0 auto;padding:0 16px}
header{padding-top:28px}
footer{padding-bottom:40px;color:var(--soft);font-size:14px}
h1{font-size:28px;line-height:1.2;margin:2px 0 6px}
h2{font-size:21px;line-height:1.3;margin:0 0 6px}
h3{font-size:16px;margin:26px 0 8px}
p{margin:0 0 10px}
a{color:var(--link)}
.kicker,.note,.why{color:var(--soft)}
.kicker,.note{font-size:14px}
.why{font-size:17px;max-width:46em}
.verdict{border-left:5px solid var(--proven);background:var(--proven-soft);padding:10px 14px;border-radius:0 6px 6px 0;margin:14px 0 0}
.verdict.failed{border-color:var(--failed);background:var(--failed-soft)}
.verdict.none{border-color:var(--over);background:var(--panel)}
.verdict b{font-size:18px}
.verdict ul{margin:6px 0 0;padding-left:20px}
section,details.incident{margin-top:30px;padding-top:22px;border-top:1px solid var(--line)}
details.incident{margin-top:0;padding:12px 0}
details.incident+details.incident{border-top:1px solid var(--line)}
summary{cursor:pointer;padding:4px 0}
details.incident>summary{font-weight:600}
.brief{font-size:17px;max-width:46em}
.figures{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:18px 0 0}
.figures div{background:var(--panel);border-radius:8px;padding:12px 14px;border-top:4px solid var(--over)}
.figures .missing{border-color:var(--failed)}
.figures dt{font-size:13px;color:var(--soft);font-weight:600}
.figures dd{margin:0}
.figures b{display:block;font-size:25px;line-height:1.25}
.figures .missing b{color:var(--failed)}
.figures span{font-size:13px;line-height:1.35;color:var(--soft);display:block;margin-top:4px}
.told ol{list-style:none;margin:0 0 8px;padding:0}
.told .heads,.told li{display:grid;grid-template-columns:5fr 7fr;gap:4px 20px}
.told .heads{color:var(--soft);font-size:14px;border-bottom:1px solid var(--line);padding:0 12px 4px;margin:0}
.told li{padding:9px 12px;border-bottom:1px solid var(--line);border-left:4px solid var(--line)}
.told .proven{border-left-color:var(--proven)}
.told .lost,.told .refused{border-left-color:var(--failed)}
.told .presumed{border-left-color:var(--opened)}
.plan span{color:var(--soft);display:block;font-size:14px}
.did{font-size:15px}
.badge{display:inline-block;font-size:13px;font-weight:600;border:1px solid currentColor;border-radius:10px;padding:0 8px;margin-right:4px;color:var(--soft)}
.proven .badge{color:var(--proven)}
.lost .badge,.refused .badge{color:var(--failed)}
.presumed .badge{color:var(--opened)}
.drawing{margin:0 0 8px}
.drawing svg{display:block;max-width:100%;height:auto}
.drawing .narrow{display:none}
.signs{position:absolute}
#tip path{fill:var(--arrow)}
svg text{font:12.5px/1 system-ui,-apple-system,"Segoe UI",Roboto,Arial,"Noto Sans",sans-serif;fill:var(--soft)}
svg .words{fill:var(--ink);font-weight:600}
svg .words.plain{font-weight:400}
svg .words.failed{fill:var(--failed)}
svg .words.proven{fill:var(--proven)}
svg .words.person{fill:var(--person)}
svg .words tspan{fill:var(--soft);font-weight:400}
svg .clock,svg .lane{fill:var(--ink)}
svg .lane{font-size:12px}
svg .pause{font-style:italic}
.band{fill:var(--panel)}
.line{stroke:var(--line);stroke-width:1.5}
.quiet{fill:var(--page)}
.break{stroke:var(--arrow);stroke-width:2;stroke-dasharray:2 5}
.cause{fill:none;stroke:var(--arrow);stroke-width:1.3}
.cause.far{stroke-dasharray:3 4;opacity:.75}
.mark{stroke:var(--sign);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.mark .head,.head{stroke:none}
.mark.failed{fill:var(--failed)}
.mark.proven{fill:var(--proven)}
.mark.sent{fill:var(--sent)}
.mark.person{fill:var(--person)}
.mark.opened{fill:var(--opened)}
.mark.over{fill:var(--over)}
.mark.plain{fill:var(--arrow);stroke:none}
symbol path{fill:none}
symbol path.body{fill:inherit;stroke-width:0}
.head{fill:var(--sign)}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:5px 8px 5px 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600;white-space:nowrap}
.events td:first-child,.events td:nth-child(2){white-space:nowrap}
time{white-space:nowrap}
.events .number,.events span,.events em{color:var(--soft)}
.events tr.failed b{color:var(--failed)}
.events tr.proven b{color:var(--proven)}
.events tr.person b{color:var(--person)}
.events tr:target{outline:2px solid var(--link)}
.expectations{list-style:none;margin:0;padding:0;font-size:14px}
.expectations li{padding:4px 0 4px 26px;border-bottom:1px solid var(--line);position:relative}
.expectations .sign{position:absolute;left:2px;font-weight:700;color:var(--proven)}
.expectations .unmet .sign,.expectations .unmet b{color:var(--failed)}
.expectations span:last-child{color:var(--soft)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:720px){
h1{font-size:24px}
.figures{grid-template-columns:1fr 1fr}
.figures div{padding:10px 12px}
.figures b{font-size:21px}
.told .heads{display:none}
.told li{grid-template-columns:1fr}
.drawing .wide{display:none}
.drawing .narrow{display:block;width:100%;max-width:480px}
.drawing .narrow text{font-size:11.5px}
.overview .spare{display:none}
.events td:first-child{white-space:normal}
.events .number{display:block}
table{font-size:13px}
}
@media (max-width:330px){.figures{grid-template-columns:1fr}}
@media print{
@page{margin:14mm}
:root{color-scheme:light;--page:#fff;--panel:#f2f3f5;--line:#c9cdd3;--ink:#000;--soft:#41474f;--link:#000;--failed:#a01f18;--failed-soft:#fff;--proven:#0f5f30;--proven-soft:#fff;--sent:#0b4a9c;--person:#59308c;--opened:#7c4208;--over:#0c5a61;--sign:#fff;--arrow:#777}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,header,footer{max-width:none;padding:0}
h1{font-size:18pt}
h2{font-size:14pt}
h3{font-size:11pt;margin:14pt 0 4pt}
.why,.brief{font-size:10.5pt}
section{margin-top:14pt;padding-top:10pt}
.figures{grid-template-columns:repeat(4,1fr);margin-top:10pt}
.figures b{font-size:15pt}
.told li{grid-template-columns:5fr 7fr;padding:5pt 8pt}
.did{font-size:10pt}
table{font-size:9pt}
.drawing .wide{display:block}
.drawing .narrow{display:none}
.drawing svg{break-inside:auto}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
.told li,.figures div,tr,.expectations li{break-inside:avoid}
h2,h3{break-after:avoid}
}
`;
