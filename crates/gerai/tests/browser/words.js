// What a person sees, in a person's words. Evaluated in the page by the browser tests; everything
// answers { ok: … } or { why: "…" }.
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const shown = (thing) => thing.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const ok = (value) => ({ ok: value ?? true });
const why = (reason) => ({ why: `${reason} on ${location.pathname}` });

const nameOf = (thing) => {
  const by = thing.getAttribute("aria-labelledby");
  const labelled = by && by.split(" ").map((id) => document.getElementById(id)?.innerText).join(" ");
  const inside = thing.innerText || thing.value || thing.querySelector("img")?.alt || thing.title;
  return plain(thing.getAttribute("aria-label") || labelled || inside);
};

// The exact name first, then one that starts so ("Nomor ponsel (wajib)"), then one that holds it.
const pick = (things, name, text) => {
  const seen = things.filter(shown);
  return seen.find((thing) => name(thing) === text)
    ?? seen.find((thing) => name(thing).startsWith(text))
    ?? seen.find((thing) => name(thing).includes(text));
};

const controlOf = (label) => {
  const labels = [...document.querySelectorAll("label, legend")];
  const found = pick(labels, (thing) => plain(thing.innerText), label);
  if (found?.control) return found.control;
  const controls = [...document.querySelectorAll("input, select, textarea")];
  return pick(controls, nameOf, label);
};

const control = (label) => {
  const found = controlOf(label);
  if (!found) return why(`no field "${label}"`);
  if (found.disabled || found.readOnly) return why(`the field "${label}" cannot be changed`);
  return found;
};

const changed = (field) => {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

// Text is typed by the tester afterwards; other kinds of field take their value here.
const fill = (label, value) => {
  const field = control(label);
  if (field.why) return field;
  field.scrollIntoView({ block: "center" });
  if (field.tagName === "SELECT") {
    const option = [...field.options].find((one) => plain(one.text) === value)
      ?? [...field.options].find((one) => plain(one.text).startsWith(value));
    if (!option) return why(`"${label}" does not offer "${value}"`);
    field.value = option.value;
    changed(field);
    return ok("done");
  }
  if (["date", "time", "month", "datetime-local", "color", "range"].includes(field.type)) {
    field.value = value;
    changed(field);
    return ok("done");
  }
  field.focus();
  field.value = "";
  if (value === "") changed(field);
  return ok(value === "" ? "done" : "type");
};

const fillAny = (label) => {
  const field = control(label);
  if (field.why) return field;
  const option = [...(field.options ?? [])].find((one) => one.value !== "");
  return option ? fill(label, plain(option.text)) : why(`"${label}" offers nothing`);
};

const center = (thing, text) => {
  thing.scrollIntoView({ block: "center", behavior: "instant" });
  const box = thing.getClientRects()[0];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const free = top && (thing.contains(top) || top.contains(thing) || top.closest("label")?.control === thing);
  return free ? ok({ x, y }) : why(`"${text}" is covered by <${top?.tagName} class="${top?.className}">`);
};

const button = (text) => {
  const things = [...document.querySelectorAll("button, summary, [role=button], input[type=submit]")];
  const found = pick(things, nameOf, text);
  if (!found) return why(`no button "${text}"`);
  if (found.disabled) return why(`the button "${text}" is disabled`);
  return center(found, text);
};

const link = (text) => {
  const found = pick([...document.querySelectorAll("a[href]")], nameOf, text);
  return found ? center(found, text) : why(`no link "${text}"`);
};

const choice = (label) => {
  const field = control(label);
  if (field.why) return field;
  if (!["checkbox", "radio"].includes(field.type)) return why(`"${label}" is not a choice`);
  const visible = shown(field) ? field : [...field.labels].find(shown);
  return center(visible, label);
};

const body = () => plain(document.body?.innerText);
const sees = (text) => (body().includes(plain(text)) ? ok() : why(`"${text}" is not to be seen`));
const misses = (text) => (body().includes(plain(text)) ? why(`"${text}" is to be seen`) : ok());
const wide = () => document.documentElement.scrollWidth;

// The demo's doors: who one may be, and the button that makes one so.
const doors = () => [...document.querySelectorAll("form[action='/sign-in'] input[type=hidden][name=identifier]")];
const door = (identifier) => {
  const found = doors().find((field) => field.value === identifier);
  return found ? center(found.form.querySelector("button"), identifier) : why(`no door for ${identifier}`);
};

// Pages of ours one can go to from here; papers and data are not pages.
const ways = () => [...document.querySelectorAll("a[href]")]
  .filter((a) => a.origin === location.origin && !a.hasAttribute("download") && shown(a))
  .map((a) => a.pathname + a.search)
  .filter((path) => !/\.(pdf|csv|json|jsonl|xlsx|xml|txt|svg)$/.test(path.split("?")[0]));
