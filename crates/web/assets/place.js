// "Pakai lokasi saya": the phone says where it is; the fields stay editable.
for (const button of document.querySelectorAll("[data-gps]")) {
  if (!navigator.geolocation) continue;
  const box = button.closest("[data-place]");
  const [latitude, longitude] = box.querySelectorAll("input");
  const word = button.lastChild;
  const usual = word.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    word.textContent = button.dataset.busy;
    navigator.geolocation.getCurrentPosition(found => {
      latitude.value = found.coords.latitude.toFixed(6);
      longitude.value = found.coords.longitude.toFixed(6);
      word.textContent = usual;
      latitude.dispatchEvent(new Event("input", { bubbles: true }));
    }, () => { word.textContent = button.dataset.failed; }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
}
