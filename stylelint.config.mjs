// The standard rules for SCSS. A class is named as GOV.UK names its own: part, __element, --variant.
// A colour is written once, in _colours.scss; what pages read of them, once, in _tokens.scss.
import stylelint from "stylelint";

const { createPlugin, utils } = stylelint;

const ONE_A_LINE = "waymark/one-declaration-a-line";
const oneALine = (wanted) => (root, result) => {
  if (!wanted) return;
  root.walkDecls((declaration) => {
    const before = declaration.prev();
    if (before?.source.end.line === declaration.source.start.line) {
      utils.report({ ruleName: ONE_A_LINE, result, node: declaration, message: "One declaration a line" });
    }
  });
};

const WRITTEN_ONCE = "waymark/written-once";
const writtenOnce = (wanted) => (root, result) => {
  if (!wanted) return;
  const names = new Set();
  const values = new Set();
  root.walkDecls(/^(\$|--)/, (token) => {
    if (names.has(token.prop) || values.has(token.value)) {
      utils.report({ ruleName: WRITTEN_ONCE, result, node: token, message: `${token.prop} or its value is written twice` });
    }
    names.add(token.prop);
    values.add(token.value);
  });
};

for (const [name, rule] of [[ONE_A_LINE, oneALine], [WRITTEN_ONCE, writtenOnce]]) {
  Object.assign(rule, { ruleName: name, messages: utils.ruleMessages(name, {}), meta: { url: "" } });
}

export default {
  extends: "stylelint-config-standard-scss",
  plugins: [createPlugin(ONE_A_LINE, oneALine), createPlugin(WRITTEN_ONCE, writtenOnce)],
  rules: {
    [ONE_A_LINE]: true,
    "color-named": "never",
    "color-no-hex": true,
    "function-disallowed-list": ["/^(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?$/"],
    "media-feature-range-notation": "prefix",
    "no-descending-specificity": null,
    "property-disallowed-list": ["/^--/"],
    "selector-class-pattern": "^(wm|govuk)(-[a-z0-9]+)+(__[a-z0-9]+(-[a-z0-9]+)*)?(--[a-z0-9]+(-[a-z0-9]+)*)?$",
    "value-keyword-case": ["lower", { ignoreKeywords: ["A4"] }],
  },
  overrides: [
    {
      files: ["static/scss/_colours.scss", "static/scss/_tokens.scss"],
      rules: {
        [WRITTEN_ONCE]: true,
        "color-no-hex": null,
        "function-disallowed-list": null,
        "property-disallowed-list": null,
      },
    },
  ],
};
