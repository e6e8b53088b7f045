/* Included before run-test262.c: what the tests evaluate was written to bytecode and read again, as an app is. */
#include <stdlib.h>
#include <string.h>

#include "quickjs.h"

/* Functions are read late: the bytes stay until the runtime goes. Each thread has a runtime. */
static _Thread_local uint8_t **kept;
static _Thread_local size_t kept_count;

static const uint8_t *keep(JSContext *ctx, uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size);
    kept = realloc(kept, (kept_count + 1) * sizeof(*kept));
    if (!kept || !copy)
        abort();
    kept[kept_count++] = memcpy(copy, bytes, size);
    js_free(ctx, bytes);
    return copy;
}

/* A module's imports are found when it is read, and are not there in the runner: modules stay as they are. */
static JSValue eval_through_bytecode(JSContext *ctx, const char *input, size_t length,
                                     const char *filename, int flags)
{
    JSValue compiled;
    uint8_t *bytes;
    size_t size;

    if (flags & JS_EVAL_TYPE_MODULE)
        return JS_Eval(ctx, input, length, filename, flags);
    compiled = JS_Eval(ctx, input, length, filename, flags | JS_EVAL_FLAG_COMPILE_ONLY);
    if (JS_IsException(compiled))
        return compiled;
    bytes = JS_WriteObject(ctx, &size, compiled, JS_WRITE_OBJ_BYTECODE);
    JS_FreeValue(ctx, compiled);
    if (!bytes)
        return JS_EXCEPTION;
    compiled = JS_ReadObject(ctx, keep(ctx, bytes, size), size, JS_READ_OBJ_BYTECODE);
    return JS_IsException(compiled) ? compiled : JS_EvalFunction(ctx, compiled);
}

static void free_runtime_and_bytecode(JSRuntime *rt)
{
    JS_FreeRuntime(rt);
    while (kept_count > 0)
        free(kept[--kept_count]);
    free(kept);
    kept = NULL;
}

#define JS_Eval eval_through_bytecode
#define JS_FreeRuntime free_runtime_and_bytecode
