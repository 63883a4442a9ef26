/* Passkeys: asks the device and sends its answer in the form. Without it password and app work. */
(() => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON || !navigator.credentials) return;
  const say = (form, failed) => {
    form.querySelector("[data-failed]").hidden = !failed;
    form.querySelector("[data-ask]").disabled = !failed;
  };
  const ask = async (form) => {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const answer = await fetch(form.dataset.question, { method: "POST", body, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const options = await answer.json();
    const publicKey = form.dataset.passkey === "new"
      ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
      : PublicKeyCredential.parseRequestOptionsFromJSON(options);
    const credential = await navigator.credentials[form.dataset.passkey === "new" ? "create" : "get"]({ publicKey });
    return JSON.stringify(credential.toJSON());
  };
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (location.origin !== form.dataset.origin) return; // a device answers one address only
    form.hidden = false;
    form.closest("[data-passkeys]")?.removeAttribute("hidden");
    form.addEventListener("submit", async (event) => {
      const field = form.querySelector("input[data-answer]");
      if (field.value) return;
      event.preventDefault();
      if (!form.reportValidity()) return;
      say(form, false);
      try {
        field.value = await ask(form);
        delete form.dataset.sent;
        form.submit();
      } catch {
        say(form, true);
      }
    });
  });
})();
