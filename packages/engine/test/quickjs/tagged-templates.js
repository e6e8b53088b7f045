const strings = engine.throughBytecode("((strings) => strings)`a${1}b`");
check("the strings are frozen", Object.isFrozen(strings));
check("and the raw ones", Object.isFrozen(strings.raw));
