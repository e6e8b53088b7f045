/* Exercises the C ABI of a linked app: test/fixtures/app.mjs. One line per case: "ok <name>" or
   "not ok <name>: <why>". The library's path is the first argument. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "laconic.h"

static uint32_t (*abi_version)(void);
static int32_t (*init)(LaconicResponse *);
static int32_t (*lambda)(const LaconicRequest *, LaconicResponse *);
static void (*release)(LaconicResponse *);

static int failed;

static void report(const char *name, int ok, const LaconicResponse *response) {
  if (ok) {
    printf("ok %s\n", name);
    return;
  }
  failed = 1;
  printf("not ok %s: status %d, %.*s\n", name, response ? response->status : -1,
         response ? (int)(response->body.length < 300 ? response->body.length : 300) : 0,
         response ? (const char *)response->body.data : "");
}

static LaconicSlice text(const char *characters) {
  LaconicSlice slice = {(const uint8_t *)characters, strlen(characters)};
  return slice;
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static LaconicRequest request_for(const char *function, const char *event) {
  LaconicRequest request = {0};
  request.abi_version = LACONIC_ABI_VERSION;
  request.function_name = text(function);
  request.event = text(event);
  return request;
}

static int body_is(const LaconicResponse *response, const char *expected) {
  return response->body.length == strlen(expected) &&
         memcmp(response->body.data, expected, response->body.length) == 0;
}

static int body_has(const LaconicResponse *response, const char *part) {
  char *body = malloc(response->body.length + 1);
  memcpy(body, response->body.data, response->body.length);
  body[response->body.length] = 0;
  int found = strstr(body, part) != NULL;
  free(body);
  return found;
}

/* Calls with a deadline of 300 ms and expects status and a part of the body; then that the next
   request is served. */
static void expect(const char *function, const char *event, int32_t status, const char *part) {
  LaconicRequest request = request_for(function, event);
  request.deadline_ms = now_ms() + 300;
  LaconicResponse response;
  int32_t returned = lambda(&request, &response);
  int ok = returned == status && response.status == status && body_has(&response, part);
  report(function, ok, &response);
  release(&response);

  char name[100];
  snprintf(name, sizeof name, "the request after %s", function);
  request = request_for("double", "21");
  returned = lambda(&request, &response);
  report(name, returned == LACONIC_STATUS_OK && body_is(&response, "42"), &response);
  release(&response);
}

static void bad_requests(void) {
  LaconicResponse response;
  LaconicRequest request = request_for("echo", "1");

  report("a NULL request is refused", lambda(NULL, &response) == LACONIC_STATUS_BAD_REQUEST, &response);
  release(&response);
  report("a NULL response is refused", lambda(&request, NULL) == LACONIC_STATUS_BAD_REQUEST, NULL);

  request.abi_version = 99;
  report("another ABI version is refused, by name",
         lambda(&request, &response) == LACONIC_STATUS_BAD_REQUEST && body_has(&response, "99"), &response);
  release(&response);

  request = request_for("echo", "1");
  request.event.data = (const uint8_t *)"\"\xff\xfe\"";
  request.event.length = 4;
  report("an event that is not UTF-8 is refused",
         lambda(&request, &response) == LACONIC_STATUS_BAD_REQUEST && body_has(&response, "UTF-8"), &response);
  release(&response);

  request = request_for("echo", "1");
  request.event.data = NULL;
  report("bytes at NULL are refused", lambda(&request, &response) == LACONIC_STATUS_BAD_REQUEST, &response);
  release(&response);

  request = request_for("echo", "");
  request.event.data = NULL;
  report("an empty event is null",
         lambda(&request, &response) == LACONIC_STATUS_OK && body_is(&response, "{\"event\":null,\"context\":{}}"),
         &response);
  release(&response);
}

static void releases(void) {
  LaconicRequest request = request_for("echo", "1");
  LaconicResponse response;
  lambda(&request, &response);
  release(&response);
  report("release empties the response", response.owner == NULL && response.body.length == 0, &response);
  release(&response);
  release(NULL);
  LaconicResponse untouched = {0};
  release(&untouched);
  report("a second release, of nothing or of NULL, does nothing", 1, NULL);
}

