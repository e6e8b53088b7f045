const request = () => {
  const result = {};
  result.alpha = 1;
  result.beta = 2;
  result.gamma = 3;
  result.delta = 4;
  return result;
};
request();
request();
request();
const made = engine.allocations(request);
// The object, its properties, and their growth.
check(`an object of a known kind makes no shapes (${made} allocations)`, made <= 4);
