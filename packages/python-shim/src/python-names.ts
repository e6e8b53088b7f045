/** The keywords of Python 3.9 to 3.14. */
const KEYWORDS =
  "False None True and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda nonlocal not or pass raise return try while with yield";

/** What the shim uses by name: a handler of that name would take its place. A test compares this with the shim. */
const SHIM_NAMES =
  "TYPE_CHECKING Any annotations _ctypes json laconic_after_response laconic_caller laconic_faults laconic_snapstart os struct sys time " +
  "_ABI_VERSION _LIBRARY _answered _SHUTDOWN_MS _Request _Response _address _answer_with_values _byref _bytes_at _call _container _context _credentials _encode " +
  "_environment _error _fixed_context _fixed_contexts _function _init _int32 _int64 _lambda _largest_result _load _object _payload " +
  "_quote _refresh _release _result _signal _simple _size _slices _started _take_events_as_bytes _tell _tell_of_answers _terminate _text _uint32 _work " +
  "AttributeError EOFError Exception NotImplementedError OSError TypeError ValueError bytes dict getattr int len list open str tuple " +
  "type zip";

/** The Python names that no handler can have. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(`${KEYWORDS} ${SHIM_NAMES}`.split(" "));

/**
 * The Python function that serves the function `name`: every run of other characters than ASCII letters, digits and
 * underscore becomes one underscore, and a name that Python or the shim needs for itself gets one more at its end.
 */
export function pythonName(name: string): string {
  const sanitized = name.replace(/\W+/g, "_");
  if (/^\d/.test(sanitized)) return `_${sanitized}`;
  return RESERVED_NAMES.has(sanitized) || /^__.*__$/.test(sanitized) ? `${sanitized}_` : sanitized;
}
