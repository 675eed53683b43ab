// Whether ajv takes schemas in its strictest mode, and their templates as valid.
// Reads [{"name", "schema", "template"}]; prints a line for each fault.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const strictest = {
  strict: true,
  strictTypes: true,
  strictTuples: false, // it asks for arrays that have all their places
  strictRequired: true,
  logger: false,
};

for (const { name, schema, template } of JSON.parse(
  require("fs").readFileSync(0, "utf8"))) {
  const ajv = addFormats(new Ajv(strictest));
  try {
    if (!ajv.validate(schema, template))
      console.log(`ajv: ${name}: ${ajv.errorsText()}`);
  } catch (error) {
    console.log(`ajv: ${name}: ${error.message}`);
  }
}
