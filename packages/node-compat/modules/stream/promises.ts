import stream from "../stream.js";

export const { pipeline, finished } = stream.promises;
export default stream.promises;