static void bodies(void) {
  LaconicRequest request = request_for("bytes", "null");
  LaconicResponse response;
  lambda(&request, &response);
  report("a binary body keeps its NULs",
         response.body.length == 4 && memcmp(response.body.data, "\0\1\0\xff", 4) == 0 &&
             response.content_type.length == 18 && memcmp(response.content_type.data, "application/x-test", 18) == 0,
         &response);
  release(&response);

  size_t length = 7 << 20;
  char *event = malloc(length);
  memset(event, 'e', length);
  request = request_for("length", "");
  request.event.data = (const uint8_t *)event;
  request.event.length = length;
  lambda(&request, &response);
  report("7 MB go in", body_is(&response, "7340032"), &response);
  release(&response);
  free(event);

  request = request_for("large", "null");
  lambda(&request, &response);
  report("7 MB come out", response.body.length == length && response.body.data[length - 1] == 'x', NULL);
  release(&response);

  request = request_for("halfPair", "null");
  lambda(&request, &response);
  report("half a surrogate pair becomes U+FFFD", body_is(&response, "a\xef\xbf\xbd"
                                                                    "b"),
         &response);
  release(&response);
}

static void environment(void) {
  LaconicRequest request = request_for("environment", "\"LACONIC_TEST\"");
  LaconicResponse response;
  setenv("LACONIC_TEST", "set after load", 1);
  lambda(&request, &response);
  report("process.env sees what the host sets later", body_is(&response, "\"set after load\""), &response);
  release(&response);

  setenv("AWS_SESSION_TOKEN", "from the host", 1);
  request = request_for("environment", "\"AWS_SESSION_TOKEN\"");
  request.session_token = text("from the request");
  lambda(&request, &response);
  report("credentials of the request win", body_is(&response, "\"from the request\""), &response);
  release(&response);
  report("the host's environment is left alone", strcmp(getenv("AWS_SESSION_TOKEN"), "from the host") == 0, NULL);
}

static void faults(void) {
  expect("nobody", "null", LACONIC_STATUS_UNKNOWN_FUNCTION, "\"errorType\":\"UnknownFunction\"");
  expect("throwError", "null", LACONIC_STATUS_FUNCTION_ERROR, "Caused by: RangeError: inner");
  expect("throwText", "null", LACONIC_STATUS_FUNCTION_ERROR, "only text");
  expect("reject", "null", LACONIC_STATUS_FUNCTION_ERROR, "app.mjs:");
  expect("unhandled", "null", LACONIC_STATUS_OK, "fine");
  expect("throwInTimer", "null", LACONIC_STATUS_FUNCTION_ERROR, "in a timer");
  expect("never", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"NeverSettled\"");
  expect("neverUnreferenced", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"NeverSettled\"");
  expect("spin", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"Timeout\"");
  expect("spinJobs", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"Timeout\"");
  expect("sleep", "20", LACONIC_STATUS_OK, "slept");
  expect("sleep", "60000", LACONIC_STATUS_FUNCTION_ERROR, "\"Timeout\"");
  expect("recurse", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"RangeError\"");
  expect("parseDeep", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"errorType\"");
  expect("exit", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"ProcessExit\"");
  expect("undefinedResult", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"InvalidResult\"");
  expect("objectResult", "null", LACONIC_STATUS_FUNCTION_ERROR, "\"InvalidResult\"");
  expect("echo", "{not json", LACONIC_STATUS_FUNCTION_ERROR, "\"SyntaxError\"");
}

static void exhaust(void) {
  LaconicRequest request = request_for("exhaust", "null");
  LaconicResponse response;
  int32_t returned = lambda(&request, &response);
  report("exhausted memory is an error", returned == LACONIC_STATUS_FUNCTION_ERROR, &response);
  release(&response);
  request = request_for("double", "21");
  lambda(&request, &response);
  report("the request after exhausted memory", body_is(&response, "42"), &response);
  release(&response);
}

enum { THREADS = 8, CALLS = 2000 };

