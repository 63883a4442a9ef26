/* Reads a page's own text aloud by a voice that is on the device; nothing leaves it. */
(() => {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const REGION = { fi: "fi-FI", sv: "sv-SE", en: "en-GB" };
  const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,tr,.stat";
  const LONGEST = 200; // some voices fall silent in the middle of a long text
  let reading = null;

  const voiceOf = (language) =>
    speech.getVoices().find((voice) => voice.localService !== false && voice.lang.toLowerCase().startsWith(language));
  const sentences = (text) => {
    const found = [];
    for (const line of text.split(/\n+/)) {
      for (const said of line.match(/[^.!?…]+[.!?…]*\s*/g) || []) {
        let rest = said.replace(/\s+/g, " ").trim();
        while (rest.length > LONGEST) {
          const cut = rest.lastIndexOf(" ", LONGEST);
          found.push(rest.slice(0, cut > 0 ? cut : LONGEST));
          rest = rest.slice(cut > 0 ? cut : LONGEST).trim();
        }
        if (/[\p{L}\p{N}]/u.test(rest)) found.push(rest);
      }
    }
    return found;
  };
  const linesOf = (part, n) => {
    const blocks = [...part.querySelectorAll(BLOCKS)].filter(
      (block) => !block.closest("[data-aloud-skip]") && !block.parentElement.closest("li,tr,.stat"));
    return (blocks.length ? blocks : [part]).flatMap((block) => {
      const language = (block.closest("[lang]")?.lang || "fi").slice(0, 2);
      return sentences(block.innerText).map((text) => ({ text, language, part, n }));
    });
  };
  const mark = (part) => {
    document.querySelectorAll(".reading").forEach((one) => one.classList.remove("reading"));
    part?.classList.add("reading");
  };

  document.querySelectorAll("[data-aloud]").forEach((box) => {
    const button = (name) => box.querySelector(`[data-aloud-do="${name}"]`);
    let lines = [], at = 0, turn = 0;
    const show = (speaking, begun) => {
      const held = document.activeElement;
      button("play").hidden = speaking;
      button("pause").hidden = !speaking;
      button("next").disabled = button("stop").disabled = !begun;
      // whoever presses keys stays on a button that can be pressed
      if (box.contains(held) && (held.hidden || held.disabled)) button(speaking ? "pause" : "play").focus();
    };
    const hush = () => { turn += 1; speech.cancel(); };
    const stop = () => { hush(); at = 0; lines = []; mark(null); show(false, false); if (reading === stop) reading = null; };
    const say = () => {
      const line = lines[at];
      if (!line) return stop();
      const mine = turn, said = new SpeechSynthesisUtterance(line.text);
      said.lang = REGION[line.language] || line.language;
      said.voice = voiceOf(line.language) || null;
      said.onend = () => { if (mine === turn) { at += 1; say(); } };
      said.onerror = () => { if (mine === turn) stop(); };
      if (!line.part.classList.contains("reading")) {
        mark(line.part);
        line.part.scrollIntoView({ block: "nearest" });
      }
      speech.speak(said);
    };
    const acts = {
      play() {
        if (reading && reading !== stop) reading();
        reading = stop;
        if (!lines.length) {
          const root = document.getElementById(box.dataset.aloud);
          const parts = [...root.querySelectorAll("[data-aloud-part]")];
          lines = (parts.length ? parts : [root]).flatMap(linesOf);
        }
        hush();
        show(true, true);
        say();
      },
      pause() { hush(); show(false, true); },
      next() {
        const n = lines[at]?.n;
        while (lines[at] && lines[at].n === n) at += 1;
        hush();
        show(true, true);
        say();
      },
      stop,
    };
    box.addEventListener("click", (event) => acts[event.target.closest("[data-aloud-do]")?.dataset.aloudDo]?.());
    const offer = () => {
      const can = Boolean(voiceOf(box.dataset.aloudLang));
      box.querySelector("[data-aloud-buttons]").hidden = !can;
      box.querySelector("[data-aloud-none]")?.toggleAttribute("hidden", can);
    };
    offer();
    speech.addEventListener?.("voiceschanged", offer);
    addEventListener("pagehide", stop);
  });
})();
