/** Nothing traces: what is asked to is switched on and never heard from. */
export const createTracing = ({ categories }: { categories: string[] }) => ({
  enabled: false,
  categories: categories.join(","),
  enable() {
    this.enabled = true;
  },
  disable() {
    this.enabled = false;
  },
});
export const getEnabledCategories = (): undefined => undefined;

export default { createTracing, getEnabledCategories };
