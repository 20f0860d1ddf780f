"""What botocore's service models say of an API call: botocore itself checks only a part of it before it sends one."""

from collections.abc import Iterator
from typing import Any

import regex
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape

_loader = Loader()
_models: dict[str, ServiceModel] = {}

_TYPES: dict[str, type | tuple[type, ...]] = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "character": str,
    "blob": (bytes, str),
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}


def problems(service: str, operation: str, given: dict[str, Any]) -> list[str]:
    """Everything in which the input differs from its model, with the place. Raises OperationNotFoundError, UnknownServiceError."""
    if service not in _models:
        _models[service] = ServiceModel(_loader.load_service_model(service, "service-2"), service)
    shape = _models[service].operation_model(operation).input_shape
    if shape is None:
        return [f"{operation}: expected no input, got {sorted(given)}"] if given else []
    return list(_problems_of(shape, given, operation))


def _problems_of(shape: Shape, value: Any, where: str) -> Iterator[str]:
    expected = _TYPES.get(shape.type_name)
    is_flag = isinstance(value, bool) and shape.type_name != "boolean"
    if expected is not None and (is_flag or not isinstance(value, expected)):
        yield f"{where}: expected {shape.type_name}, got {type(value).__name__}"
        return
    yield from _bounds(shape, value, where)
    if shape.type_name == "structure":
        yield from _structure(shape, value, where)
    elif shape.type_name == "list":
        for index, each in enumerate(value):
            yield from _problems_of(shape.member, each, f"{where}[{index}]")
    elif shape.type_name == "map":
        for key, each in value.items():
            yield from _problems_of(shape.key, key, f"{where} key {key}")
            yield from _problems_of(shape.value, each, f"{where}.{key}")


def _structure(shape: Any, value: dict[str, Any], where: str) -> Iterator[str]:
    for name in shape.required_members:
        if name not in value:
            yield f"{where}: expected {name}, got none"
    for name, each in value.items():
        if name in shape.members:
            yield from _problems_of(shape.members[name], each, f"{where}.{name}")
        else:
            yield f"{where}: expected one of {', '.join(shape.members)}, got {name}"


def _bounds(shape: Shape, value: Any, where: str) -> Iterator[str]:
    """Enum, length or range, and pattern. A pattern holds for the whole text."""
    told = shape.metadata
    if "enum" in told and value not in told["enum"]:
        yield f"{where}: expected one of {', '.join(told['enum'])}, got {value}"
    size = len(value) if hasattr(value, "__len__") else value
    if isinstance(size, (int, float)) and not told.get("min", size) <= size <= told.get("max", size):
        yield f"{where}: expected {told.get('min', 'any')} to {told.get('max', 'any')}, got {size}"
    if isinstance(value, str) and "pattern" in told and not regex.fullmatch(told["pattern"], value):
        yield f"{where}: expected {told['pattern']}, got {value!r}"
