// Optional help for people who work fast. Every page does the same without it.
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);

  const summary = find(".problems");
  if (summary) summary.focus();

  // On a narrow screen a ribbon is wider than its box: begin at today.
  for (const line of document.querySelectorAll(".ribbon .today")) {
    const box = line.closest(".picture");
    const middle = line.getBoundingClientRect().left - box.getBoundingClientRect().left;
    box.scrollLeft = middle - box.clientWidth / 2;
  }

  // Signed in again after a time-out: straight back to the page that was being filled in.
  find("form[data-resume]")?.requestSubmit();

  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

  // A second press of the same button must not send the form twice; the server would say so, but late.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.submitter?.formTarget) return; // a preview beside the form sends nothing that counts
    if (form.dataset.sent && Date.now() - form.dataset.sent < 3000) event.preventDefault();
    form.dataset.sent = Date.now();
  });

  if (!document.body.hasAttribute("data-keys")) return;
  const chosen = find("#keys-on");
  const stored = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  let on = stored();
  if (chosen) {
    chosen.checked = on;
    chosen.addEventListener("change", () => {
      on = chosen.checked;
      try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* private window: for this page only */ }
    });
  }

  const rows = () => [...document.querySelectorAll("table.rows tbody tr")].filter((row) => row.querySelector("a"));
  const current = () => rows().findIndex((row) => row.contains(document.activeElement));
  const step = (by) => {
    const all = rows();
    const next = Math.min(Math.max(current() + by, 0), all.length - 1);
    if (all[next]) all[next].querySelector("a").focus();
  };
  const select = () => {
    const box = rows()[current()]?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  };
  let before = null; // where the focus was when help was opened, to give it back
  const help = () => {
    const box = find("#keys");
    if (!box) return;
    box.open = !box.open;
    if (box.open) before = document.activeElement;
    (box.open || !before?.isConnected ? box.querySelector("summary") : before).focus();
  };
  // What only opens a page is opened. Another button only gets the focus: one stray key must not decide a case.
  const press = (target) => {
    if (!target) return false;
    if (target.tagName === "A" || target.form?.method === "get") target.click(); else target.focus();
    return true;
  };
  const keyed = (name, key) => [...document.querySelectorAll(`[${name}]`)].find((e) => e.getAttribute(name) === key);

  const fixed = {
    j: () => step(1), k: () => step(current() < 0 ? 1 : -1), x: select, "?": help,
    "/": () => find("input[type=search]")?.focus(),
  };
  const typing = (e) => e.isContentEditable || e.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=submit])");
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key;
    if (Date.now() - going < 1200) {
      going = 0;
      if (press(keyed("data-go", key))) event.preventDefault();
    } else if (key === "g") {
      going = Date.now();
    } else if (press(keyed("data-key", key))) {
      event.preventDefault();
    } else if (fixed[key]) {
      event.preventDefault();
      fixed[key]();
    }
  });
})();
