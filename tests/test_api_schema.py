"""The API against its own description: generated requests, good and bad, must be answered so."""

import pytest
from door_fake import FakeEdition

from regesta.serving.api.openapi import openapi
from regesta.serving.app import create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from hypothesis import HealthCheck, settings  # noqa: E402

APP = create_app(FakeEdition())
CONFIG = {
    "checks": {
        # The query language cannot be said in JSON Schema: a malformed query is answered with 400.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]},
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405"]},
    },
}
SCHEMA = schemathesis.openapi.from_dict(openapi(), config=schemathesis.Config.from_dict(CONFIG))
SCHEMA.app = APP


@SCHEMA.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.filterwarnings("default")
def test_answers_are_as_described(case) -> None:  # type: ignore[no-untyped-def]
    """Every generated request is answered as the OpenAPI document says."""
    case.call_and_validate()
