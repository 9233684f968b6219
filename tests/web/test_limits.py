"""Limits: who is refused, until when, and what is counted together."""

import time
from unittest import mock

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from portal.web.limits import EXTENSION, SWEEP_EVERY, Limit, for_everyone, limited


@pytest.mark.settings(RATELIMIT_GIVE="2 per minute; 3 per hour")
def test_who_is_refused_is_told_when_there_is_room_again(app: Flask) -> None:
    view = limited(Limit("RATELIMIT_GIVE"))(done)
    with app.test_request_context("/"):
        assert [view().status_code, view().status_code] == [303, 303]  # type: ignore[union-attr]
        with pytest.raises(TooManyRequests) as refused:
            view()
    assert isinstance(refused.value.retry_after, int)
    assert 1 <= refused.value.retry_after <= 60


@pytest.mark.settings(RATELIMIT_RETURN="2 per hour")
def test_a_page_that_asks_elsewhere_counts_whatever_it_answers_and_says_when_to_come_back(
    client: FlaskClient,
) -> None:
    answers = [client.get("/donations/unknown") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 3600


@pytest.mark.settings(RATELIMIT_GIVE="2 per minute", RATELIMIT_LINK="1 per minute")
def test_what_one_limit_refuses_is_not_counted_by_another(app: Flask) -> None:
    both = limited(Limit("RATELIMIT_GIVE"), Limit("RATELIMIT_LINK"))(done)
    one = limited(Limit("RATELIMIT_GIVE"))(done)
    with app.test_request_context("/"):
        both()
        with pytest.raises(TooManyRequests):
            both()
        one()
        with pytest.raises(TooManyRequests):
            one()


@pytest.mark.settings(RATELIMIT_GIVE="3 per minute")
def test_a_costly_answer_that_has_no_room_leaves_it_to_a_smaller_one(app: Flask) -> None:
    view = limited(Limit("RATELIMIT_GIVE"), cost=lambda: 2)(done)
    smaller = limited(Limit("RATELIMIT_GIVE"))(done)
    with app.test_request_context("/"):
        view()
        with pytest.raises(TooManyRequests):
            view()
        smaller()


@pytest.mark.settings(RATELIMIT_GIVE="9 per minute")
def test_windows_that_are_over_are_forgotten_and_no_thread_is_started_for_it(app: Flask) -> None:
    view, counters = limited(Limit("RATELIMIT_GIVE"))(done), app.extensions[EXTENSION]
    kept = counters.limiter.storage.expirations

    def count_from(address: str) -> list[bool]:
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            view()
        return [any(one in key for key in kept) for one in ("203.0.113.1", "203.0.113.2", "203.0.113.3")]

    assert count_from("203.0.113.1") == [True, False, False]
    with mock.patch("time.time", return_value=time.time() + 61):
        assert count_from("203.0.113.2") == [True, True, False]
        counters.swept_at -= SWEEP_EVERY
        assert count_from("203.0.113.3") == [False, True, True]
    assert counters.limiter.storage.timer.ident is None


@pytest.mark.settings(RATELIMIT_GIVE="1 per minute")
def test_readers_are_counted_apart_unless_all_share_a_limit(app: Flask) -> None:
    own, shared = limited(Limit("RATELIMIT_GIVE"))(done), limited(Limit("RATELIMIT_GIVE", for_everyone))(done)
    for view, refused in ((own, False), (shared, True)):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.1"}):
            view()
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.2"}):
            if refused:
                with pytest.raises(TooManyRequests):
                    view()
            else:
                view()


def done() -> Response:
    """A view that does what its form asked for."""
    return Response(status=303)
