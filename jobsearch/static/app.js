/* Small enhancements only: every page works without this file. No eval, no inline handlers. */
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const say = (text) => {
    let live = document.getElementById("live");
    if (!live) {
      live = Object.assign(document.createElement("p"), { id: "live", className: "sr" });
      live.setAttribute("aria-live", "polite");
      (document.querySelector("main") || document.body).append(live);
    }
    live.textContent = text;
  };

  // What is wrong comes first, also for the ear and the keyboard.
  document.querySelector("main .errors")?.focus();

  // Clicks ------------------------------------------------------------------------------------
  const turnTheme = (button) => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    button.value = dark ? "light" : "dark";
    root.dataset.theme = button.value;
    const sent = new FormData(button.form);
    sent.set(button.name, button.value);
    fetch(button.form.action, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" });
  };
  const step = (button) => {
    const input = button.parentElement.querySelector("input[type=number]");
    input.value = Math.max(+input.min || 0, (+input.value || 0) + Number(button.dataset.step));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    say(`${input.getAttribute("aria-label") || ""} ${input.value}`);
  };
  const openDialog = (id) => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open && dialog.showModal) dialog.showModal();
    return Boolean(dialog?.open);
  };
  document.addEventListener("click", (event) => {
    for (const open of all("details.me[open]")) if (!open.contains(event.target)) open.open = false;
    const on = event.target.closest("a, button");
    if (!on) return;
    const does = on.dataset;
    if ("themeToggle" in does) { event.preventDefault(); turnTheme(on); }
    if (does.dialog && openDialog(does.dialog)) event.preventDefault();
    if ("close" in does && on.closest("dialog")?.open) { event.preventDefault(); on.closest("dialog").close(); }
    if (does.step) { event.preventDefault(); step(on); }
    if ("print" in does) window.print();
    if ("full" in does) document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.();
  });

  // A form goes once: a second click waits for the answer. Coming back opens it again.
  const reopen = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => reopen(form), 8000); // a download leaves the page as it is
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach(reopen));
  document.addEventListener("htmx:finally:request", () => all("form[data-sent]").forEach(reopen));

  // Timer: data-timer is the seconds left when the page was made; only 1 min and 0 are said aloud.
  const tick = () => {
    for (const clock of all("[data-timer]")) {
      if (clock.hasAttribute("data-still")) continue;
      clock.dataset.ends ||= Date.now() + clock.dataset.timer * 1000;
      const left = Math.round((clock.dataset.ends - Date.now()) / 1000), size = Math.abs(left);
      const mark = clock.dataset.mark || ".";
      clock.textContent = (left < 0 ? "+" : "") + Math.floor(size / 60) + mark + String(size % 60).padStart(2, "0");
      clock.classList.toggle("over", left < 0);
      if (left === 60 && clock.dataset.sayMinute) say(clock.dataset.sayMinute);
      if (left === 0 && clock.dataset.sayOver) say(clock.dataset.sayOver);
    }
  };
  if (document.querySelector("[data-timer]")) { tick(); setInterval(tick, 1000); }

  // Keys of a board: only while the focus is inside it (WCAG 2.1.4), never with modifiers.
  // data-key="n ArrowDown" on a button or field inside data-keys, or anywhere in the page.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const open of all("details.me[open]")) { open.open = false; open.querySelector("summary").focus(); }
    const board = event.target.closest?.("[data-keys]");
    if (!board || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.matches("input, select, textarea") ? event.target : null;
    if (event.key === "Escape") { board.focus(); return; }
    if (field) {
      const by = { "+": "1", "-": "-1" }[event.key];
      const button = by && field.parentElement.querySelector(`[data-step="${by}"], [data-by="${by}"]`);
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const wanted = (one) => one.dataset.key.split(" ").includes(key);
    const target = all("[data-key]", board).find(wanted) || all("[data-key]").find(wanted);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) { target.focus(); target.select(); } else target.click();
  });

  // Live parts (htmx): ask only for what changed. The version goes along, an unchanged part is a
  // 304 and leaves the page alone; so does a poll while something inside is being typed.
  const versions = new Map();
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail, { request } = ctx;
    if (!request || request.method !== "GET" || !ctx.sourceElement.matches("[data-poll]")) return;
    const version = versions.get(request.action);
    if (document.hidden) event.preventDefault();
    else if (version) request.headers["If-None-Match"] = version;
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail, version = ctx.response.headers.get("ETag");
    if (version && ctx.sourceElement.matches("[data-poll]")) versions.set(ctx.request.action, version);
    all("[data-offline]").forEach((one) => { one.hidden = true; });
  });
  document.addEventListener("htmx:error", () => all("[data-offline]").forEach((one) => { one.hidden = false; }));
})();
