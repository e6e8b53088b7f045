/* The least that a bootstrap of Lambda's OS-only runtimes can be: it takes events and answers null. */
#define _GNU_SOURCE
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[7 << 20];

/* Reads one HTTP response with a Content-Length; returns where its body begins, or NULL. */
static char *receive(int connection) {
  size_t filled = 0;
  for (;;) {
    ssize_t got = read(connection, buffer + filled, sizeof buffer - 1 - filled);
    if (got <= 0) return NULL;
    filled += (size_t)got;
    buffer[filled] = 0;
    char *body = strstr(buffer, "\r\n\r\n");
    if (!body) continue;
    body += 4;
    char *field = strcasestr(buffer, "content-length:");
    size_t length = field && field < body ? strtoul(field + 15, NULL, 10) : 0;
    if (filled >= (size_t)(body - buffer) + length) return body;
  }
}

int main(void) {
  const char *api = getenv("AWS_LAMBDA_RUNTIME_API");
  char host[256] = "";
  const char *colon = api ? strrchr(api, ':') : NULL;
  if (!colon || (size_t)(colon - api) >= sizeof host) return 1;
  memcpy(host, api, (size_t)(colon - api));

  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
  if (getaddrinfo(host, colon + 1, &hints, &found)) return 1;
  int connection = socket(found->ai_family, found->ai_socktype, 0);
  if (connection < 0 || connect(connection, found->ai_addr, found->ai_addrlen)) return 1;

  char request[1024];
  for (;;) {
    int length = snprintf(request, sizeof request,
                          "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", api);
    if (write(connection, request, (size_t)length) != length || !receive(connection)) return 1;
    char *field = strcasestr(buffer, "lambda-runtime-aws-request-id:"), id[128];
    if (!field || sscanf(field + 30, " %127[^\r\n]", id) != 1) return 1;
    length = snprintf(request, sizeof request,
                      "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s\r\n"
                      "Content-Type: application/json\r\nContent-Length: 4\r\n\r\nnull",
                      id, api);
    if (write(connection, request, (size_t)length) != length || !receive(connection)) return 1;
  }
}
