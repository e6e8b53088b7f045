/* Refuses each allocation of a program once, each in a process of its own: none ends the process, leaks, or
   spoils what the program does next. `refused <program>` prints a line that begins with "ok " or "not ok ". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "quickjs.h"
#include "refusing.h"
#include "settle.h"

static const uint8_t *code;
static size_t code_size;

static void compile(const char *file)
{
    static char source[1 << 16];
    FILE *stream = fopen(file, "r");
    size_t length = stream ? fread(source, 1, sizeof(source) - 1, stream) : 0;
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    JSValue compiled = JS_Eval(ctx, source, length, "app.js", JS_EVAL_FLAG_COMPILE_ONLY);

    code = JS_WriteObject(ctx, &code_size, compiled, JS_WRITE_OBJ_BYTECODE);
    if (!code) {
        printf("not ok %s does not compile\n", file);
        exit(1);
    }
    /* the runtime stays: the code is its memory */
}

/* Works; what it came to is in 'result', empty after an exception. */
static void work(JSContext *ctx, char *result, size_t size)
{
    static const char call[] = "work.result = work(); 0";
    static const char later[] = "work.result + settled";
    JSValue value = JS_Eval(ctx, call, sizeof(call) - 1, "call.js", JS_EVAL_TYPE_GLOBAL);

    JS_FreeValue(ctx, JS_IsException(value) ? JS_GetException(ctx) : value);
    settle(JS_GetRuntime(ctx));
    if (!result)
        return;
    value = JS_Eval(ctx, later, sizeof(later) - 1, "later.js", JS_EVAL_TYPE_GLOBAL);
    const char *text = JS_IsException(value) ? NULL : JS_ToCString(ctx, value);
    snprintf(result, size, "%s", text ? text : "");
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, JS_IsException(value) ? JS_GetException(ctx) : value);
}

/* Runs with the allocation of that number refused, none for 0; answers how many there were. */
static long run(long number, const char *expected, char *result, size_t size)
{
    JSRuntime *rt = JS_NewRuntime2(&functions, NULL);
    JSContext *ctx = JS_NewContext(rt);
    JSValue value = JS_ReadObject(ctx, code, code_size, JS_READ_OBJ_BYTECODE);
    long reached;

    JS_FreeValue(ctx, JS_EvalFunction(ctx, value));
    allocations = 0;
    refused = number;
    work(ctx, NULL, 0);
    reached = allocations;
    refused = 0;
    work(ctx, result, size);
    if (expected && strcmp(result, expected)) {
        fprintf(stderr, "allocation %ld: then it came to %.300s\n", number, result);
        exit(2);
    }
    JS_RunGC(rt);
    JS_FreeContext(ctx);
    /* asserts that nothing is left */
    JS_FreeRuntime(rt);
    return reached;
}

int main(int argc, char **argv)
{
    static char expected[1 << 16], result[1 << 16];
    long count, number, bad = 0;

    if (argc != 2)
        return 2;
    compile(argv[1]);
    count = run(0, NULL, expected, sizeof(expected));
    for (number = 1; number <= count; number++) {
        pid_t child = fork();
        int status;
        if (child == 0) {
            alarm(60);
            run(number, expected, result, sizeof(result));
            _exit(0);
        }
        waitpid(child, &status, 0);
        if (status == 0)
            continue;
        bad++;
        fprintf(stderr, "allocation %ld: status %x\n", number, status);
    }
    if (count < 1000 || !expected[0]) {
        printf("not ok the program works when nothing is refused\n");
        return 1;
    }
    printf("%sok %ld allocations, each refused once: %ld were not survived\n", bad ? "not " : "", count, bad);
    return bad ? 1 : 0;
}
