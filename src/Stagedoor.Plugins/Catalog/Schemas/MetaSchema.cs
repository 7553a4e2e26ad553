using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>What a draft-7 schema must look like, as a schema.</summary>
internal static class MetaSchema
{
    public const string Address = "http://json-schema.org/draft-07/schema";

    public static JsonElement Root { get; } = JsonElement.Parse(
        """
        {
          "$id": "http://json-schema.org/draft-07/schema#",
          "type": ["object", "boolean"],
          "definitions": {
            "count": { "type": "integer", "minimum": 0 },
            "schemas": { "type": "array", "minItems": 1, "items": { "$ref": "#" } },
            "schemaMap": { "type": "object", "additionalProperties": { "$ref": "#" } },
            "names": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
            "typeName": { "enum": ["array", "boolean", "integer", "null", "number", "object", "string"] }
          },
          "properties": {
            "$id": { "type": "string" },
            "$schema": { "type": "string" },
            "$ref": { "type": "string" },
            "$comment": { "type": "string" },
            "title": { "type": "string" },
            "description": { "type": "string" },
            "readOnly": { "type": "boolean" },
            "writeOnly": { "type": "boolean" },
            "examples": { "type": "array" },
            "multipleOf": { "type": "number", "exclusiveMinimum": 0 },
            "maximum": { "type": "number" },
            "exclusiveMaximum": { "type": "number" },
            "minimum": { "type": "number" },
            "exclusiveMinimum": { "type": "number" },
            "maxLength": { "$ref": "#/definitions/count" },
            "minLength": { "$ref": "#/definitions/count" },
            "pattern": { "type": "string" },
            "additionalItems": { "$ref": "#" },
            "items": { "if": { "type": "array" }, "then": { "$ref": "#/definitions/schemas" }, "else": { "$ref": "#" } },
            "maxItems": { "$ref": "#/definitions/count" },
            "minItems": { "$ref": "#/definitions/count" },
            "uniqueItems": { "type": "boolean" },
            "contains": { "$ref": "#" },
            "maxProperties": { "$ref": "#/definitions/count" },
            "minProperties": { "$ref": "#/definitions/count" },
            "required": { "$ref": "#/definitions/names" },
            "additionalProperties": { "$ref": "#" },
            "definitions": { "$ref": "#/definitions/schemaMap" },
            "properties": { "$ref": "#/definitions/schemaMap" },
            "patternProperties": { "$ref": "#/definitions/schemaMap" },
            "dependencies": {
              "type": "object",
              "additionalProperties": { "if": { "type": "array" }, "then": { "$ref": "#/definitions/names" }, "else": { "$ref": "#" } }
            },
            "propertyNames": { "$ref": "#" },
            "enum": { "type": "array" },
            "type": {
              "if": { "type": "array" },
              "then": { "items": { "$ref": "#/definitions/typeName" }, "minItems": 1, "uniqueItems": true },
              "else": { "$ref": "#/definitions/typeName" }
            },
            "format": { "type": "string" },
            "contentMediaType": { "type": "string" },
            "contentEncoding": { "type": "string" },
            "if": { "$ref": "#" },
            "then": { "$ref": "#" },
            "else": { "$ref": "#" },
            "allOf": { "$ref": "#/definitions/schemas" },
            "anyOf": { "$ref": "#/definitions/schemas" },
            "oneOf": { "$ref": "#/definitions/schemas" },
            "not": { "$ref": "#" }
          }
        }
        """);
}
