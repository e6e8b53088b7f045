/* Runs a program in a QuickJS that collects garbage before it makes an object, each object, and compares the global
   `results` with a file. `collected <program> <expected>` prints a line that begins with "ok " or "not ok ". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quickjs.h"
#include "settle.h"

static char *text_of(const char *file)
{
    static char content[1 << 16];
    FILE *stream = fopen(file, "r");
    size_t length = stream ? fread(content, 1, sizeof(content) - 1, stream) : 0;

    if (!stream) {
        perror(file);
        exit(2);
    }
    fclose(stream);
    content[length] = 0;
    return content;
}

int main(int argc, char **argv)
{
    static const char results[] = "JSON.stringify(results) + '\\n'";
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    const char *source, *got;
    JSValue value;
    int right;

    if (argc != 3)
        return 2;
    source = text_of(argv[1]);
    value = JS_Eval(ctx, source, strlen(source), argv[1], JS_EVAL_TYPE_GLOBAL);
    JS_FreeValue(ctx, JS_IsException(value) ? JS_GetException(ctx) : value);
    settle(rt);
    value = JS_Eval(ctx, results, sizeof(results) - 1, "results", JS_EVAL_TYPE_GLOBAL);
    if (JS_IsException(value))
        value = JS_GetException(ctx);
    got = JS_ToCString(ctx, value);
    right = got && strcmp(got, text_of(argv[2])) == 0;
    printf("%s %s after a collection at every object\n", right ? "ok" : "not ok", argv[1]);
    if (!right)
        fprintf(stderr, "got %s", got ? got : "nothing\n");
    JS_FreeCString(ctx, got);
    JS_FreeValue(ctx, value);
    JS_FreeContext(ctx);
    /* asserts that nothing is left */
    JS_FreeRuntime(rt);
    return 0;
}
