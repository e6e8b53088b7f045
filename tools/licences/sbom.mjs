// Software bills of materials in CycloneDX: what a packed package holds, and the packages that it asks npm for.
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { PackageURL } from "packageurl-js";

const { ComponentScope, ComponentType } = Enums;
const licenses = new Contrib.License.Factories.LicenseFactory();

/** Which kinds of dependencies a package is installed with, and how CycloneDX calls them. */
const DEPENDENCIES = {
  dependencies: ComponentScope.Required,
  optionalDependencies: ComponentScope.Optional,
  peerDependencies: ComponentScope.Optional,
};

/**
 * The same package gives the same bytes: there is neither a time nor a serial number in them.
 *
 * @param {object} manifest the package.json that is packed
 * @param {readonly import("./notices.mjs").Component[]} components what is in the package
 * @returns {string} CycloneDX 1.6 as JSON
 */
export function sbomText(manifest, components) {
  const bom = new Models.Bom();
  const packed = part({ ...manifest, purl: purl("npm", manifest.name, manifest.version) });
  bom.metadata.component = packed;
  for (const each of [...components.map(part), ...dependencies(manifest)]) {
    bom.components.add(each);
    packed.dependencies.add(each.bomRef);
  }
  const normalizers = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(normalizers).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/** Address of a package in a registry: `pkg:npm/%40laconic/cli@0.1.0`. */
export function purl(type, name, version) {
  const [last, ...scope] = name.split("/").reverse();
  return new PackageURL(type, scope[0], last, version).toString();
}

function part({ name, version, license, source, purl, ...options }) {
  const component = new Models.Component(ComponentType.Library, name, {
    ...{ bomRef: purl ?? `${name} ${version}`, version, purl, scope: options.scope },
  });
  if (license) component.licenses.add(licenses.makeFromString(license));
  if (source) {
    const kind = Enums.ExternalReferenceType.Distribution;
    component.externalReferences.add(new Models.ExternalReference(source, kind));
  }
  return component;
}

/** Their versions are npm's choice within a range, at each installation. */
function dependencies(manifest) {
  return Object.entries(DEPENDENCIES).flatMap(([kind, scope]) =>
    Object.entries(manifest[kind] ?? {}).map(([name, range]) => {
      const component = part({ name, purl: purl("npm", name), scope });
      component.properties.add(new Models.Property("laconic:npm:range", range));
      return component;
    }),
  );
}
