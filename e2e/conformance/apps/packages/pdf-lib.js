import { createHash } from "node:crypto";
import { degrees, PDFDocument, PDFName, PDFString, rgb, StandardFonts } from "pdf-lib";
import { deflateSync } from "node:zlib";

const fixed = (pdf) => {
  pdf.setCreationDate(new Date(0));
  pdf.setModificationDate(new Date(0));
  pdf.setProducer("fixed");
  return pdf;
};
const sha1 = (bytes) => createHash("sha1").update(bytes).digest("hex");
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP4z8DwHwyBNBAw/AcAR8oI+AFqPdoAAAAASUVORK5CYII=",
  "base64",
);
const make = async () => {
  const pdf = fixed(await PDFDocument.create());
  const page = pdf.addPage([300, 200]);
  page.drawText("Hello, wörld", {
    x: 20,
    y: 150,
    size: 20,
    font: await pdf.embedFont(StandardFonts.Helvetica),
    color: rgb(0.2, 0.4, 0.6),
  });
  page.drawRectangle({ x: 10, y: 10, width: 50, height: 20, borderWidth: 2, rotate: degrees(10) });
  page.drawLine({ start: { x: 0, y: 0 }, end: { x: 100, y: 100 } });
  page.drawCircle({ x: 100, y: 50, size: 10 });
  page.drawSvgPath("M 0 0 L 10 10 L 20 0 Z");
  return pdf;
};

export const cases = {
  draws: async () => {
    const bytes = await (await make()).save({ useObjectStreams: false });
    return [bytes.length, sha1(bytes)];
  },
  "object streams": async () => {
    const pdf = await PDFDocument.load(await (await make()).save());
    return [pdf.getPageCount(), pdf.getPage(0).getSize()];
  },
  metadata: async () => {
    const pdf = await make();
    pdf.setTitle("Titel ä");
    pdf.setAuthor("Zoë");
    pdf.setKeywords(["a", "b"]);
    const again = await PDFDocument.load(await pdf.save(), { updateMetadata: false });
    return [
      again.getTitle(),
      again.getAuthor(),
      again.getKeywords(),
      again.getProducer(),
      again.getCreationDate(),
    ];
  },
  "text widths": async () => {
    const font = await (await PDFDocument.create()).embedFont(StandardFonts.TimesRoman);
    return [font.widthOfTextAtSize("Hello", 12), font.heightAtSize(12), font.getCharacterSet().length];
  },
  "refuses letters": async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("日本", { font: await pdf.embedFont(StandardFonts.Courier) });
  },
  pictures: async () => {
    const pdf = fixed(await PDFDocument.create());
    const image = await pdf.embedPng(png);
    pdf.addPage([100, 100]).drawImage(image, { x: 0, y: 0, ...image.scale(5) });
    return [image.width, image.height, (await pdf.save()).length > 500];
  },
  "copies pages": async () => {
    const target = fixed(await PDFDocument.create());
    const [page] = await target.copyPages(await make(), [0]);
    target.addPage(page);
    target.insertPage(0);
    target.removePage(0);
    return target.getPageCount();
  },
  forms: async () => {
    const pdf = fixed(await PDFDocument.create());
    const page = pdf.addPage();
    const form = pdf.getForm();
    const field = form.createTextField("name");
    field.setText("Zoë");
    field.addToPage(page, { x: 10, y: 10 });
    const box = form.createCheckBox("ok");
    box.addToPage(page);
    box.check();
    const list = form.createDropdown("choice");
    list.addOptions(["a", "b"]);
    list.select("b");
    list.addToPage(page);
    const again = (await PDFDocument.load(await pdf.save())).getForm();
    return [
      again.getTextField("name").getText(),
      again.getCheckBox("ok").isChecked(),
      again.getDropdown("choice").getSelected(),
      again.getFields().map((f) => f.getName()),
    ];
  },
  attachments: async () => {
    const pdf = await make();
    await pdf.attach(Buffer.from("attached"), "a.txt", {
      mimeType: "text/plain",
      creationDate: new Date(0),
      modificationDate: new Date(0),
    });
    return (await pdf.save()).length > 1000;
  },
  base64: async () => (await (await make()).saveAsBase64({ dataUri: true })).slice(0, 40),
  "low level": async () => {
    const pdf = await make();
    pdf.catalog.set(PDFName.of("Own"), PDFString.of("value"));
    return String((await PDFDocument.load(await pdf.save())).catalog.get(PDFName.of("Own")));
  },
  "refuses nonsense": () => PDFDocument.load(Buffer.from("no pdf")),
  "rotates and crops": async () => {
    const page = (await make()).getPage(0);
    page.setRotation(degrees(90));
    page.setCropBox(1, 2, 3, 4);
    page.setMediaBox(0, 0, 50, 60);
    return [page.getRotation(), page.getCropBox(), page.getSize()];
  },
  deflates: () => deflateSync("x".repeat(100)).length < 100,
};
