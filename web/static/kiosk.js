// A terminal: keys on the screen, and an end when nobody touches it. Without this the page ends by its refresh line.
(() => {
  "use strict";
  const WIPE = "/kiosk/wipe";
  const away = () => location.replace(WIPE);

  // A page that comes back from memory may be somebody else's.
  addEventListener("pageshow", (event) => { if (event.persisted) away(); });

  for (const pad of document.querySelectorAll("[data-pad]")) {
    const field = document.getElementById(pad.dataset.pad);
    if (!field) continue;
    pad.hidden = false;
    pad.addEventListener("click", (event) => {
      const key = event.target.closest("button");
      if (!key) return;
      const value = "back" in key.dataset ? field.value.slice(0, -1) : field.value + key.dataset.type;
      if (field.maxLength < 0 || value.length <= field.maxLength) field.value = value;
    });
  }

  const { idle, warn } = document.body.dataset;
  const box = document.querySelector("#idle");
  if (!idle || !box) return;
  const left = box.querySelector("output");
  let since = Date.now();
  let told = Date.now();
  const touched = () => {
    since = Date.now();
    if (box.open) box.close();
    if (since - told < 5000) return;
    told = since;
    fetch("/kiosk/here", { redirect: "manual" }).catch(() => { /* the server ends the session by itself */ });
  };
  for (const what of ["pointerdown", "keydown", "input"]) document.addEventListener(what, touched, { passive: true });
  box.querySelector("button").addEventListener("click", touched);
  setInterval(() => {
    const gone = (Date.now() - since) / 1000;
    if (gone >= idle) return away();
    if (gone < warn) return;
    left.textContent = Math.ceil(idle - gone);
    if (!box.open) box.showModal();
  }, 500);
})();
