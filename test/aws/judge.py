"""
moto on a free loopback port, and what botocore and moto know, for whoever asks: one JSON request a line on standard input, one JSON answer a line
on standard output, the first of which is moto's address. It ends with its input, so that it never outlives who started it.
"""

import io
import json
import logging
import sys
import zipfile
from typing import Any

import botocore.session
import moto.sqs.models
import service_models
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer
from permissions import allowing

_REGION = "eu-central-1"
_session = botocore.session.get_session()
_config = Config(retries={"total_max_attempts": 1}, parameter_validation=False, connect_timeout=300, read_timeout=300)
_clients: dict[tuple[str, str], Any] = {}


def _archive(files: dict[str, Any]) -> bytes:
    """A zip of texts, and of files by their paths."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            if "path" in held:
                archive.write(held["path"], name)
            else:
                archive.writestr(name, held["text"])
    return packed.getvalue()


def _input(value: Any) -> Any:
    """JSON holds no bytes: an archive comes as `{"$archive": {...}}`."""
    if isinstance(value, dict):
        return _archive(value["$archive"]) if "$archive" in value else {key: _input(each) for key, each in value.items()}
    return [_input(each) for each in value] if isinstance(value, list) else value


def _client(service: str, endpoint: str) -> Any:
    known = (service, endpoint)
    if known not in _clients:
        _clients[known] = _session.create_client(service, _REGION, endpoint_url=endpoint, config=_config)
    return _clients[known]


def _call(service: str, operation: str, given: dict[str, Any], endpoint: str) -> dict[str, Any]:
    """Judges a call by its model, and makes it where it is one."""
    whole = _input(given)
    problems = service_models.problems(service, operation, whole)
    if problems:
        return {"problems": problems}
    try:
        answer = _client(service, endpoint)._make_api_call(operation, whole)
    except ClientError as error:
        return {"problems": [str(error)]}
    answer.pop("ResponseMetadata", None)
    return {"answer": answer}


def _tell_time(milliseconds: int) -> dict[str, Any]:
    """From now on the queues live at this instant of a story, whose time stands still while anything works."""
    moto.sqs.models.unix_time = lambda *_: milliseconds / 1000
    moto.sqs.models.unix_time_millis = lambda *_: float(milliseconds)
    return {"answer": None}


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    match asked["do"]:
        case "call":
            return _call(asked["service"], asked["operation"], asked["input"], asked["endpoint"])
        case "validate":
            return {"answer": service_models.problems(asked["service"], asked["operation"], _input(asked["input"]))}
        case "allowing":
            return {"answer": [allowing(**each) for each in asked["requests"]]}
        case "time":
            return _tell_time(asked["milliseconds"])
        case other:
            return {"problems": [f"expected call, validate, allowing or time, got {other}"]}


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(json.dumps({"endpoint": f"http://{host}:{port}"}), flush=True)
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except Exception as error:  # whoever asked is told, and asks on
            answer = {"problems": [f"{type(error).__name__}: {error}"]}
        print(json.dumps(answer, default=str), flush=True)
    server.stop()


if __name__ == "__main__":
    main()
