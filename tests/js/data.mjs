// A small template's page data, in the shape Python writes into a page.
const placeholder = (name, fields = {}) => ({ name, label: name, help: null, default: null, choices: [], multiple: false, ...fields });

export const pageData = () => ({
  handbook: "test",
  id: "engineer",
  file: "engineer",
  template: {
    format: "rolebook-template",
    version: 1,
    role: "engineer",
    variants: {},
    title: "Engineer",
    summary: [],
    sections: [{ id: "duties", title: "Duties", kind: "responsibilities", group: null, items: [] }],
    placeholders: [
      placeholder("company"),
      placeholder("cloud", { choices: ["AWS", "GCP", "Azure"], multiple: true, default: "AWS" }),
      placeholder("contract", { choices: ["Full-time", "Part-time"] }),
    ],
    values: { cloud: ["AWS"] },
    description: {},
  },
  blocks: ["", "duties"],
  leaves: {
    markdown: {
      "": [["title", ["Engineer at ", "company", ""]]],
      duties: [["heading", ["Duties"]], ["bullet", ["**Train** on ", "cloud", "."]], ["bullet", ["", "contract", ""]]],
    },
    text: {
      "": [["title", ["Engineer at ", "company", ""]]],
      duties: [["heading", ["Duties"]], ["bullet", ["Train on ", "cloud", "."]], ["bullet", ["", "contract", ""]]],
    },
    html: {
      "": [["title", ["Engineer at ", "company", ""]]],
      duties: [["heading", ["Duties"]], ["bullet", ["<strong>Train</strong> on ", "cloud", "."]], ["bullet", ["", "contract", ""]]],
    },
  },
  joins: {
    markdown: { between: "\n", "start>title": "# ", "title>end": "\n", "start>heading": "## ", "heading>bullet": "\n\n- ", "bullet>bullet": "\n- ", "bullet>end": "\n" },
    text: { between: "\n", "start>title": "", "title>end": "\n", "start>heading": "", "heading>bullet": "\n\n- ", "bullet>bullet": "\n- ", "bullet>end": "\n" },
    html: {
      between: "",
      "start>title": "<h1>",
      "title>end": "</h1>\n",
      "start>heading": "<h2>",
      "heading>bullet": "</h2>\n<ul>\n<li>",
      "bullet>bullet": "</li>\n<li>",
      "bullet>end": "</li>\n</ul>\n",
    },
  },
  frame: { html: ["<!doctype html>\n<body>\n", "</body>\n</html>\n"] },
});
