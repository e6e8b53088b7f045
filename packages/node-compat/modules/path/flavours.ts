import { posix } from "./posix-path.js";
import { win32 } from "./win32-path.js";

posix.posix = win32.posix = posix;
posix.win32 = win32.win32 = win32;

export { posix, win32 };
