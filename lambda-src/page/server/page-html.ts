/** The page before its script has run, which fills `main`. */
export function pageHtml(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dashboards</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
  <h1 id="title">Dashboards</h1>
  <form id="controls" aria-label="What is shown"></form>
</header>
<p id="status" role="status"></p>
<main id="panels"></main>
<footer>Computed on this machine by the pipeline's own code, on an embedded engine: the numbers are those of its Gold tables here, not of AWS.
  <a href="/lineage">How the tables are made</a></footer>
<noscript>This page needs its script to show the panels; the file report.html of the run needs none.</noscript>
<script src="/page.js"></script>
</body>
</html>
`;
}

/** Of the page and of the report. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f5; --panel: #ffffff; --line: #d0d7de; --text: #24292f; --quiet: #57606a; --accent: #1f60c4; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --page: #111217; --panel: #181b1f; --line: #34383f; --text: #d8d9da; --quiet: #a3a9b0; --accent: #6ea8fe; } }
:root[data-theme=dark] { --page: #111217; --panel: #181b1f; --line: #34383f; --text: #d8d9da; --quiet: #a3a9b0; --accent: #6ea8fe; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 10px 16px; background: var(--panel); border-bottom: 1px solid var(--line); }
h1 { font-size: 18px; margin: 0; }
form { display: flex; flex-wrap: wrap; gap: 8px 14px; margin-left: auto; align-items: center; }
label { display: inline-flex; gap: 6px; align-items: center; color: var(--quiet); }
select, button, input { font: inherit; color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 3px 8px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#status { margin: 6px 16px 0; min-height: 1.4em; color: var(--quiet); font-size: 12px; }
main { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); grid-auto-rows: 30px; gap: 8px; padding: 8px 16px; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; display: flex; flex-direction: column; min-width: 0; overflow: hidden; }
section > header { padding: 6px 10px 2px; border: 0; gap: 8px; flex-wrap: nowrap; }
section h2 { font-size: 14px; margin: 0; flex: 1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
section .hint { color: var(--quiet); font-size: 12px; margin: 0 10px; }
section > header button { font-size: 11px; padding: 1px 6px; color: var(--quiet); }
h2.row { grid-column: 1 / -1; font-size: 14px; margin: 4px 0 0; align-self: end; }
.body { flex: 1; min-height: 0; padding: 4px 10px 8px; position: relative; }
.chart { position: absolute; inset: 2px 8px 6px; }
.figures { display: flex; flex-wrap: wrap; gap: 4px 28px; height: 100%; align-items: center; justify-content: space-around; }
.figure { text-align: center; }
.figure b { display: block; font-size: 26px; font-weight: 600; line-height: 1.2; }
.figure span { color: var(--quiet); }
.scroll { overflow: auto; height: 100%; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { position: sticky; top: 0; background: var(--panel); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td .tag { padding: 1px 8px; border-radius: 3px; color: var(--panel); font-weight: 600; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; grid-auto-rows: minmax(22px, 56px); gap: 4px 10px; align-items: center; align-content: space-evenly; min-height: 100%; }
.bars .track { background: var(--line); border-radius: 2px; height: min(100%, 30px); }
.bars .track i { display: block; height: 100%; border-radius: 2px; }
.empty, .error { color: var(--quiet); display: grid; place-items: center; height: 100%; text-align: center; }
.error { color: #c4162a; white-space: pre-wrap; }
:root[data-theme=dark] .error { color: #ff7b86; }
dialog { max-width: min(900px, 92vw); color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
dialog pre { overflow: auto; max-height: 50vh; font: 12px/1.5 ui-monospace, monospace; background: var(--page); padding: 10px; }
footer { padding: 8px 16px 20px; color: var(--quiet); font-size: 12px; }
a { color: var(--accent); }
@media (max-width: 800px) { main { display: block; } main > * { margin-bottom: 8px; } .chart { position: relative; inset: auto; height: 260px; } .scroll { height: auto; max-height: 420px; } form { margin-left: 0; } }
`;
