const make = () => function named() {};
make();
make();
// The object and its properties, at their final size.
check("a closure is made with all its properties at once", engine.allocations(make) <= 2);
check("it has what a function has", Object.getOwnPropertyNames(make()).join() === "length,name,prototype");
check("its prototype is made when it is read", make().prototype.constructor.name === "named");
Object.setPrototypeOf(make, null);
check("another closure keeps its own prototype", Object.getPrototypeOf(() => {}) === Function.prototype);
