// The encodings of the web before UTF-8, by the engine. Left out of a bundle that names none of them.
export { Decoder, encodingOf } from "laconic:encodings";
