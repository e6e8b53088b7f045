/* Runs a test of a patch: `host <file.js>` prints a line that begins with "ok " or "not ok " for each check.
   'engine' in the program is what only a host can do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quickjs.h"
#include "../refusing.h"

/* Weak: it also runs without the patches, so that each test can be seen to fail. */
#define OF_A_PATCH __attribute__((weak))
OF_A_PATCH void JS_SetAsyncContext(JSRuntime *rt, JSValue context);
OF_A_PATCH JSValue JS_GetAsyncContext(JSRuntime *rt);
OF_A_PATCH void JS_SetStackText(JSValue (*text)(JSContext *ctx, const char *text, size_t length));
OF_A_PATCH int JS_PollInterrupts(JSContext *ctx);

static long asked, stop_after;
static int failed;

static int interrupt(JSRuntime *rt, void *opaque)
{
    return ++asked >= stop_after && stop_after > 0;
}

static JSValue js_check(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *name = JS_ToCString(ctx, argv[0]);
    int ok = JS_ToBool(ctx, argv[1]);

    printf("%sok %s\n", ok ? "" : "not ", name ? name : "?");
    failed |= !ok;
    JS_FreeCString(ctx, name);
    return JS_UNDEFINED;
}

static JSValue js_print(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *text = JS_ToCString(ctx, argv[0]);

    if (!text)
        return JS_EXCEPTION;
    puts(text);
    JS_FreeCString(ctx, text);
    return JS_UNDEFINED;
}

/* How often a call allocates. */
static JSValue js_allocations(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    long before = allocations;
    JSValue value = JS_Call(ctx, argv[0], JS_UNDEFINED, 0, NULL);

    if (JS_IsException(value))
        return value;
    before = allocations - before;
    JS_FreeValue(ctx, value);
    return JS_NewInt64(ctx, before);
}

/* Whether a call ends when the interrupt handler says so at the time that it is asked for. */
static JSValue js_is_interrupted(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue value;
    int64_t after;

    if (JS_ToInt64(ctx, &after, argv[0]))
        return JS_EXCEPTION;
    asked = 0;
    stop_after = after;
    value = JS_Call(ctx, argv[1], JS_UNDEFINED, 0, NULL);
    stop_after = 0;
    if (!JS_IsException(value)) {
        JS_FreeValue(ctx, value);
        return JS_FALSE;
    }
    value = JS_GetException(ctx);
    int ended = JS_IsUncatchableError(value);
    JS_FreeValue(ctx, value);
    return JS_NewBool(ctx, ended);
}

/* Calls with each allocation refused once, until one call has fewer; counts what is thrown but is not for memory. */
static JSValue js_refusals(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    long number = 1, before, other = 0;

    for (;; number++) {
        before = allocations;
        refused = before + number;
        JSValue value = JS_Call(ctx, argv[0], JS_UNDEFINED, 0, NULL);
        refused = 0;
        if (JS_IsException(value)) {
            value = JS_GetException(ctx);
            const char *text = JS_ToCString(ctx, value);
            if (!text || !strstr(text, "out of memory")) {
                fprintf(stderr, "allocation %ld: %s\n", number, text ? text : "?");
                other++;
            }
            JS_FreeCString(ctx, text);
        }
        JS_FreeValue(ctx, value);
        if (allocations < before + number)
            return JS_NewInt64(ctx, other);
    }
}

static JSValue js_set_async_context(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    if (JS_SetAsyncContext)
        JS_SetAsyncContext(JS_GetRuntime(ctx), JS_DupValue(ctx, argv[0]));
    return JS_UNDEFINED;
}

static JSValue js_async_context(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_GetAsyncContext ? JS_GetAsyncContext(JS_GetRuntime(ctx)) : JS_UNDEFINED;
}

static JSValue worded(JSContext *ctx, const char *text, size_t length)
{
    return length > 0 ? JS_NewString(ctx, "worded") : JS_UNDEFINED;
}

static JSValue js_word_stacks(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    if (JS_SetStackText)
        JS_SetStackText(JS_ToBool(ctx, argv[0]) ? worded : NULL);
    return JS_UNDEFINED;
}

static JSValue js_poll(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_PollInterrupts && JS_PollInterrupts(ctx) ? JS_EXCEPTION : JS_UNDEFINED;
}

