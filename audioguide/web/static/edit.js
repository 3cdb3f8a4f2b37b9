// Checks what is written while it is written, shows faults at their lines, and saves.
const $ = (id) => document.getElementById(id);
const name = $("main").dataset.name;
const at = `/api/own/${encodeURIComponent(name)}`;
let etag = $("main").dataset.etag; // of the file that this page shows; "" for a new one
const text = $("text");
let bad = new Set();
let turn = 0;
let saved = text.value;

// A change holds only for the file that this page shows: nothing that another program saved is lost.
const ours = () => (etag ? { "if-match": `"${etag}"` } : { "if-none-match": "*" });

async function send(method, link, body, condition = {}) {
  const answer = await fetch(link, {
    method, credentials: "same-origin", body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-audioguide": "1", ...condition },
  });
  if (answer.ok && answer.headers.has("etag")) etag = answer.headers.get("etag").replaceAll('"', "");
  const data = await answer.json().catch(() => ({ error: `the server said ${answer.status}` }));
  if (data.error) throw new Error(data.error);
  return data;
}

function number() {
  const count = text.value.split("\n").length;
  const lines = [];
  for (let line = 1; line <= count; line += 1) {
    const item = document.createElement("span");
    item.textContent = `${line}\n`;
    if (bad.has(line)) item.className = "bad";
    lines.push(item);
  }
  $("numbers").replaceChildren(...lines);
  $("numbers").scrollTop = text.scrollTop;
}

function leap(line, column) {
  const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = text.value.indexOf("\n", before);
  text.focus();
  text.setSelectionRange(before + column - 1, end < 0 ? text.value.length : end);
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

function show(told) {
  bad = new Set(told.faults.map((fault) => fault.line));
  const rows = [...told.faults.map((each) => ["fault", each]), ...told.warnings.map((each) => ["hint", each])];
  $("faults").replaceChildren(...rows.map(([kind, each]) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.textContent = `Line ${each.line}: ${each.said}`;
    button.addEventListener("click", () => leap(each.line, each.column));
    item.append(button);
    return item;
  }));
  number();
  return told.faults.length;
}

async function check() {
  const mine = ++turn;
  try {
    const told = await send("POST", `/api/check/${encodeURIComponent(name)}`, { text: text.value });
    if (mine !== turn) return;
    const faults = show(told);
    $("said").textContent = faults ? `${faults} fault${faults > 1 ? "s" : ""}` : "No fault.";
  } catch (error) {
    $("said").textContent = error.message;
  }
}

let waiting = 0;
text.addEventListener("input", () => {
  number();
  clearTimeout(waiting);
  waiting = setTimeout(check, 300);
});
text.addEventListener("scroll", () => { $("numbers").scrollTop = text.scrollTop; });
$("save")?.addEventListener("click", async () => {
  clearTimeout(waiting);
  turn += 1;
  try {
    const value = text.value;
    const faults = show(await send("PUT", at, { text: value }, ours()));
    $("said").textContent = faults ? "Not saved: fix the faults first." : "Saved.";
    if (!faults) { saved = value; $("listen").hidden = false; }
  } catch (error) {
    $("said").textContent = error.message;
  }
});
$("remove")?.addEventListener("click", async () => {
  if (!confirm(`Remove ${name} for good?`)) return;
  try {
    await send("DELETE", at, {}, ours());
    saved = text.value;
    location.assign("/own");
  } catch (error) {
    $("said").textContent = error.message;
  }
});
addEventListener("beforeunload", (event) => { if (text.value !== saved) event.preventDefault(); });
number();
if (!text.readOnly) check();
