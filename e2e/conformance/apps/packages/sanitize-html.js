import sanitizeHtml from "sanitize-html";

export const cases = {
  "scripts go": () => sanitizeHtml('<p onclick="x()">a<script>alert(1)</script><b>b</b></p>'),
  links: () => sanitizeHtml('<a href="javascript:x">a</a><a href="https://a.b" target="_blank">b</a>'),
  "own lists": () =>
    sanitizeHtml('<img src="a.png" onerror="x"><video src="v">', {
      allowedTags: ["img"],
      allowedAttributes: { img: ["src"] },
    }),
  transforms: () =>
    sanitizeHtml("<h1>a</h1>", {
      transformTags: { h1: sanitizeHtml.simpleTransform("p", { class: "was-h1" }) },
      allowedAttributes: { p: ["class"] },
    }),
  styles: () =>
    sanitizeHtml('<p style="color:red;position:fixed">a</p>', {
      allowedAttributes: { p: ["style"] },
      allowedStyles: { p: { color: [/^red$/] } },
    }),
  "nothing allowed": () =>
    sanitizeHtml("<p>a &amp; <i>b</i></p>", { allowedTags: [], allowedAttributes: {} }),
  "escapes what it drops": () => sanitizeHtml("<blink>a</blink>", { disallowedTagsMode: "escape" }),
  filters: () => sanitizeHtml("<p></p><p>a</p>", { exclusiveFilter: ({ text }) => !text.trim() }),
  entities: () => sanitizeHtml("&lt;b&gt; &nbsp; ä 🎉 <p>unclosed"),
  classes: () => sanitizeHtml('<p class="a b x-1">t</p>', { allowedClasses: { p: ["a", "x-*"] } }),
  frames: () =>
    sanitizeHtml(
      '<iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="https://evil.example"></iframe>',
      {
        allowedTags: ["iframe"],
        allowedAttributes: { iframe: ["src"] },
        allowedIframeHostnames: ["www.youtube.com"],
      },
    ),
};
