/* Sliders of the what-if page: the figure beside each moves with it, the server calculates. */
(() => {
  const form = document.querySelector("form[data-what-if]");
  if (!form) return;
  const written = (input, output) => {
    const decimals = Number(output.dataset.decimals);
    return Number(input.value).toLocaleString(document.documentElement.lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  };
  let waits = 0, asked = 0;
  const calculate = async () => {
    const mine = ++asked, address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("what-if-result");
    if (!found || mine !== asked) return;
    document.getElementById("what-if-result").replaceChildren(...found.childNodes);
    for (const hint of page.querySelectorAll("form[data-what-if] .hint")) {
      document.getElementById(hint.id)?.replaceChildren(...hint.childNodes);
    }
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", ({ target }) => {
    const output = form.querySelector(`output[for="${target.id}"]`);
    if (output) output.textContent = written(target, output);
    clearTimeout(waits);
    waits = setTimeout(calculate, 200);
  });
})();
