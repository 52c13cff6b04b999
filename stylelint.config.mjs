// The standard rules for SCSS. A class is named as GOV.UK names its own: part, __element, --variant.
// A colour is written once, in _colours.scss.
export default {
  extends: "stylelint-config-standard-scss",
  rules: {
    "color-named": "never",
    "color-no-hex": true,
    "media-feature-range-notation": "prefix",
    "no-descending-specificity": null,
    "selector-class-pattern": "^(wm|govuk)(-[a-z0-9]+)+(__[a-z0-9]+(-[a-z0-9]+)*)?(--[a-z0-9]+(-[a-z0-9]+)*)?$",
    "value-keyword-case": ["lower", { ignoreKeywords: ["A4"] }],
  },
  overrides: [{ files: "static/scss/_colours.scss", rules: { "color-no-hex": null } }],
};
