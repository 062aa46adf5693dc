// Pictures become small before they leave the phone: at most 200 KB and 1,600 px, without what the camera wrote into them.
const BYTES_MAX = 200 * 1024;
const SIDES = [1600, 1280, 1024, 800];
const QUALITIES = [0.82, 0.7, 0.55];

const draw = (picture, side, quality) => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise(done => canvas.toBlob(done, "image/jpeg", quality));
};

// Whatever cannot be drawn is sent as it is: the server judges by content and says what is wrong.
const shrink = async file => {
  if (file.size <= BYTES_MAX || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    for (const side of SIDES) for (const quality of QUALITIES) {
      const blob = await draw(picture, side, quality);
      if (blob && blob.size <= BYTES_MAX) return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type });
    }
  } catch { /* the server will say */ }
  return file;
};

for (const input of document.querySelectorAll("[data-shrink]")) {
  const shown = document.createElement("output");
  shown.className = "row g2";
  input.after(shown);
  let busy = null;
  input.addEventListener("change", () => {
    busy = (async () => {
      const box = new DataTransfer();
      for (const file of input.files) box.items.add(await shrink(file));
      input.files = box.files;
      shown.replaceChildren(...Array.from(box.files, file => {
        const frame = Object.assign(document.createElement("span"), { className: "swatch" });
        const picture = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: file.name });
        picture.onload = () => URL.revokeObjectURL(picture.src);
        frame.append(picture);
        return frame;
      }));
      busy = null;
    })();
  });
  // Sending waits until the pictures are small.
  input.form?.addEventListener("submit", event => {
    if (!busy) return;
    event.preventDefault();
    event.stopPropagation();
    busy.then(() => input.form.requestSubmit(event.submitter));
  }, true);
}
