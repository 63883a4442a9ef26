/* What could not be sent waits in this browser, as keys without names, and is sent once. */
(() => {
  const box = document.getElementById("unsent"), words = box.dataset;
  // of a form only these are kept: choices and keys, nothing that was typed
  const NAMELESS = ["activity", "on", "employer_id", "lead_id", "channel", "reached", "reply", "replied_on", "private"];
  const LATER = [400, 401, 409, 429, 500, 502, 503, 504];  // no answer to the entry itself
  const typed = new Map();  // whole forms, as long as this page is open
  let sending = false, stuck = false, told = "";

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem("waiting"));
      return kept?.who === words.who ? kept.entries : [];
    } catch { return []; }
  };
  const write = (entries) => {
    if (entries.length) localStorage.setItem("waiting", JSON.stringify({ who: words.who, entries }));
    else localStorage.removeItem("waiting");
  };
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(20))].map((one) => (one & 31).toString(32)).join("");
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const limit = () => AbortSignal.timeout?.(20000);

  const line = (text, ...buttons) => {
    const span = document.createElement("span");
    span.textContent = text;
    box.append(span, ...buttons.map(([name, deed]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet sm", textContent: name });
      button.addEventListener("click", deed);
      return button;
    }));
  };
  const show = () => {
    const entries = read(), count = entries.filter((one) => !one.why).length, refused = entries.find((one) => one.why);
    box.hidden = !(count || refused || told);
    box.className = box.hidden ? "" : "toast";
    box.replaceChildren();
    const open = entries.some((one) => typed.has(one.key) && !one.why) ? ` ${words.open}` : "";
    if (count) line(stuck ? words.again : (count > 1 ? words.many.replace("{n}", count) : words.one) + open);
    else if (told) line(told);
    if (!refused) return;
    const buttons = [[words.aside, () => drop(refused)]];
    if (refused.asks) buttons.unshift([words.anyway, () => { typed.get(refused.key)?.set("again", "1"); change(refused, { why: "" }); send(); }]);
    line(`${words.refused} ${words[refused.kind]}, ${new Date(refused.at).toLocaleDateString(document.documentElement.lang)}. ${refused.why}`, ...buttons);
  };
  const change = (entry, news) => { write(read().map((one) => (one.key === entry.key && one.to === entry.to ? { ...one, ...news } : one))); show(); };
  const drop = (entry) => { write(read().filter((one) => one.key !== entry.key || one.to !== entry.to)); typed.delete(entry.key); show(); };

  // The same key is the same entry: a double tap waits once.
  const put = (to, body) => {
    const key = body.get("_once"), entries = read();
    if (!entries.some((one) => one.key === key && one.to === to)) {
      const fields = NAMELESS.filter((name) => body.get(name)).map((name) => [name, body.get(name)]);
      entries.push({ to, key, at: Date.now(), kind: body.get("activity") || to.split("/").pop(), fields });
      write(entries);
    }
    told = "";
    show();
  };

  const post = (entry) => {
    const body = new URLSearchParams(typed.get(entry.key) || entry.fields);
    const given = { csrf_token: document.querySelector("[name=csrf_token]").value, _once: entry.key, who: words.who };
    if (!entry.fields.length) given.waited = Math.max(0, Math.round((Date.now() - entry.at) / 1000));
    for (const [name, value] of Object.entries(given)) body.set(name, value);
    return fetch(entry.to, { method: "POST", body, headers: { "HX-Request": "true" }, signal: limit() });
  };
  const refuse = async (entry, answer) => {
    const page = parse(await answer.text()), asks = page.querySelector("main .asks strong");
    const why = asks || page.querySelector("main .errors li") || page.querySelector("main h1 + p");
    change(entry, { why: why?.textContent.trim() || "–", asks: Boolean(asks && typed.has(entry.key)) });
  };
  const send = async () => {
    if (sending || !navigator.onLine || !read().some((one) => !one.why)) return;
    sending = true;
    stuck = false;
    let sent = 0;
    for (const entry of read().filter((one) => !one.why)) {
      const answer = await post(entry).catch(() => null);
      stuck = Boolean(answer) && LATER.includes(answer.status);
      if (!answer || stuck) break;
      if (!answer.ok) await refuse(entry, answer);
      else {
        sent += 1;
        drop(entry);
      }
    }
    sending = false;
    told = sent && !read().length ? words.gone : "";
    show();
    if (sent) await look();
  };
  // the part of this page that shows what was logged
  const look = async () => {
    const part = document.querySelector("#day, #done");
    if (!part) return;
    const answer = await fetch(location.pathname, { headers: { "HX-Request": "true" } }).catch(() => null);
    const found = answer?.ok && parse(await answer.text()).getElementById(part.id), at = document.activeElement?.id;
    if (!found) return;
    part.replaceWith(found);
    window.htmx?.process(found);
    if (at) document.getElementById(at)?.focus();
  };

  // A tap: what htmx could not send, or got no answer of ours to.
  const isTap = (ctx) => ctx?.request.action.includes("/job-search/log/");
  const queue = (event, ctx) => {
    try { put(ctx.request.action, new URLSearchParams(ctx.request.body)); } catch { return; }
    event.stopImmediatePropagation();
    document.getElementById("said")?.replaceChildren();
    const key = ctx.request.form?.elements._once;
    setTimeout(() => { if (key) key.value = fresh(); }, 1000);
  };
  addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (isTap(ctx) && ctx.text === undefined) queue(event, ctx);
  }, true);
  addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (!isTap(ctx) || !LATER.includes(ctx.response.status)) return;
    stuck = true;
    event.preventDefault();
    queue(event, ctx);
  }, true);
  addEventListener("htmx:after:request", () => send());

  // The form with details: sent from here, so that no page of the browser takes its place.
  const turn = async (answer) => {
    const page = parse(await answer.text());
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    history.replaceState(null, "", answer.url);
    const first = document.querySelector("main .errors, main .asks");
    if (first) first.focus();
    else scrollTo(0, 0);
  };
  const hold = (form, body) => {
    if (!body.get("activity")) return form.reportValidity();
    typed.set(body.get("_once"), body);
    try { put(new URL(form.action).pathname, body); } catch { return form.submit(); }
    form.reset();
    form.elements._once.value = fresh();
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target, { submitter } = event;
    if (!("waits" in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const answer = await fetch(form.action, { method: "POST", body, signal: limit() }).catch(() => null);
    delete form.dataset.sent;
    if ([400, 401].includes(answer?.status)) form.submit();  // its page says what to do, and Back has the words still
    else if (!answer || answer.status > 501) hold(form, body);
    else await turn(answer);
  });

  if (!read().length) localStorage.removeItem("waiting");  // another person's are nobody's
  addEventListener("online", send);
  addEventListener("pageshow", () => { show(); send(); });
  document.addEventListener("click", ({ target }) => { if (told && !box.contains(target)) { told = ""; show(); } });
  setInterval(() => { if (!document.hidden) send(); }, 30000);
  show();
  send();
})();