static void *worker(void *argument) {
  long wrong = 0;
  long base = (long)(size_t)argument * CALLS;
  for (long call = 0; call < CALLS; call++) {
    char event[32], expected[32];
    snprintf(event, sizeof event, "%ld", base + call);
    snprintf(expected, sizeof expected, "%ld", 2 * (base + call));
    LaconicRequest request = request_for(call % 500 == 0 ? "recurse" : "double", event);
    LaconicResponse response;
    int32_t status = lambda(&request, &response);
    wrong += call % 500 == 0 ? status != LACONIC_STATUS_FUNCTION_ERROR || !body_has(&response, "RangeError")
                             : !body_is(&response, expected);
    release(&response);
  }
  return (void *)wrong;
}

static void threads(void) {
  pthread_t workers[THREADS];
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 * 1024);
  for (size_t index = 0; index < THREADS; index++)
    pthread_create(&workers[index], index % 2 ? &small : NULL, worker, (void *)index);
  long wrong = 0;
  for (size_t index = 0; index < THREADS; index++) {
    void *result;
    pthread_join(workers[index], &result);
    wrong += (long)result;
  }
  report("8 threads, half of them with small stacks, get their own answers", wrong == 0, NULL);
}

static long resident_kb(void) {
  long total, pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file) {
    if (fscanf(file, "%ld %ld", &total, &pages) != 2) pages = 0;
    fclose(file);
  }
  return pages * 4;
}

static void memory(void) {
  LaconicRequest request = request_for("echo", "{\"a\":[1,2,3],\"text\":\"some text\"}");
  long after_first_tenth = 0;
  for (long call = 1; call <= 100000; call++) {
    LaconicResponse response;
    lambda(&request, &response);
    release(&response);
    if (call == 10000) after_first_tenth = resident_kb();
  }
  long growth = resident_kb() - after_first_tenth;
  report("100,000 requests grow the process by less than 2 MB", growth < 2048, NULL);
}

static void failed_init(void) {
  LaconicResponse response;
  int32_t status = init(&response);
  report("a failed init says why", status == LACONIC_STATUS_INIT_FAILED && body_has(&response, "cannot be loaded"),
         &response);
  release(&response);
  report("the response of a failed init can be released", response.owner == NULL, &response);
  LaconicRequest request = request_for("echo", "1");
  for (int call = 0; call < 2; call++) {
    status = lambda(&request, &response);
    report("a request after a failed init fails the same way",
           status == LACONIC_STATUS_INIT_FAILED && body_has(&response, "cannot be loaded"), &response);
    release(&response);
  }
}

static void bad_bytecode(void) {
  LaconicResponse response;
  int32_t status = init(&response);
  report("damaged bytecode is refused, with the way out",
         status == LACONIC_STATUS_BAD_BYTECODE && body_has(&response, "npx @laconic/cli build"), &response);
  release(&response);
}

int main(int count, char **arguments) {
  void *library = count < 3 ? NULL : dlopen(arguments[2], RTLD_NOW);
  if (!library) {
    fprintf(stderr, "usage: abi app|throws|damaged <library.so>: %s\n", dlerror());
    return 2;
  }
  *(void **)&abi_version = dlsym(library, "laconic_abi_version");
  *(void **)&init = dlsym(library, "laconic_init");
  *(void **)&lambda = dlsym(library, "Lambda");
  *(void **)&release = dlsym(library, "laconic_release");
  report("the library speaks this header's version", abi_version() == LACONIC_ABI_VERSION, NULL);
  if (strcmp(arguments[1], "throws") == 0) {
    failed_init();
    return failed;
  }
  if (strcmp(arguments[1], "damaged") == 0) {
    bad_bytecode();
    return failed;
  }

  bad_requests(); /* before init: the first request loads the app */
  LaconicResponse response;
  report("init after the first request does nothing", init(&response) == LACONIC_STATUS_OK && !response.owner, &response);
  report("init takes NULL", init(NULL) == LACONIC_STATUS_OK, NULL);
  releases();
  bodies();
  environment();
  expect("builtins", "null", LACONIC_STATUS_OK, "[\"text\",\"ca978112\",999008199]");
  expect("order", "null", LACONIC_STATUS_OK, "[\"tick\",\"immediate\"]");
  expect("sleep", "20", LACONIC_STATUS_OK, "slept");
  faults();
  exhaust();
  threads();
  memory();
  return failed;
}
