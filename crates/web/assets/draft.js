// Long forms survive a dead battery: what was typed is kept in this browser for a week, never personal numbers, never secrets.
const DAYS = 7;
const PRIVATE = /nik|npwp|nib|kk|rekening|account|password|sandi|otp|totp|pin|phone|ponsel|email|token/i;
const kept = field => field.name && !field.dataset.private && !PRIVATE.test(field.name)
  && !["hidden", "password", "file", "submit", "button", "tel", "email"].includes(field.type);

// A form that was sent and answered by anything but a door or a refusal has done its work.
const SENT = "draft-sent";
const sent = sessionStorage.getItem(SENT);
if (sent && !document.querySelector(".lost,[name=identifier],[name=code],.wrong")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

for (const form of document.querySelectorAll("[data-draft]")) {
  const place = "draft:" + form.dataset.draft;
  const fields = () => Array.from(form.elements).filter(kept);
  const read = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(place));
      return draft && Date.now() - draft.at < DAYS * 864e5 ? draft.values : null;
    } catch { return null; }
  };
  // The server's answer wins: a form that comes back with problems is already filled.
  const values = form.querySelector(".wrong") ? null : read();
  if (values) for (const field of fields()) {
    const value = values[field.name + (/radio|checkbox/.test(field.type) ? "=" + field.value : "")];
    if (value === undefined) continue;
    if (/radio|checkbox/.test(field.type)) field.checked = value;
    else if (!field.value) field.value = value;
  }
  let timer;
  const keep = () => {
    const values = {};
    for (const field of fields()) {
      if (/radio|checkbox/.test(field.type)) values[field.name + "=" + field.value] = field.checked;
      else values[field.name] = field.value;
    }
    try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 500); });
  // Sent is not yet received: the session may be over, or the city refuse. The next page tells.
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem(SENT, place); });
}
