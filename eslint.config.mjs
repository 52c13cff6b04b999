// The recommended rules, for the scripts of the pages and for the one that builds the styles.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/dist/", ".venv/", ".waymark/"] },
  js.configs.recommended,
  {
    files: ["static/js/*.js"],
    languageOptions: { sourceType: "module", globals: globals.browser },
    rules: { "no-restricted-globals": ["error", { name: "globalThis", message: "Scripts share by import." }] },
  },
  { files: ["**/*.mjs"], languageOptions: { sourceType: "module", globals: globals.node } },
];
