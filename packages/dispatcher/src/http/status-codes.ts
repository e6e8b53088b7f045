/** Reason phrases by status (RFC 9110 and IANA's registry), as `http.STATUS_CODES` of Node has them. */
const PHRASES =
  "|100Continue|101Switching Protocols|102Processing|103Early Hints|200OK|201Created|202Accepted|" +
  "203Non-Authoritative Information|204No Content|205Reset Content|206Partial Content|207Multi-Status|" +
  "208Already Reported|226IM Used|300Multiple Choices|301Moved Permanently|302Found|303See Other|304Not Modified|" +
  "305Use Proxy|307Temporary Redirect|308Permanent Redirect|400Bad Request|401Unauthorized|402Payment Required|" +
  "403Forbidden|404Not Found|405Method Not Allowed|406Not Acceptable|407Proxy Authentication Required|" +
  "408Request Timeout|409Conflict|410Gone|411Length Required|412Precondition Failed|413Payload Too Large|" +
  "414URI Too Long|415Unsupported Media Type|416Range Not Satisfiable|417Expectation Failed|418I'm a Teapot|" +
  "421Misdirected Request|422Unprocessable Entity|423Locked|424Failed Dependency|425Too Early|426Upgrade Required|" +
  "428Precondition Required|429Too Many Requests|431Request Header Fields Too Large|" +
  "451Unavailable For Legal Reasons|500Internal Server Error|501Not Implemented|502Bad Gateway|" +
  "503Service Unavailable|504Gateway Timeout|505HTTP Version Not Supported|506Variant Also Negotiates|" +
  "507Insufficient Storage|508Loop Detected|509Bandwidth Limit Exceeded|510Not Extended|" +
  "511Network Authentication Required|";

/** @returns the phrase, or undefined for a status that has none. Searched in place: no table is built at load. */
export function reasonPhrase(status: number): string | undefined {
  if (status === 200) return "OK";
  const start = PHRASES.indexOf(`|${status}`);
  return start < 0 ? undefined : PHRASES.slice(start + 4, PHRASES.indexOf("|", start + 1));
}
