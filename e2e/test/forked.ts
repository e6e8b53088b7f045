/** Python: what `work()` gives in a forked child, which JSON must be able to hold, or what its error is. */
export const IN_CHILD = `def in_child(work):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = work()
        except Exception as error:
            result = getattr(error, "exception_type", repr(error))
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        result = json.loads(pipe.read())
    os.waitpid(child, 0)
    return result
`;
