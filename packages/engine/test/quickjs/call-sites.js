const sites = (function named() {
  Error.prepareStackTrace = (_, each) => each;
  return new Error("a").stack;
})();
delete Error.prepareStackTrace;
const [site] = sites;
const constants = [
  "getThis",
  "getEvalOrigin",
  "getTypeName",
  "getMethodName",
  "getPromiseIndex",
  "isEval",
  "isAsync",
  "isPromiseAll",
];
check(
  "they answer without being asked whether they can",
  constants.every((name) => !site[name]()),
);
check("isToplevel", site.isToplevel() === false);
check("isConstructor is the engine's", site.isConstructor() === false);
check("as text", /^named \(.*call-sites\.js:3:\d+\)$/.test(String(site)));
check("the script's name", site.getScriptNameOrSourceURL() === site.getFileName());
