import nx from "@nx/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "packages/*/lib/**",
      "lib/**",
      "**/.laconic/**",
      "**/fixtures/**",
      "**/target/**",
      "**/node_modules/**",
      "**/conformance/apps/**",
    ],
  },
  ...tseslint.configs.strict,
  prettier,
  {
    files: ["**/*.ts"],
    plugins: { "@nx": nx },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@nx/enforce-module-boundaries": [
        "error",
        {
          allow: [
            "../../vitest.shared.js",
            "../vitest.shared.js",
            "../../tools/docker/injected.js",
            "../../tools/aws/environment.mjs",
            "../../../tools/otlp/decoder.mjs",
            "../../tools/aws/ministack.mjs",
            "../../tools/aws/inventory.mjs",
            "../../tools/aws/fake-cloudwatch.js",
            "../../tools/aws/emf-document.js",
            "../../../tools/aws/environment.mjs",
            "../../../tools/aws/ministack.mjs",
            "../../../tools/aws/inventory.mjs",
            "../../../tools/aws/fake-cloudwatch.js",
            "../../../tools/aws/emf-document.js",
            "../../../../tools/docker/injected.js",
            "../../../../tools/docker.mjs",
            "../../../../tools/docker/images.mjs",
            "../../tools/ci.mjs",
            "../../tools/reports.mjs",
            "../../tools/totals.mjs",
          ],
          depConstraints: [
            { sourceTag: "layer:ship", onlyDependOnLibsWithTags: ["layer:ship"] },
            { sourceTag: "layer:build", onlyDependOnLibsWithTags: [] },
            {
              sourceTag: "layer:compose",
              onlyDependOnLibsWithTags: ["layer:build", "layer:ship", "layer:native", "layer:compose"],
            },
            { sourceTag: "layer:app", onlyDependOnLibsWithTags: ["layer:ship"] },
          ],
        },
      ],
    },
  },
  {
    // What stands in for a class of Node's may have nothing in it.
    rules: { "@typescript-eslint/no-extraneous-class": ["error", { allowEmpty: true }] },
  },
  {
    // In a function, a require is a module that is evaluated when it is first needed.
    files: ["**/node-compat/modules/**/*.ts"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      // The bundler brings along what an app names, not what these modules do: they import it.
      "no-restricted-globals": ["error", "Buffer", "process", "AbortController", "AbortSignal", "crypto"],
    },
  },
);
