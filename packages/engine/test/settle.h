/* Runs the jobs that are pending, and those that they leave; what they throw is dropped. */
static void settle(JSRuntime *rt)
{
    JSContext *of;

    while (JS_IsJobPending(rt))
        if (JS_ExecutePendingJob(rt, &of) < 0)
            JS_FreeValue(of, JS_GetException(of));
}
