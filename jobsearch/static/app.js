/* Every page works without it. */
(() => {
  const root = document.documentElement;
  const on = (name, deed) => document.addEventListener(name, deed);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const say = (text) => {
    let live = document.querySelector("#live");
    if (!live) {
      live = Object.assign(document.createElement("p"), { id: "live", className: "sr" });
      live.setAttribute("aria-live", "polite");
      document.querySelector("main").append(live);
    }
    live.textContent = text;
  };

  document.querySelector("main .errors")?.focus();
  document.querySelector("form[data-send-now]")?.requestSubmit();
  // where one is among many tabs is in sight on a phone too
  all(".tabs [aria-current]").forEach((one) => { const bar = one.parentElement; bar.scrollLeft = one.offsetLeft - bar.offsetLeft - bar.clientWidth / 3; });

  const turnTheme = (button) => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = button.value = dark ? "light" : "dark";
    const body = new FormData(button.form);
    body.set("theme", button.value);
    fetch(button.form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
  };
  const shut = (event) => all(".me[open]").forEach((one) => { if (event.key || !one.contains(event.target)) one.open = false; });
  on("click", (event) => {
    shut(event);
    const button = event.target.closest("a, button");
    if (!button) return;
    const does = button.dataset, dialog = document.getElementById(does.dialog) || button.closest("dialog[open]");
    if ("themeToggle" in does) turnTheme(button);
    else if (does.dialog && dialog?.showModal) dialog.showModal();
    else if ("close" in does && dialog) dialog.close();
    else if ("print" in does) print();
    else if ("full" in does) document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
    else return;
    event.preventDefault();
  });

  // A form goes once; a second click waits. Coming back opens it again.
  const reopen = () => all("[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
    setTimeout(reopen, 8000);
  });
  addEventListener("pageshow", reopen);

  // data-timer: the seconds left. Only 1 minute and 0 are said aloud.
  const tick = () => all("[data-timer]:not([data-still])").forEach((clock) => {
    const does = clock.dataset;
    does.ends ||= Date.now() + does.timer * 1000;
    const left = Math.round((does.ends - Date.now()) / 1000), size = Math.abs(left);
    clock.textContent = (left < 0 ? "+" : "") + Math.floor(size / 60) + (does.mark || ".") + String(size % 60).padStart(2, "0");
    clock.classList.toggle("over", left < 0);
    if (left === 60) say(does.sayMinute || "");
    if (left === 0) say(does.sayOver || "");
  });
  tick();
  setInterval(tick, 1000);

  on("keydown", (event) => { if (event.key === "Escape") shut(event); });

  // A poll (data-poll) sends the version that it has: unchanged is a 304 and swaps nothing.
  const versions = {};
  const offline = (yes) => all("[data-offline]").forEach((one) => { one.hidden = !yes; });
  on("htmx:before:request", (event) => {
    const { request, sourceElement } = event.detail.ctx, version = versions[request.action] || sourceElement.dataset.poll;
    if (!("poll" in sourceElement.dataset)) return;
    if (document.hidden) event.preventDefault();
    else if (version) request.headers["If-None-Match"] = version;
  });
  on("htmx:after:request", ({ detail: { ctx } }) => {
    offline(false);
    if ("poll" in ctx.sourceElement.dataset) versions[ctx.request.action] = ctx.response.headers.get("ETag");
  });
  on("htmx:error", () => offline(true));

  // What could not be sent waits (waiting.js, fetched after all else). It goes at sign-out, and when
  // somebody signs in who logs nothing. An unsaved text goes when another signs in here.
  const waiting = document.getElementById("unsent"), me = document.querySelector(".me")?.dataset.who;
  on("submit", ({ target }) => { if (target.getAttribute("action")?.includes("/sign-out")) localStorage.clear(); });
  addEventListener("load", () => { if (waiting) root.append(Object.assign(document.createElement("script"), { src: waiting.dataset.script })); });
  if (me) Object.keys(localStorage).forEach((name) => {
    if (name === "waiting" ? !waiting : name.startsWith("drafts.") && name !== `drafts.${me}`) localStorage.removeItem(name);
  });
})();
