// The review in the browser. Pages come from the server whole; parts that change come as HTML in JSON.
"use strict";

const csrf = document.querySelector("meta[name=csrf]").content;
const live = document.getElementById("live");
const work = document.getElementById("work");

function say(message, bad = false) {
  live.classList.toggle("bad", bad);
  live.textContent = message;
  clearTimeout(say.timer);
  if (message) say.timer = setTimeout(() => { live.textContent = ""; }, bad ? 9000 : 4000);
}

async function ask(address, body) {
  const request = body === undefined ? {} : {
    method: "POST", body: JSON.stringify(body), headers: { "X-CSRF": csrf, "Content-Type": "application/json" },
  };
  let answer;
  try {
    answer = await fetch(address, request);
  } catch {
    say("De toepassing antwoordt niet meer. Start woo-anon review opnieuw; wat is besloten, is bewaard.", true);
    return null;
  }
  const said = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : { error: await answer.text() };
  if (!answer.ok) {
    say(said.error || "Dit is niet gelukt.", true);
    return null;
  }
  return said;
}

// ── The folder ──────────────────────────────────────────────────────────────────────────────────────────────────────

const publishButton = document.getElementById("publish");
if (publishButton) {
  const shown = document.getElementById("publishing");
  const follow = async () => {
    const how = await ask("/publishing");
    if (!how || !how.began) return;
    const counts = Object.entries(how.results).map(([result, count]) => `${count} ${result}`).join(", ");
    shown.textContent = `${how.running ? "Bezig" : "Klaar"}: ${how.done} van ${how.documents} documenten. ${counts} ${how.failures.join(" ")}`;
    publishButton.disabled = how.running;
    if (how.running) setTimeout(follow, 700);
  };
  publishButton.addEventListener("click", async () => { if (await ask("/publish", {})) follow(); });
  follow();
}

// ── One document ────────────────────────────────────────────────────────────────────────────────────────────────────

