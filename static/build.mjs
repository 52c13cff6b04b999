// Builds static/dist: one stylesheet and one typeface file.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const typeface = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files";
mkdirSync("static/dist", { recursive: true });
const { css } = compile("static/scss/waymark.scss", {
  style: "compressed",
  loadPaths: ["node_modules/govuk-frontend/dist", "node_modules"],
  quietDeps: true,
});
writeFileSync("static/dist/waymark.css", css);
const latin = readdirSync(typeface).find((name) => /-latin-wght-normal\.woff2$/.test(name));
copyFileSync(`${typeface}/${latin}`, "static/dist/atkinson.woff2");
