/** The looks of a page: system fonts, light and dark, and paper. Holds no address. */
export const pageStyle = `
:root{--ink:#16211f;--soft:#5b6a67;--line:#dde4e2;--paper:#fff;--ground:#f4f7f6;--brand:#0f5c4c;--brand2:#0a3d34;
--good:#1b7f4b;--goodBg:#e4f4ea;--warn:#8a5a00;--warnBg:#fdf1d8;--bad:#b3261e;--badBg:#fce8e6;--quiet:#66736f;--quietBg:#edf1f0}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.sheet{max-width:1080px;margin:0 auto;padding:0 28px}
header{background:linear-gradient(120deg,var(--brand2),var(--brand));color:#fff;padding:44px 0 76px}
header h1{margin:0 0 6px;font-size:30px;line-height:1.2;letter-spacing:-.01em}
header p{margin:0;opacity:.85}
main{position:relative;top:-48px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:14px;margin:0 0 22px}
.fact{background:var(--paper);border:1px solid var(--line);border-top:4px solid var(--brand);border-radius:10px;padding:14px 16px;box-shadow:0 1px 3px rgba(10,40,34,.07)}
.fact.good{border-top-color:var(--good)}.fact.warn{border-top-color:#d99a1c}.fact.bad{border-top-color:var(--bad)}.fact.quiet{border-top-color:#b4c0bd}
.fact dt{color:var(--soft);font-size:12px;text-transform:uppercase;letter-spacing:.05em}
.fact dd{margin:2px 0 0}.fact b{display:block;font-size:26px;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
.fact span{color:var(--soft);font-size:13px}
nav{margin:0 0 22px}nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:8px}
nav a{display:block;padding:4px 12px;border:1px solid var(--line);border-radius:99px;background:var(--paper);color:var(--brand);text-decoration:none;font-size:13px}
nav a:hover{border-color:var(--brand)}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:22px 26px 14px;margin:0 0 18px;box-shadow:0 1px 3px rgba(10,40,34,.05)}
h2{font-size:19px;margin:0 0 10px;letter-spacing:-.005em}
p{margin:0 0 12px;max-width:78ch;overflow-wrap:anywhere}ul{margin:0 0 12px;padding-left:20px}li{overflow-wrap:anywhere;margin:2px 0}
.scroll{overflow-x:auto;margin:0 0 14px;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th{background:#eef3f1;text-align:left;font-weight:600;color:#33423f;white-space:nowrap}
th,td{padding:7px 12px;border-bottom:1px solid var(--line);vertical-align:top}
td{overflow-wrap:break-word;max-width:44ch}
tbody tr:last-child td{border-bottom:0}tbody tr:nth-child(even){background:#fafcfb}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mark{display:inline-block;border-radius:6px;padding:0 8px;font-weight:600;font-size:12.5px}
.mark.good{background:var(--goodBg);color:var(--good)}.mark.warn{background:var(--warnBg);color:var(--warn)}
.mark.bad{background:var(--badBg);color:var(--bad)}.mark.quiet,.mark.plain{background:var(--quietBg);color:var(--quiet)}
.note{border-left:4px solid var(--line);background:var(--quietBg);padding:10px 14px;border-radius:0 8px 8px 0;max-width:none}
.note.good{border-color:var(--good);background:var(--goodBg)}.note.warn{border-color:#d99a1c;background:var(--warnBg)}.note.bad{border-color:var(--bad);background:var(--badBg)}
.more{color:var(--soft);font-size:13px}
.shares{margin:0 0 16px}.shares figcaption{color:var(--soft);font-size:13px;margin-bottom:6px}
.bar{display:flex;gap:2px;height:16px;border-radius:8px;overflow:hidden;background:var(--quietBg)}
.bar i{flex:0 1 0;min-width:3px;background:#8fa39e}.bar .good{background:#2f9c64}.bar .warn{background:#e2ad3b}.bar .bad{background:#c9433a}.bar .plain{background:#3f8f7d}.bar .quiet{background:#b9c6c2}
.shares ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;padding:0;margin:8px 0 0}
.shares li::before{content:"";display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:7px;background:#8fa39e}
.shares .good::before{background:#2f9c64}.shares .warn::before{background:#e2ad3b}.shares .bad::before{background:#c9433a}.shares .plain::before{background:#3f8f7d}.shares .quiet::before{background:#b9c6c2}
.shares small{color:var(--soft)}
footer{color:var(--soft);font-size:13px;padding:0 0 40px}
a:focus-visible,.scroll:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
@media(max-width:640px){.sheet{padding:0 14px}section{padding:16px 14px 8px}header h1{font-size:24px}}
@media print{
@page{size:A4;margin:14mm}
body{background:#fff;font-size:10.5pt}.sheet{max-width:none;padding:0}
header{background:none;color:var(--ink);padding:0 0 8mm;border-bottom:2px solid var(--brand);margin-bottom:6mm}header p{color:var(--soft);opacity:1}
main{top:0}nav{display:none}section{border:0;box-shadow:none;padding:0;margin:0 0 7mm;border-radius:0}
.fact{box-shadow:none;break-inside:avoid}.facts{grid-template-columns:repeat(4,1fr);gap:3mm}
h2{break-after:avoid}tr,.note,.shares{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible;border-radius:0}
th{white-space:normal}table{font-size:9pt}}
`;
