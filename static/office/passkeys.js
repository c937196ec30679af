// Passkeys: asks the server what to ask the browser, and sends the browser's answer with an ordinary form.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials || !navigator.credentials.create) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const made = (options) => navigator.credentials.create({ publicKey: {
    ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials),
  } });
  const used = (options) => navigator.credentials.get({ publicKey: {
    ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials),
  } });

  const plain = (credential) => {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    });
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[type=submit]");
    const error = form.querySelector("[data-error]");
    const box = form.querySelector("[data-credential], [name=credential]");
    const say = (words) => { error.textContent = words; error.hidden = false; button.disabled = false; };
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      error.hidden = true;
      button.disabled = true;
      let options;
      try {
        const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
        const answer = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin" });
        if (!answer.ok) throw new Error(answer.status);
        options = (await answer.json()).publicKey;
      } catch { say(error.dataset.lost); return; }
      try {
        const credential = await (form.dataset.passkey === "create" ? made(options) : used(options));
        box.value = JSON.stringify(plain(credential));
      } catch { say(error.dataset.refused); return; }
      form.submit();
    });
  });
  document.querySelectorAll(".without-passkeys").forEach((one) => { one.hidden = true; });
})();
