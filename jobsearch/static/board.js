/* The board's own keys and manners; it works without this file. */
(() => {
  const on = (name, deed) => document.addEventListener(name, deed);
  const form = () => document.getElementById("deeds");
  const table = () => document.querySelector("[data-keys]");
  let chosen = null;   // the dial that + and − are about
  const done = [];     // what Z takes back, newest last

  // One form serves every button: the button says where it goes. Of several deeds in a row only the
  // answer to the last is drawn, and a poll waits for it: an older board never overwrites a newer.
  let latest = 0, drawn = 0;
  on("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form()) return;
    const to = ctx.request.submitter?.getAttribute("formaction");
    if (to) ctx.request.action = to;
    ctx.deed = ++latest;
  });
  on("htmx:finally:request", ({ detail: { ctx } }) => { if (ctx.deed) drawn = Math.max(drawn, ctx.deed); });
  const isOld = (ctx) => (ctx.deed ? ctx.deed < latest : drawn < latest);

  // Who works by keys stays at the table when the button under the fingers goes away.
  let atTable = false;
  on("focusin", ({ target }) => { atTable = Boolean(target.closest("[data-keys]")); });
  on("htmx:after:swap", () => { if (atTable && document.activeElement === document.body) table().focus(); });

  // A figure answers at once; the server's answer follows and is what stands.
  const turnDial = (button) => {
    const dial = button.closest("[data-dial]"), shown = dial.querySelector("output");
    const now = Math.max(0, +shown.textContent + +button.dataset.by);
    shown.textContent = now;
    for (const one of dial.querySelectorAll("[data-by]")) one.value = Math.max(0, now + +one.dataset.by);
  };
  // The arrows lead on from the row that was asked for, also before the answer is here.
  const turnTo = (button) => {
    const rows = [...table().querySelectorAll("[value=turn]")], here = rows.indexOf(button);
    rows.forEach((one, at) => { one.dataset.key = { 1: "ArrowDown", "-1": "ArrowUp" }[at - here] || ""; });
  };
  on("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form() || !button) return;
    if (button.value === "turn") turnTo(button);
    const was = button.dataset.undo;
    if (was !== undefined && !button.dataset.undoing) {
      done.push({ to: button.getAttribute("formaction"), name: button.name, value: was });
      if (done.length > 50) done.shift();
    }
    if (button.dataset.by) {
      for (const one of button.closest("[data-dial]").querySelectorAll("[data-by]")) one.dataset.undo = button.value;
      if (event.defaultPrevented) turnDial(button);  // htmx has read it; the next press may be here
    }
  });
  const undo = () => {
    const last = done.pop();
    if (!last) return;
    const button = Object.assign(document.createElement("button"), { name: last.name, value: last.value, hidden: true });
    button.setAttribute("formaction", last.to);
    button.dataset.undo = "";
    button.dataset.undoing = "1";
    form().append(button);
    form().requestSubmit(button);
    setTimeout(() => button.remove(), 1000);
  };

  const choose = (number) => {
    const button = table().querySelector(`[data-dial="${number}"] [data-by="1"]`);
    if (button) { chosen = number; button.focus(); }
  };
  // Keys, data-key="n ArrowDown" among them: only with the focus inside data-keys (WCAG 2.1.4).
  const press = (key) => {
    const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(key));
    if (found) found.click();
    return found;
  };
  on("keydown", (event) => {
    const { key, target } = event;
    if (!target.closest?.("[data-keys]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") return table().focus();
    if (form() && "1234".includes(key)) choose(key);
    else if (form() && (key === "+" || key === "-")) {
      const dial = target.closest("[data-dial]")?.dataset.dial || chosen;
      table().querySelector(`[data-dial="${dial}"] [data-by="${key === "+" ? 1 : -1}"]`)?.click();
    } else if (form() && key.toLowerCase() === "z") undo();
    else if (!press(key.length > 1 ? key : key.toLowerCase())) return;
    event.preventDefault();
  });

  // A lost sign-in or a refusal is a page of its own; the board is drawn anew, not into itself.
  on("htmx:before:swap", (event) => {
    const { ctx } = event.detail, { status, redirected } = ctx.response.raw;
    if (!redirected && (status < 400 || status === 422)) {
      if (isOld(ctx)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (redirected || status < 500) location.reload();
  });
})();
