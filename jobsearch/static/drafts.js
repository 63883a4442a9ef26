/* What is typed into a section is kept as its writer's draft: on the server, else in this browser. */
(() => {
  const form = document.querySelector("form[data-drafts]");
  if (!form) return;
  const words = form.dataset, AGE = 30 * 24 * 3600 * 1000, timers = new Map(), there = new Map();
  let sending = null, began = false, over = false;

  // Each account has its own place: nobody sees what waits for another (app.js lets it go).
  const PLACE = `drafts.${words.who}`;
  const read = () => {
    try { return (JSON.parse(localStorage.getItem(PLACE)) || []).filter((one) => Date.now() - one.at < AGE); } catch { return []; }
  };
  const write = (entries) => {
    if (over) return false;
    try {
      if (entries.length) localStorage.setItem(PLACE, JSON.stringify(entries));
      else localStorage.removeItem(PLACE);
      return true;
    } catch { return false; }
  };
  const say = (key, text) => {
    const box = document.getElementById(`kept-${key}`);
    if (box && box.textContent !== text) box.textContent = text;
  };
  const part = (name, key) => form.elements[`${name}_${key}`]?.value || "";
  const texts = () => [...form.querySelectorAll("textarea[name^=text_]")];
  const key_of = (text) => text.name.slice(5);

  const keep = (text) => {
    const key = key_of(text), page = part("page", key);
    const entry = { to: words.drafts, key, page, text: text.value, version: part("version", key), opened: part("opened", key), at: Date.now() };
    return write([...read().filter((one) => one.page !== page), entry]);
  };
  const post = (entry) => {
    const body = new URLSearchParams({ ...entry, who: words.who, csrf_token: form.elements.csrf_token.value });
    return fetch(entry.to, { method: "POST", body, keepalive: body.toString().length < 60000, signal: AbortSignal.timeout?.(20000) });
  };
  // One after the other, the latest text of each: what has gone is forgotten here.
  const send = async () => {
    let gone = 0;
    for (const entry of read()) {
      if (entry.refused) continue;
      const answer = await post(entry).catch(() => null), json = answer && (await answer.json().catch(() => null));
      if (answer?.ok && json) {
        there.set(entry.page, entry.text);
        write(read().filter((one) => one.page !== entry.page || one.text !== entry.text));
        if (part("page", entry.key) === entry.page) say(entry.key, json.said);
        else if (json.said) gone += 1;
      } else if (answer?.status === 422) {
        write(read().map((one) => (one.page === entry.page ? { ...one, refused: true } : one)));
        say(entry.key, json?.said || words.here);
      } else say(entry.key, words.here);
    }
    return gone;
  };
  const start = async () => {
    if (sending) return sending;
    sending = send().finally(() => { sending = null; });
    return sending;
  };
  const typed = (text) => {
    began = true;
    if (over) return;
    const key = key_of(text);
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(async () => {
      if (!keep(text)) say(key, words.nowhere);
      await start();
      if (read().some((one) => one.page === part("page", key) && !one.refused) && navigator.onLine) await start();
    }, 2000));
  };
  const is_unkept = (text) => text.value !== (there.get(part("page", key_of(text))) ?? text.defaultValue);
  const keep_all = () => texts().forEach((text) => { if (is_unkept(text)) keep(text); });

  // who signs out leaves nothing behind: what a page does when it closes keeps nothing any more
  document.addEventListener("submit", ({ target }) => {
    if (!target.getAttribute("action")?.includes("/sign-out")) return;
    over = true;
    began = false;
    timers.forEach(clearTimeout);
  });
  form.addEventListener("input", ({ target }) => { if (target.name?.startsWith("text_")) typed(target); });
  // without a connection the browser would put its own page in place of this one
  form.addEventListener("submit", (event) => {
    timers.forEach(clearTimeout);
    keep_all();
    if (navigator.onLine) return;
    event.preventDefault();
    setTimeout(() => { delete form.dataset.sent; });
    texts().forEach((text) => { if (text.value !== text.defaultValue) say(key_of(text), words.here); });
  });
  addEventListener("pagehide", () => { if (began && !form.dataset.sent) { keep_all(); start(); } });
  addEventListener("online", start);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) texts().forEach((text) => { if (text.value !== text.defaultValue) typed(text); }); });
  setInterval(() => { if (!document.hidden && navigator.onLine && read().some((one) => !one.refused)) start(); }, 15000);

  if (!read().length) write([]);
  // what waited here since an earlier page is the server's now, which offers it
  start().then((gone) => { if (gone && !began && !document.querySelector(".errors")) location.reload(); });
})();
