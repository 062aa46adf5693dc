// Long forms survive a dead battery: what was typed is kept in this browser for a week, never personal numbers, never secrets.
const DAYS = 7;
const PRIVATE = /nik|npwp|nib|kk|rekening|account|password|sandi|otp|totp|pin|phone|ponsel|email|token/i;
const kept = field => field.name && !field.dataset.private && !PRIVATE.test(field.name)
  && !["hidden", "password", "file", "submit", "button", "tel", "email"].includes(field.type);

const forms = Array.from(document.querySelectorAll("[data-draft]"));
const placeOf = form => "draft:" + form.dataset.draft;

// A form that was sent and answered by anything but a door, a refusal or itself has done its work.
const SENT = "draft-sent";
const sent = sessionStorage.getItem(SENT);
const unheard = forms.some(form => placeOf(form) === sent);
if (sent && !unheard && !document.querySelector(".lost,[name=identifier],[name=code],.wrong")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

for (const form of forms) {
  const place = placeOf(form);
  const fields = () => Array.from(form.elements).filter(kept);
  // Several fields of one name are told apart by their place, choices by their value.
  const key = (field, all) => field.name + (/radio|checkbox/.test(field.type) ? "=" + field.value
    : "#" + all.filter(other => other.name === field.name).indexOf(field));
  const read = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(place));
      return draft && Date.now() - draft.at < DAYS * 864e5 ? draft.values : null;
    } catch { return null; }
  };
  // The server's answer wins: a form that comes back with problems is already filled.
  const values = form.querySelector(".wrong") ? null : read();
  if (values) for (const field of fields()) {
    const value = values[key(field, fields())];
    if (value === undefined) continue;
    if (/radio|checkbox/.test(field.type)) field.checked = value;
    else if (!field.value || place === sent) field.value = value;
  }
  let timer;
  const keep = () => {
    const values = {};
    for (const field of fields()) {
      values[key(field, fields())] = /radio|checkbox/.test(field.type) ? field.checked : field.value;
    }
    try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 500); });
  // Sent is not yet received: the session may be over, or the city refuse. The next page tells.
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem(SENT, place); });
}
