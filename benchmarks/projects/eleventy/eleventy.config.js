export default function (config) {
  config.addPassthroughCopy("posts/images");
  config.addCollection("posts", (api) => api.getFilteredByGlob("posts/*.md"));
  return { dir: { input: ".", output: "_site" } };
}
