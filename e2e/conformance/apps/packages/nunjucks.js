import nunjucks from "nunjucks";

const templates = {
  "base.html": "<{% block body %}base{% endblock %}>",
  "child.html": "{% extends 'base.html' %}{% block body %}{{ super() }} child {{ x }}{% endblock %}",
  "macro.html": "{% macro field(name, value='v') %}{{ name }}={{ value }}{% endmacro %}",
};
const Loader = nunjucks.Loader.extend({
  getSource: (name) => ({ src: templates[name], path: name, noCache: true }),
});
const env = new nunjucks.Environment(new Loader(), { autoescape: true });

export const cases = {
  values: () =>
    env.renderString("{{ a }} {{ a | safe }} {{ b.c[0] }} {{ none }} {{ 1 + 2 * 3 ** 2 }} {{ 'x' ~ 1 }}", {
      a: "<ä>",
      b: { c: [5] },
    }),
  loops: () =>
    env.renderString(
      "{% for x in l %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% else %}none{% endfor %}{% for k, v in o %}{{ k }}{{ v }}{% endfor %}",
      { l: ["a", "b"], o: { x: 1 } },
    ),
  conditions: () =>
    env.renderString(
      "{% if a and not b %}1{% elif c is defined %}2{% else %}3{% endif %}{{ 'y' if a else 'n' }}",
      { a: true, b: true, c: 0 },
    ),
  filters: () =>
    env.renderString(
      "{{ 'zoë' | upper | replace('O', '0') }} {{ [3,1,2] | sort | join('-') }} {{ 3.14159 | round(2) }} {{ 'a b' | urlencode }} {{ {a: 1} | dump }} {{ none | default('d') }} {{ 'one two three' | truncate(8) }} {{ [1,2,3,4] | batch(2) | length }} {{ 'abc' | first }} {{ '<b>x</b>' | striptags }}",
    ),
  inheritance: () => env.render("child.html", { x: "<" }),
  "macros and imports": () =>
    env.renderString(
      "{% import 'macro.html' as m %}{{ m.field('a') }} {{ m.field('b', value=2) }}{% from 'macro.html' import field %}{{ field('c') }}",
    ),
  "set and call": () =>
    env.renderString(
      "{% set x, y = 1, 2 %}{{ x }}{{ y }}{% macro wrap() %}[{{ caller() }}]{% endmacro %}{% call wrap() %}in{% endcall %}{% set block %}b{% endset %}{{ block }}",
    ),
  "own filters and globals": () => {
    env.addFilter("shout", (text, mark = "!") => text + mark).addGlobal("g", 7);
    return env.renderString("{{ 'a' | shout('?') }}{{ g }}");
  },
  "async filters": () =>
    new Promise((resolve, reject) => {
      env.addFilter("late", (text, done) => setTimeout(() => done(null, `${text} late`), 2), true);
      env.renderString("{{ 'x' | late }}", {}, (error, text) => (error ? reject(error) : resolve(text)));
    }),
  "white space and raw": () =>
    env.renderString("a {%- if true -%} b {%- endif %} {% raw %}{{ x }}{% endraw %}{# no #}"),
  "a missing filter": () => {
    try {
      return env.renderString("{{ a | nope }}");
    } catch (error) {
      return [error.name, error.message.split("\n").at(-1).trim()];
    }
  },
  "a syntax error": () => {
    try {
      return env.renderString("{% if %}");
    } catch (error) {
      return error.name;
    }
  },
};
