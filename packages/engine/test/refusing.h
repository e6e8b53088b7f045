/* An allocator for QuickJS that counts allocations and refuses the one whose number is `refused`; none when it is 0. */
#include <malloc.h>
#include <stdlib.h>

#include "quickjs.h"

static long allocations, refused;

static int is_refused(void)
{
    return ++allocations == refused;
}

static void *allocate_zeroed(void *opaque, size_t count, size_t size)
{
    return is_refused() ? NULL : calloc(count, size);
}

static void *allocate(void *opaque, size_t size)
{
    return is_refused() ? NULL : malloc(size);
}

static void release(void *opaque, void *block)
{
    free(block);
}

static void *resize(void *opaque, void *block, size_t size)
{
    return size > 0 && is_refused() ? NULL : realloc(block, size);
}

static size_t size_of(const void *block)
{
    return malloc_usable_size((void *)block);
}

static const JSMallocFunctions functions = { allocate_zeroed, allocate, release, resize, size_of };
