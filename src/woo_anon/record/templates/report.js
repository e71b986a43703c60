"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const panel = document.querySelector(".panel");
  const form = document.getElementById("filters");
  const list = document.querySelector(".items");
  const items = [...list.querySelectorAll(".item")];
  const byKey = new Map(items.map((item) => [item.dataset.key, item]));
  const boxes = new Map();
  for (const box of document.querySelectorAll(".box")) {
    const key = box.dataset.key;
    if (!boxes.has(key)) boxes.set(key, []);
    boxes.get(key).push(box);
  }
  const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  const field = (name) => form.elements[name].value;
  let current = null;

  const fits = (item) => {
    const data = item.dataset;
    return ["action", "entity", "role", "page"].every((name) => !field(name) || data[name] === field(name))
      && (!field("score") || Number(data.score) <= Number(field("score")))
      && (!form.elements.only.checked || data.action === "review")
      && words.get(item).includes(field("search").trim().toLowerCase());
  };

  const orders = {
    at: (a, b) => a.dataset.at - b.dataset.at,
    score: (a, b) => a.dataset.score - b.dataset.score || a.dataset.at - b.dataset.at,
    entity: (a, b) => a.dataset.entity.localeCompare(b.dataset.entity) || a.dataset.at - b.dataset.at,
  };

  const shown = () => [...list.querySelectorAll(".item:not([hidden])")];

  const update = () => {
    const visible = new Set();
    for (const item of items) {
      const fit = fits(item);
      item.hidden = !fit;
      if (fit) visible.add(item.dataset.key);
      for (const box of boxes.get(item.dataset.key) ?? []) box.classList.toggle("off", !fit);
    }
    for (const person of document.querySelectorAll(".person")) {
      person.hidden = !person.dataset.keys.split(" ").some((key) => visible.has(key));
    }
    const count = visible.size === items.length ? `${items.length}` : `${visible.size} van ${items.length}`;
    document.getElementById("shown").textContent = `${count} vondsten`;
    document.body.dataset.colour = field("colour");
  };

  const sort = () => list.append(...[...items].sort(orders[field("order")]));

  const view = (name) => {
    panel.classList.toggle("by-person", name === "persons");
    for (const button of form.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
  };

  // Scrolls inside the panel only, so that the page beside it stays where it is.
  // Entries out of sight have an estimated height, so the first scroll may miss: it is repeated once they are laid out.
  const bringIntoPanel = (item, again = 3) => {
    if (getComputedStyle(panel).position !== "sticky") {
      item.scrollIntoView({ block: "nearest" });
      return;
    }
    const top = item.offsetTop - form.offsetHeight - 8;
    const bottom = item.offsetTop + item.offsetHeight - panel.clientHeight + 8;
    if (panel.scrollTop > top) panel.scrollTop = top;
    else if (panel.scrollTop < bottom) panel.scrollTop = bottom;
    if (again) requestAnimationFrame(() => bringIntoPanel(item, again - 1));
  };

  const select = (key, from) => {
    for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
    current = byKey.get(key) ?? null;
    if (!current) return;
    if (current.hidden) { form.reset(); update(); sort(); }
    current.classList.add("now");
    const marks = boxes.get(key) ?? [];
    for (const mark of marks) mark.classList.add("now");
    if (from !== "page") marks[0]?.scrollIntoView({ block: "center" });
    if (from !== "list" || document.activeElement !== current) {
      if (from === "chip") view("findings");
      bringIntoPanel(current);
    }
  };

  const step = (by) => {
    const visible = shown();
    const at = visible.indexOf(current);
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    select(next.dataset.key, "key");
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  form.elements.order.addEventListener("change", sort);
  form.addEventListener("reset", () => setTimeout(() => { update(); sort(); }));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) view(button.dataset.view);
  });
  document.addEventListener("click", (event) => {
    const hit = event.target instanceof Element && event.target.closest("[data-key]");
    if (!hit || String(getSelection())) return;
    event.preventDefault();
    const from = hit.classList.contains("box") ? "page" : hit.classList.contains("chip") ? "chip" : "list";
    if (from === "page") view("findings");
    select(hit.dataset.key, from);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") { event.preventDefault(); form.elements.search.focus(); }
    else if (event.key === "Enter" && event.target.classList.contains("item")) select(event.target.dataset.key, "list");
  });
  // A browser may have kept the fields of an earlier visit.
  update();
  sort();
})();