static JSValue js_gc(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JS_RunGC(JS_GetRuntime(ctx));
    return JS_UNDEFINED;
}

/* Evaluates a text as an app is: written to bytecode without its source, and read again. */
static JSValue js_through_bytecode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    size_t length, size;
    const char *source = JS_ToCStringLen(ctx, &length, argv[0]);
    JSValue value;
    uint8_t *bytes;

    if (!source)
        return JS_EXCEPTION;
    value = JS_Eval(ctx, source, length, "app.js", JS_EVAL_FLAG_COMPILE_ONLY);
    JS_FreeCString(ctx, source);
    if (JS_IsException(value))
        return value;
    bytes = JS_WriteObject(ctx, &size, value, JS_WRITE_OBJ_BYTECODE | JS_WRITE_OBJ_STRIP_SOURCE);
    JS_FreeValue(ctx, value);
    if (!bytes)
        return JS_EXCEPTION;
    /* they stay: functions are read late */
    uint8_t *kept = malloc(size);
    memcpy(kept, bytes, size);
    js_free(ctx, bytes);
    value = JS_ReadObject(ctx, kept, size, JS_READ_OBJ_BYTECODE);
    return JS_IsException(value) ? value : JS_EvalFunction(ctx, value);
}

static const JSCFunctionListEntry entries[] = {
    JS_CFUNC_DEF("allocations", 1, js_allocations),
    JS_CFUNC_DEF("isInterrupted", 2, js_is_interrupted),
    JS_CFUNC_DEF("refusals", 1, js_refusals),
    JS_CFUNC_DEF("setAsyncContext", 1, js_set_async_context),
    JS_CFUNC_DEF("asyncContext", 0, js_async_context),
    JS_CFUNC_DEF("wordStacks", 1, js_word_stacks),
    JS_CFUNC_DEF("poll", 0, js_poll),
    JS_CFUNC_DEF("gc", 0, js_gc),
    JS_CFUNC_DEF("throughBytecode", 1, js_through_bytecode),
};

static int settle(JSContext *ctx, JSValue value)
{
    JSContext *of;
    int ret = 1;

    for (;;) {
        if (JS_IsException(value) || ret < 0) {
            JSValue error = JS_GetException(ctx);
            const char *text = JS_ToCString(ctx, error);
            JSValue stack = JS_GetPropertyStr(ctx, error, "stack");
            const char *frames = JS_ToCString(ctx, stack);
            printf("not ok it ends with %s\n", text ? text : "an exception");
            fprintf(stderr, "%s\n", frames ? frames : "");
            JS_FreeCString(ctx, text);
            JS_FreeCString(ctx, frames);
            JS_FreeValue(ctx, stack);
            JS_FreeValue(ctx, error);
            return 1;
        }
        JS_FreeValue(ctx, value);
        value = JS_UNDEFINED;
        ret = JS_ExecutePendingJob(JS_GetRuntime(ctx), &of);
        if (ret == 0)
            return 0;
    }
}

int main(int argc, char **argv)
{
    static char source[1 << 20];
    FILE *stream = argc > 1 ? fopen(argv[1], "r") : NULL;
    size_t length = stream ? fread(source, 1, sizeof(source) - 1, stream) : 0;
    JSRuntime *rt = JS_NewRuntime2(&functions, NULL);
    JSContext *ctx = JS_NewContext(rt);
    JSValue global = JS_GetGlobalObject(ctx), engine = JS_NewObject(ctx);

    if (length == 0)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    JS_SetInterruptHandler(rt, interrupt, NULL);
    JS_SetPropertyFunctionList(ctx, engine, entries, sizeof(entries) / sizeof(entries[0]));
    JS_SetPropertyStr(ctx, global, "engine", engine);
    JS_SetPropertyStr(ctx, global, "check", JS_NewCFunction(ctx, js_check, "check", 2));
    JS_SetPropertyStr(ctx, global, "print", JS_NewCFunction(ctx, js_print, "print", 1));
    JS_FreeValue(ctx, global);
    failed |= settle(ctx, JS_Eval(ctx, source, length, argv[1], JS_EVAL_TYPE_GLOBAL));
    JS_FreeContext(ctx);
    /* asserts that nothing is left */
    JS_FreeRuntime(rt);
    return failed;
}
