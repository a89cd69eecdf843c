"""What pydantic finds wrong with a file's data, as faults at their places in the file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stockcheck.checklist.conditions import TAGS
from stockcheck.checklist.faults import Blank, ChecklistError, Fault, Kind, Path_
from stockcheck.checklist.words import suggestion
from stockcheck.checklist.yamltext import Document, read_file

_Model = TypeVar("_Model", bound=BaseModel)

#: Pydantic's types of error; those that this program raises itself are called as the kinds are.
_KINDS = {
    "missing": Kind.MISSING_KEY,
    "extra_forbidden": Kind.UNKNOWN_KEY,
    "string_type": Kind.NOT_A_TEXT,
    "dict_type": Kind.NOT_A_MAP,
    "model_type": Kind.NOT_A_MAP,
    "model_attributes_type": Kind.NOT_A_MAP,
    "tuple_type": Kind.NOT_A_LIST,
    "int_type": Kind.NOT_A_WHOLE_NUMBER,
    "decimal_type": Kind.NOT_A_NUMBER,
    "decimal_parsing": Kind.NOT_A_NUMBER,
    "bool_type": Kind.NOT_A_BOOLEAN,
    "union_tag_not_found": Kind.NOT_A_CONDITION,
    "string_pattern_mismatch": Kind.NOT_A_WORD,
    "greater_than_equal": Kind.TOO_SMALL,
    "less_than_equal": Kind.TOO_GREAT,
    "too_short": Kind.EMPTY,
    "too_long": Kind.TOO_LONG,
    "string_too_long": Kind.TOO_LONG,
    "literal_error": Kind.NOT_ONE_OF,
} | {str(kind): kind for kind in Kind}


def read_model(path: Path, model: type[_Model], faults: list[Fault]) -> tuple[_Model | None, Document | None]:
    """What the file at `path` says as a `model`, and the document; None for either that there is not, and why goes to
    `faults`.
    """
    try:
        document = read_file(path)
    except ChecklistError as error:
        faults += error.faults
        return None, None
    try:
        return model.model_validate(document.data), document
    except ValidationError as error:
        faults += (fault(document, one, model) for one in error.errors(include_url=False))
        return None, document


def fault(document: Document, error: ErrorDetails, model: type[BaseModel], at: Path_ = ()) -> Fault:
    """One of pydantic's errors, found when the data at `at` in `document` was to become a `model`."""
    kind = _KINDS.get(error["type"], Kind.INVALID_VALUE)
    inside: Path_ = tuple(part for part in error["loc"] if part not in TAGS)
    at_key = inside[-1:] == ("[key]",)
    path = (*at, *(part for part in inside if part != "[key]"))
    context = error.get("ctx", {})
    blanks: dict[str, Blank] = {}
    match kind:
        case Kind.MISSING_KEY:
            path, blanks = path[:-1], {"key": str(path[-1])}
        case Kind.UNKNOWN_KEY:
            key = str(path[-1])
            at_key, blanks = True, {"key": key, **suggestion(key, _keys_at(model, error["loc"][:-1]))}
        case Kind.TOO_SMALL:
            blanks = {"least": str(context["ge"])}
        case Kind.TOO_GREAT:
            blanks = {"most": str(context["le"])}
        case Kind.TOO_LONG:
            blanks = {"limit": int(context["max_length"])}
        case Kind.NOT_ONE_OF:
            names = re.split(", | or ", context["expected"])  # words are quoted, numbers are not
            blanks = {"names": ", ".join(name.strip("'") for name in names)}
        case Kind.INVALID_VALUE:
            blanks = {"said": error["msg"]}
        case _ if error["type"] == kind:
            blanks = context
    return document.fault_of_key(path, kind, **blanks) if at_key else document.fault(path, kind, **blanks)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the map at `loc` may have, found by walking the model's schema along the way."""
    schema = _schema(model)
    node: dict[str, Any] = schema
    for part in loc:
        node = _resolved(schema, node)
        if isinstance(part, int):
            node = node.get("items", {})
        elif part in TAGS:
            wanted = str(part).strip("<>")
            forms = (_resolved(schema, form) for form in node.get("oneOf", node.get("anyOf", ())))
            node = next((form for form in forms if wanted in form.get("properties", {})), {})
        else:
            node = node.get("properties", {}).get(part, node.get("additionalProperties", {}))
    node = _resolved(schema, node)
    return list(node.get("properties", ()))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _resolved(schema: dict[str, Any], node: Any) -> dict[str, Any]:
    """`node` with references followed and "or nothing" left aside."""
    while isinstance(node, dict):
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in node:
            choices = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
            if len(choices) != 1:
                return node
            node = choices[0]
        else:
            return node
    return {}
