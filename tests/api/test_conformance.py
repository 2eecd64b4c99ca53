"""The OpenAPI document is true: whatever is sent, answers are those that are documented, and never a crash.

Generated from the document itself by schemathesis: bodies, parameters and headers that fit, and such that do not.
"""

from __future__ import annotations

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from tests.support.sample import ADMIN_KEY, sample_services

CASES = int(os.environ.get("BIJIA_TEST_CASES", "300"))
"""Per operation; more for a long look."""

pytestmark = pytest.mark.slow

app = create_app(None)
schema = schemathesis.openapi.from_dict(app.openapi())
schema.app = app


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    services = sample_services(tmp_path_factory.mktemp("conformance"))
    app.state.services = services
    yield services
    services.close()


# Left out: that whatever fits the schema is accepted. A cursor or an offer's key is text that can still be nobody's.
@schema.parametrize()
@settings(max_examples=CASES, suppress_health_check=list(HealthCheck), deadline=None)
def test_answers_are_those_that_are_documented(case, services):
    response = case.call(headers={"Authorization": f"Bearer {ADMIN_KEY}"})
    assert response.status_code < 500
    case.validate_response(response, excluded_checks=[positive_data_acceptance])
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
