// Verdicts by ajv. Reads {"schemas": {uri: schema}, "groups": [{"schema",
// "data"}]} and writes for each group the verdicts on its data.
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");

const { schemas, groups } = JSON.parse(require("fs").readFileSync(0, "utf8"));

function validator(schema) {
  const ajv = new Ajv({ strict: false, logger: false, ownProperties: true });
  addFormats(ajv);
  for (const [uri, other] of Object.entries(schemas)) ajv.addSchema(other, uri);
  try {
    return ajv.compile(schema);
  } catch (error) {
    return () => error.message;
  }
}

function verdicts({ schema, data }) {
  const validate = validator(schema);
  return data.map((value) => validate(value));
}

console.log(JSON.stringify(groups.map(verdicts)));