if (work) {
  const base = `/document/${work.dataset.document}`;
  const pages = work.dataset.pages.split(",").map(Number);
  const sheet = document.getElementById("sheet"), people = document.getElementById("people"), bar = document.getElementById("bar");
  const field = (name) => document.getElementById(name);
  let page = Number(work.dataset.page), key = "", doubts = [], seen = new Set(), zoom = 1, selection = null;

  // Keys may come faster than answers: each is done when the one before it is, and none is lost.
  let last = Promise.resolve();
  const inTurn = (what) => { last = last.then(what).catch((error) => say(String(error), true)); return last; };

  const read = () => {
    const shown = bar.querySelector(".bar");
    doubts = JSON.parse(shown.dataset.doubts);
    seen = new Set(shown.dataset.seen.split(",").filter(Boolean).map(Number));
  };

  const show = (said) => {
    sheet.innerHTML = said.sheet;
    people.innerHTML = said.people;
    bar.innerHTML = said.bar;
    page = said.shown;
    field("goto").value = String(page);
    history.replaceState(null, "", `${base}?page=${page}`);
    read();
    fit();
    choose(key, false);
    look();
  };

  // A page counts as seen when it was shown for a moment: shorter where nothing was found.
  const look = () => {
    if (look.page === page && look.timer) return;
    clearTimeout(look.timer);
    look.timer = null;
    look.page = page;
    if (seen.has(page)) return;
    const here = page, wait = people.querySelector(".item") ? 700 : 250;
    // In turn: an answer that was made before a decision and came after it would undo what the bar says.
    look.timer = setTimeout(() => inTurn(async () => {
      if (here !== page || document.hidden) return;
      const said = await ask(`${base}/seen`, { pages: [here], shown: here });
      if (said) { bar.innerHTML = said.bar; read(); }
    }), wait);
  };

  const turn = async (to) => {
    if (!pages.includes(to)) return;
    const said = await ask(`${base}/part?page=${to}`);
    if (said) { key = ""; show(said); field("view").scrollTop = 0; }
  };

  const step = (by) => turn(pages[pages.indexOf(page) + by]);

  // ── Zoom ──
  const fit = () => {
    const leaf = sheet.querySelector(".pictured");
    if (!leaf) { sheet.style.fontSize = `${zoom}em`; return; }
    const room = field("view").clientWidth - 40, width = Math.max(200, Math.min(room, 950) * zoom);
    leaf.style.width = `${width}px`;
    const image = leaf.querySelector("img"), scale = (width / Number(leaf.dataset.width)) * (window.devicePixelRatio || 1);
    const address = `${image.dataset.picture}?scale=${Math.ceil(scale * 2) / 2}`;
    if (image.getAttribute("src") !== address) image.setAttribute("src", address);
  };
  window.addEventListener("resize", fit);

  // ── Choosing a finding ──
  const item = (wanted) => wanted ? people.querySelector(`.item[data-key="${CSS.escape(wanted)}"]`) : null;

  const choose = (wanted, move = true) => {
    document.querySelectorAll(".now").forEach((one) => one.classList.remove("now"));
    people.querySelectorAll('.item[aria-pressed="true"]').forEach((one) => one.setAttribute("aria-pressed", "false"));
    const found = item(wanted);
    key = found ? wanted : "";
    field("chosen").textContent = found ? `Gekozen: ${found.querySelector(".ctx b").textContent}` : "Kies een vondst, of druk op n voor de volgende twijfel.";
    field("reach").textContent = "";
    if (!found) return;
    found.setAttribute("aria-pressed", "true");
    sheet.querySelectorAll(`.mark[data-key="${CSS.escape(key)}"]`).forEach((one) => one.classList.add("now"));
    if (move) {
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: "nearest" });
      const mark = sheet.querySelector(".mark.now");
      if (mark) mark.scrollIntoView({ block: "center", inline: "nearest" });
    }
    reach();
  };

  const scope = () => document.querySelector("input[name=scope]:checked").value;
  const setScope = (value) => { document.querySelector(`input[name=scope][value=${value}]`).checked = true; reach(); };

  const told = (said) => {
    const many = (count, one, more) => `${count} ${count === 1 ? one : more}`;
    const where = said.pages.length > 6 ? `${said.pages.length} pagina’s` : `pagina ${said.pages.join(", ")}`;
    let text = said.mentions ? `${many(said.mentions, "vermelding", "vermeldingen")} op ${where}` : "niets in dit document";
    if ("documents" in said) text += `; in het dossier ${many(said.all, "vermelding", "vermeldingen")} in ${many(said.documents, "document", "documenten")}${said.searched ? "" : " (nog niet alles doorzocht)"}`;
    return text;
  };

  const reach = async () => {
    if (!key || scope() === "mention") { field("reach").textContent = ""; return; }
    const of = key, wide = scope();
    const said = await ask(`${base}/count`, { scope: wide, key: of, action: "redact" });
    if (said && of === key && wide === scope()) field("reach").textContent = `Betreft ${told(said)}.`;
  };

  const nextDoubt = async (after = key) => {
    if (!doubts.length) { say("Er zijn geen twijfels meer in dit document."); return; }
    const order = doubts.map(([one]) => one);
    let at = order.indexOf(after);
    if (at < 0) {
      const offset = Number.parseInt(after, 10);
      at = doubts.findIndex(([one, where]) => where > page || (where === page && (Number.isNaN(offset) || Number.parseInt(one, 10) > offset))) - 1;
      if (at < -1) at = -1;
    }
    const [wanted, where] = doubts[(at + 1) % doubts.length];
    if (where !== page) {
      const said = await ask(`${base}/part?page=${where}`);
      if (!said) return;
      show(said);
    }
    choose(wanted);
  };

  // ── Deciding ──
  const options = () => ({ ground: field("ground").value, role: field("role").value, why: field("why").value, shown: page });

  const send = async (what, body) => {
    const said = await ask(`${base}/${what}`, { ...body, shown: page });
    if (said) { show(said); say(said.message); }
    return said;
  };

  const decide = async (action) => {
    if (selection) { await decideSelection(action); return; }
    if (!key) { say("Kies eerst een vondst."); return; }
    const decided = key;
    const said = await send("rule", { ...options(), scope: scope(), key: decided, action });
    if (!said) return;
    field("ground").value = field("role").value = field("why").value = "";
    setScope("mention");
    if (doubts.length) await nextDoubt(decided); else choose(decided);
  };

  const decideSelection = async (action) => {
    const { start, end } = selection;
    const said = await send("rule", { ...options(), scope: "passage", start, end, action });
    if (said) { selection = null; window.getSelection().removeAllRanges(); choose(`${start}-${end}`); }
  };

  const decideRole = async () => {
    if (!key || !field("role").value) return;
    const said = await send("rule", { ...options(), scope: scope() === "mention" ? "mention" : scope(), key, action: "" });
    if (said) { field("role").value = ""; choose(key); }
  };

  const decideGround = async () => {
    if (!key || !field("ground").value) return;
    const said = await send("rule", { ...options(), scope: scope(), key, action: "redact" });
    if (said) { field("ground").value = ""; choose(key); }
  };

  const decideText = async (action) => {
    const wide = field("everywhere").checked;
    await send("rule", { ...options(), scope: wide ? "text-dossier" : "text", text: field("text").value, action });
  };

  const outcome = (kind) => send("outcome", { outcome: kind, why: field("why").value });

  // ── Selecting text ──
  // Offsets count code points, as the server does; JavaScript counts UTF-16 units.
  const points = (text) => Array.from(text).length;

  const offsetOf = (node, at) => {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!holder || !sheet.contains(holder)) return null;
    if (node.nodeType !== Node.TEXT_NODE) return Number(holder.dataset.start);
    return Number(holder.dataset.start) + points(node.textContent.slice(0, at));
  };

  const selected = () => {
    const chosen = window.getSelection();
    selection = null;
    if (chosen.isCollapsed || !chosen.rangeCount || !sheet.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    let start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    if (sheet.querySelector(".pictured")) {  // whole words: their letters are not where the browser thinks
      const words = [...sheet.querySelectorAll(".words text")].filter((one) => Number(one.dataset.end) > start && Number(one.dataset.start) < end);
      if (!words.length) return;
      start = Number(words[0].dataset.start);
      end = Number(words[words.length - 1].dataset.end);
    }
    selection = { start, end };
    field("chosen").textContent = `Geselecteerd: ${chosen.toString().trim()} — druk op l om te lakken, b om te behouden.`;
  };
  document.addEventListener("selectionchange", () => { if (sheet.contains(window.getSelection().anchorNode)) selected(); });

  // ── Drawing a box ──
  let drawing = null;
  const setDrawing = (on) => {
    sheet.classList.toggle("drawing", on);
    const button = document.querySelector("[data-do=draw]");
    if (button) button.setAttribute("aria-pressed", String(on));
    if (on) say("Teken een vlak over wat weg moet. Escape stopt.");
  };
  const spot = (event) => {
    const svg = sheet.querySelector("svg"), place = svg.getBoundingClientRect(), leaf = sheet.querySelector(".pictured");
    return [(event.clientX - place.left) / place.width * leaf.dataset.width, (event.clientY - place.top) / place.height * leaf.dataset.height];
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (!sheet.classList.contains("drawing") || !event.target.closest("svg")) return;
    event.preventDefault();
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    shape.setAttribute("class", "new");
    sheet.querySelector("svg").append(shape);
    drawing = { from: spot(event), shape };
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const [x, y] = spot(event), [a, b] = drawing.from;
    for (const [name, value] of [["x", Math.min(a, x)], ["y", Math.min(b, y)], ["width", Math.abs(x - a)], ["height", Math.abs(y - b)]]) drawing.shape.setAttribute(name, value);
  });
  window.addEventListener("pointerup", async (event) => {
    if (!drawing) return;
    const [x, y] = spot(event), [a, b] = drawing.from;
    drawing.shape.remove();
    drawing = null;
    if (Math.abs(x - a) < 2 || Math.abs(y - b) < 2) return;
    setDrawing(false);
    const box = [Math.min(a, x), Math.min(b, y), Math.max(a, x), Math.max(b, y)];
    inTurn(() => send("rule", { ...options(), scope: "area", page, box, action: "redact" }));
  });

  // ── Hands on the page ──
  sheet.addEventListener("click", (event) => {
    if (sheet.classList.contains("drawing") || !window.getSelection().isCollapsed) return;
    let mark = event.target.closest("a.mark");
    if (!mark && sheet.querySelector("svg")) mark = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches("rect.mark"));
    if (mark) { event.preventDefault(); selection = null; choose(mark.dataset.key); }
  });
  people.addEventListener("click", (event) => {
    const button = event.target.closest(".item");
    if (button) { selection = null; choose(button.dataset.key); }
  });
  document.querySelectorAll("input[name=scope]").forEach((one) => one.addEventListener("change", reach));
  field("goto").addEventListener("change", () => inTurn(() => turn(Number(field("goto").value))));
  field("role").addEventListener("change", () => inTurn(decideRole));
  field("ground").addEventListener("change", () => inTurn(decideGround));
  let typing;
  field("text").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const text = field("text").value;
      if (!text.trim()) { field("found").textContent = ""; return; }
      const said = await ask(`${base}/count`, { scope: field("everywhere").checked ? "text-dossier" : "text", text, action: "redact" });
      if (said && text === field("text").value) field("found").textContent = told(said);
    }, 250);
  });
  for (const form of ["decide", "search", "outcome"]) field(form).addEventListener("submit", (event) => event.preventDefault());

  const does = {
    back: () => step(-1), forth: () => step(1), redact: () => decide("redact"), keep: () => decide("keep"), next: () => nextDoubt(),
    undo: () => send("undo", {}), redo: () => send("redo", {}), draw: () => setDrawing(!sheet.classList.contains("drawing")),
    in: () => { zoom = Math.min(5, zoom * 1.25); fit(); }, out: () => { zoom = Math.max(.4, zoom / 1.25); fit(); },
    "redact-text": () => decideText("redact"), "keep-text": () => decideText("keep"),
    approve: () => outcome("approve"), refuse: () => outcome("refuse"), reopen: () => outcome("reopen"),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) inTurn(does[button.dataset.do]);
  });

  const keys = {
    n: does.next, l: does.redact, b: does.keep, z: does.undo, y: does.redo, t: does.draw, "+": does.in, "-": does.out,
    g: () => field("ground").focus(), r: () => field("role").focus(), "/": () => field("text").focus(),
    1: () => setScope("mention"), 2: () => setScope("person"), 3: () => setScope("dossier"),
    PageDown: does.forth, PageUp: does.back, Escape: () => { setDrawing(false); selection = null; window.getSelection().removeAllRanges(); },
  };
  const wanted = field("shortcuts");
  try { wanted.checked = localStorage.getItem("shortcuts") !== "off"; } catch { /* the browser keeps nothing */ }
  wanted.addEventListener("change", () => { try { localStorage.setItem("shortcuts", wanted.checked ? "on" : "off"); } catch { /* as above */ } });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || (writing && event.key !== "Escape")) return;
    if (event.key.length === 1 && !wanted.checked) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); inTurn(act); }
  });

  read();
  fit();
  look();
  if (doubts.length && !new URLSearchParams(location.search).has("page")) inTurn(() => nextDoubt(""));
}
