"""Every operation of the JSON interface says who may call it, bounds what it takes, and declares its refusals."""

from collections.abc import Iterator
from typing import Any

import pytest
from ninja.constants import NOT_SET
from ninja.operation import Operation

from cabildo.tickets.api import api

REFUSALS = {"400", "401", "403", "404", "422"}
BASE = "/m/puerto-claro/api/v1/"


def operations() -> list[Operation]:
    return [
        operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def described() -> list[dict[str, Any]]:
    schema = api.get_openapi_schema(path_prefix="/")
    return [operation for path in schema["paths"].values() for operation in path.values()]


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a piece of the description, references followed."""
    if isinstance(node, list):
        for item in node:
            yield from schemas(item)
    elif isinstance(node, dict):
        if "$ref" in node:
            yield from schemas(api.get_openapi_schema(path_prefix="/")["components"]["schemas"][_name(node["$ref"])])
        elif "type" in node:
            yield node
        for value in node.values():
            yield from schemas(value)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def is_bounded(schema: dict[str, Any]) -> bool:
    if schema["type"] == "integer":
        return "minimum" in schema and "maximum" in schema
    if schema["type"] == "array":
        return "maxItems" in schema
    is_closed = {"enum", "const", "format", "maxLength"} & set(schema)
    return schema["type"] != "string" or bool(is_closed)


def test_there_are_operations_to_look_at() -> None:
    assert len(operations()) == len(described()) >= 8


def test_every_operation_says_who_may_call_it() -> None:
    unguarded = [op.operation_id for op in operations() if op.auth_param in (NOT_SET, None) or not op.auth_callbacks]

    assert unguarded == []


@pytest.mark.parametrize("operation", described(), ids=lambda operation: operation["operationId"])
def test_every_operation_declares_its_refusals(operation) -> None:
    assert set(map(str, operation["responses"])) >= REFUSALS
    assert operation["security"]


@pytest.mark.parametrize("operation", described(), ids=lambda operation: operation["operationId"])
def test_every_text_number_and_list_that_comes_in_has_a_bound(operation) -> None:
    taken = [operation.get("parameters", []), operation.get("requestBody", {})]

    assert [schema for schema in schemas(taken) if not is_bounded(schema)] == []


def test_the_description_is_public_and_names_this_municipality(client, puerto_claro) -> None:
    description = client.get(f"{BASE}openapi.json").json()

    assert f"{BASE}tickets" in description["paths"]


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.operation_id)
def test_nobody_calls_an_operation_without_session_or_key(client, puerto_claro, operation) -> None:
    path = BASE + operation.path.lstrip("/").replace("{folio}", "S-2026-000001-6")

    answer = client.generic(operation.methods[0], path, "{}", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
