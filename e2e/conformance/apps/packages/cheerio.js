import * as cheerio from "cheerio";

const html =
  '<!doctype html><html><head><title>T</title></head><body><ul id="l"><li class="a">one</li><li class="b" data-x="1">zwei ä</li><li>three</li></ul><form><input name="n" value="v"><select name="s"><option value="1" selected>x</select></form></body></html>';

export const cases = {
  selects: () => {
    const $ = cheerio.load(html);
    return [
      $("li").length,
      $("li.a").text(),
      $("#l > li:nth-child(2)").data("x"),
      $("li:contains('three')").index(),
      $('[data-x="1"]').attr("class"),
    ];
  },
  manipulates: () => {
    const $ = cheerio.load("<p>a</p>", null, false);
    $("p").addClass("x").attr("id", "y").append("<b>b</b>").after("<i>c</i>").prepend("0");
    $("b").replaceWith("<u>r</u>");
    return $.html();
  },
  traverses: () => {
    const $ = cheerio.load(html);
    return [
      $(".b").prev().text(),
      $(".a").nextAll().length,
      $("li").parent().attr("id"),
      $("ul").children().first().text(),
      $("li").eq(-1).text(),
      $(".a").closest("body").length,
      $("li").filter(".b").length,
      $("li").not(".a").length,
    ];
  },
  maps: () => {
    const $ = cheerio.load(html);
    return $("li")
      .map((i, element) => `${i}${$(element).text()}`)
      .get();
  },
  extracts: () => cheerio.load(html).extract({ title: "title", items: [{ selector: "li", value: "class" }] }),
  forms: () => {
    const $ = cheerio.load(html);
    return [$("form").serializeArray(), $("select").val(), $("input").val("w").val()];
  },
  XML: () => {
    const $ = cheerio.load("<a><b x='1'/><c><![CDATA[<raw>]]></c></a>", { xml: true });
    return [$("b").attr("x"), $.xml()];
  },
  "broken HTML": () => cheerio.load("<p>a<p>b<table><td>c").html(),
  "text and entities": () => {
    const $ = cheerio.load("<p>&lt;a&gt; &amp; ä&nbsp;🎉</p>");
    return [$("p").text(), $("p").html()];
  },
  "clones, wraps, empties": () => {
    const $ = cheerio.load("<div><p>a</p></div>", null, false);
    $("p").clone().appendTo("div");
    $("p").first().wrap("<section>");
    $("p").last().empty();
    return $.html();
  },
  css: () => {
    const $ = cheerio.load('<p style="color: red; top: 1px">a</p>');
    return [$("p").css("color"), $("p").css("top", "2px").attr("style"), $("p").css()];
  },
  "loads bytes": () =>
    cheerio.loadBuffer(Buffer.from('<meta charset="iso-8859-1"><p>gr\xfcn</p>', "latin1"))("p").text(),
};
