// What script adds. Every page works without it; nothing here decides anything.
const all = (selector, root = document) => root.querySelectorAll(selector);
const on = (type, act, target = document, options) => target.addEventListener(type, act, options);

// A form is sent once. The button stays enabled: its name and value must travel with the form.
const LATER_MS = 15000; // an answer that is a download leaves this page where it is
const again = form => {
  delete form.dataset.sent;
  for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
};
on("submit", event => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of all("button", form)) button.setAttribute("aria-disabled", "true");
  setTimeout(again, LATER_MS, form);
});
// Back from the next page, or out of the browser's memory: it may be sent again.
on("pageshow", () => all("[data-sent]").forEach(again), window);

// Filters apply themselves.
on("change", event => {
  if (event.target.matches("[data-auto]")) event.target.form.requestSubmit();
});

// What cannot be undone is asked in a dialog; without script the question stands on the page.
for (const button of all("[data-opens]")) {
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog?.showModal) continue;
  if (!dialog.querySelector(".wrong, .errors")) dialog.close();
  button.hidden = false;
  on("click", () => { dialog.close(); dialog.showModal(); }, button);
  for (const closer of all("[data-closes]", dialog)) {
    closer.hidden = false;
    on("click", () => dialog.close(), closer);
  }
}

// A password is shown to whoever types it, as long as they want.
for (const button of all("[data-shows]")) {
  const input = document.getElementById(button.dataset.shows);
  button.hidden = false;
  on("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  }, button);
}

// − and + beside a number.
for (const box of all("[data-stepper]")) {
  const input = box.querySelector("input");
  for (const [sign, step, where] of [["−", -1, "afterbegin"], ["+", 1, "beforeend"]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, tabIndex: -1 });
    button.ariaHidden = "true";
    on("click", () => {
      step > 0 ? input.stepUp() : input.stepDown();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, button);
    box.insertAdjacentElement(where, button);
  }
}

// Amounts get their dots when the field is left.
on("focusout", event => {
  const input = event.target;
  if (!input.matches?.("[data-rupiah]")) return;
  const plain = input.value.replace(/^\s*Rp\.?\s*/i, "");
  if (/^\d{1,15}$/.test(plain)) input.value = plain.replace(/\B(?=(\d{3})+$)/g, ".");
});

// Sharing: the phone's own sheet where there is one, else the wa.me link does it.
on("click", event => {
  const link = event.target.closest?.("[data-share]");
  if (!link || !navigator.share || !matchMedia("(pointer: coarse)").matches) return;
  const text = new URL(link.href).searchParams.get("text");
  if (new URL(link.href).pathname !== "/") return; // to one person: WhatsApp itself
  event.preventDefault();
  navigator.share({ text }).catch(() => {});
});
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  on("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.copied;
  }, button);
}
for (const button of all("[data-print]")) {
  button.hidden = false;
  on("click", () => print(), button);
}

// Menus close when one looks elsewhere; facets stand open where there is room.
on("click", event => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
on("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
if (matchMedia("(min-width: 64rem)").matches) for (const facets of all("[data-facets]")) facets.open = true;

// Rows of a table that link somewhere can be clicked anywhere.
on("click", event => {
  const row = event.target.closest?.("[data-rows] tbody tr");
  if (row && !event.target.closest("a, button, input, label, summary") && !getSelection().toString()) row.querySelector("a")?.click();
});

// Work in progress looks again by itself, while somebody watches.
const wait = document.querySelector("[data-refresh]");
if (wait) setTimeout(function look() {
  document.hidden ? setTimeout(look, 1000) : location.reload();
}, 1000 * Math.max(2, Number(wait.dataset.refresh) || 3));

// What went wrong is read first.
document.querySelector(".errors")?.focus();

if (document.querySelector("[data-shrink]")) import("./photo.js");
if (document.querySelector("[data-draft]")) import("./draft.js");
if (document.querySelector("[data-gps]")) import("./place.js");
