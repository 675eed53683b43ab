// Whether ajv takes schemas in its strictest mode, and their templates as valid.
// Reads [{"name", "schema", "template"}]; prints a line for each fault.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const strictest = {
  strict: true,
  strictTypes: true,
  strictTuples: true,
  strictRequired: true,
  logger: false,
};

// strictTuples asks for arrays that have all their places.
function leavesPlacesOut(schema) {
  if (typeof schema !== "object" || schema === null) return false;
  const { prefixItems, minItems } = schema;
  return (prefixItems && (minItems ?? 0) < prefixItems.length) ||
    Object.values(schema).some(leavesPlacesOut);
}

for (const { name, schema, template } of JSON.parse(
  require("fs").readFileSync(0, "utf8"))) {
  const strictTuples = !leavesPlacesOut(schema);
  const ajv = addFormats(new Ajv({ ...strictest, strictTuples }));
  try {
    if (!ajv.validate(schema, template))
      console.log(`ajv: ${name}: ${ajv.errorsText()}`);
  } catch (error) {
    console.log(`ajv: ${name}: ${error.message}`);
  }
}
