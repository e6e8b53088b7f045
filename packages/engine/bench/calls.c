/* Prints, as JSON, what loading a library, evaluating its app and calling it cost in this process.
   Arguments: the library, the name of the function that takes the event null. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "laconic.h"

enum { CALLS = 20000 };

static double now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* Pages that this process touched for the first time, or wrote for the first time. */
static long faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt + usage.ru_majflt;
}

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  long at_start = faults();
  double start = now_us();
  void *library = dlopen(arguments[1], RTLD_NOW);
  if (!library) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  double loaded = now_us();
  long at_load = faults();
  int32_t (*init)(LaconicResponse *) = (int32_t (*)(LaconicResponse *))dlsym(library, "laconic_init");
  int32_t (*lambda)(const LaconicRequest *, LaconicResponse *) =
      (int32_t (*)(const LaconicRequest *, LaconicResponse *))dlsym(library, "Lambda");
  void (*release)(LaconicResponse *) = (void (*)(LaconicResponse *))dlsym(library, "laconic_release");
  LaconicResponse response;
  if (init(&response) != LACONIC_STATUS_OK) return 1;
  double ready = now_us();
  long at_ready = faults();

  LaconicRequest request = {0};
  request.abi_version = LACONIC_ABI_VERSION;
  request.function_name.data = (const uint8_t *)arguments[2];
  request.function_name.length = strlen(arguments[2]);
  double *took = malloc(CALLS * sizeof *took);
  double first = 0;
  for (int call = 0; call < CALLS; call++) {
    double begin = now_us();
    lambda(&request, &response);
    release(&response);
    took[call] = now_us() - begin;
    if (call == 0) first = took[0];
  }
  qsort(took, CALLS, sizeof *took, ascending);
  printf("{\"dlopenUs\":%.0f,\"initUs\":%.0f,\"firstCallUs\":%.0f,\"callP50Us\":%.2f,\"callP99Us\":%.2f,", loaded - start,
         ready - loaded, first, took[CALLS / 2], took[CALLS - CALLS / 100]);
  printf("\"dlopenFaults\":%ld,\"initFaults\":%ld}\n", at_load - at_start, at_ready - at_load);
  return 0;
}
