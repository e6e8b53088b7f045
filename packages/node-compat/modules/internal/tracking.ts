/** Whether any code of the app uses the async context: until then nobody needs to capture it. */
export const tracking = { isOn: false };
